// Package words holds what Bedside itself says to patients while it asks:
// refusals in kind words, the buttons of a yes_no, the names of the months.
// A language is one file with one table; whatever has none speaks English.
package words

import (
	"fmt"
	"strings"
	"time"
)

// Words is one language.
type Words struct {
	Yes, No     string   // the buttons of a yes_no
	SaysYes     []string // typed words that mean yes, folded as accept.Fold does
	SaysNo      []string
	Months      [12]string   // as in a full date
	MonthsTyped [12][]string // beginnings of what people type for a month, folded
	Days        [3][]string  // today, tomorrow and the day after, folded
	moment      string       // the layout of a day and an hour
	Typed       *Typed       // what people type
	Decimal     string       // between units and tenths

	Overtaken  string // the question is no longer open
	NotAsking  string // nothing is asked
	NeedAnswer string // nothing was said
	CannotSkip string
	Soon       string // nobody can say when
	NotOption  string // none of the options
	NotOptions string // likewise, where several can be chosen
	NotYesNo   string
	NotNumber  string
	NotDate    string
	NotPhone   string
	NotEmail   string

	Agree, Refuse string // the buttons of a consent
	NotConsent    string
	WhichTime     string // asks for the time of an appointment
	NoTime        string // the button that takes none of the times
	NotTime       string
	CannotGoBack  string
	CannotDecline string // no video is waited for

	tooShort, tooLong string // %d characters
	below, above      string // %s the limit
	tooEarly, tooLate string // %s the day
	tooManyFiles      string // %s so many files
	tooLarge          string // %s the size
	notKind           string // %s the kinds that are taken
	needFiles         string // %s likewise

	form                 func(c Count, n int) string
	files                Count
	minutes, hours       Count
	kindNames            map[string]string
	kilobytes, megabytes string
}

// TooShort says the least length in characters.
func (w *Words) TooShort(least int) string { return fmt.Sprintf(w.tooShort, least) }

// TooLong says the greatest length in characters.
func (w *Words) TooLong(most int) string { return fmt.Sprintf(w.tooLong, most) }

// Below says the least number that is taken.
func (w *Words) Below(least float64) string { return fmt.Sprintf(w.below, w.Number(least)) }

// Above says the greatest number that is taken.
func (w *Words) Above(most float64) string { return fmt.Sprintf(w.above, w.Number(most)) }

// TooEarly says behind which day a date must lie.
func (w *Words) TooEarly(after time.Time) string { return fmt.Sprintf(w.tooEarly, w.Date(after)) }

// TooLate says before which day a date must lie.
func (w *Words) TooLate(before time.Time) string { return fmt.Sprintf(w.tooLate, w.Date(before)) }

// Date writes a day with the month as a word, so that nobody can take the
// day for the month.
func (w *Words) Date(day time.Time) string {
	return fmt.Sprintf("%d %s %d", day.Day(), w.Months[day.Month()-1], day.Year())
}

// Number writes a number as people of the language do.
func (w *Words) Number(n float64) string {
	return strings.Replace(plain(n), ".", w.Decimal, 1)
}

// Choice writes the button of a yes_no.
func (w *Words) Choice(yes bool) string {
	if yes {
		return w.Yes
	}
	return w.No
}

// In returns the words of a language, by its tag or the tag's base.
func In(lang string) *Words {
	base, _, _ := strings.Cut(lang, "-")
	switch strings.ToLower(base) {
	case "ru":
		return &russian
	default:
		return &english
	}
}

// All returns every language, for understanding what is typed.
func All() []*Words { return []*Words{&english, &russian} }
