package config

import (
	"fmt"
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
	place := p.File
	if p.Line > 0 {
		place = fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
	}
	if p.Cure == "" {
		return place + ": " + p.What
	}
	return place + ": " + p.What + "; " + p.Cure
}

// Problems is everything that is wrong with a file, in the order of the lines.
type Problems []Problem

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
