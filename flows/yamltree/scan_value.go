package yamltree

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

var (
	blockHeader = regexp.MustCompile(`^[|>][+-]?\d?[+-]?\s*(#.*)?$`)
	innerItem   = regexp.MustCompile(`^- [\pL_][\pL\d_]*: `)
)

// value looks at what stands behind a key or a dash, and moves to the line
// behind it. key is "" where there is none; indent is the column of the entry.
func (s *scanner) value(offset int, key string, indent int) *slip {
	text := s.text()
	rest := text[offset:]
	first, size := utf8.DecodeRuneInString(rest)
	switch {
	case first == '"', first == '\'':
		return s.quotedValue(offset, key)
	case first == '{', first == '[':
		return s.bracketValue(offset)
	case blockHeader.MatchString(rest):
		if found := s.shallow(indent, rest[:1]); found != nil {
			return found
		}
		s.block(indent)
		return nil
	case strings.ContainsRune("@`%|>", first), strings.ContainsRune("&*!", first) && (len(rest) == 1 || rest[1] == ' '), first == '*':
		return s.slip(offset, "a text begins with `"+rest[:size]+"`, which means something else to YAML", "put the whole text in double quotes", s.quoted(offset))
	case innerItem.MatchString(rest):
		return s.slip(offset, "a list begins behind the key, in the same line", "begin it in the next line, indented by two more", "")
	case strings.HasPrefix(rest, "- "), strings.HasPrefix(rest, "? "):
		return s.slip(offset, "a text begins with `"+rest[:1]+" `, which means something else to YAML", "put the whole text in double quotes", s.quoted(offset))
	}
	plain := beforeRemark(rest)
	if strings.Contains(plain, ": ") || strings.HasSuffix(plain, ":") {
		if curly(plain) {
			return s.slip(offset, curlyWhat, curlyCure, text[:offset]+quote(strings.Trim(plain, curlyAll))+rest[len(plain):])
		}
		return s.slip(offset, "a text with a colon and a space in it stands without quotes", "put the whole text in double quotes", s.quoted(offset))
	}
	s.plain, s.hungry = true, false
	s.at++
	return nil
}

const (
	curlyWhat = "a text begins with a curly quote, which is no quote to YAML"
	curlyCure = `write straight quotes: "`
)

// beforeRemark is a plain text without the remark behind it.
func beforeRemark(s string) string {
	if i := strings.Index(s, " #"); i >= 0 {
		s = s[:i]
	}
	return strings.TrimRight(s, " ")
}

// quoted is the line with all from the offset on, up to a remark, in quotes.
func (s *scanner) quoted(offset int) string {
	text := beforeRemark(s.text()[offset:])
	return s.text()[:offset] + quote(text) + s.text()[offset+len(text):]
}

func quote(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}

// block passes over a text of several lines that | or > begins.
func (s *scanner) block(indent int) {
	for s.at++; s.at < len(s.lines); s.at++ {
		rest := strings.TrimLeft(s.text(), " ")
		if strings.TrimSpace(rest) != "" && len(s.text())-len(rest) <= indent {
			break
		}
	}
	s.hungry, s.plain = false, false
}

// shallow tells of a block of text that does not stand deeper than its key.
func (s *scanner) shallow(indent int, sign string) *slip {
	for i, l := range s.lines[s.at+1:] {
		rest := strings.TrimLeft(l, " ")
		if strings.TrimSpace(rest) == "" {
			continue
		}
		if begin := len(l) - len(rest); begin <= indent && begin > 0 && !newEntry.MatchString(l) && !strings.HasPrefix(rest, "-") && rest[0] != '#' {
			return &slip{
				line: s.at + 1 + i, offset: begin, what: "the text behind `" + sign + "` stands no deeper than its key",
				cure: "write " + spaces(indent+2) + " before each of its lines", mended: strings.Repeat(" ", indent+2) + rest,
			}
		}
		return nil
	}
	return nil
}

