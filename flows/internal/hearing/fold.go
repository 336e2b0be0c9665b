package hearing

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// word is one word of a text, folded.
type word struct {
	plain string
	short string // with every letter that is repeated written once
	drawn bool   // a letter stands three times or more in a row
}

// fold makes spellings equal that look or mean the same. Accents go, so й and
// ё become и and е; apostrophes go, so that "cant" is "can't"; Cyrillic letters
// that look like Latin ones become those, on both sides of a comparison.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		r = unicode.ToLower(r)
		switch {
		case r < 0x80 && r != '\'' && r != '`':
			return r
		case r == '\'' || r == '`' || unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r) || isApostrophe(r):
			return -1
		default:
			return lookAlike(r)
		}
	}, norm.NFKD.String(strings.ToValidUTF8(s, " ")))
}

func isApostrophe(r rune) bool {
	switch r {
	case '’', '‘', '‛', 'ʼ', 'ʹ', '′', '´', '＇':
		return true
	}
	return false
}

// lookAlike is the Latin letter that a Cyrillic one cannot be told from, in
// capitals or in small letters.
func lookAlike(r rune) rune {
	switch r {
	case 'а':
		return 'a'
	case 'в':
		return 'b'
	case 'е':
		return 'e'
	case 'к':
		return 'k'
	case 'м':
		return 'm'
	case 'н':
		return 'h'
	case 'о':
		return 'o'
	case 'р':
		return 'p'
	case 'с':
		return 'c'
	case 'т':
		return 't'
	case 'у':
		return 'y'
	case 'х':
		return 'x'
	case 'і':
		return 'i'
	case 'ѕ':
		return 's'
	case 'ј':
		return 'j'
	}
	return r
}

// split cuts a folded text into its words: letters and figures, whatever
// stands between them.
func split(folded string) []word {
	fields := strings.FieldsFunc(folded, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	words := make([]word, len(fields))
	for i, f := range fields {
		words[i] = wordOf(f)
	}
	return words
}

func wordOf(s string) word {
	w := word{plain: s, short: s}
	var last rune
	run, repeats := 0, false
	for _, r := range s {
		if r != last {
			last, run = r, 0
		}
		run++
		repeats = repeats || run > 1
		w.drawn = w.drawn || run > 2
	}
	if repeats {
		last = 0
		w.short = strings.Map(func(r rune) rune {
			if r == last {
				return -1
			}
			last = r
			return r
		}, s)
	}
	return w
}
