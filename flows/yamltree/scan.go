package yamltree

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// scanner looks for the first slip in a file that YAML's parser has refused.
// It knows as much of YAML as a flow needs: lines that are keys or items of
// lists, quotes, brackets, blocks of text. It does not say that a file is
// sound; the parser does.
type scanner struct {
	lines  []string
	at     int
	levels []level
	hungry bool // the last key or dash has no value yet
	plain  bool // the last value is a text that deeper lines may continue
	doubt  doubt
}

// level is a block whose members begin in one column.
type level struct {
	indent int
	list   bool
	line   int
	more   int // members behind the first
}

// firstSlip guards against faults of its own: it reads what authors type.
func firstSlip(lines []string) (found slip, ok bool) {
	defer func() {
		if recover() != nil {
			found, ok = slip{}, false
		}
	}()
	s := &scanner{lines: lines, hungry: true, doubt: doubt{line: -1}}
	for s.at < len(s.lines) {
		if found := s.row(); found != nil {
			return *found, true
		}
	}
	return slip{}, false
}

func (s *scanner) slip(offset int, what, cure, mended string) *slip {
	return &slip{line: s.at, offset: offset, what: what, cure: cure, mended: mended}
}

// text is the line that is looked at.
func (s *scanner) text() string { return s.lines[s.at] }

var mergeMark = regexp.MustCompile(`^(<{7}|={7}|>{7})( |$)`)

// row looks at one line, and at those that its value goes on in.
func (s *scanner) row() *slip {
	text := strings.TrimPrefix(s.text(), "\ufeff")
	begin := len(s.text()) - len(strings.TrimLeft(text, " "))
	switch rest := s.text()[begin:]; {
	case strings.TrimSpace(rest) == "", rest[0] == '#', rest == "---", rest == "...":
		s.at++
		return nil
	case mergeMark.MatchString(rest):
		return s.slip(begin, "a merge of two versions has left its marks here", "keep what is right of both, and remove the lines with <<<<<<<, ======= and >>>>>>>", "#"+rest)
	case strings.HasPrefix(rest, "```"):
		return s.slip(begin, "``` is a mark of the page from which this was copied", "remove the line", "#"+rest)
	case strings.HasPrefix(rest, "//"), strings.HasPrefix(rest, "/*"):
		return s.slip(begin, "`"+rest[:2]+"` begins no remark in YAML", "begin a remark with #", strings.Repeat(" ", begin)+"#"+rest)
	}
	return s.items(begin)
}

var (
	noDash    = regexp.MustCompile(`^(?:[•–—·*] ?|-)(\pL[\pL\d_]*:? )`)
	noDashOn  = regexp.MustCompile(`^(?:[•–—·] ?|-)([{["'].*)`) // before what is no word
	afterDash = regexp.MustCompile(`^-([\t\x{a0}\x{200b}\x{202f}\x{2007}\x{2060}])[ \t]*`)
)

// items passes over the dashes of a line, and looks at what follows.
func (s *scanner) items(offset int) *slip {
	dashed := false
	for {
		rest := s.text()[offset:]
		if m := afterDash.FindStringSubmatchIndex(rest); m != nil {
			return s.oddDash(offset, m)
		}
		m := noDash.FindStringSubmatchIndex(rest)
		if m == nil {
			// The place is asked for last: it looks at all that is open.
			if m = noDashOn.FindStringSubmatchIndex(rest); m != nil && !s.itemPlace(offset) {
				m = nil
			}
		}
		if m != nil {
			sign, _ := utf8.DecodeRuneInString(rest)
			what, cure := fmt.Sprintf("`%c` begins no item of a list", sign), "begin it with - and a space"
			if sign == '-' {
				what, cure = "behind the - there is no space", "write `- "+strings.TrimSpace(rest[m[2]:min(m[3], m[2]+40)])+"`"
			}
			return s.slip(offset, what, cure, s.text()[:offset]+"- "+rest[m[2]:])
		}
		if rest != "-" && !strings.HasPrefix(rest, "- ") {
			break
		}
		if found := s.place(offset, true); found != nil {
			return found
		}
		dashed, s.hungry, s.plain = true, true, false
		offset += 1 + len(rest[1:]) - len(strings.TrimLeft(rest[1:], " "))
		if offset == len(s.text()) || s.text()[offset] == '#' {
			s.at++
			return nil
		}
	}
	return s.entry(offset, dashed)
}

// itemPlace says whether a list goes on, or may begin, in a column.
func (s *scanner) itemPlace(offset int) bool {
	for _, l := range s.levels {
		if l.list && l.indent == offset {
			return true
		}
	}
	return s.hungry
}

