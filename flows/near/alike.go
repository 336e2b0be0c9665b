package near

import (
	"strings"
	"unicode"
)

// alike are letters of other alphabets that look like Latin ones, each before
// the one that it looks like.
const alike = "аaеeоoрpсcуyхxіiјjѕsԁdкkһhԛqԝwвbмmнhтtгr" + "АAВBЕEКKМMНHОOРPСCТTУYХXІIЅS" + "οoαaνvρpιiκkυuΑAΒBΕEΟO"

// Latin writes every letter that looks like a Latin one as that one.
func Latin(word string) string {
	return strings.Map(func(r rune) rune {
		pair := false
		for _, a := range alike {
			switch {
			case pair:
				return a
			case a == r && r > unicode.MaxASCII:
				pair = true
			}
		}
		return r
	}, word)
}

// Same says whether two words look the same and may be different.
func Same(a, b string) bool { return Latin(a) == Latin(b) }

// Foreign is the first letter of a word that is not Latin, and its alphabet;
// both are "" where there is none.
func Foreign(word string) (letter, alphabet string) {
	for _, r := range word {
		switch {
		case unicode.Is(unicode.Cyrillic, r):
			return string(r), "Cyrillic"
		case unicode.Is(unicode.Greek, r):
			return string(r), "Greek"
		}
	}
	return "", ""
}

// twin is the candidate that looks like the word and is another.
func twin(word string, candidates []string) string {
	latin, plain := "", ascii(word)
	for _, c := range candidates {
		if c == word || plain && ascii(c) {
			continue
		}
		if latin == "" {
			latin = Latin(word)
		}
		if Latin(c) == latin {
			return c
		}
	}
	return ""
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] > unicode.MaxASCII {
			return false
		}
	}
	return true
}
