package bot

// videoWords are what is said of visits by video, in one language.
type videoWords struct {
	seatless string // the call waits until a place falls free
	seated   string
	noSeat   string // … and none has
	down     string // TrueConf does not answer just now
	downChat string // … and a doctor comes into the chat instead
	declined string // the call that the patient has declined
}

func videoWordsIn(language string) videoWords {
	if w, ok := videoLanguages[language]; ok {
		return w
	}
	return videoLanguages["en"]
}

var videoLanguages = map[string]videoWords{
	"en": {
		seatless: "All video places are taken just now. Your call begins by itself as soon as one is free; the chat stays open.",
		seated:   "A video place is free. The room is being made.",
		noSeat:   "No video place has fallen free. The doctor stays with you in this chat.",
		down:     "Video calls are not possible just now. The chat stays open.",
		downChat: "Video calls are not possible just now. A doctor will answer you here in the chat.",
		declined: "You have declined the video call. The doctor stays with you in this chat.",
	},
	"ru": {
		seatless: "Сейчас все места для видео заняты. Звонок начнётся сам, как только одно освободится; чат остаётся открытым.",
		seated:   "Место для видео освободилось. Готовим комнату.",
		noSeat:   "Место для видео так и не освободилось. Врач остаётся с вами в этом чате.",
		down:     "Видеозвонки сейчас недоступны. Чат остаётся открытым.",
		downChat: "Видеозвонки сейчас недоступны. Врач ответит вам здесь, в чате.",
		declined: "Вы отклонили видеозвонок. Врач остаётся с вами в этом чате.",
	},
}
