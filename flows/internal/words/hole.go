package words

import (
	"strings"
	"unicode"
)

// Hole stands in a text where nobody can say what belongs there: how long a
// wait is, when a department opens that always is. It is no character that
// anybody can type.
const Hole = "\x00"

// WithoutHoles takes away the parts of a text that have one: the clause, or
// the sentence where it is the first of its clauses, so that what stays is
// right. Where nothing stays the patient hears that an answer will come.
func (w *Words) WithoutHoles(s string) string {
	var b strings.Builder
	for _, sentence := range sentences(s) {
		b.WriteString(withoutHoles(sentence))
	}
	if text := strings.TrimSpace(b.String()); text != "" {
		return text
	}
	return w.Soon
}

// withoutHoles takes away the clauses of one sentence that have a hole. Its
// last clause gives its full stop to the one that stays.
func withoutHoles(sentence string) string {
	clauses := clauses(sentence)
	if strings.Contains(clauses[0], Hole) {
		return ""
	}
	var b strings.Builder
	whole := true
	for _, c := range clauses {
		if whole = !strings.Contains(c, Hole); whole {
			b.WriteString(c)
		}
	}
	if whole {
		return b.String()
	}
	body := strings.TrimRightFunc(sentence, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(".!?…", r) })
	return strings.TrimRight(b.String(), " ") + sentence[len(body):]
}

// sentences cuts behind a full stop and the space that follows, and behind
// the ends of lines.
func sentences(s string) (all []string) {
	begin, ended := 0, false
	for i, r := range s {
		switch {
		case ended && !unicode.IsSpace(r) && !strings.ContainsRune(".!?…»”\")", r):
			all, begin, ended = append(all, s[begin:i]), i, false
		case r == '\n':
			ended = true
		case strings.ContainsRune(".!?…", r):
			ended = strings.HasPrefix(strings.TrimLeft(s[i:], ".!?…»”\")"), " ") || strings.HasPrefix(strings.TrimLeft(s[i:], ".!?…»”\")"), "\n")
		}
	}
	return append(all, s[begin:])
}

// clauses cuts before a comma or semicolon that a space follows, and before a
// dash between spaces.
func clauses(s string) (all []string) {
	begin := 0
	for i := range s {
		for _, sign := range []string{", ", "; ", " — ", " – "} {
			if i > begin && strings.HasPrefix(s[i:], sign) {
				all, begin = append(all, s[begin:i]), i
			}
		}
	}
	return append(all, s[begin:])
}
