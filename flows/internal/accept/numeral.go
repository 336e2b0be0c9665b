package accept

import (
	"regexp"
	"strconv"
	"strings"

	"bedside/flows/internal/words"
)

// mostNumerals bounds how much is looked at: no answer that is a number or a
// date has more words.
const mostNumerals = 12

// hyphen is one within a word: twenty-first.
var hyphen = regexp.MustCompile(`(\pL)-(\pL)`)

// inFigures writes the numbers of a folded text in figures: «двадцать пять»
// becomes 25, «седьмого» 7, "nineteen fifty eight" 19 58. Whatever is no
// number stays.
func inFigures(folded string) string {
	if strings.Contains(folded, "-") {
		folded = hyphen.ReplaceAllString(folded, "$1 $2")
	}
	fields := strings.Fields(folded)
	if len(fields) > mostNumerals {
		return folded
	}
	var out []string
	for len(fields) > 0 {
		n, used := numeral(fields)
		if used == 0 {
			out, fields = append(out, fields[0]), fields[1:]
			continue
		}
		out, fields = append(out, strconv.Itoa(n)), fields[used:]
	}
	return strings.Join(out, " ")
}

// numeral reads one number from the beginning of the words: each smaller than
// the one before, as in «сто двадцать пять».
func numeral(fields []string) (n, used int) {
	part, room := 0, 1000 // room: the next word must be smaller
	for i, f := range fields {
		value, ordinal, ok := numeralWord(f)
		switch {
		case !ok:
			return n + part, used
		case value == 1000 && n == 0:
			n, part, room = max(part, 1)*1000, 0, 1000
		case value == 100 && part > 0 && part < 10: // five hundred
			part, room = part*100, 100
		case value >= room || value == 0 && i > 0:
			return n + part, used
		default:
			part, room = part+value, magnitude(value)
		}
		if used = i + 1; ordinal {
			break
		}
	}
	return n + part, used
}

// magnitude is what a word that follows must be smaller than.
func magnitude(value int) int {
	switch {
	case value >= 100:
		return 100
	case value >= 20:
		return 10
	default:
		return 0 // nothing follows units and teens
	}
}

// numeralWord knows one word of a number in every language.
func numeralWord(f string) (value int, ordinal, ok bool) {
	for _, w := range words.All() {
		if n, ok := w.Typed.Cardinals[f]; ok {
			return n, false, true
		}
		if n, ok := ordinalWord(f, w.Typed); ok {
			return n, true, true
		}
	}
	return 0, false, false
}

func ordinalWord(f string, t *words.Typed) (int, bool) {
	if n, ok := t.Ordinals[f]; ok {
		return n, true
	}
	for _, ending := range t.OrdinalEndings {
		if stem, ok := strings.CutSuffix(f, ending); ok {
			if n, ok := t.OrdinalStems[stem]; ok {
				return n, true
			}
		}
	}
	return 0, false
}
