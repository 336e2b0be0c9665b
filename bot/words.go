package bot

import "time"

// words are what Bedside itself says to a patient, in one language. What the
// clinic says stands in its flow. A language is one file.
type words struct {
	notNow        string
	overtaken     string
	closedForGood string
	emptyText     string
	tooLong       string
	noCall        string
	rungJustNow   string
	silence       string
	released      string
	noVideo       string
	passedOn      string

	callbackFailed string // nobody could be reached by phone
	callbackMissed string
	bookingDue     string
	settled        func(phone string) string // the last promise is kept: how to go on
	danger         func(emergency string) string
	dial           func(number string) string
	opens          func(at time.Time, phone string) string

	callAsked, callReady, callTrying, callFailed    string
	callBroken, callEndedHungUp, callEnded, callOff string

	wait func(phone, emergency string) string

	guest    string // somebody in a call whose name nobody knows
	refusals map[Code]string
}

// InWords is what a refusal says to a patient in the language, for those codes
// that a press of Join meets; "" for the others.
func InWords(c Code, language string) string { return wordsIn(language).refusals[c] }

// NamelessPatient is how the call names a patient who has told no name.
func NamelessPatient(language string) string { return wordsIn(language).guest }

// wordsIn gives the words of a language, English where we have none.
func wordsIn(language string) words {
	if w, ok := languages[language]; ok {
		return w
	}
	return languages["en"]
}

var languages = map[string]words{"en": english, "ru": russian}
