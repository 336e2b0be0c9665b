package yamltree

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/parser"
)

// The second parser takes time that grows with the square of what is nested,
// so it sees only what a person can have written. In other files the first
// parser's line has to do.
const (
	placeBytes = 64 << 10 // of the file
	placeLine  = 4 << 10  // of its longest line
	placeDepth = 30       // of brackets
)

func modest(data []byte) bool {
	if len(data) > placeBytes {
		return false
	}
	for l := range bytes.Lines(data) {
		if len(l) > placeLine {
			return false
		}
	}
	depth := 0
	for _, b := range data {
		switch b {
		case '[', '{':
			depth++
		case ']', '}':
			depth--
		}
		if depth > placeDepth {
			return false
		}
	}
	return true
}

// guess explains a slip that the scanner did not find: the second parser has
// the place, and the first one's message the cure.
func guess(data []byte, reason error) Problem {
	line, column := locate(data, reason)
	text := lineOf(data, line)
	what, cure := explain(reason.Error(), text, column)
	return Problem{line, column, Syntax, what, cure}
}

// invisible reports tabs and odd spaces in indentation, and control
// characters anywhere, each line once.
func invisible(data []byte) []Problem {
	var problems []Problem
	line := 0
	for l := range bytes.Lines(data) {
		line++
		indent, column, before := true, 0, ' '
		for _, r := range string(l) {
			column++
			p, bad := oddRune(r, indent)
			if !bad && before == ':' && looksLikeSpace(r) {
				p, bad = Problem{Code: Space, What: fmt.Sprintf("behind the colon stands the character U+%04X, which only looks like a space", r), Cure: "write an ordinary space"}, true
			}
			before = r
			if bad {
				p.Line, p.Column = line, column
				problems = append(problems, p)
				break
			}
			indent = indent && r == ' '
		}
		if len(problems) == 20 {
			break
		}
	}
	return problems
}

// looksLikeSpace is for characters that an editor shows as a space, or not at all.
func looksLikeSpace(r rune) bool {
	return r == '\u200b' || r == '\u2060' || r > 0x7f && unicode.IsSpace(r)
}

func oddRune(r rune, indent bool) (Problem, bool) {
	switch {
	case r == '\t' && indent:
		return Problem{Code: Tab, What: "the line is indented with a tab", Cure: "indent with spaces"}, true
	case indent && looksLikeSpace(r):
		return Problem{Code: Space, What: fmt.Sprintf("the line is indented with the character U+%04X, which only looks like a space", r), Cure: "indent with ordinary spaces"}, true
	case r != '\t' && r != '\n' && r != '\r' && unicode.IsControl(r):
		return Problem{Code: Syntax, What: fmt.Sprintf("the invisible character U+%04X stands here", r), Cure: "delete it"}, true
	default:
		return Problem{}, false
	}
}

var yamlLine = regexp.MustCompile(`line (\d+)`)

// locate prefers the parser that knows columns.
func locate(data []byte, reason error) (line, column int) {
	if line, column, ok := precise(data); ok {
		return line, column
	}
	line = 1
	if m := yamlLine.FindStringSubmatch(reason.Error()); m != nil {
		line, _ = strconv.Atoi(m[1])
	}
	text := lineOf(data, line)
	return line, 1 + len(text) - len(strings.TrimLeft(text, " "))
}

func precise(data []byte) (line, column int, ok bool) {
	if !modest(data) {
		return 0, 0, false
	}
	defer func() {
		if recover() != nil { // a fault of the parser costs the column, not the server
			line, column, ok = 0, 0, false
		}
	}()
	_, err := parser.ParseBytes(data, 0)
	var fault *yaml.SyntaxError
	if !errors.As(err, &fault) || fault.Token == nil || fault.Token.Position == nil {
		return 0, 0, false
	}
	at := fault.Token.Position
	return at.Line, at.Column, at.Line > 0 && at.Column > 0
}

func lineOf(data []byte, line int) string {
	for l := range bytes.Lines(data) {
		if line--; line == 0 {
			return strings.TrimRight(string(l), "\r\n")
		}
	}
	return ""
}
