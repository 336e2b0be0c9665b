package accept

import (
	"slices"
	"strings"
	"unicode"
)

// mostPieces is how many options one answer may name.
const mostPieces = 40

// Options finds the options that were clearly meant, where several may be:
// "fever, cough", «1 и 3», one text with commas of its own. Where a piece is
// not clear, the whole is not.
func Options(s string, choices []Known) (ids []string, ok bool) {
	if len(s) > longestOption {
		return nil, false
	}
	if id, ok := option(Fold(s), choices); ok {
		return []string{id}, true
	}
	pieces := cut(s)
	if len(pieces) < 2 || len(pieces) > mostPieces {
		return nil, false
	}
	for len(pieces) > 0 {
		id, used := longest(pieces, choices)
		if used == 0 {
			return nil, false
		}
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
		pieces = pieces[used:]
	}
	return ids, true
}

// longest finds the option in as many of the first pieces as it takes: a text
// may have a comma itself.
func longest(pieces []string, choices []Known) (id string, used int) {
	for n := min(len(pieces), 4); n > 1; n-- {
		whole := strings.Join(pieces[:n], " ")
		if id, ok, _ := named(whole, choices); ok && slices.ContainsFunc(choices, func(c Known) bool { return slices.Contains(c.texts, whole) }) {
			return id, n
		}
	}
	id, ok := option(pieces[0], choices)
	if !ok {
		return "", 0
	}
	return id, 1
}

// cut divides an answer at commas, lines and the words for and; figures alone
// at spaces too.
func cut(s string) (pieces []string) {
	if strings.IndexFunc(s, func(r rune) bool { return unicode.IsLetter(r) }) < 0 {
		s = strings.Join(strings.Fields(s), ",")
	}
	for _, field := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(",;\n/+&•·", r) }) {
		words := strings.Fields(Fold(field))
		for i := 0; i < len(words); i++ {
			if slices.Contains([]string{"and", "и", "плюс", "также", "also", "plus", "a", "а"}, words[i]) {
				pieces = append(pieces, strings.Join(words[:i], " "))
				words, i = words[i+1:], -1
			}
		}
		pieces = append(pieces, strings.Join(words, " "))
	}
	return slices.DeleteFunc(pieces, func(p string) bool { return p == "" })
}
