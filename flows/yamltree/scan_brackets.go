package yamltree

import (
	"regexp"
	"strings"
)

// brackets is what is known while { and [ are open.
type brackets struct {
	open  []bracket
	value bool // behind a colon
	done  bool // a text or a bracket has ended: a comma, a colon or the end must follow
}

type bracket struct {
	sign         byte
	line, offset int
}

// bracketValue passes over { } or [ ], over several lines where they go on.
func (s *scanner) bracketValue(offset int) *slip {
	begin := s.at
	end, found := s.brackets(offset)
	if found != nil {
		return found
	}
	rest := strings.TrimSpace(s.text()[end:])
	s.hungry, s.plain = false, false
	switch {
	case rest == "" || rest[0] == '#':
		s.at++
		return nil
	case rest[0] == '}' || rest[0] == ']':
		at := end + strings.IndexByte(s.text()[end:], rest[0])
		return s.slip(at, "there is a `"+rest[:1]+"` too many", "remove it", s.text()[:at]+s.text()[at+1:])
	case rest == ",":
		at := end + strings.IndexByte(s.text()[end:], ',')
		return s.slip(at, "a comma stands behind the last bracket", "remove it", s.text()[:at]+s.text()[at+1:])
	}
	mended := ""
	if s.at == begin { // a text over several lines is left to its author
		mended = s.quoted(offset)
	}
	s.at = begin
	return s.slip(offset, "a text begins with `"+s.text()[offset:offset+1]+"`, which means something else to YAML", "put the whole text in double quotes", mended)
}

// brackets returns the offset behind the bracket that closes the first.
func (s *scanner) brackets(offset int) (end int, found *slip) {
	var b brackets
	for i := offset; ; {
		text := s.text()
		if i >= len(text) || text[i] == '#' && (i == 0 || text[i-1] == ' ') {
			if found := s.goesOn(b, i); found != nil {
				return 0, found
			}
			s.at++
			i = 0
			continue
		}
		next, found := s.token(&b, i)
		if found != nil || len(b.open) == 0 {
			return next, found
		}
		i = next
	}
}

// goesOn says whether open brackets may go on in the next line.
func (s *scanner) goesOn(b brackets, end int) *slip {
	text := strings.TrimRight(s.text()[:end], " ")
	last := b.open[len(b.open)-1]
	next := ""
	for _, l := range s.lines[s.at+1:] {
		if next = l; firstOf(l) != "#" {
			break
		}
	}
	going := next != "" && (text == "" || strings.ContainsRune(",{[:", rune(text[len(text)-1])) || strings.ContainsAny(firstOf(next), "}],"))
	if going && !strings.HasPrefix(strings.TrimLeft(next, " "), "- ") {
		return nil
	}
	mended := ""
	if last.line == s.at {
		mended = strings.TrimRight(text, ",")
		for _, o := range backwards(b.open) {
			mended += closing(o.sign)
		}
		mended += s.text()[len(text):]
	}
	at := s.at
	s.at = last.line
	found := s.slip(last.offset, "the bracket `"+string(last.sign)+"` is opened and not closed", "close it with "+closing(last.sign)+" at the end", mended)
	if last.line != at {
		found.mended = ""
	}
	return found
}

func firstOf(line string) string {
	if t := strings.TrimSpace(line); t != "" {
		return t[:1]
	}
	return "#"
}

func backwards(open []bracket) (out []bracket) {
	for i := len(open) - 1; i >= 0; i-- {
		out = append(out, open[i])
	}
	return out
}

func closing(sign byte) string {
	if sign == '{' {
		return "}"
	}
	return "]"
}

// token passes over one sign or one text within brackets.
func (s *scanner) token(b *brackets, i int) (next int, found *slip) {
	switch text := s.text(); text[i] {
	case ' ':
		return i + 1, nil
	case '{', '[':
		if b.done {
			return i, s.comma(i)
		}
		if len(b.open) == maxDepth {
			return i, s.slip(i, "this is nested too deeply", "close the brackets before it", "")
		}
		b.open = append(b.open, bracket{text[i], s.at, i})
		b.value, b.done = false, false
		return i + 1, nil
	case '}', ']':
		return s.close(b, i)
	case ',':
		if !b.done && !b.value {
			return i, s.slip(i, "a comma stands where a key or a text must stand", "remove it", text[:i]+text[i+1:])
		}
		b.value, b.done = false, false
		return i + 1, nil
	case ':':
		b.value, b.done = true, false
		return i + 1, nil
	case '"', '\'':
		return s.quotesInside(b, i)
	default:
		return s.plainInside(b, i)
	}
}

