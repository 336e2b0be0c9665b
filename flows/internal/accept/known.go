package accept

import (
	"slices"
	"strings"

	"bedside/flows/internal/words"
)

// Known is one option as people may know it: its id, and its text in every
// language, read once.
type Known struct {
	id     string
	texts  []string // folded
	terms  [][]term // the words of each text
	counts bool     // it speaks of numbers itself
}

// term is one word, ready to be compared.
type term struct {
	word, stem string
	turns      bool // it turns a sentence round
	long       bool
	typo       bool // long enough for one letter to be wrong
}

// Know reads an option.
func Know(id string, texts ...string) Known {
	k := Known{id: id, texts: []string{Fold(id)}}
	for _, t := range texts {
		text := Fold(t)
		k.texts, k.terms = append(k.texts, text), append(k.terms, termsOf(strings.Fields(text)))
		k.counts = k.counts || hasDigit(inFigures(text))
	}
	k.counts = k.counts || hasDigit(inFigures(k.texts[0]))
	return k
}

func termsOf(fields []string) []term {
	terms := make([]term, len(fields))
	for i, f := range fields {
		terms[i] = term{word: f, turns: said.turning[f], long: isLong(f), typo: long(f, leastTypo)}
		if terms[i].long && !hasDigit(f) {
			terms[i].stem = stem(f)
		}
	}
	return terms
}

// said are the words of all languages that say something about a sentence.
var said = saidWords()

type wordSets struct {
	turning, polite, filler map[string]bool
	numbered                []string
}

func saidWords() wordSets {
	s := wordSets{turning: map[string]bool{}, polite: map[string]bool{}, filler: map[string]bool{}}
	for _, w := range words.All() {
		for _, word := range w.Typed.Not {
			s.turning[word] = true
		}
		for _, word := range w.Typed.Polite {
			s.polite[word], s.filler[word] = true, true
		}
		for _, word := range w.Typed.Filler {
			s.filler[word] = true
		}
		s.numbered = append(s.numbered, w.Typed.Numbered...)
	}
	return s
}

// without leaves words out.
func without(fields []string, leaveOut map[string]bool) []string {
	return slices.DeleteFunc(slices.Clone(fields), func(word string) bool { return leaveOut[word] })
}
