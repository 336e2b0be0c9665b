package bot

// words are what Bedside itself says to a patient, in one language. What the
// clinic says stands in its flow. A language is one file.
type words struct {
	notNow        string
	overtaken     string
	closedForGood string
	emptyText     string
	tooLong       string
	noCall        string
	silence       string
	released      string
	noVideo       string

	callAsked, callReady, callTrying, callFailed    string
	callBroken, callEndedHungUp, callEnded, callOff string

	wait func(phone, emergency string) string
}

// wordsIn gives the words of a language, English where we have none.
func wordsIn(language string) words {
	if w, ok := languages[language]; ok {
		return w
	}
	return languages["en"]
}

var languages = map[string]words{"en": english, "ru": russian}
