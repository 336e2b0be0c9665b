package cases

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"bedside/flows"
	"bedside/flows/yamltree"
)

var (
	suiteKeys = []string{"bedside", "of", "now", "language", "on_duty", "cases"}
	caseKeys  = []string{"case", "now", "on_duty", "flow", "identity", "free", "language", "talk"}
	factNames = []string{"patient.name", "patient.born", "patient.phone", "patient.email"}
)

// Read reads one file of conversations. It returns every problem at once, by
// line; with any, the suite is not to be used.
func Read(file flows.File) (Suite, []flows.Problem) {
	r := &reader{file: file.Path}
	root, problems := yamltree.Parse(file.Data)
	for _, p := range problems {
		r.problems = append(r.problems, flows.Problem{File: file.Path, Line: p.Line, Column: p.Column, Code: p.Code, What: p.What, Cure: p.Cure})
	}
	s := Suite{File: file.Path}
	if root != nil {
		s = r.suite(root)
	}
	slices.SortStableFunc(r.problems, func(a, b flows.Problem) int {
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return a.Column - b.Column
	})
	return s, r.problems
}

func (r *reader) suite(root *yaml.Node) Suite {
	s := Suite{File: r.file}
	f := r.known(root, "a file of tests", suiteKeys)
	for _, key := range []string{"of", "now", "cases"} {
		if f[key] == nil && root.Kind == yaml.MappingNode {
			r.fail(root, codeMissingKey, "a file of tests has no `"+key+"`", "add `"+key+":`")
		}
	}
	if n := f["bedside"]; n != nil && n.Value != "1" {
		r.fail(n, codeVersion, "this version of Bedside reads the language's version 1", "write `bedside: 1`")
	}
	s.Of = r.words(f["of"], "`of`")
	usual := Case{Now: r.moment(f["now"], "`now`"), Language: r.word(f["language"], "`language`"), OnDuty: r.duty(f["on_duty"])}
	if n := f["cases"]; n != nil && n.Kind != yaml.SequenceNode {
		r.fail(n, codeWrongType, "`cases` is "+kindOf(n)+" here", "write a list: lines that begin with `- case: `")
	} else if n != nil {
		names := map[string]int{}
		for _, item := range n.Content {
			c := r.read(item, usual)
			if line, twice := names[c.Name]; twice && c.Name != "" {
				r.fail(item, codeTwice, fmt.Sprintf("the case `%s` stands in line %d already", c.Name, line), "give one of them another name")
			}
			names[c.Name] = item.Line
			s.Cases = append(s.Cases, c)
		}
	}
	return s
}

// read reads a case; what it does not say is as usual.
func (r *reader) read(n *yaml.Node, usual Case) Case {
	c := usual
	c.At = r.at(n)
	f := r.known(n, "a case", caseKeys)
	for _, key := range []string{"case", "talk"} {
		if f[key] == nil && n.Kind == yaml.MappingNode {
			r.fail(n, codeMissingKey, "a case has no `"+key+"`", "add `"+key+":`")
		}
	}
	c.Name = r.word(f["case"], "the name of a case")
	c.Flow = r.word(f["flow"], "`flow`")
	if f["now"] != nil {
		c.Now = r.moment(f["now"], "`now`")
	}
	if f["language"] != nil {
		c.Language = r.word(f["language"], "`language`")
	}
	if f["on_duty"] != nil {
		c.OnDuty = r.duty(f["on_duty"])
	}
	if free := f["free"]; free != nil {
		c.FreeSaid = true
		c.Free = r.moments(free)
	}
	c.Identity = r.identity(f["identity"])
	c.Talk = r.talk(f["talk"])
	return c
}

func (r *reader) duty(n *yaml.Node) (all []Duty) {
	if n == nil {
		return nil
	}
	for _, p := range r.pairs(n, "`on_duty`") {
		all = append(all, Duty{p.key, r.words(p.value, "the departments of `"+p.key+"`"), r.at(p.at)})
	}
	return all
}

func (r *reader) moments(n *yaml.Node) (all []Moment) {
	if n.Kind != yaml.SequenceNode {
		r.fail(n, codeWrongType, "`free` is "+kindOf(n)+" here", "write a list of moments, or [] for none")
		return nil
	}
	for _, item := range n.Content {
		all = append(all, r.moment(item, "a free time"))
	}
	return all
}

func (r *reader) identity(n *yaml.Node) (all []Fact) {
	if n == nil {
		return nil
	}
	for _, p := range r.pairs(n, "`identity`") {
		if !slices.Contains(factNames, p.key) {
			r.strange(p.at, codeUnknownKey, "an identity has no key `"+p.key+"`", p.key, factNames)
			continue
		}
		all = append(all, Fact{strings.TrimPrefix(p.key, "patient."), r.word(p.value, "`"+p.key+"`"), r.at(p.at)})
	}
	return all
}
