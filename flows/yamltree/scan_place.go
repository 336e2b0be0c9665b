package yamltree

import (
	"fmt"
	"strings"
)

// place puts a key, or the dash of an item, into the block that its column
// says, or tells why it fits none.
func (s *scanner) place(indent int, list bool) *slip {
	defer func() { s.hungry = false }()
	var left []level
	for len(s.levels) > 0 && s.top().indent > indent {
		left = append(left, s.top())
		s.levels = s.levels[:len(s.levels)-1]
	}
	if len(s.levels) == 0 {
		if len(left) > 0 {
			return s.astray(indent, list, left)
		}
		s.enter(indent, list)
		return nil
	}
	top := s.top()
	switch {
	case top.indent < indent && s.hungry && len(left) == 0:
		s.enter(indent, list)
	case top.indent < indent:
		return s.astray(indent, list, append(left, s.levels...))
	case top.list == list:
	case list && s.hungry && len(left) == 0:
		s.enter(indent, true)
	case list:
		return s.amongKeys(indent, left)
	case len(s.levels) > 1 && s.levels[len(s.levels)-2].indent == indent:
		s.levels = s.levels[:len(s.levels)-1]
	default:
		return s.slip(indent, "a key stands where the list of line "+fmt.Sprint(top.line+1)+" goes on",
			"begin it with `- ` if it is an item of its own, or indent it by two more if it belongs to the item above", s.indented(indent+2))
	}
	return nil
}

func (s *scanner) top() level { return s.levels[len(s.levels)-1] }

func (s *scanner) enter(indent int, list bool) {
	s.levels = append(s.levels, level{indent, list, s.at})
}

// indented is the line with another indentation.
func (s *scanner) indented(indent int) string {
	return strings.Repeat(" ", indent) + strings.TrimLeft(s.text(), " ")
}

// astray tells of a line that is indented like none of the blocks above it.
func (s *scanner) astray(indent int, list bool, blocks []level) *slip {
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
	what := fmt.Sprintf("this line begins with %s, and the block to which it belongs with %d", spaces(indent), best.indent)
	return s.slip(indent, what, fmt.Sprintf("write %s before it, as in line %d", spaces(best.indent), best.line+1), s.indented(best.indent))
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
