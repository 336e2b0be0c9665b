package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"bedside/cmd/bedside/publish"
)

type flowPublishCommand struct {
	configFlag
	At       *string `placeholder:"TIME" help:"Publish later: \"2027-03-01 06:00\" in the clinic's zone, or RFC 3339. What stands in the files now is kept until then."`
	Note     string  `placeholder:"TEXT" help:"What has changed and why; the history shows it."`
	Withdraw bool    `help:"Give up what was planned with --at."`
}

// Help is printed under the usage.
func (flowPublishCommand) Help() string {
	return `What stands in the files becomes the next version, when it has no errors and its
tests pass; else nothing changes, all that is wrong is printed, and the exit code is
1. Conversations that run keep the version with which they began; the clinic's name,
numbers, hours, holidays, departments and emergency words hold for them at once.

The running server does it; where none runs, the next start serves it.

Examples:
  bedside flow publish -c config.yaml --note "holidays of next year"
  bedside flow publish -c config.yaml --at "2027-03-01 06:00"
  bedside flow publish -c config.yaml --withdraw`
}

// Run asks the running server.
func (c flowPublishCommand) Run(ctx context.Context, s streams) error {
	if c.Withdraw && (c.At != nil || c.Note != "") {
		return wrongUse{errors.New("--withdraw takes neither --at nor --note")}
	}
	out, err := askFlows(ctx, c.configFlag, controlPublish, flowAsk{By: whoAsks(), Note: c.Note, At: c.At, Withdraw: c.Withdraw})
	if err != nil {
		return err
	}
	for _, w := range out.Warnings {
		fmt.Fprintln(s.out, w)
	}
	if out.Refusal != nil {
		return out.refused(s, "published")
	}
	switch {
	case c.Withdraw:
		fmt.Fprintf(s.out, "Withdrawn: nothing is published at %s. Version %d is served.\n", moment(out.Plan.At), out.Served)
	case out.Plan != nil:
		fmt.Fprintf(s.out, "Planned for %s. Until then version %d is served; --withdraw gives it up.\n", moment(out.Plan.At), out.Served)
	default:
		fmt.Fprintf(s.out, "Published: version %d (%s).\n", out.Version.Number, publish.Short(out.Version.Hash))
	}
	return nil
}

// refused says why nothing has changed: 1 where problems were found, 2 where it
// was asked wrongly.
func (a flowAnswer) refused(s streams, what string) error {
	switch {
	case a.Refusal.Same:
		fmt.Fprintf(s.out, "Nothing has changed: version %d is what is served.\n", a.Served)
		return nil
	case a.Refusal.Found:
		for _, line := range a.Refusal.Lines {
			fmt.Fprintln(s.out, line)
		}
		if a.Served > 0 {
			fmt.Fprintf(s.out, "Not %s: version %d stays.\n", what, a.Served)
		} else {
			fmt.Fprintf(s.out, "Not %s.\n", what)
		}
		return reported{exitFailed}
	}
	return wrongUse{errors.New(a.Refusal.Lines[0])}
}

// moment is a time as the machine's people read it.
func moment(t time.Time) string { return t.Local().Format("2006-01-02 15:04 MST") }
