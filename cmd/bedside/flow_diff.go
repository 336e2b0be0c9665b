package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"bedside/bot/engine"
	"bedside/cmd/bedside/publish"
	"bedside/flows/diff"
	"bedside/store"
)

type flowDiffCommand struct {
	configFlag
	Path string `arg:"" optional:"" help:"A file or folder to hold against what is served; left out, what the configuration names."`
}

// Help is printed under the usage.
func (flowDiffCommand) Help() string {
	return `Says in words what would change if it were published: at once, for running
conversations too (the clinic, hours, holidays, departments, emergency words), and for
conversations that begin from then on. How the files are laid out is no difference.
While the server runs it also says where open conversations stand, and how many of
them in what changes; they keep their version.

The exit code is 0 whether anything changes or not, 1 when the files have errors, and
2 when they cannot be read or nothing was published yet.

Examples:
  bedside flow diff -c config.yaml
  bedside flow diff draft -c config.yaml`
}

// servedFlows are what is served, and where conversations stand in it.
type servedFlows struct {
	Version   publish.Version
	Sources   map[string]publish.Sources
	Open      []engine.Standing
	Running   bool           // Open is known
	Published map[string]int // version numbers, by the hash of a flow
}

const controlServed = "/flow/served"

// Run prints the differences of each flow.
func (c flowDiffCommand) Run(ctx context.Context, s streams) error {
	r, err := c.read()
	if err != nil {
		return err
	}
	served, err := c.served(ctx, r.Data)
	if err != nil {
		return err
	}
	if served.Version.Number == 0 {
		return wrongPlace{sentence: "nothing was published yet; the first start publishes what is there"}
	}
	paths := flowPaths(r.Config)
	if c.Path != "" {
		paths = map[string]string{"": c.Path}
		if served.Sources[""].Files == nil { // every site has a flow of its own
			return wrongUse{errors.New("each site has a flow of its own; leave the path out")}
		}
	}
	draft := publish.New(publish.Options{Read: readSources}).FromFiles(paths)
	if len(draft.Sources) < len(paths) {
		return wrongPlace{sentence: strings.Join(draft.Faults, "\n")}
	}
	fmt.Fprintf(s.out, "Served: version %d (%s).\n", served.Version.Number, publish.Short(served.Version.Hash))
	changed := map[string]diff.Changes{}
	for _, name := range slices.Sorted(maps.Keys(draft.Sources)) {
		d := diff.Between(served.Sources[name].Files, draft.Sources[name].Files)
		changed[name] = d
		tellChanges(s.out, name, paths[name], d)
	}
	served.tell(s.out, changed)
	if draft.Broken() {
		for _, line := range draft.Lines() {
			fmt.Fprintln(s.out, line)
		}
		fmt.Fprintln(s.out, "It has errors, so it could not be published.")
		return reported{exitFailed}
	}
	return nil
}

func tellChanges(w io.Writer, name, path string, d diff.Changes) {
	if name != "" {
		path = "site " + name + ", " + path
	}
	if d.None() {
		fmt.Fprintf(w, "%s: nothing changes.\n", path)
		return
	}
	fmt.Fprintf(w, "%s:\n", path)
	for _, part := range []struct {
		title string
		lines []string
	}{{"At once, for running conversations too:", d.Now}, {"For conversations that begin from then on:", d.Later}} {
		if len(part.lines) > 0 {
			fmt.Fprintf(w, "  %s\n    %s\n", part.title, strings.Join(part.lines, "\n    "))
		}
	}
}

// tell says where open conversations stand, as far as a running server knows.
func (f servedFlows) tell(w io.Writer, changed map[string]diff.Changes) {
	if !f.Running {
		fmt.Fprintln(w, "No server runs, so it is not known where open conversations stand.")
		return
	}
	if len(f.Open) == 0 {
		fmt.Fprintln(w, "No conversation is open.")
		return
	}
	fmt.Fprintln(w, "Open conversations keep their version:")
	byName := map[string]string{} // flows of the served version, by hash
	for _, flow := range f.Version.Flows {
		byName[flow.Hash] = flow.Name
	}
	touched := 0
	for _, o := range f.Open {
		version := "an older version"
		if n := f.Published[o.Version]; n > 0 {
			version = fmt.Sprintf("version %d", n)
		}
		mark := ""
		if name, ok := byName[o.Version]; ok && changed[name].Parts[o.At.Part] {
			mark, touched = ", which changes", touched+o.Open
		}
		fmt.Fprintf(w, "  %s, %s: %d%s\n", version, cmp.Or(o.At.String(), "not begun"), o.Open, mark)
	}
	if touched > 0 {
		fmt.Fprintf(w, "%d of them in what changes.\n", touched)
	}
}

// served asks the running server, or reads the store where none runs.
func (c flowDiffCommand) served(ctx context.Context, folder string) (servedFlows, error) {
	var out servedFlows
	body, err := askRunning(ctx, folder, "POST", controlServed, bytes.NewReader(nil))
	if err == nil {
		return out, errors.Join(json.NewDecoder(body).Decode(&out), body.Close())
	}
	if !errors.Is(err, errNobody) {
		return out, err
	}
	r, err := c.read()
	if err != nil {
		return out, err
	}
	err = withStore(r.Config, func(st store.Store) error {
		desk := publish.New(publish.Options{Store: st, Read: readSources})
		err := desk.Refresh(ctx)
		if err == nil {
			out, err = servedBy(ctx, desk)
		}
		return err
	})
	return out, err
}

func servedBy(ctx context.Context, desk *publish.Desk) (servedFlows, error) {
	out := servedFlows{Version: desk.Last(), Published: map[string]int{}}
	history, err := desk.History(ctx, historyShown)
	if err != nil {
		return out, err
	}
	for _, v := range history {
		for _, f := range v.Flows {
			out.Published[f.Hash] = max(out.Published[f.Hash], v.Number)
		}
	}
	draft, err := desk.FromStore(ctx, out.Version)
	out.Sources = draft.Sources
	return out, err
}
