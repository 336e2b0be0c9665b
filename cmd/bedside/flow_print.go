package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"bedside/flows"
)

// checkedFlow is what there is to say of one path of `flow check`.
type checkedFlow struct {
	path     string
	program  *flows.Program // nil where there are errors
	problems []flows.Problem
}

// counts are the errors and warnings of a path.
func (c checkedFlow) counts() (failures, warnings int) {
	for _, p := range c.problems {
		if p.Warning {
			warnings++
		} else {
			failures++
		}
	}
	return failures, warnings
}

// printFlows writes what was found in one of the formats.
func printFlows(w io.Writer, format string, all []checkedFlow) error {
	switch format {
	case "json":
		return printFlowsJSON(w, all)
	case "github":
		for _, c := range all {
			for _, p := range c.problems {
				fmt.Fprintln(w, annotation(p))
			}
		}
	default:
		for _, c := range all {
			for _, p := range c.problems {
				fmt.Fprintln(w, p)
			}
			fmt.Fprintln(w, c.conclusion())
		}
	}
	return nil
}

// conclusion is the last line about a path. No colon and number stand behind
// its name, so that no editor takes it for a place.
func (c checkedFlow) conclusion() string {
	failures, warnings := c.counts()
	switch {
	case failures > 0 && warnings > 0:
		return c.path + ": " + counted(failures, "error") + ", " + counted(warnings, "warning")
	case failures > 0:
		return c.path + ": " + counted(failures, "error")
	case warnings > 0:
		return fmt.Sprintf("%s: sound but for %s, version %.12s", c.path, counted(warnings, "warning"), c.program.Hash())
	}
	return fmt.Sprintf("%s: sound, version %.12s", c.path, c.program.Hash())
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// flowProblem is one problem as programs read it. Names are never changed.
type flowProblem struct {
	Path     string `json:"path"`
	Line     int    `json:"line"`
	Column   int    `json:"column"`
	Severity string `json:"severity"`
	Code     string `json:"code"`
	What     string `json:"what"`
	Cure     string `json:"cure"`
	Page     string `json:"page"`
}

// printFlowsJSON writes one array, whatever was found.
func printFlowsJSON(w io.Writer, all []checkedFlow) error {
	out := []flowProblem{}
	for _, c := range all {
		for _, p := range c.problems {
			out = append(out, flowProblem{p.File, p.Line, p.Column, severity(p), p.Code, p.What, p.Cure, flows.Page(p.Code)})
		}
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(out)
}

func severity(p flows.Problem) string {
	if p.Warning {
		return "warning"
	}
	return "error"
}

// annotation is a workflow command that GitHub shows beside the line. What
// would end the command or one of its properties is escaped.
func annotation(p flows.Problem) string {
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	return fmt.Sprintf("::%s file=%s,line=%d,col=%d,title=%s::%s", severity(p), property.Replace(p.File), p.Line, p.Column,
		property.Replace(p.Code), data.Replace(p.What+", "+p.Cure))
}
