package words

var englishTyped = Typed{
	Not:     []string{"not", "no", "without", "never", "dont", "doesnt", "didnt", "isnt", "cant", "nothing", "none", "neither", "nor", "except"},
	But:     []string{"but", "maybe", "perhaps", "probably", "unsure", "sure", "sometimes", "if", "or", "although", "except", "think", "know", "yet", "almost"},
	Polite:  []string{"please", "thanks", "thank", "you", "hi", "hello", "ok", "okay", "well", "um"},
	Filler:  []string{"i", "ive", "im", "have", "has", "got", "a", "an", "the", "my", "is", "it", "its", "want", "to", "for", "would", "like", "need", "and", "one", "option", "answer", "choose", "feel", "some", "just", "there", "do", "does", "did"},
	Endings: []string{"ing", "ed", "es", "s"},

	Cardinals: map[string]int{
		"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
		"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
		"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
		"hundred": 100, "thousand": 1000,
	},
	Ordinals: map[string]int{
		"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
		"eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17,
		"eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
	},
	Last:     []string{"last", "the last", "the last one", "last one"},
	Half:     []string{"and a half"},
	Numbered: []string{"number", "option", "no", "answer", "the"},
	About:    []string{"about", "around", "roughly", "approximately", "nearly", "some", "maybe", "its", "it is", "a", "say"},
	Units:    []string{"point", "degree"},

	Days:    map[string]int{"today": 0, "yesterday": -1, "the day before yesterday": -2, "day before yesterday": -2, "tomorrow": 1, "the day after tomorrow": 2},
	Ago:     []string{"ago"},
	DayUnit: map[string]int{"day": 1, "week": 7},
}