// oddDash tells of a dash that an odd space follows.
func (s *scanner) oddDash(offset int, m []int) *slip {
	text := s.text()
	odd, _ := utf8.DecodeRuneInString(text[offset+m[2]:])
	found := s.slip(offset+1, "a tab stands behind the -", "write a space there", text[:offset]+"- "+text[offset+m[1]:])
	found.code = Tab
	if odd != '\t' {
		found.code, found.what, found.cure = Space, fmt.Sprintf("behind the - stands the character U+%04X, which only looks like a space", odd), "write an ordinary space"
	}
	return found
}

var (
	keyForm   = regexp.MustCompile(`^(?:"[^"]*"|'[^']*'|[^\s"'{}\[\],#&*!|>%@:][^:{}\[\]"']*?)\s*:(?: |$)`)
	tightForm = regexp.MustCompile(`^[\pL_][\pL\d_.-]*:(?:[^\s:/]|$)`)
	wideForm  = regexp.MustCompile(`^[\pL_][\pL\d_.-]*\s?(：|﹕|꞉|׃)`)
)

// entry looks at `key: value`, or at a value alone.
func (s *scanner) entry(offset int, dashed bool) *slip {
	rest := s.text()[offset:]
	if key := keyForm.FindString(rest); key != "" && !strings.Contains(key, " #") {
		if found := s.place(offset, false); found != nil {
			return found
		}
		s.hungry, s.plain = false, false
		value := offset + len(key)
		value += len(s.text()[value:]) - len(strings.TrimLeft(s.text()[value:], " "))
		if value == len(s.text()) || s.text()[value] == '#' {
			s.hungry = true
			s.at++
			return nil
		}
		return s.value(value, strings.TrimRight(key, ": "), offset)
	}
	if m := wideForm.FindStringSubmatchIndex(rest); m != nil {
		return s.slip(offset+m[2], "this is another character than a colon", "write : and a space", s.text()[:offset+m[2]]+": "+strings.TrimLeft(rest[m[3]:], " "))
	}
	if tight := tightForm.FindString(rest); tight != "" && (dashed || !s.goesOnAt(offset)) {
		colon := offset + strings.IndexByte(rest, ':') + 1
		return s.slip(colon-1, "behind the colon there is no space", "write `"+s.text()[offset:colon]+" ` and then the value", s.text()[:colon]+" "+s.text()[colon:])
	}
	if s.continues(offset, dashed) {
		return s.value(offset, "", offset)
	}
	return s.noColon(offset)
}

// continues says whether a line without a key can be a value, or go on with
// the text above.
func (s *scanner) continues(offset int, dashed bool) bool {
	if s.plain && !dashed {
		return s.goesOnAt(offset)
	}
	word := plainWord.MatchString(s.text()[offset:])
	next, dash, key := s.next()
	if word && next >= 0 && (next > offset || next == offset && (!dashed || dash || key)) {
		return false // what follows belongs to it
	}
	if dashed && word && strings.ContainsAny(s.text()[offset:], "{[\"") {
		return false
	}
	return s.hungry
}

var plainWord = regexp.MustCompile(`^[\pL_][\pL\d_]*( |$)`)

// goesOnAt says whether the text above, which stands without quotes, may go on
// in a line that begins in this column.
func (s *scanner) goesOnAt(offset int) bool {
	return s.plain && (len(s.levels) == 0 || offset > s.top().indent)
}

// next is the indentation of the next line that says something; -1 for none.
func (s *scanner) next() (indent int, dash, key bool) {
	for _, l := range s.lines[s.at+1:] {
		rest := strings.TrimLeft(l, " ")
		if strings.TrimSpace(rest) != "" && rest[0] != '#' {
			return len(l) - len(rest), strings.HasPrefix(rest, "- "), keyForm.MatchString(rest)
		}
	}
	return -1, false, false
}

func (s *scanner) noColon(offset int) *slip {
	rest := s.text()[offset:]
	end := strings.IndexAny(rest, " {[\"'")
	if end < 0 {
		end = len(strings.TrimRight(rest, " "))
	}
	if end == 0 {
		s.at++
		return nil
	}
	word, value := rest[:end], strings.TrimLeft(rest[end:], " ")
	if strings.HasPrefix(value, "= ") {
		at := offset + end + strings.IndexByte(rest[end:], '=')
		return s.slip(at, "a `=` stands where a colon must stand", "write `"+word+": `", s.text()[:offset+end]+": "+strings.TrimLeft(value[1:], " "))
	}
	return s.slip(offset+end, "a colon is missing behind `"+word+"`", "write `"+word+":`; a text over several lines stands in quotes",
		s.text()[:offset+end]+": "+value)
}
