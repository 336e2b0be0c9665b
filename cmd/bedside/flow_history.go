package main

import (
	"context"
	"fmt"
	"text/tabwriter"

	"bedside/cmd/bedside/publish"
)

type flowHistoryCommand struct{ configFlag }

// Help is printed under the usage.
func (flowHistoryCommand) Help() string {
	return `The last fifty versions, the newest first: number, hash, when, by whom and how, note.
The first line is what is served.

Example:
  bedside flow history -c config.yaml`
}

// Run prints the versions.
func (c flowHistoryCommand) Run(ctx context.Context, s streams) error {
	out, err := askFlows(ctx, c.configFlag, controlHistory, flowAsk{})
	if err != nil {
		return err
	}
	if p := out.Plan; p != nil {
		fmt.Fprintf(s.out, "Planned for %s by %s%s\n", moment(p.At), p.By, colon(p.Note))
	}
	if len(out.History) == 0 {
		fmt.Fprintln(s.out, "Nothing was published yet; the first start publishes what is there.")
		return nil
	}
	t := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
	for _, v := range out.History {
		fmt.Fprintf(t, "%d\t%s\t%s\t%s\t%s\n", v.Number, publish.Short(v.Hash), moment(v.At), madeBy(v), v.Note)
	}
	return t.Flush()
}

func colon(note string) string {
	if note == "" {
		return ""
	}
	return ": " + note
}

// madeBy says in a few words who made a version, and how.
func madeBy(v publish.Version) string {
	switch v.How {
	case publish.AtStart:
		return "at the start"
	case publish.OnSave:
		return "when it was saved"
	case publish.RolledBack:
		return fmt.Sprintf("%s, version %d again", v.By, v.Of)
	case publish.AtTime:
		return v.By + ", planned"
	case publish.ByConsole:
		return v.By + ", in the console"
	}
	return v.By
}
