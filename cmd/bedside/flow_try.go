package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"bedside/bot"
	"bedside/bot/rehearse"
	"bedside/cmd/bedside/terminal"
	"bedside/flows"
	"bedside/flows/cases"
)

type flowTryCommand struct {
	Path     string   `arg:"" help:"A file that is a whole flow, or a folder whose *.yaml files are one."`
	Door     string   `placeholder:"NAME" help:"Begin at this door of the flow; else at the first."`
	Language string   `placeholder:"TAG" help:"Speak this language; else the flow's first."`
	Now      string   `placeholder:"MOMENT" help:"Begin at this moment of the clinic's clock, as in \"2027-02-15 10:00\"; else now."`
	OffDuty  []string `name:"off-duty" placeholder:"DEPARTMENT" help:"Nobody is signed in for these departments; else somebody is for each."`
	Name     string   `placeholder:"NAME" help:"The clinic's site vouches for this name."`
}

// Help is printed under the usage.
func (flowTryCommand) Help() string {
	return `You are the patient. Type an answer, or the number of an option (of several: 1 3). The
clock stands still until you let time pass. A doctor is on duty for each department.

  /wait 5m                 time passes, and what is due in it happens
  /doctor takes            a doctor takes, finishes or releases the conversation
  /doctor doctor_2 takes   … a certain one; /doctor writes TEXT says something
  /skip   /back            pass over the question, or go back to the one before
  /decline                 would rather type than wait for a doctor by video
  /file photo.jpg          send a file, where one is asked for
  /time   /state           the clock, and where the conversation stands
  /quit                    end

What is typed may come through a pipe, a line each.

Examples:
  bedside flow try flows
  bedside flow try flows --language en --now "2027-02-13 16:00" --off-duty gp`
}

// Run talks until the input ends.
func (c flowTryCommand) Run(ctx context.Context, s streams) error {
	files, err := readFlow(c.Path)
	if err != nil {
		return err
	}
	program, problems := flows.Compile(files)
	for _, p := range problems {
		fmt.Fprintln(s.out, p)
	}
	if program == nil {
		return reported{exitFailed}
	}
	setting, err := c.setting(program)
	if err != nil {
		return wrongUse{err}
	}
	stage, err := rehearse.Start(program, setting)
	if err != nil {
		return err
	}
	t := &tryout{stage: stage, out: s.out}
	t.news()
	asked := terminal.New(s.in, s.out)
	prompt := ""
	if terminal.Is(s.in) {
		prompt = "> "
	}
	for {
		line, err := asked.Line(ctx, prompt)
		switch {
		case errors.Is(err, io.EOF), ctx.Err() != nil:
			return nil
		case err != nil:
			return err
		}
		if prompt == "" && line != "" {
			fmt.Fprintln(s.out, "> "+line)
		}
		if line == "/quit" {
			return nil
		}
		t.take(line)
	}
}

// setting is what surrounds the conversation: a doctor for each department.
func (c flowTryCommand) setting(p *flows.Program) (rehearse.Setting, error) {
	zone := p.Clinic().Zone
	s := rehearse.Setting{Now: time.Now().In(zone), Door: c.Door, Language: c.Language, Limits: bot.Defaults()}
	if c.Now != "" {
		m, ok := cases.ParseMoment(c.Now)
		if !ok {
			return s, fmt.Errorf("--now wants a moment of the clinic's clock, as in \"2027-02-15 10:00\", not %q", c.Now)
		}
		s.Now = m.In(zone)
	}
	if _, ok := p.Door(c.Door); !ok {
		return s, fmt.Errorf("the flow has no door %q", c.Door)
	}
	for _, off := range c.OffDuty {
		if _, ok := p.Department(off); !ok {
			return s, fmt.Errorf("the flow has no department %q", off)
		}
	}
	for i, d := range p.Departments() {
		if !slices.Contains(c.OffDuty, d.ID) {
			login := fmt.Sprintf("doctor_%d", i+1)
			s.Staff = append(s.Staff, bot.Actor{Role: bot.Doctor, Login: login, Name: login, Departments: []string{d.ID}})
		}
	}
	if c.Name != "" {
		s.Patient = map[string]string{"name": c.Name}
	}
	return s, nil
}

// firstWord cuts a line behind its first word.
func firstWord(line string) (word, rest string) {
	word, rest, _ = strings.Cut(strings.TrimSpace(line), " ")
	return word, strings.TrimSpace(rest)
}
