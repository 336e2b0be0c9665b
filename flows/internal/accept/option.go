package accept

import (
	"slices"
	"strings"
	"unicode/utf8"

	"bedside/flows/internal/words"
)

// Choice is one option and the texts in which people may know it.
type Choice struct {
	ID    string
	Texts []string
}

// Option finds the one option that was clearly meant: its id, its whole text
// in any language, or whole words with which no other option's text begins.
// Words from the middle do not count: "not a doctor" is no wish for a doctor.
func Option(s string, choices []Choice) (id string, ok bool) {
	typed := Fold(s)
	if typed == "" {
		return "", false
	}
	if found := matching(choices, func(text string) bool { return text == typed }); len(found) > 0 {
		return found[0], len(found) == 1
	}
	if utf8.RuneCountInString(typed) < 3 {
		return "", false
	}
	found := matching(choices, func(text string) bool { return strings.HasPrefix(text, typed+" ") })
	if len(found) != 1 {
		return "", false
	}
	return found[0], true
}

func matching(choices []Choice, fits func(text string) bool) (ids []string) {
	for _, c := range choices {
		if fits(Fold(c.ID)) || slices.ContainsFunc(c.Texts, func(t string) bool { return fits(Fold(t)) }) {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// YesNo understands yes and no in every language that has words.
func YesNo(s string) (yes, ok bool) {
	typed := Fold(s)
	for _, w := range words.All() {
		if slices.Contains(w.SaysYes, typed) {
			return true, true
		}
		if slices.Contains(w.SaysNo, typed) {
			return false, true
		}
	}
	return false, false
}
