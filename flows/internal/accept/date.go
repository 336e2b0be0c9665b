package accept

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"bedside/flows/internal/words"
)

// Century says what two figures of a year mean.
type Century int

const (
	Nearest Century = iota // the year nearest to today
	Past                   // the last such day that is not after today: births
)

var (
	isoForm    = regexp.MustCompile(`^(\d{4})[-./](\d{1,2})[-./](\d{1,2})$`)
	figureForm = regexp.MustCompile(`^(\d{1,2})\s*[-./ ]\s*(\d{1,2})\s*[-./ ]\s*(\d{4}|\d{2})$`)
	dayFirst   = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th|-?го|-?е)?[\s.\-]*(?:of\s+)?(\pL+)[\s.,\-]*(\d{4}|\d{2})$`)
	monthFirst = regexp.MustCompile(`^(\pL+)\s*(\d{1,2})(?:st|nd|rd|th)?[\s,.]+(\d{4}|\d{2})$`)
	bornWord   = regexp.MustCompile(`^(?:я )?(?:родился|родилась|дата рождения:?|(?:i was )?born(?: on)?(?: the)?|date of birth:?)\s+`)
	romanForm  = regexp.MustCompile(`^(\d{1,2})[-. /](x?i{1,3}|i?[vx]|vi{1,3}|x)[-. /](\d{4}|\d{2})$`)
	runForm    = regexp.MustCompile(`^(\d{8})$`)
	halfYears  = regexp.MustCompile(`\b(19|20) (\d\d)$`)
	yearWord   = regexp.MustCompile(`\s*(?:года рождения|года|год|г\.|г|г\.\s*р\.?|г\.р\.?)$`)
)

// Date reads a day: 1958-03-07, 7.03.1958 or 07/03/1958 (the day first),
// "7 March 1958", "March 7, 1958", "7 марта 58 г.", «седьмое марта 1958», and
// 07031958. today is needed for years of two figures only. A day that no
// calendar has is refused.
func Date(s string, today time.Time, century Century) (time.Time, bool) {
	s, ok := dateText(s)
	if !ok {
		return time.Time{}, false
	}
	if day, ok := date(s, today, century); ok {
		return day, true
	}
	return date(spokenDate(s), today, century)
}

// dateText is what was typed without what says nothing.
func dateText(s string) (string, bool) {
	if len(s) > longestFigure {
		return "", false
	}
	s = strings.ReplaceAll(strings.ToLower(strings.TrimSpace(figures(s))), "ё", "е")
	s = bornWord.ReplaceAllString(strings.NewReplacer("'", "", "’", "").Replace(s), "")
	return strings.TrimRight(yearWord.ReplaceAllString(s, ""), " .,"), true
}

// spokenDate writes the numbers of a date in figures: a year that is said in
// two halves, nineteen fifty eight, becomes one.
func spokenDate(s string) string {
	s = inFigures(strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == ',' }), " "))
	return halfYears.ReplaceAllString(s, "$1$2")
}

func date(s string, today time.Time, century Century) (time.Time, bool) {
	year, month, day, ok := split(s)
	if !ok {
		return time.Time{}, false
	}
	y, _ := strconv.Atoi(year)
	d, _ := strconv.Atoi(day)
	if len(year) == 2 {
		y = fullYear(y, month, d, today, century)
	}
	date := time.Date(y, time.Month(month), d, 0, 0, 0, 0, time.UTC)
	if y < 1000 || date.Day() != d || int(date.Month()) != month {
		return time.Time{}, false
	}
	return date, true
}

func split(s string) (year string, month int, day string, ok bool) {
	if m := isoForm.FindStringSubmatch(s); m != nil {
		month, _ = strconv.Atoi(m[2])
		return m[1], month, m[3], true
	}
	if m := figureForm.FindStringSubmatch(s); m != nil {
		return inOrder(m[1], m[2], m[3], strings.Contains(s, "/"))
	}
	if m := romanForm.FindStringSubmatch(s); m != nil {
		month = slices.Index(romans, m[2]) + 1
		return m[3], month, m[1], month > 0
	}
	if m := runForm.FindStringSubmatch(s); m != nil {
		return splitRun(m[1])
	}
	if m := dayFirst.FindStringSubmatch(s); m != nil {
		month = monthNamed(m[2])
		return m[3], month, m[1], month > 0
	}
	if m := monthFirst.FindStringSubmatch(s); m != nil {
		month = monthNamed(m[1])
		return m[3], month, m[2], month > 0
	}
	return "", 0, "", false
}

var romans = []string{"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"}

// inOrder takes the day first. Between slashes the month may come first, where
// the day could be no month.
func inOrder(first, second, year string, slashes bool) (y string, month int, day string, ok bool) {
	day, month = first, number(second)
	if slashes && month > 12 && number(first) <= 12 {
		day, month = second, number(first)
	}
	return year, month, day, true
}

// splitRun reads eight figures without a sign between: the day or the year
// first, whichever makes a day of our time; both is none.
func splitRun(s string) (year string, month int, day string, ok bool) {
	dayFirst := likely(s[4:], s[2:4], s[:2])
	yearFirst := likely(s[:4], s[4:6], s[6:])
	switch {
	case dayFirst && !yearFirst:
		return s[4:], number(s[2:4]), s[:2], true
	case yearFirst && !dayFirst:
		return s[:4], number(s[4:6]), s[6:], true
	}
	return "", 0, "", false
}

func likely(year, month, day string) bool {
	y, m, d := number(year), number(month), number(day)
	return y >= 1850 && y < 2150 && m >= 1 && m <= 12 && d >= 1 && d <= 31
}

// number reads figures, of which there are few.
func number(figures string) int {
	n, _ := strconv.Atoi(figures)
	return n
}

// monthNamed knows a month by its beginning, whatever its last letter: март,
// марта, sept, September.
func monthNamed(typed string) int {
	for _, w := range words.All() {
		for i, name := range w.Months {
			if len(typed) >= 2 && isMonth(typed, strings.ToLower(name), w.MonthsTyped[i]) {
				return i + 1
			}
		}
	}
	return 0
}

func isMonth(typed, name string, beginnings []string) bool {
	_, last := utf8.DecodeLastRuneInString(typed)
	stem := typed[:len(typed)-last]
	return slices.ContainsFunc(beginnings, func(b string) bool {
		return strings.HasPrefix(typed, b) && (strings.HasPrefix(name, typed) || strings.HasPrefix(name, stem))
	})
}

// fullYear completes a year of two figures.
func fullYear(y, month, day int, today time.Time, century Century) int {
	year := today.Year() - today.Year()%100 + y
	latest := today
	if century == Nearest {
		latest = today.AddDate(50, 0, 0)
	}
	if time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).After(latest) {
		return year - 100
	}
	if century == Nearest && year+100 <= today.Year()+50 {
		return year + 100
	}
	return year
}
