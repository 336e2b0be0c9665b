package bot

import "strings"

// fill puts names into a text.
func fill(text, clinic, when string) string {
	return strings.NewReplacer("{clinic}", clinic, "{when}", when).Replace(text)
}

var noticeLanguages = map[string]noticeWords{
	"en": {
		noChannel: "The clinic cannot write to you in this way.",
		badAddress: map[Channel]string{
			BySMS:   "This does not look like a phone number. Please write it with the country's code, for example +44 20 7946 0000.",
			ByEmail: "This does not look like a mail address. Please write one like name@example.com.",
		},
		noNumber: "The clinic sends no text messages to numbers of this kind. Please leave another number or a mail address.",
		said: map[NoticeWhy]string{
			ForDoctorHere: "{clinic}: the doctor is here and waits for you in the chat. Open it:",
			ForAnswer:     "{clinic}: there is an answer for you in the chat. Open it:",
			ForBooked:     "{clinic}: your video visit is booked: {when}. This link opens it:",
			ForReminder:   "{clinic}: your video visit is coming up: {when}. Check your camera and microphone before:",
			ForMoved:      "{clinic}: your video visit has changed: {when}. The link stays the same:",
			ForCancelled:  "{clinic}: your video visit does not take place: {when}. Choose another time or write to us:",
			ForLate:       "{clinic}: your doctor is late. You can wait or choose something else:",
		},
		now: "{clinic}: it is time for your video visit. Enter here:",
		title: map[NoticeWhy]string{
			ForDoctorHere: "The doctor is here", ForAnswer: "An answer for you", ForBooked: "Your video visit is booked",
			ForReminder: "Your video visit", ForMoved: "Your video visit has changed",
			ForCancelled: "Your video visit is cancelled", ForLate: "Your doctor is late",
		},
		subject: "A promise is about to break",
		since:   ", since ",
		board:   ". Open the board:",
		alerted: map[string]string{
			"":               "A promise is about to break",
			"emergency":      "An emergency waits for a doctor",
			"emergency_left": "Somebody in an emergency has left",
			"callback":       "A call-back is overdue",
			"silent":         "A doctor does not answer a patient",
			"nobody":         "A patient waits and no doctor is there",
			"closed":         "A patient waits outside the hours",
			"late":           "A doctor is late for an appointment",
			"booking":        "An appointment needs you",
			"seats":          "A call waits for a guest seat",
			"wait":           "A patient waits too long",
			"unanswered":     "A patient waits too long",
		},
		offered: "A patient for you",
		offer:   "You are being rung for a patient. Open the console:",
	},
	"ru": {
		noChannel: "Клиника не может написать вам таким способом.",
		badAddress: map[Channel]string{
			BySMS:   "Это не похоже на номер телефона. Напишите его с кодом страны, например +7 916 000-00-00.",
			ByEmail: "Это не похоже на почтовый адрес. Напишите его в виде name@example.com.",
		},
		noNumber: "На такие номера клиника сообщений не отправляет. Оставьте, пожалуйста, другой номер или адрес почты.",
		said: map[NoticeWhy]string{
			ForDoctorHere: "{clinic}: врач на связи и ждёт вас в чате. Откройте:",
			ForAnswer:     "{clinic}: в чате есть ответ для вас. Откройте:",
			ForBooked:     "{clinic}: вы записаны на видеовизит: {when}. Вход по этой ссылке:",
			ForReminder:   "{clinic}: скоро ваш видеовизит: {when}. Проверьте заранее камеру и микрофон:",
			ForMoved:      "{clinic}: ваш видеовизит изменён: {when}. Ссылка прежняя:",
			ForCancelled:  "{clinic}: ваш видеовизит отменён: {when}. Выберите другое время или напишите нам:",
			ForLate:       "{clinic}: ваш врач опаздывает. Можно подождать или выбрать другое:",
		},
		now: "{clinic}: пора на видеовизит. Войдите:",
		title: map[NoticeWhy]string{
			ForDoctorHere: "Врач на связи", ForAnswer: "Ответ для вас", ForBooked: "Вы записаны на видеовизит",
			ForReminder: "Ваш видеовизит", ForMoved: "Видеовизит изменён",
			ForCancelled: "Видеовизит отменён", ForLate: "Врач опаздывает",
		},
		subject: "Обещание вот-вот нарушится",
		since:   ", с ",
		board:   ". Откройте доску:",
		alerted: map[string]string{
			"":               "Обещание вот-вот нарушится",
			"emergency":      "Неотложный случай ждёт врача",
			"emergency_left": "Пациент с неотложным случаем ушёл",
			"callback":       "Обещанный звонок просрочен",
			"silent":         "Врач не отвечает пациенту",
			"nobody":         "Пациент ждёт, а врача нет",
			"closed":         "Пациент ждёт в нерабочее время",
			"late":           "Врач опаздывает на приём",
			"booking":        "С записью нужна ваша помощь",
			"seats":          "Звонок ждёт гостевого места",
			"wait":           "Пациент ждёт слишком долго",
			"unanswered":     "Пациент ждёт слишком долго",
		},
		offered: "Пациент для вас",
		offer:   "Вас вызывают к пациенту. Откройте консоль:",
	},
}
