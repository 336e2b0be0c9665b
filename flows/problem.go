package flows

import (
	"cmp"
	"fmt"
)

// Problem is one thing that is wrong in the files, where it is, and what to
// write instead. A problem with Warning set does not stop a program.
type Problem struct {
	File    string // the path that Compile was given
	Line    int    // from 1
	Column  int    // from 1, in characters
	Warning bool
	Code    string // one of [Codes]
	What    string // what is wrong
	Cure    string // what to write instead
}

// String writes the problem on one line, as compilers do.
func (p Problem) String() string {
	grade := "error"
	if p.Warning {
		grade = "warning"
	}
	return fmt.Sprintf("%s:%d:%d: %s %s: %s, %s", p.File, p.Line, p.Column, grade, p.Code, p.What, p.Cure)
}

// compareProblems sorts by place, then by code.
func compareProblems(a, b Problem) int {
	return cmp.Or(
		cmp.Compare(a.File, b.File),
		cmp.Compare(a.Line, b.Line),
		cmp.Compare(a.Column, b.Column),
		cmp.Compare(a.Code, b.Code),
		cmp.Compare(a.What, b.What),
	)
}
