package calendar

// words are what an entry says, in one language.
type words struct {
	visit, cancelled string
	patient, doctor  string
}

var languages = map[string]words{
	"en": {
		visit: "Video visit", cancelled: "Cancelled: ",
		patient: "At the time of your visit open this link in a browser. There is nothing to install. The link is yours alone: please do not pass it on.",
		doctor:  "The visit in the console:",
	},
	"ru": {
		visit: "Видеовизит", cancelled: "Отменён: ",
		patient: "В назначенное время откройте эту ссылку в браузере. Ничего устанавливать не нужно. Ссылка только для вас: пожалуйста, никому её не передавайте.",
		doctor:  "Визит в консоли:",
	},
}

func wordsIn(language string) words {
	if w, ok := languages[language]; ok {
		return w
	}
	return languages["en"]
}

// Title is what everybody may read over a shoulder: that it is a video visit, and
// at which clinic.
func Title(language, clinic string, cancelled bool) string {
	w := wordsIn(language)
	title := w.visit
	if clinic = line(clinic); clinic != "" {
		title += ": " + clinic
	}
	if cancelled {
		title = w.cancelled + title
	}
	return title
}

// ForPatient is what a patient is to do at the time.
func ForPatient(language string) string { return wordsIn(language).patient }

// ForDoctor is what stands before the address of the console.
func ForDoctor(language string) string { return wordsIn(language).doctor }
