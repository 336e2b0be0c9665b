package main

import (
	"bedside/bot/rehearse"
	"bedside/flows"
	"bedside/flows/cases"
)

// rehearsed plays the conversations that must hold with a flow, before it is
// served; each that does not hold is a problem at its line.
func rehearsed(p *flows.Program, tests []flows.File) []flows.Problem {
	var problems []flows.Problem
	var suites []cases.Suite
	for _, file := range tests {
		suite, wrong := cases.Read(file)
		problems = append(problems, wrong...)
		suites = append(suites, suite)
	}
	if len(problems) > 0 {
		return problems
	}
	for _, r := range rehearse.Run(p, suites).Failed() {
		d := r.Failure.Diff[0]
		what := "the conversation `" + r.Case + "` does not hold: "
		if d.Want != "" {
			what += "wanted " + d.Want + ", "
		}
		problems = append(problems, flows.Problem{
			File: r.Failure.At.File, Line: r.Failure.At.Line, Column: max(r.Failure.At.Column, 1), Code: "test",
			What: what + "got " + d.Got, Cure: "mend the flow, or the test where it asks for too much",
		})
	}
	return problems
}
