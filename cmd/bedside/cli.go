package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/alecthomas/kong"
)

// streams are what a command reads and writes.
type streams struct {
	in       *os.File
	out, err io.Writer
}

// commands is the command line; each field is a subcommand in a file of its own.
type commands struct {
	Serve   serveCommand   `cmd:"" help:"Run Bedside with a configuration."`
	Demo    demoCommand    `cmd:"" help:"Run a whole clinic to try out: its website, Bedside, and a stand-in TrueConf Server."`
	StandIn standInCommand `cmd:"" name:"stand-in" help:"Run the stand-in TrueConf Server alone."`
	Flow    flowCommands   `cmd:"" help:"Work with flows."`
	Staff   staffCommands  `cmd:"" help:"Work with staff."`
	Backup  backupCommand  `cmd:"" help:"Write a consistent copy of the journal, from the running server too."`
	Adopt   adoptCommand   `cmd:"" help:"Take over a copy of the journal on this machine."`
	Version versionCommand `cmd:"" help:"Print the version."`
}

const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

const description = `Bedside turns a clinic's chat into a video visit: a widget on the clinic's website,
a bot that gathers what the doctor needs, a console, and calls on a TrueConf Server.

Begin with: bedside demo`

// wrongUse is an error of whoever typed the command.
type wrongUse struct{ error }

func (w wrongUse) Unwrap() error { return w.error }

// reported is an error that the command has told already.
type reported struct{ code int }

func (r reported) Error() string { return fmt.Sprintf("exit code %d", r.code) }

// run does one command line and returns the exit code.
func run(ctx context.Context, args []string, s streams) int {
	var c commands
	parser, err := kong.New(&c,
		kong.Name("bedside"), kong.Description(description),
		kong.Writers(s.out, s.err),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true}),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(s),
	)
	if err != nil {
		panic("bedside: the command line does not fit together: " + err.Error())
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		err = wrongUse{err}
	} else {
		err = parsed.Run()
	}
	return exitCode(err, s)
}

func exitCode(err error, s streams) int {
	var told reported
	var wrong wrongUse
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &told):
		return told.code
	case errors.As(err, &wrong):
		fmt.Fprintf(s.err, "bedside: %v\nSee bedside --help.\n", err)
		return exitUsage
	}
	fmt.Fprintf(s.err, "bedside: %v\n", err)
	return exitFailed
}
