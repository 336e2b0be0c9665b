package main

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"os"
)

// print writes what came of the tests in one go: an outcome that nobody could read
// is an error.
func (r rehearsal) print(to io.Writer, partly, unreached bool) error {
	var text bytes.Buffer
	r.write(&text, partly, unreached)
	_, err := to.Write(text.Bytes())
	return err
}

// write puts a case on a line, with what does not hold under it. How much of the
// flow was reached is not said where only some cases were run.
func (r rehearsal) write(w *bytes.Buffer, partly, unreached bool) {
	for _, p := range r.problems {
		fmt.Fprintln(w, p)
	}
	if len(r.problems) > 0 {
		return
	}
	for _, result := range r.report.Results {
		if result.Failure == nil {
			fmt.Fprintf(w, "ok    %s: %s\n", result.At, result.Case)
			continue
		}
		fmt.Fprintf(w, "FAIL  %s: %s\n%s", result.Failure.At, result.Case, result.Failure)
	}
	outcome := "all hold"
	switch failed := len(r.report.Failed()); failed {
	case 0:
	case 1:
		outcome = "1 of them fails"
	default:
		outcome = fmt.Sprintf("%d of them fail", failed)
	}
	fmt.Fprintf(w, "%s: %s, %s\n", r.path, counted(len(r.report.Results), "case"), outcome)
	if partly {
		return
	}
	fmt.Fprintf(w, "%s: %s\n", r.path, r.report.Coverage)
	if unreached {
		for _, m := range r.report.Coverage.Missed {
			fmt.Fprintln(w, m)
		}
	}
}

type junitSuites struct {
	XMLName xml.Name     `xml:"testsuites"`
	Suites  []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Name    string     `xml:"name,attr"`
	Class   string     `xml:"classname,attr"`
	File    string     `xml:"file,attr"`
	Line    int        `xml:"line,attr"`
	Failure *junitFail `xml:"failure,omitempty"`
	Error   *junitFail `xml:"error,omitempty"`
}

type junitFail struct {
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

// writeJUnit writes the outcome as build servers read it: a suite a path. What
// keeps a path from being run at all is the error of a case of its own.
func writeJUnit(path string, all []rehearsal) error {
	var out junitSuites
	for _, r := range all {
		suite := junitSuite{Name: r.path, Tests: len(r.report.Results), Failures: len(r.report.Failed())}
		for _, p := range r.problems {
			suite.Tests, suite.Errors = suite.Tests+1, suite.Errors+1
			suite.Cases = append(suite.Cases, junitCase{
				Name: p.Code, Class: r.path, File: p.File, Line: p.Line, Error: &junitFail{p.String(), ""},
			})
		}
		for _, result := range r.report.Results {
			c := junitCase{Name: result.Case, Class: result.File, File: result.At.File, Line: result.At.Line}
			if f := result.Failure; f != nil {
				c.Failure = &junitFail{f.At.String(), "\n" + f.String()}
			}
			suite.Cases = append(suite.Cases, c)
		}
		out.Suites = append(out.Suites, suite)
	}
	data, err := xml.MarshalIndent(out, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append([]byte(xml.Header), append(data, '\n')...), 0o644)
}
