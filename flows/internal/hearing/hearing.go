// Package hearing finds words of danger in what people type: whole words, any
// ending where the pattern ends in *, phrases of several words. Case, ё and е,
// accents, apostrophes, punctuation, odd spaces, Latin letters among Cyrillic
// ones, letters that are drawn out and a space that is left out within a phrase
// do not matter. It is pure, total, and takes time in proportion to the text.
package hearing

import (
	"errors"
	"strings"
	"unicode/utf8"
)

// mostJoined is the longest phrase, in words, that is heard without its spaces
// as well: each may be left out, so the ways to write it double with each word.
const mostJoined = 5

// leastStem is how many letters stand before a *, so that no pattern hears
// half of the language.
const leastStem = 3

// The reasons why a pattern is none.
var (
	ErrNoWord = errors.New("there is no word in it")
	ErrStar   = errors.New("a * stands elsewhere than at the end of a word")
	ErrShort  = errors.New("fewer than three letters stand before the *")
)

// Words are patterns, ready to be listened for. They are not changed once they
// are used; the zero Words hear nothing.
type Words struct {
	whole map[string][]pattern // by the first word
	stems map[rune][]pattern   // by the first letter of the first word, where it ends in *
}

// pattern is a phrase, one or more words.
type pattern []part

type part struct {
	word
	stem bool // any ending may follow
}

// Add makes a pattern heard.
func (w *Words) Add(text string) error {
	p, err := read(text)
	if err != nil {
		return err
	}
	if w.whole == nil {
		w.whole, w.stems = map[string][]pattern{}, map[rune][]pattern{}
	}
	for _, p := range p.joinings() {
		if first := p[0]; first.stem {
			w.stems[begin(first.short)] = append(w.stems[begin(first.short)], p)
		} else {
			w.whole[first.short] = append(w.whole[first.short], p)
		}
	}
	return nil
}

// joinings are a phrase and its spellings with spaces left out: «немогу
// дышать». After a word with any ending a space must stand.
func (p pattern) joinings() []pattern {
	if len(p) == 1 || len(p) > mostJoined {
		return []pattern{p}
	}
	var all []pattern
	for _, rest := range p[1:].joinings() {
		all = append(all, append(pattern{p[0]}, rest...))
		if !p[0].stem {
			joined := append(pattern{{wordOf(p[0].plain + rest[0].plain), rest[0].stem}}, rest[1:]...)
			all = append(all, joined)
		}
	}
	return all
}

// read cuts a pattern into its parts.
func read(text string) (p pattern, err error) {
	for _, field := range strings.Fields(fold(text)) {
		stem := strings.HasSuffix(field, "*")
		words := split(strings.TrimSuffix(field, "*"))
		switch {
		case strings.Contains(strings.TrimSuffix(field, "*"), "*") || stem && len(words) == 0:
			return nil, ErrStar
		case stem && utf8.RuneCountInString(words[len(words)-1].plain) < leastStem:
			return nil, ErrShort
		}
		for i, one := range words {
			p = append(p, part{one, stem && i == len(words)-1})
		}
	}
	if len(p) == 0 {
		return nil, ErrNoWord
	}
	return p, nil
}

// In says whether any pattern is in the text.
func (w *Words) In(text string) bool {
	if len(w.whole)+len(w.stems) == 0 {
		return false
	}
	said := split(fold(text))
	for i := range said {
		if starts(w.whole[said[i].short], said[i:]) || starts(w.stems[begin(said[i].short)], said[i:]) {
			return true
		}
	}
	return false
}

// starts says whether the words begin with one of the patterns.
func starts(patterns []pattern, said []word) bool {
	for _, p := range patterns {
		if len(p) <= len(said) && p.fits(said) {
			return true
		}
	}
	return false
}

func (p pattern) fits(said []word) bool {
	for i, part := range p {
		if !part.fits(said[i]) {
			return false
		}
	}
	return true
}

// fits compares letter by letter; a word that is drawn out, «могуууу», without
// regard to doubled letters.
func (p part) fits(said word) bool {
	heard, want := said.plain, p.plain
	if said.drawn {
		heard, want = said.short, p.short
	}
	if p.stem {
		return strings.HasPrefix(heard, want)
	}
	return heard == want
}

// begin is the first letter of a word.
func begin(s string) rune {
	first, _ := utf8.DecodeRuneInString(s)
	return first
}
