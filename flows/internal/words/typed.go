package words

// Typed is what people of a language type, folded as accept.Fold does: the
// words that turn an answer round, those that say nothing, numbers and days.
type Typed struct {
	Not      []string // turn a sentence round
	But      []string // take something back, or doubt it: what stands around them is not clear
	Polite   []string // say nothing at all
	Filler   []string // say nothing about which option is meant
	Endings  []string // of words, the longest first; what is left is compared
	Fleeting []string // vowels that come and go between the last consonants

	Cardinals      map[string]int
	Ordinals       map[string]int // whole words
	OrdinalStems   map[string]int // with one of OrdinalEndings behind
	OrdinalEndings []string
	Last           []string // the last of the options
	Half           []string // behind a number: and a half
	Numbered       []string // before an ordinal: number, option
	About          []string // before a number: roughly
	Units          []string // beginnings of words behind a number that say nothing new

	Days    map[string]int // from today, whole answers
	Ago     []string       // behind a number of days or weeks
	DayUnit map[string]int // beginnings: days in it
}
