package yamltree

import (
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// slip is the first thing in a file that cannot be YAML, and how its line was
// probably meant.
type slip struct {
	line, offset int // from 0; the offset counts bytes
	what, cure   string
	mended       string // "": nobody can tell
	code         string // "" for Syntax
}

// mostMended bounds how many slips of one file are told at once.
const mostMended = 12

// mend reads what is no YAML as it was probably meant, so that one slip does
// not hide all other problems of a file. Each slip is told; the root is nil
// where one was not understood.
func mend(data []byte, reason error) (*yaml.Node, []Problem) {
	if problems := invisible(data); len(problems) > 0 {
		root, err := decode(ordinary(data))
		if err != nil {
			return nil, problems
		}
		return root, problems
	}
	lines := strings.Split(strings.ReplaceAll(string(data), "\r\n", "\n"), "\n")
	var problems []Problem
	for spent, again := 0, 0; len(problems) < mostMended; spent += len(data) {
		found, ok := firstSlip(lines)
		if !ok {
			break
		}
		if !told(problems, found.line+1) {
			problems = append(problems, found.problem(lines[found.line]))
		} else if again++; again > mostMended {
			break
		}
		if found.mended == "" || !modest(data) || spent > MaxBytes {
			return nil, problems
		}
		lines[found.line] = found.mended
		if root, err := decode([]byte(strings.Join(lines, "\n"))); err == nil {
			return root, problems
		}
	}
	if len(problems) == 0 {
		problems = []Problem{guess(data, reason)}
	}
	return nil, problems
}

func told(problems []Problem, line int) bool {
	for _, p := range problems {
		if p.Line == line {
			return true
		}
	}
	return false
}

func (s slip) problem(text string) Problem {
	code := s.code
	if code == "" {
		code = Syntax
	}
	return Problem{s.line + 1, utf8.RuneCountInString(text[:min(s.offset, len(text))]) + 1, code, s.what, s.cure}
}

// ordinary writes spaces for what only looks like them where lines begin.
func ordinary(data []byte) []byte {
	lines := strings.Split(string(data), "\n")
	for i, l := range lines {
		rest := strings.TrimLeftFunc(l, func(r rune) bool { return r == ' ' || r == '\t' || looksLikeSpace(r) })
		indent := strings.ReplaceAll(l[:len(l)-len(rest)], "\t", "  ")
		lines[i] = strings.Map(func(r rune) rune {
			if looksLikeSpace(r) {
				return ' '
			}
			return r
		}, indent) + behindColons(rest)
	}
	return []byte(strings.Join(lines, "\n"))
}

func behindColons(s string) string {
	for _, odd := range []string{"\u00a0", "\u202f", "\u2007", "\u200b", "\u2060"} {
		s = strings.ReplaceAll(s, ":"+odd, ": ")
	}
	return s
}
