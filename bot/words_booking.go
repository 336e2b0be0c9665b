package bot

// bookingWords are what is said of appointments, in one language. Times are given
// as the patient reads them.
type bookingWords struct {
	notNow        string
	over          string // the appointment is there no more
	taken         string
	takenAskAgain string // … and the free times follow
	past          string
	farAway       string
	declined      string
	anotherDoctor string
	doctorLate    string
	noRoom        string

	expired    func(when string) string
	moved      func(when string) string
	calledOff  func(when string) string // by the clinic
	cancelled  func(when, phone string) string
	reassigned func(when, doctor string) string
	delayed    func(when, until string) string // by the call before it
	takesOver  func(doctor string) string
	remind     func(when string) string
	tooEarly   func(when string) string
	youMissed  func(phone string) string
}

func (t *turn) bookingWords() bookingWords { return bookingWordsIn(t.s.Language) }

func bookingWordsIn(language string) bookingWords {
	if w, ok := bookingLanguages[language]; ok {
		return w
	}
	return bookingLanguages["en"]
}

// TooEarlyWords say when a visit begins that somebody would enter before.
func TooEarlyWords(when, language string) string { return bookingWordsIn(language).tooEarly(when) }

// SlotTakenWords say that somebody else was first.
func SlotTakenWords(language string) string { return bookingWordsIn(language).taken }

// withPhone adds the clinic's number to what is said, where there is one.
func withPhone(text, before, phone string) string {
	if phone == "" {
		return text
	}
	return text + " " + before + phone + "."
}

var bookingLanguages = map[string]bookingWords{
	"en": {
		notNow:        "That is not possible with this appointment now.",
		over:          "This appointment is over or cancelled. You can write here, or choose a new time.",
		taken:         "That time has just been taken. Please choose another one.",
		takenAskAgain: "That time has just been taken. These are free now.",
		past:          "That time has passed. Please choose a later one.",
		farAway:       "That is more than a year away. Please choose an earlier time.",
		declined:      "The proposed time is free again. If you want another one, begin a new chat.",
		anotherDoctor: "The doctor could not come to your visit. We are calling another doctor: you are the first in the queue.",
		doctorLate:    "The doctor is late. You can wait, see another doctor, be called by phone, or choose a new time.",
		noRoom:        "The video room could not be opened. You are the first in the queue, and a doctor will answer here.",

		expired: func(when string) string {
			return "The proposed time (" + when + ") was not confirmed and is free again."
		},
		moved: func(when string) string { return "Your appointment is now on " + when + ". The link stays the same." },
		calledOff: func(when string) string {
			return "The clinic had to cancel the appointment on " + when + ". We are sorry. Write here, and we find another time."
		},
		reassigned: func(when, doctor string) string {
			return "On " + when + " you will see " + doctor + ". The link stays the same."
		},
		delayed: func(when, until string) string {
			return "The visit before yours takes longer. Yours (" + when + ") may begin as late as " + until + ". We are sorry. You need do nothing: it opens by itself."
		},
		takesOver: func(doctor string) string { return "It is time for your appointment: " + doctor + " takes over now." },
		remind: func(when string) string {
			return "Your video visit is on " + when + ". Please check your camera and microphone now; it takes a minute."
		},
		tooEarly: func(when string) string {
			return "Your visit begins on " + when + ". This page opens it by itself."
		},
		cancelled: func(when, phone string) string {
			return withPhone("Your appointment on "+when+" is cancelled. To choose another time, begin a new chat.", "Or call the clinic: ", phone)
		},
		youMissed: func(phone string) string {
			return withPhone("The doctor waited for you, and the time of your visit has passed. Write here, or choose a new time.", "You can also call the clinic: ", phone)
		},
	},
	"ru": {
		notNow:        "Сейчас с этой записью так поступить нельзя.",
		over:          "Приём завершён или отменён. Можно написать здесь или выбрать новое время.",
		taken:         "Это время только что заняли. Выберите, пожалуйста, другое.",
		takenAskAgain: "Это время только что заняли. Сейчас свободно:",
		past:          "Это время уже прошло. Выберите, пожалуйста, более позднее.",
		farAway:       "До этого времени больше года. Выберите, пожалуйста, более раннее.",
		declined:      "Предложенное время снова свободно. Если нужно другое, начните новый чат.",
		anotherDoctor: "Врач не смог прийти на приём. Мы зовём другого врача: вы первый в очереди.",
		doctorLate:    "Врач опаздывает. Можно подождать, поговорить с другим врачом, попросить позвонить или выбрать новое время.",
		noRoom:        "Видеокомнату открыть не удалось. Вы первый в очереди, врач ответит здесь.",

		expired: func(when string) string {
			return "Предложенное время (" + when + ") не подтверждено и снова свободно."
		},
		moved: func(when string) string {
			return "Ваш приём теперь " + when + ". Ссылка прежняя."
		},
		calledOff: func(when string) string {
			return "Клинике пришлось отменить приём " + when + ". Простите. Напишите сюда, и мы найдём другое время."
		},
		reassigned: func(when, doctor string) string {
			return "Приём " + when + " проведёт " + doctor + ". Ссылка прежняя."
		},
		delayed: func(when, until string) string {
			return "Приём перед вашим затянулся. Ваш (" + when + ") может начаться позже, до " + until + ". Простите. Делать ничего не нужно: он откроется сам."
		},
		takesOver: func(doctor string) string {
			return "Время вашего приёма: теперь с вами " + doctor + "."
		},
		remind: func(when string) string {
			return "Ваш видеоприём " + when + ". Проверьте сейчас камеру и микрофон, это займёт минуту."
		},
		tooEarly: func(when string) string {
			return "Приём начнётся " + when + ". Эта страница откроет его сама."
		},
		cancelled: func(when, phone string) string {
			return withPhone("Приём "+when+" отменён. Чтобы выбрать другое время, начните новый чат.", "Или позвоните в клинику: ", phone)
		},
		youMissed: func(phone string) string {
			return withPhone("Врач ждал вас, но время приёма прошло. Напишите здесь или выберите новое время.", "Можно и позвонить в клинику: ", phone)
		},
	},
}
