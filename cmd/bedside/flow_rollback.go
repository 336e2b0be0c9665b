package main

import (
	"context"
	"fmt"

	"bedside/cmd/bedside/publish"
)

type flowRollbackCommand struct {
	configFlag
	To   string `arg:"" name:"version" help:"A number of bedside flow history, or the beginning of a hash."`
	Note string `placeholder:"TEXT" help:"Why; the history shows it."`
}

// Help is printed under the usage.
func (flowRollbackCommand) Help() string {
	return `An earlier version is served again, as the next number. The files stay as they are:
mend them before the next bedside flow publish.

Example:
  bedside flow rollback 3 -c config.yaml --note "the new triage asks too much"`
}

// Run asks the running server.
func (c flowRollbackCommand) Run(ctx context.Context, s streams) error {
	out, err := askFlows(ctx, c.configFlag, controlRollback, flowAsk{By: whoAsks(), Note: c.Note, To: c.To})
	if err != nil {
		return err
	}
	if out.Refusal != nil {
		return out.refused(s, "rolled back")
	}
	v := out.Version
	fmt.Fprintf(s.out, "Rolled back: version %d (%s) is version %d again. The files are as they were.\n", v.Number, publish.Short(v.Hash), v.Of)
	return nil
}
