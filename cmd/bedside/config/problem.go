package config

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Problem is one thing that is wrong, where it stands, and what to write
// instead. It never repeats the value of a secret.
type Problem struct {
	File         string
	Line, Column int // from 1; 0 where it belongs to the whole file
	What, Cure   string
}

// String writes the problem on one line, as compilers do.
func (p Problem) String() string {
	said := p.What
	if p.Cure != "" {
		said += "; " + p.Cure
	}
	switch {
	case p.Line > 0:
		return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, said)
	case p.File != "":
		return p.File + ": " + said
	}
	return said
}

// Problems is everything that is wrong with a file, in the order of the lines.
type Problems []Problem

// InOrder sorts them by line and column.
func (ps Problems) InOrder() Problems {
	slices.SortStableFunc(ps, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return ps
}

// mostShown is as many as anybody mends at a time.
const mostShown = 60

func (ps Problems) Error() string {
	var lines []string
	for i, p := range ps {
		if i == mostShown {
			lines = append(lines, fmt.Sprintf("and %d more", len(ps)-i))
			break
		}
		lines = append(lines, p.String())
	}
	return strings.Join(lines, "\n")
}
