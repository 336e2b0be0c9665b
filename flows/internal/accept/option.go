package accept

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"bedside/flows/internal/words"
)

// ordinalForm is a number with the ending that people write behind it; Fold
// makes "no" of №.
var ordinalForm = regexp.MustCompile(`^(?:no)?(\d{1,3})(?: ?(?:й|ый|ой|е|ое|я|ая|го|ого|st|nd|rd|th))?$`)

// mostOrdinal is how many spaces a number has at most: "option number twenty one".
const mostOrdinal = 4

// longestOption bounds what may name an option, in bytes: more is a story.
const longestOption = 600

// Option finds the one option that was clearly meant: by its id or its whole
// text in any language; by whole words with which no other option's text
// begins; by its number; by words that only it has, whatever their endings.
// "Not a doctor" is no wish for a doctor.
func Option(s string, choices []Known) (id string, ok bool) {
	if len(s) > longestOption {
		return "", false
	}
	return option(Fold(s), choices)
}

// Named is Option without numbers and endings: for an answer that binds, such
// as a consent.
func Named(s string, choices []Known) (id string, ok bool) {
	if len(s) > longestOption {
		return "", false
	}
	id, ok, _ = named(Fold(s), choices)
	return id, ok
}

func option(typed string, choices []Known) (id string, ok bool) {
	if typed == "" {
		return "", false
	}
	if id, ok, settled := named(typed, choices); settled {
		return id, ok
	}
	if kind := strings.Join(without(strings.Fields(typed), said.polite), " "); kind != typed {
		if id, ok, settled := named(kind, choices); settled {
			return id, ok
		}
		typed = kind
	}
	if i, ok := ordinal(typed, choices); ok {
		return choices[i].id, true
	}
	return meant(strings.Fields(typed), choices)
}

// named finds an option by its id, its text, or the beginning of its text.
// settled is true where several fit as well: then none is clear.
func named(typed string, choices []Known) (id string, ok, settled bool) {
	if found := matching(choices, func(text string) bool { return text == typed }); len(found) > 0 {
		return found[0], len(found) == 1, true
	}
	if utf8.RuneCountInString(typed) < 3 {
		return "", false, false
	}
	begin := typed + " "
	found := matching(choices, func(text string) bool {
		rest, ok := strings.CutPrefix(text, begin)
		return ok && !slices.ContainsFunc(strings.Fields(rest), func(word string) bool { return said.turning[word] })
	})
	if len(found) == 0 {
		return "", false, false
	}
	return found[0], len(found) == 1, true
}

func matching(choices []Known, fits func(text string) bool) (ids []string) {
	for _, c := range choices {
		if slices.ContainsFunc(c.texts, fits) {
			ids = append(ids, c.id)
		}
	}
	return ids
}

// ordinal reads the number of an option: 2, «второй», "the last one". Where
// the options themselves speak of numbers none is clear.
func ordinal(typed string, choices []Known) (i int, ok bool) {
	if strings.Count(typed, " ") > mostOrdinal || slices.ContainsFunc(choices, func(k Known) bool { return k.counts }) {
		return 0, false
	}
	for _, w := range words.All() {
		if slices.Contains(w.Typed.Last, typed) {
			return len(choices) - 1, len(choices) > 0
		}
	}
	for _, word := range said.numbered {
		typed = strings.TrimPrefix(typed, word+" ")
	}
	typed = strings.TrimSuffix(typed, " one")
	for _, word := range said.numbered {
		typed = strings.TrimSuffix(typed, " "+word)
	}
	m := ordinalForm.FindStringSubmatch(inFigures(typed))
	if m == nil {
		return 0, false
	}
	n := number(m[1])
	return n - 1, n >= 1 && n <= len(choices)
}
