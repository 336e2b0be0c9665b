package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"

	"bedside/cmd/bedside/config"
	"bedside/cmd/bedside/service"
)

type configFlag struct {
	Config string `short:"c" required:"" placeholder:"FILE" help:"The configuration; config.example.yaml names every key."`
}

// read reads the configuration, or says all that is wrong with it.
func (f configFlag) read() (config.Reading, error) {
	r, err := config.Read(f.Config)
	switch {
	case errors.Is(err, fs.ErrPermission):
		said, _ := inWords(err)
		err = wrongPlace{sentence: said, cause: err}
	case err != nil && !config.IsProblem(err):
		err = wrongPlace{sentence: plain(f.Config, err).Error() + "; name a configuration, like config.example.yaml"}
	}
	return r, err
}

func (f configFlag) load() (config.Config, error) {
	r, err := f.read()
	return r.Config, err
}

type serveCommand struct{ configFlag }

// Help is printed under the usage.
func (serveCommand) Help() string {
	return `Serves until it is interrupted (SIGINT or SIGTERM), then lets everybody go in
order. All problems of the configuration are reported at once, at file:line:column,
and then, where it has none, all those of the flows and of the files that it names.

Example:
  bedside serve -c config.yaml`
}

// Run serves until ctx ends.
func (c serveCommand) Run(ctx context.Context, s streams) error {
	if service.Managed() {
		return managed(ctx, c.Config, c.serve)
	}
	return c.serve(ctx, s)
}

func (c serveCommand) serve(ctx context.Context, s streams) error {
	r, err := c.read()
	if err != nil {
		return err
	}
	log, level := logger(r.Log, s.err)
	a, err := openApp(r, log, level)
	if err != nil {
		return err
	}
	defer a.reloader.onHangup()()
	fmt.Fprintf(s.out, "bedside: %s\n", r.PublicURL)
	return a.runUntil(ctx)
}

// openApp starts a Bedside with a configuration that was read.
func openApp(r config.Reading, log *slog.Logger, level *slog.LevelVar) (*app, error) {
	for _, w := range r.Warnings {
		log.Warn("configuration: " + w.String())
	}
	at, err := listen(r.Config)
	if err != nil {
		return nil, err
	}
	a, err := newApp(r, at, log)
	if err != nil {
		return nil, err
	}
	a.reloader.level = level
	if err := a.Start(); err != nil {
		return nil, errors.Join(err, a.Stop(context.Background()))
	}
	return a, nil
}