func (s *scanner) quotedValue(offset int, key string) *slip {
	begin := s.at
	end, found := s.quotes(offset, false)
	if found != nil {
		return found
	}
	rest := strings.TrimSpace(s.text()[end:])
	if rest == "" || rest[0] == '#' {
		s.hungry, s.plain = false, false
		s.at++
		return nil
	}
	if begin != s.at {
		return s.behindQuote(end, "")
	}
	if key == "if" {
		return s.slip(end+strings.Index(s.text()[end:], rest), "something follows behind a closing quote",
			"put the whole condition in single quotes, or begin it with a word", s.text()[:offset]+"'"+strings.ReplaceAll(s.text()[offset:], "'", "''")+"'")
	}
	return s.behindQuote(end, s.requoted(offset))
}

// requoted is the line with the text from the offset to its last quote in
// quotes of which none inside ends it.
func (s *scanner) requoted(offset int) string {
	last := strings.LastIndexByte(s.text(), s.text()[offset])
	if last <= offset {
		return ""
	}
	return s.text()[:offset] + quote(s.text()[offset+1:last]) + s.text()[last+1:]
}

// behindQuote tells of what stands behind a closing quote.
func (s *scanner) behindQuote(end int, mended string) *slip {
	at := end + len(s.text()[end:]) - len(strings.TrimLeft(s.text()[end:], " "))
	if s.text()[end-1] == '\'' {
		return s.slip(at, "something follows behind a closing quote", "an apostrophe ends a text in single quotes: put the text in double quotes", mended)
	}
	return s.slip(at, "something follows behind a closing quote", `a quote inside a text is written \", or as “ ”`, mended)
}

var newEntry = regexp.MustCompile(`^\s*(- |[\pL_"'][\pL\d_."'-]*:( |$)|$)`)

// quotes passes over a text in quotes, over several lines where it goes on,
// and returns the offset behind it. inBrackets says where an open one was
// probably to end.
func (s *scanner) quotes(offset int, inBrackets bool) (end int, found *slip) {
	begin, q := s.at, s.text()[offset]
	for i := offset + 1; ; i++ {
		if i >= len(s.text()) {
			if s.at+1 == len(s.lines) || newEntry.MatchString(s.lines[s.at+1]) || strings.TrimSpace(s.text()) == "" {
				s.at = begin
				return 0, s.openQuote(offset, inBrackets)
			}
			s.at++
			i = -1
			continue
		}
		switch c := s.text()[i]; {
		case c == '\\' && q == '"':
			if i+1 < len(s.text()) && !strings.ContainsRune(`0abt	nvfre "/\N_LPxuU`, rune(s.text()[i+1])) {
				return 0, s.slip(i, "`"+s.text()[i:i+2]+"` means nothing in double quotes", `write \\ for the sign \, or put the text in single quotes`, s.text()[:i]+`\`+s.text()[i:])
			}
			i++
		case c == q && q == '\'' && strings.HasPrefix(s.text()[i+1:], "'"):
			i++
		case c == q:
			return i + 1, nil
		}
	}
}

func (s *scanner) openQuote(offset int, inBrackets bool) *slip {
	text := s.text()
	end := len(strings.TrimRight(text, " "))
	if inBrackets {
		end = len(strings.TrimRight(text, " }],"))
	}
	q := text[offset : offset+1]
	for _, curly := range []string{"”", "“", "’", "‘"} {
		if i := strings.Index(text[offset:], curly); i > 0 {
			i += offset
			return s.slip(i, fmt.Sprintf("the text begins with %s and ends with the curly %s, which is no quote to YAML", q, curly), "write "+q+" at both ends", text[:i]+q+text[i+len(curly):])
		}
	}
	cure := `close it at the end of the text; a quote inside a text is written \"`
	if q == "'" {
		cure = "close it at the end of the text; a text with an apostrophe stands in double quotes"
	}
	return s.slip(offset, "a quote is opened and not closed", cure, text[:max(end, offset+1)]+q+text[max(end, offset+1):])
}
