package flows

import (
	"slices"

	"go.yaml.in/yaml/v3"
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
const maxProblems = 1000

func (r *report) add(at spot, warning bool, code, what, cure string) {
	if len(r.problems) < maxProblems {
		r.problems = append(r.problems, Problem{
			File: at.file, Line: max(at.line, 1), Column: max(at.column, 1),
			Warning: warning, Code: code, What: what, Cure: cure,
		})
	}
}

func (r *report) fail(at spot, code, what, cure string) { r.add(at, false, code, what, cure) }

func (r *report) warn(at spot, code, what, cure string) { r.add(at, true, code, what, cure) }

// broken says whether there is any error.
func (r *report) broken() bool {
	return slices.ContainsFunc(r.problems, func(p Problem) bool { return !p.Warning })
}

// sorted returns the problems by place, each once.
func (r *report) sorted() []Problem {
	slices.SortFunc(r.problems, compareProblems)
	return slices.Compact(r.problems)
}
