package yamltree

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

var (
	// tightKey is a key whose value follows the colon without a space.
	tightKey = regexp.MustCompile(`^[\pL_][\pL\d_-]*:["'{\[]`)
	// twoKeys is a name as a value, and the next key without a comma before it.
	twoKeys = regexp.MustCompile(`^([a-z_][a-z0-9_.]*)[ ;]+([a-z_]+): `)
	// beforeComma is a text of a language without quotes, up to a comma in it.
	beforeComma = regexp.MustCompile(`[{,]\s*[a-z]{2,3}(?:-[A-Za-z0-9]+)*:\s+([^"'{,\s][^"{}]*,\s*)$`)
)

const wholeText = "put the whole text in double quotes"

// plainInside passes over a text without quotes within brackets.
func (s *scanner) plainInside(b *brackets, i int) (int, *slip) {
	rest := s.text()[i:]
	if b.done {
		return i, s.comma(i)
	}
	if key := tightKey.FindString(rest); key != "" && !b.value {
		colon := i + len(key) - 1
		return i, s.slip(colon-1, "behind the colon there is no space", "write `"+s.text()[i:colon]+" ` and then the value", s.text()[:colon]+" "+s.text()[colon:])
	}
	first, size := utf8.DecodeRuneInString(rest)
	if strings.ContainsRune("@`%|>", first) || strings.ContainsRune("&*!", first) && (len(rest) == 1 || rest[1] == ' ') {
		return i, s.slip(i, "a text begins with `"+rest[:size]+"`, which means something else to YAML", wholeText, s.quotedInside(i))
	}
	end := 0
	for end < len(rest) && !strings.ContainsRune(",{}[]", rune(rest[end])) && !strings.HasPrefix(rest[end:], ": ") && !strings.HasPrefix(rest[end:], " #") {
		end++
	}
	if found := s.oddText(b, i, end); found != nil {
		return i, found
	}
	b.done = true
	return i + end, nil
}

// oddText tells why a text within brackets, which YAML ends behind so many
// bytes, needs quotes, or what is missing in it.
func (s *scanner) oddText(b *brackets, i, end int) *slip {
	rest := s.text()[i:]
	bracket := end < len(rest) && (rest[end] == '{' || rest[end] == '[')
	colon := b.value && strings.HasPrefix(rest[end:], ": ")
	question := strings.Contains(rest[:end], "?")
	if m := beforeComma.FindStringSubmatchIndex(s.text()[:i]); m != nil && question && !b.value {
		i = m[2] // the text has begun before a comma in it
		rest = s.text()[i:]
	}
	switch {
	case (question || colon) && curly(rest):
		return s.slip(i, curlyWhat, curlyCure, s.quotedInside(i))
	case question:
		return s.slip(i, "a text with a `?` stands within brackets without quotes", wholeText, s.quotedInside(i))
	case bracket && b.value:
		return s.slip(i, "a text with brackets in it stands without quotes", wholeText, s.quotedInside(i))
	case bracket:
		word := strings.TrimRight(rest[:end], " :")
		return s.slip(i+len(word), "between `"+word+"` and its value there is no colon and space", "write `"+word+": `", s.text()[:i+len(word)]+": "+rest[end:])
	case colon && twoKeys.MatchString(rest):
		m := twoKeys.FindStringSubmatchIndex(rest)
		return s.slip(i+m[3], "a comma is missing", "write one before `"+rest[m[4]:m[5]]+"`", s.text()[:i]+rest[:m[3]]+", "+rest[m[4]:])
	case colon:
		return s.slip(i, "a text with a colon and a space in it stands without quotes", wholeText, s.quotedInside(i))
	}
	return nil
}

// quotedInside is the line with the text within brackets that begins at the
// offset in quotes.
func (s *scanner) quotedInside(i int) string {
	rest := s.text()[i:]
	end := textEnd(rest)
	text := strings.TrimRight(rest[:end], " ")
	if curly(text) {
		text = strings.Trim(text, curlyAll)
	}
	return s.text()[:i] + quote(text) + rest[end:]
}
