package setup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Given is what was said on the command line: values by flag name, and doctors
// as LOGIN:NAME or LOGIN:NAME:TRUECONF_ID.
type Given struct {
	Values  map[string]string
	Doctors []string
	Data    string // the data folder, absolute or within the new one
}

// Asker puts questions to a person. [terminal.Terminal] is one; a cancelled
// context ends the question.
type Asker interface {
	Line(ctx context.Context, prompt string) (string, error)
	Secret(ctx context.Context, prompt string) (string, error)
	Say(text string)
}

// Problem is an answer that is missing or wrong.
type Problem struct{ Flag, What string }

// Problems are all of them, one a line.
type Problems []Problem

func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = "--" + p.Flag + ": " + p.What
	}
	return strings.Join(lines, "\n")
}

// ErrNoAnswer says that the input ended in the middle of the questions.
var ErrNoAnswer = errors.New("the input ended before all was answered")

// Collect gives whole answers. What was given is checked first, all of it: the
// error is Problems. What was not is asked for, again and again until it is
// right; without anybody to ask, the usual value stands where there is one, and
// the rest are Problems too.
func Collect(ctx context.Context, given Given, ask Asker) (Answers, error) {
	a := Answers{Data: given.Data}
	var open []question
	var problems Problems
	for _, q := range questions() {
		text, said := given.Values[q.flag]
		switch {
		case !said:
			open = append(open, q)
		default:
			if err := q.take(&a, text); err != nil {
				problems = append(problems, Problem{q.flag, err.Error()})
			}
		}
	}
	problems = append(problems, takeDoctors(&a, given.Doctors)...)
	for _, q := range open {
		if ask == nil || q.silent {
			problems = append(problems, q.settle(&a)...)
		}
	}
	if len(problems) > 0 || ask == nil {
		return a, problems.orNil()
	}
	return a, converse(ctx, &a, open, len(given.Doctors) == 0, ask)
}

func (ps Problems) orNil() error {
	if len(ps) == 0 {
		return nil
	}
	return ps
}

// settle takes the usual value of a question that nobody is asked.
func (q question) settle(a *Answers) Problems {
	what := "is missing: " + q.prompt
	if q.usual != nil {
		usual := q.usual(*a)
		if usual == "" && q.silent {
			return nil
		}
		err := q.take(a, usual)
		if err == nil {
			return nil
		}
		what = "is missing: " + err.Error()
	}
	return Problems{{q.flag, what}}
}

func takeDoctors(a *Answers, given []string) (problems Problems) {
	for _, text := range given {
		parts := strings.SplitN(text, ":", 3)
		if len(parts) < 2 {
			problems = append(problems, Problem{"doctor", text + ": write LOGIN:NAME or LOGIN:NAME:TRUECONF_ID, like doctor1:Doctor One:doctor1"})
			continue
		}
		var d Person
		errs := []error{d.choose("")}
		var err error
		d.Login, err = login(strings.TrimSpace(parts[0]))
		errs = append(errs, err)
		d.Name, err = words(strings.TrimSpace(parts[1]))
		errs = append(errs, err)
		if len(parts) == 3 {
			d.TrueConfID, err = account(strings.TrimSpace(parts[2]))
			errs = append(errs, err)
		}
		errs = append(errs, a.unlike(d))
		for _, err := range errs {
			if err != nil {
				problems = append(problems, Problem{"doctor", text + ": " + err.Error()})
			}
		}
		a.Doctors = append(a.Doctors, d)
	}
	return problems
}

// unlike refuses a login or an account that somebody has already.
func (a *Answers) unlike(d Person) error {
	for _, p := range append([]Person{a.Admin}, a.Doctors...) {
		if p.Login == d.Login {
			return fmt.Errorf("the login %s is taken; everybody has one of their own", d.Login)
		}
		if p.TrueConfID != "" && p.TrueConfID == d.TrueConfID {
			return fmt.Errorf("the TrueConf ID %s is another doctor's; everybody has one of their own", d.TrueConfID)
		}
	}
	return nil
}

// noAnswer turns the end of the input into words.
func noAnswer(err error) error {
	if errors.Is(err, io.EOF) {
		return ErrNoAnswer
	}
	return err
}
