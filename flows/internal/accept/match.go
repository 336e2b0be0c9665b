package accept

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"bedside/flows/internal/words"
)

// The words of an answer are compared with those of an option as people write
// them: with other endings, and in long words with one letter wrong.
const (
	leastTypo = 6  // letters of a word in which one may be wrong
	leastStem = 3  // letters that stay when an ending is taken away
	mostWords = 12 // of an answer that names an option
)

// meant finds the one option that holds every word that was typed and says
// something. Where a word of the option turns round what was said, it is not
// clear.
func meant(fields []string, choices []Known) (id string, ok bool) {
	if len(fields) > 2*mostWords {
		return "", false
	}
	for _, typed := range [][]string{fields, saying(fields, choices)} {
		if len(typed) == 0 || len(typed) > mostWords || !slices.ContainsFunc(typed, isLong) {
			continue
		}
		if id, ok, found := holder(termsOf(typed), choices); found {
			return id, ok
		}
	}
	return "", false
}

// saying leaves out what says nothing; a word that is an option's whole text
// says something.
func saying(fields []string, choices []Known) []string {
	return slices.DeleteFunc(slices.Clone(fields), func(word string) bool {
		return said.filler[word] && !slices.ContainsFunc(choices, func(k Known) bool { return slices.Contains(k.texts, word) })
	})
}

// holder is the option that holds all of the words; ok is false where there
// are several, or where it turns them round.
func holder(typed []term, choices []Known) (id string, ok, found bool) {
	for i := range choices {
		for _, of := range choices[i].terms {
			if !holds(of, typed) {
				continue
			}
			if found {
				return "", false, true
			}
			id, ok, found = choices[i].id, !turnedRound(of, typed), true
			break
		}
	}
	return id, ok, found
}

// holds says whether every word that was said is among those of an option.
func holds(of, typed []term) bool {
	for _, t := range typed {
		if !slices.ContainsFunc(of, t.alike) {
			return false
		}
	}
	return true
}

// turnedRound says whether a word of the option turns round what was said.
func turnedRound(of, typed []term) bool {
	return slices.ContainsFunc(of, func(o term) bool {
		return o.turns && !slices.ContainsFunc(typed, func(t term) bool { return t.word == o.word })
	})
}

// alike says whether two words are one in other endings, or with a slip.
func (t term) alike(o term) bool {
	if t.word == o.word {
		return true
	}
	if t.turns || o.turns || t.stem == "" || o.stem == "" {
		return false
	}
	return t.stem == o.stem || t.typo && o.typo && oneSlip(t.word, o.word) ||
		long(t.stem, leastTypo) && long(o.stem, leastTypo) && oneSlip(t.stem, o.stem)
}

func isLong(word string) bool { return long(word, leastStem+1) }

func long(word string, least int) bool { return utf8.RuneCountInString(word) >= least }

func hasDigit(s string) bool { return strings.ContainsFunc(s, unicode.IsDigit) }

// stem takes the ending away, and a vowel that comes and goes with it: кашель
// and кашля have one stem.
func stem(word string) string {
	for _, w := range words.All() {
		for _, ending := range w.Typed.Endings {
			if s, ok := strings.CutSuffix(word, ending); ok && long(s, leastStem) {
				return fleeting(s, w.Typed.Fleeting)
			}
		}
	}
	return fleeting(word, words.In("ru").Typed.Fleeting)
}

// fleeting drops such a vowel from between the last two letters.
func fleeting(s string, vowels []string) string {
	runes := []rune(s)
	n := len(runes)
	if n > leastStem && slices.Contains(vowels, string(runes[n-2])) && runes[n-1] > unicode.MaxASCII {
		return string(append(runes[:n-2], runes[n-1]))
	}
	return s
}

// oneSlip says whether one letter is wrong, missing, too much or exchanged
// with its neighbour.
func oneSlip(a, b string) bool {
	if d := len(a) - len(b); d > utf8.UTFMax || -d > utf8.UTFMax {
		return false
	}
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	switch len(y) - len(x) {
	case 0:
		if slices.Equal(x[min(i+1, len(x)):], y[min(i+1, len(y)):]) {
			return true
		}
		return i+1 < len(x) && x[i] == y[i+1] && x[i+1] == y[i] && slices.Equal(x[i+2:], y[i+2:])
	case 1:
		return slices.Equal(x[i:], y[i+1:])
	}
	return false
}
