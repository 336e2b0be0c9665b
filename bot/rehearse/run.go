package rehearse

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"bedside/bot"
	"bedside/flows"
	"bedside/flows/cases"
	"bedside/flows/near"
)

// talkShown is how many lines of the talk stand under a failure.
const talkShown = 6

// Run plays every case of the suites with the program.
func Run(p *flows.Program, suites []cases.Suite) Report {
	var report Report
	trod := footprints{}
	for _, s := range suites {
		for _, c := range s.Cases {
			report.Results = append(report.Results, play(p, s, c, trod))
		}
	}
	report.Coverage = trod.coverage(p)
	return report
}

// play plays one case to its end, or to the step that does not hold.
func play(p *flows.Program, s cases.Suite, c cases.Case, trod footprints) Result {
	result := Result{File: s.File, Case: c.Name, At: c.At}
	setting, diff := settingOf(p, c)
	setting.Trace = trod.note
	if len(diff) > 0 {
		result.Failure = &Failure{At: diff[0].At, Diff: diff}
		return result
	}
	g, err := Start(p, setting)
	if err != nil {
		result.Failure = &Failure{At: c.At, Diff: []Difference{{At: c.At, Got: Sentence(err)}}}
		return result
	}
	for _, step := range c.Talk {
		if diff := g.step(step); len(diff) > 0 {
			result.Failure = &Failure{At: diff[0].At, Diff: diff, Talk: lastLines(g.Talk(), talkShown)}
			break
		}
	}
	result.Journal = g.Journal
	return result
}

// settingOf is a case's setting, or what in it the flow does not have.
func settingOf(p *flows.Program, c cases.Case) (Setting, []Difference) {
	s := Setting{Now: c.Now.In(p.Clinic().Zone), Door: c.Flow, Language: c.Language, Limits: bot.Defaults()}
	var diff []Difference
	if _, ok := p.Door(c.Flow); !ok {
		diff = append(diff, Difference{At: c.At, Got: "the flow has no door `" + c.Flow + "`"})
	}
	if c.Language != "" && p.Language(c.Language) != c.Language {
		diff = append(diff, Difference{At: c.At, Got: "the flow does not speak `" + c.Language + "`"})
	}
	var known []string
	for _, d := range p.Departments() {
		known = append(known, d.ID)
	}
	for _, duty := range c.OnDuty {
		a := bot.Actor{Role: bot.Doctor, Login: duty.Doctor, Name: duty.Doctor}
		for _, d := range duty.Departments {
			if _, ok := p.Department(d.Text); !ok {
				diff = append(diff, Difference{At: d.At, Got: unknown("department", d.Text, known)})
			}
			a.Departments = append(a.Departments, d.Text)
		}
		s.Staff = append(s.Staff, a)
	}
	if c.FreeSaid {
		s.Free = []time.Time{}
		for _, m := range c.Free {
			s.Free = append(s.Free, m.In(p.Clinic().Zone))
		}
	}
	for _, f := range c.Identity {
		if s.Patient == nil {
			s.Patient = map[string]string{}
		}
		s.Patient[f.Name] = f.Value
	}
	return s, diff
}

func unknown(what, name string, known []string) string {
	cure := near.Hint(name, known)
	if cure == "" {
		cure = "there are " + strings.Join(known, ", ")
	}
	return fmt.Sprintf("the flow has no %s `%s`, %s", what, name, cure)
}

// Sentence is an error in plain words.
func Sentence(err error) string {
	var r *bot.Refusal
	if errors.As(err, &r) {
		return fmt.Sprintf("refused (%s): %s", r.Code, r.Message)
	}
	return err.Error()
}

func lastLines(talk []Line, n int) []Line { return talk[max(0, len(talk)-n):] }
