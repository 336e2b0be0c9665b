package flows

import (
	"slices"

	"go.yaml.in/yaml/v3"

	"bedside/flows/yamltree"
)

// spot is a place in a file, kept with what was read there so that later
// checks can point at it.
type spot struct {
	file         string
	line, column int
}

func spotOf(file string, n *yaml.Node) spot { return spot{file, n.Line, n.Column} }

// report gathers every problem of one Compile.
type report struct{ problems []Problem }

// maxProblems bounds what a file of noise can make us say.
const maxProblems = 300

func (r *report) add(at spot, warning bool, code, what, cure string) {
	if len(r.problems) < maxProblems {
		r.problems = append(r.problems, Problem{
			File: at.file, Line: max(at.line, 1), Column: max(at.column, 1),
			Warning: warning, Code: code, What: what, Cure: cure,
		})
	}
}

// full says whether more would not be kept, so that nobody need look for what
// was meant.
func (r *report) full() bool { return len(r.problems) >= maxProblems }

func (r *report) fail(at spot, code, what, cure string) { r.add(at, false, code, what, cure) }

func (r *report) warn(at spot, code, what, cure string) { r.add(at, true, code, what, cure) }

// broken says whether there is any error.
func (r *report) broken() bool {
	return slices.ContainsFunc(r.problems, func(p Problem) bool { return !p.Warning })
}

// sorted returns the problems by place, each once. Where a line could not be
// read as it stands, what else was said of it is left out: it was read as it
// was probably meant.
func (r *report) sorted() []Problem {
	type line struct {
		file string
		line int
	}
	unread := map[line]bool{}
	for _, p := range r.problems {
		if yamltree.Unread(p.Code) {
			unread[line{p.File, p.Line}] = true
		}
	}
	if len(unread) > 0 {
		r.problems = slices.DeleteFunc(r.problems, func(p Problem) bool {
			return unread[line{p.File, p.Line}] && !yamltree.Unread(p.Code)
		})
	}
	slices.SortFunc(r.problems, compareProblems)
	return slices.Compact(r.problems)
}
