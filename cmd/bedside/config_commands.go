package main

import (
	"errors"
	"fmt"
	"log/slog"

	"bedside/cmd/bedside/config"
)

type configCommands struct {
	Check     configCheckCommand     `cmd:"" help:"Say all that is wrong with a configuration, at file:line:column."`
	Show      configShowCommand      `cmd:"" help:"Print what holds, and where each value came from."`
	Reference configReferenceCommand `cmd:"" help:"Print what every key means."`
}

type configCheckCommand struct{ configFlag }

// Help is printed under the usage.
func (configCheckCommand) Help() string {
	return `Reads the configuration, the files of its secrets, the flows and the certificate as
serve would, and asks nobody. bedside check looks at TrueConf and the public address
too. The exit code is 0 when it is sound (warnings do not count), 1 when it is not,
and 2 when the file cannot be read.

Example:
  bedside config check -c config.yaml`
}

// Run prints problems and warnings.
func (c configCheckCommand) Run(s streams) error {
	r, err := config.Read(c.Config)
	if err != nil && !config.IsProblem(err) {
		return wrongPlace{sentence: plain(c.Config, err).Error()}
	}
	if err == nil {
		_, unsound := newSetting(r)
		_, noTLS := newTLS(r, slog.New(slog.DiscardHandler))
		err = errors.Join(noTLS, unsound)
	}
	for _, w := range r.Warnings {
		fmt.Fprintln(s.out, "warning: "+w.String())
	}
	if err != nil {
		fmt.Fprintln(s.out, err)
		return reported{exitFailed}
	}
	fmt.Fprintln(s.out, c.Config+": sound")
	return nil
}

type configShowCommand struct{ configFlag }

// Help is printed under the usage.
func (configShowCommand) Help() string {
	return `Every key with the value that holds: of the file, of a file of its own, of the
environment, or the usual one. Secrets are shown as ***. The output is YAML.

Example:
  bedside config show -c config.yaml`
}

// Run prints the effective configuration.
func (c configShowCommand) Run(s streams) error {
	r, err := c.read()
	if err != nil {
		return err
	}
	return r.Show(s.out)
}

type configReferenceCommand struct{}

// Run prints the reference.
func (configReferenceCommand) Run(s streams) error { return config.Reference(s.out) }
