package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"bedside/bot/rehearse"
	"bedside/flows"
	"bedside/flows/cases"
)

type flowTestCommand struct {
	Paths    []string `arg:"" name:"path" help:"A flow (a file, or a folder) whose *.test.yaml are run, or one such file."`
	Only     string   `name:"run" placeholder:"WORDS" help:"Only the cases whose names hold these words."`
	JUnit    string   `name:"junit" placeholder:"FILE" help:"Write the outcome for build servers too, as JUnit XML."`
	Coverage bool     `help:"Print what of the flow no case has reached, place by place."`
}

// Help is printed under the usage.
func (flowTestCommand) Help() string {
	return `Plays the conversations of *.test.yaml with the flow, on a clock of their own, the way
patients have them: the same bot decides. A folder's tests are all of its *.test.yaml,
those of clinic.yaml are clinic.test.yaml beside it.

A case is a line. Of one that does not hold the line of the file follows at which it
does not, what was expected (-) and what came (+), and the talk before.

The exit code is 0 when every case holds, 1 when one does not or the files have
errors, and 2 when there is nothing to run or a path cannot be read.

Examples:
  bedside flow test flows
  bedside flow test flows --coverage
  bedside flow test flows/clinic.test.yaml --run "red flag"
  bedside flow test flows --junit report.xml`
}

// rehearsal is a flow with the conversations that must hold with it.
type rehearsal struct {
	path     string
	program  *flows.Program
	suites   []cases.Suite
	problems []flows.Problem
	report   rehearse.Report
}

// Run plays the tests of each path.
func (c flowTestCommand) Run(s streams) error {
	var all []rehearsal
	failed := false
	for _, path := range c.Paths {
		r, err := rehearsalOf(path)
		if err != nil {
			said, _ := inWords(err)
			return wrongUse{errors.New(said)}
		}
		r.only(c.Only)
		all = append(all, r)
	}
	if c.Only != "" && !slices.ContainsFunc(all, func(r rehearsal) bool { return len(r.suites) > 0 || len(r.problems) > 0 }) {
		return wrongUse{fmt.Errorf("no case has a name with %q in it", c.Only)}
	}
	for i := range all {
		r := &all[i]
		if len(r.problems) == 0 {
			r.report = rehearse.Run(r.program, r.suites)
		}
		failed = failed || len(r.problems) > 0 || !r.report.Passed()
		if err := r.print(s.out, c.Only != "", c.Coverage); err != nil {
			return err
		}
	}
	if c.JUnit != "" {
		if err := writeJUnit(c.JUnit, all); err != nil {
			return err
		}
	}
	if failed {
		return reported{exitFailed}
	}
	return nil
}

// rehearsalOf reads a flow and its tests, or a file of tests and the flow that
// it names.
func rehearsalOf(path string) (rehearsal, error) {
	tests := testsOf(path)
	flow := path
	if strings.HasSuffix(path, ".test.yaml") {
		tests, flow = []string{path}, ""
	}
	if flow != "" {
		if _, err := readFlow(flow); err != nil {
			return rehearsal{}, err
		}
	}
	if len(tests) == 0 {
		return rehearsal{}, fmt.Errorf("%s: there are no tests; write conversations that must hold into a *.test.yaml beside the flow", path)
	}
	r := rehearsal{path: path}
	for _, name := range tests {
		file, err := readFlowFile(name)
		if err != nil {
			return r, err
		}
		suite, problems := cases.Read(file)
		r.problems = append(r.problems, problems...)
		r.suites = append(r.suites, suite)
	}
	if len(r.problems) > 0 {
		return r, nil
	}
	return r, r.compile(flow)
}

// compile builds the program: of a flow all its files, of a file of tests those
// that it names.
func (r *rehearsal) compile(flow string) error {
	read := func() ([]flows.File, error) { return readFlow(flow) }
	if flow == "" {
		read = func() ([]flows.File, error) { return readNamed(named(r.suites[0])) }
	}
	files, err := read()
	if err != nil {
		return err
	}
	for _, s := range r.suites {
		for _, name := range s.Of {
			where := filepath.Join(filepath.Dir(s.File), name.Text)
			if !slices.ContainsFunc(files, func(f flows.File) bool { return filepath.Clean(f.Path) == where }) {
				r.problems = append(r.problems, flows.Problem{
					File: name.At.File, Line: name.At.Line, Column: name.At.Column, Code: "bad-value",
					What: "`" + name.Text + "` is no file of this flow", Cure: "name the flow's files as they stand in its folder",
				})
			}
		}
	}
	program, problems := flows.Compile(files)
	if program == nil {
		r.problems = append(r.problems, problems...)
	}
	r.program = program
	return nil
}

// named are the files that a suite is of, in its own folder.
func named(s cases.Suite) (paths []string) {
	for _, name := range s.Of {
		paths = append(paths, filepath.Join(filepath.Dir(s.File), name.Text))
	}
	return paths
}

// only leaves the cases whose names hold the words.
func (r *rehearsal) only(words string) {
	if words == "" {
		return
	}
	for i := range r.suites {
		r.suites[i].Cases = slices.DeleteFunc(r.suites[i].Cases, func(c cases.Case) bool {
			return !strings.Contains(strings.ToLower(c.Name), strings.ToLower(words))
		})
	}
	r.suites = slices.DeleteFunc(r.suites, func(s cases.Suite) bool { return len(s.Cases) == 0 })
}
