package flows

import (
	"maps"
	"slices"
	"strings"
)

// Text is one text in several languages, by language tag as the flow's
// `languages` spells it.
type Text map[string]string

// In returns the text in lang, else in lang's base language ("en" for
// "en-GB"), else in the first language by name, so that it is never empty
// while there is any text at all.
func (t Text) In(lang string) string {
	if s, ok := t[lang]; ok {
		return s
	}
	base, _, _ := strings.Cut(lang, "-")
	if s, ok := t[base]; ok {
		return s
	}
	for _, key := range slices.Sorted(maps.Keys(t)) {
		return t[key]
	}
	return ""
}
