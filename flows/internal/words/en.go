package words

var english = Words{
	Yes:     "Yes",
	No:      "No",
	SaysYes: []string{"yes", "y", "yeah", "yep", "yes please", "sure", "of course", "correct", "true"},
	SaysNo:  []string{"no", "n", "nope", "no thanks", "no thank you", "not at all", "false"},
	Months: [12]string{"January", "February", "March", "April", "May", "June",
		"July", "August", "September", "October", "November", "December"},
	MonthsTyped: [12][]string{{"jan"}, {"feb"}, {"mar"}, {"apr"}, {"may"}, {"jun"},
		{"jul"}, {"aug"}, {"sep"}, {"oct"}, {"nov"}, {"dec"}},
	Decimal: ".",

	Overtaken:  "We have already moved on from that question.",
	NotAsking:  "There is no question to answer just now.",
	NeedAnswer: "Please write your answer.",
	CannotSkip: "We do need an answer to this one.",
	NotOption:  "Please choose one of the answers above.",
	NotYesNo:   "Please answer yes or no.",
	NotNumber:  "Please write a number in figures.",
	NotDate:    "We could not read this date. Please write it like 7 March 1958.",
	NotPhone:   "This does not look like a phone number. Please write it with the area code.",
	NotEmail:   "This does not look like an e-mail address. Please check it.",

	tooShort: "A little more, please: at least this many characters: %d.",
	tooLong:  "That is too long. The limit in characters: %d.",
	below:    "The least we can take here is %s.",
	above:    "The most we can take here is %s.",
	tooEarly: "Please check the date: it should be after %s.",
	tooLate:  "Please check the date: it should be before %s.",
}
