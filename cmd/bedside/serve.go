package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"bedside/cmd/bedside/config"
)

type configFlag struct {
	Config string `short:"c" required:"" placeholder:"FILE" help:"The configuration; config.example.yaml names every key."`
}

// load reads the configuration. What is wrong in it, and a file that is not
// there, are wrong use.
func (f configFlag) load() (config.Config, error) {
	c, err := config.Load(f.Config)
	var problems config.Problems
	var path *fs.PathError
	if errors.As(err, &problems) || errors.As(err, &path) {
		return c, wrongUse{err}
	}
	return c, err
}

type serveCommand struct{ configFlag }

// Help is printed under the usage.
func (serveCommand) Help() string {
	return `Serves until it is interrupted (SIGINT or SIGTERM), then lets everybody go in
order. All problems of the configuration and of the flows are reported at once.`
}

// Run serves until ctx ends.
func (c serveCommand) Run(ctx context.Context, s streams) error {
	conf, err := c.load()
	if err != nil {
		return err
	}
	at, err := listen(conf)
	if err != nil {
		return err
	}
	a, err := newApp(conf, at, logger(conf.Log, s.err))
	if err != nil {
		return err
	}
	if err := a.Start(); err != nil {
		return errors.Join(err, a.Stop(context.Background()))
	}
	fmt.Fprintf(s.out, "bedside: %s\n", conf.PublicURL)
	return a.runUntil(ctx)
}
