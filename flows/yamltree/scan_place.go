package yamltree

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// place puts a key, or the dash of an item, into the block that its column
// says, or tells why it fits none.
func (s *scanner) place(indent int, list bool) *slip {
	hungry, doubted := s.hungry, s.doubt
	s.doubt = doubt{line: -1}
	defer func() { s.hungry = false }()
	var left []level
	for len(s.levels) > 0 && s.top().indent > indent {
		left = append(left, s.top())
		s.levels = s.levels[:len(s.levels)-1]
	}
	if len(s.levels) == 0 {
		if len(left) > 0 {
			return s.astray(indent, list, left, doubted)
		}
		s.enter(indent, list)
		return nil
	}
	top := s.top()
	switch {
	case top.indent < indent && hungry && len(left) == 0:
		s.enter(indent, list)
		return nil
	case top.indent < indent:
		return s.astray(indent, list, append(left, s.levels...), doubted)
	case top.list == list:
	case list && hungry && len(left) == 0:
		s.enter(indent, true)
		return nil
	case list:
		return s.amongKeys(indent, left)
	case len(s.levels) > 1 && s.levels[len(s.levels)-2].indent == indent:
		s.levels = s.levels[:len(s.levels)-1]
	default:
		return s.keyInList(indent, top)
	}
	s.levels[len(s.levels)-1].more++
	if !list {
		s.doubt = doubt{s.at, hungry && len(left) == 0, left}
	}
	return nil
}

// doubt is about a key that fits its place, and yet may have been meant to
// stand deeper: blocks end there, or the key above it has no value. The next
// line tells.
type doubt struct {
	line   int // -1 for none
	hungry bool
	left   []level
}

// meant says whether the line in doubt was meant to stand in a column.
func (d doubt) meant(indent int) bool {
	return d.line >= 0 && (d.hungry || slices.ContainsFunc(d.left, func(l level) bool { return !l.list && l.indent == indent }))
}

func (s *scanner) top() level { return s.levels[len(s.levels)-1] }

func (s *scanner) enter(indent int, list bool) {
	s.levels = append(s.levels, level{indent: indent, list: list, line: s.at})
}

// indented is the line with another indentation.
func (s *scanner) indented(indent int) string {
	return strings.Repeat(" ", indent) + strings.TrimLeft(s.text(), " ")
}

// astray tells of a line that is indented like none of the blocks above it, or
// of the line above by whose fault it is.
func (s *scanner) astray(indent int, list bool, blocks []level, doubted doubt) *slip {
	if !list && doubted.meant(indent) {
		return s.misplaced(doubted.line, indent, s.at)
	}
	best, least := level{indent: -1}, 0
	for _, l := range blocks {
		away := max(l.indent-indent, indent-l.indent)
		if l.list == list && (best.indent < 0 || away < least || away == least && l.indent > best.indent) {
			best, least = l, away
		}
	}
	if best.indent < 0 {
		return s.slip(indent, "this line is indented like none above it", "indent it like the lines to which it belongs", "")
	}
	for _, l := range blocks { // the dash of the line with which the block begins
		if l.list && !list && l.line == best.line && l.more == 0 && s.firstIsAstray(l, indent-2, blocks) {
			return s.misplaced(l.line, indent-2, s.at)
		}
	}
	if best.more == 0 && s.firstIsAstray(best, indent, blocks) {
		return s.misplaced(best.line, indent, s.at)
	}
	what := fmt.Sprintf("this line begins with %s, and the block to which it belongs with %d", spaces(indent), best.indent)
	return s.slip(indent, what, fmt.Sprintf("write %s before it, as in line %d", spaces(best.indent), best.line+1), s.indented(best.indent))
}

// firstIsAstray says whether it is the one line above, with which a block has
// begun, that is indented wrongly, and not the line that is looked at: a block
// begins two columns behind the one around it, and where it does not the lines
// that follow tell.
func (s *scanner) firstIsAstray(first level, indent int, blocks []level) bool {
	around := -2
	for _, l := range blocks {
		if l.indent < min(indent, first.indent) || first.list && !l.list && l.indent == first.indent && l.indent < indent {
			around = max(around, l.indent)
		}
	}
	if first.indent == around+2 {
		return false
	}
	next, _, _ := s.next()
	return indent == around+2 || next == indent
}

// misplaced tells of an earlier line that belongs into another column, as
// another line shows.
func (s *scanner) misplaced(line, indent, shown int) *slip {
	text := s.lines[line]
	rest := strings.TrimLeft(text, " ")
	begin := len(text) - len(rest)
	return &slip{
		line: line, offset: begin,
		what:   fmt.Sprintf("this line begins with %s, and the block to which it belongs with %d", spaces(begin), indent),
		cure:   fmt.Sprintf("write %s before it, as in line %d", spaces(indent), shown+1),
		mended: strings.Repeat(" ", indent) + rest,
	}
}

var loneItem = regexp.MustCompile(`^ *- [\pL_][\pL\d_]*\s*$`)

// keyInList tells of a key at the depth of a list's dashes. Where the list has
// one item, and the next dash stands less deep, that item is too deep.
func (s *scanner) keyInList(indent int, list level) *slip {
	if list.more == 0 && indent >= 2 {
		for _, l := range s.lines[s.at+1:] {
			rest := strings.TrimLeft(l, " ")
			if at := len(l) - len(rest); rest != "" && at < indent {
				if at == indent-2 && strings.HasPrefix(rest, "- ") {
					return s.misplaced(list.line, at, s.at)
				}
				break
			}
		}
	}
	mended := s.indented(indent + 2)
	if loneItem.MatchString(s.lines[s.at-1]) { // nothing can belong to it
		mended = s.text()[:indent] + "- " + s.text()[indent:]
	}
	return s.slip(indent, "a key stands where the list of line "+fmt.Sprint(list.line+1)+" goes on",
		"begin it with `- ` if it is an item of its own, or indent it by two more if it belongs to the item above", mended)
}

func spaces(n int) string {
	switch n {
	case 0:
		return "no space"
	case 1:
		return "1 space"
	}
	return fmt.Sprintf("%d spaces", n)
}

// amongKeys tells of an item at the depth of keys.
func (s *scanner) amongKeys(indent int, left []level) *slip {
	for _, l := range left {
		if l.list {
			return s.slip(indent, "an item of a list stands at the depth of the keys",
				fmt.Sprintf("write %s before it, as in line %d", spaces(l.indent), l.line+1), s.indented(l.indent))
		}
	}
	return s.slip(indent, "an item of a list stands among keys", fmt.Sprintf("begin line %d with `- ` as well, or indent this by two more if it belongs to the key above", s.top().line+1), "")
}
