package bot

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Finding a patient by name. A head stands in one list for each way in which a
// word of the name may begin (its first letter, its first three), once for each
// staff member who has had the conversation and once for all that are open.
// Whoever searches reads the list of the longest word and compares.

const (
	findWords   = 6   // of a name
	findLongest = 255 // bytes of a list's name
)

// ListFound is where the open conversations stand whose patient has a word that
// begins so; start is one of FindStarts.
func ListFound(start string) string { return "find/open/" + start }

// ListFoundBy is likewise of all conversations that a doctor has or has had.
func ListFoundBy(login, start string) string { return "find/had/" + login + "/" + start }

// FindWords are the words of a name or of a search, in the form in which they
// are compared: small letters without accents, ё as е.
func FindWords(text string) []string {
	plain := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(text))
	return strings.FieldsFunc(plain, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// FindStart is the list's start that serves a word of a search.
func FindStart(word string) string {
	letters := []rune(word)
	if len(letters) < 3 {
		return string(letters[:1])
	}
	return string(letters[:3])
}

// Found reports whether each word of a search begins some word of the name.
func Found(name string, words []string) bool {
	have := FindWords(name)
	for _, w := range words {
		if !slices.ContainsFunc(have, func(h string) bool { return strings.HasPrefix(h, w) }) {
			return false
		}
	}
	return len(words) > 0
}

// foundIn are the lists of a state by which it is found.
func foundIn(s State) []string {
	var out []string
	words := FindWords(s.Name())
	for _, word := range words[:min(len(words), findWords)] {
		for _, start := range []string{string([]rune(word)[:1]), FindStart(word)} {
			if s.Phase != ClosedDown {
				out = append(out, ListFound(start))
			}
			for _, login := range s.HadBy {
				out = append(out, ListFoundBy(login, start))
			}
		}
	}
	slices.Sort(out)
	return slices.DeleteFunc(slices.Compact(out), func(list string) bool { return len(list) > findLongest })
}
