package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"bedside/cmd/bedside/check"
	"bedside/cmd/bedside/config"
	"bedside/store"
	"bedside/trueconf"
)

type checkCommand struct {
	configFlag
	Quick    bool   `help:"Leave out what takes over a minute (the idle socket)."`
	Format   string `enum:"text,json" default:"text" help:"text for people, json for programs."`
	Language string `enum:"en,ru" default:"en" help:"Of the text: en or ru."`
}

// Help is printed under the usage.
func (checkCommand) Help() string {
	return `Looks at the configuration, the flows, the TrueConf Server and the way by which
browsers come, and says of each line what to do where it is not ok. What the public
address does is looked at with the running server; start it first. A room is made at
TrueConf and removed again; nobody is rung. docs/check.md explains every line.

The exit code is 0 when no line is "not ok" (warnings do not count), 1 when one is,
and 2 when the configuration cannot be read.

Examples:
  bedside check -c config.yaml
  sudo -u bedside bedside check -c /etc/bedside/config.yaml --quick --language ru`
}

// Run looks at everything and says what it saw.
func (c checkCommand) Run(ctx context.Context, s streams) error {
	clinic, err := examine(ctx, c.Config)
	if err != nil {
		return err
	}
	clinic.Quick = c.Quick
	good, err := report(ctx, clinic, c.Format, c.Language, s.out)
	switch {
	case err != nil:
		return err
	case !good, ctx.Err() != nil: // what was broken off has shown nothing
		return reported{exitFailed}
	}
	return nil
}

// report runs all checks, writes their lines, and says whether none failed.
func report(ctx context.Context, clinic check.Clinic, format, language string, out io.Writer) (bool, error) {
	if format == "json" {
		lines := clinic.Run(ctx, check.All(), nil)
		return check.Good(lines), check.JSON(out, lines)
	}
	p := check.Printer{Out: out, Language: language, Colours: onTerminal(out)}
	lines := clinic.Run(ctx, check.All(), p.Line)
	p.End(lines)
	return check.Good(lines), nil
}

// onTerminal reports whether somebody reads along, and wants colours
// (https://no-color.org).
func onTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok || os.Getenv("NO_COLOR") != "" {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// examine reads a configuration for its check. What is wrong in it is a finding;
// a file that cannot be read is wrong use.
func examine(ctx context.Context, file string) (check.Clinic, error) {
	read, err := config.Read(file)
	var problems config.Problems
	switch {
	case errors.As(err, &problems):
		return check.Clinic{File: file, Problem: problems}, nil
	case err != nil:
		return check.Clinic{}, wrongUse{err}
	}
	conf := read.Config
	clinic := clinicOf(read)
	clinic.File, clinic.Warnings = file, read.Warnings
	clinic.Server = neighbour{conf.Data}
	clinic.Installation, err = neighbour{conf.Data}.installation(ctx)
	if err != nil {
		clinic.Installation, clinic.Copied = installationOf(ctx, conf)
		return clinic, nil
	}
	clinic.Copied = clinic.Installation == ""
	return clinic, nil
}

// clinicOf is what a configuration says of an installation; whoever runs the
// checks adds what is running.
func clinicOf(r config.Reading) check.Clinic {
	tc, err := trueConf(r.TrueConf, nil)
	return check.Clinic{
		Config:   r.Config,
		Flows:    func() (string, error) { return describeFlows(r) },
		Stale:    func(now time.Time) []string { return staleFlows(r, now) },
		TrueConf: func() (*trueconf.Client, error) { return tc, err },
	}
}

// installationOf reads the journal's name where no server holds it. Where there is
// no journal yet none is made, for whoever checks may be somebody else than
// Bedside's user; and a copy that is not adopted has no rooms of its own.
func installationOf(ctx context.Context, conf config.Config) (name string, copied bool) {
	if _, err := os.Stat(filepath.Join(conf.Data, journalFile)); err != nil {
		return "", false
	}
	_ = withStore(conf, func(st store.Store) error {
		h, _, err := readHouse(ctx, st)
		here := placeOf(conf)
		switch home := h.Host == here.host && h.Folder == here.folder; {
		case err == nil && home:
			name = h.Installation
		case err == nil:
			copied = true
		}
		return err
	})
	return name, copied
}

// staleFlows is what time has worn out in the flows; what is broken says so
// elsewhere.
func staleFlows(r config.Reading, now time.Time) []string {
	lib, err := loadLibrary(r)
	if err != nil {
		return nil
	}
	return lib.stale(now)
}

// describeFlows compiles all flows and names them with their versions.
func describeFlows(r config.Reading) (string, error) {
	lib, err := loadLibrary(r)
	if err != nil {
		return "", err
	}
	if err := checkNames(r, lib); err != nil {
		return "", err
	}
	var said []string
	seen := map[string]bool{}
	for _, site := range r.Sites {
		path := site.Flows
		if path == "" {
			path = r.Flows.Path
		}
		if !seen[path] {
			said = append(said, fmt.Sprintf("%s (%.12s)", filepath.Base(path), lib.Live(site.Name).Hash()))
		}
		seen[path] = true
	}
	return strings.Join(said, ", "), nil
}