func (s *scanner) close(b *brackets, i int) (int, *slip) {
	last := b.open[len(b.open)-1]
	if want := closing(last.sign); s.text()[i] != want[0] {
		return i, s.slip(i, "`"+s.text()[i:i+1]+"` closes the bracket `"+string(last.sign)+"`", "write "+want+" here, or close what is open before", s.text()[:i]+want+s.text()[i+1:])
	}
	b.open = b.open[:len(b.open)-1]
	b.value, b.done = false, true
	return i + 1, nil
}

func (s *scanner) quotesInside(b *brackets, i int) (int, *slip) {
	if b.done {
		return i, s.comma(i)
	}
	begin := s.at
	end, found := s.quotes(i, true)
	if found != nil {
		return i, found
	}
	b.done = true
	rest := strings.TrimLeft(s.text()[end:], " ")
	if at := s.swallowed(i, end); begin == s.at && at > 0 && !strings.ContainsAny(firstOf(rest), ",}]") {
		return i, s.slip(i, "a quote is opened and not closed", `close it at the end of the text; a quote inside a text is written \"`, s.text()[:at]+s.text()[i:i+1]+s.text()[at:])
	}
	switch {
	case rest == "" || strings.ContainsRune(",:}]#", rune(rest[0])):
		return end, nil
	case keyForm.MatchString(rest), rest[0] == '{':
		return end, s.comma(end)
	case begin == s.at:
		return end, s.behindQuote(end, s.requotedInside(i))
	}
	return end, s.behindQuote(end, "")
}

var lastKey = regexp.MustCompile(`,\s*[\pL_][\pL\d_-]*: *$`)

// swallowed is where the next key begins that a quote which was not closed
// has taken for text, 0 where there is none.
func (s *scanner) swallowed(begin, end int) int {
	from := max(begin+1, end-60)
	if from >= end {
		return 0
	}
	if m := lastKey.FindStringIndex(s.text()[from : end-1]); m != nil {
		return from + m[0]
	}
	return 0
}

// requotedInside takes the text to end at the last quote before the next key
// or the closing brackets.
func (s *scanner) requotedInside(i int) string {
	end := i + 1 + textEnd(s.text()[i+1:])
	last := strings.LastIndexByte(s.text()[:end], s.text()[i])
	if last <= i {
		return ""
	}
	return s.text()[:i] + quote(s.text()[i+1:last]) + s.text()[last+1:]
}

var nextKey = regexp.MustCompile(`,\s*[\pL_][\pL\d_-]*: `)

// textEnd is where a text within brackets was probably to end.
func textEnd(rest string) int {
	if m := nextKey.FindStringIndex(rest); m != nil {
		return m[0]
	}
	return len(strings.TrimRight(beforeRemark(rest), " }],"))
}

// afterInsert is a text of a language without quotes, up to an insert in it.
var afterInsert = regexp.MustCompile(`^.*[{,]\s*[a-z]{2,3}(?:-[A-Za-z0-9]+)*:\s+([^"',\s].*)?\{[a-z_]+(?:\.[a-z_]+)?\}$`)

func (s *scanner) comma(i int) *slip {
	if m := afterInsert.FindStringSubmatchIndex(strings.TrimRight(s.text()[:i], " ")); m != nil {
		begin := m[2]
		if begin < 0 {
			begin = strings.LastIndexByte(s.text()[:i], '{')
		}
		end := begin + textEnd(s.text()[begin:])
		return s.slip(begin, "a text with an insert in it stands without quotes", "put the whole text in double quotes",
			s.text()[:begin]+quote(strings.Trim(s.text()[begin:end], curlyAll+"«»"))+s.text()[end:])
	}
	at := len(strings.TrimRight(s.text()[:i], " "))
	return s.slip(at, "a comma is missing", "write one between the two", s.text()[:at]+", "+strings.TrimLeft(s.text()[at:], " "))
}
