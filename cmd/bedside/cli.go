package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/alecthomas/kong"
)

// streams are what a command reads and writes.
type streams struct {
	in       *os.File
	out, err io.Writer
}

// commands is the command line; each field is a subcommand in a file of its own.
type commands struct {
	Init      initCommand      `cmd:"" help:"Write a clinic's first configuration: asks, or takes flags."`
	Serve     serveCommand     `cmd:"" help:"Run Bedside with a configuration."`
	Demo      demoCommand      `cmd:"" help:"Run a whole clinic to try out: its website, Bedside, and a stand-in TrueConf Server."`
	StandIn   standInCommand   `cmd:"" name:"stand-in" help:"Run the stand-in TrueConf Server alone."`
	Config    configCommands   `cmd:"" help:"Work with configurations."`
	Reload    reloadCommand    `cmd:"" help:"Have the running server read its configuration anew."`
	Check     checkCommand     `cmd:"" help:"Look whether everything works, and say what to do where it does not."`
	CheckSite checkSiteCommand `cmd:"" name:"check-site" help:"Look whether a page of the clinic lets widget and camera work."`
	Flow      flowCommands     `cmd:"" help:"Work with flows."`
	Staff     staffCommands    `cmd:"" help:"Work with staff."`
	Backup    backupCommand    `cmd:"" help:"Write a consistent copy of the journal, from the running server too."`
	Service   serviceCommands  `cmd:"" help:"Have the system run Bedside."`
	Restore   restoreCommand   `cmd:"" help:"Put a backup into an empty data folder."`
	Adopt     adoptCommand     `cmd:"" help:"Take over a copy of the journal on this machine."`
	Version   versionCommand   `cmd:"" help:"Print the version."`
}

const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

const description = `Bedside turns a clinic's chat into a video visit: a widget on the clinic's website,
a bot that gathers what the doctor needs, a console, and calls on a TrueConf Server.

Begin with: bedside demo

Exit codes: 0 it is done, and what was looked at is sound; 1 problems were found, or
the work has failed; 2 it was asked wrongly, or cannot be done in this place (files,
rights, addresses, another process), and nothing was changed. What is wrong is said
with its cure.`

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
	switch {
	case len(args) == 0:
		args = []string{"--help"}
	case args[0] == "help":
		args = append(args[1:], "--help")
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		err = inKong(err)
	} else {
		err = parsed.Run()
	}
	return exitCode(err, s)
}

// inKong says what kong says otherwise in a program's words.
func inKong(err error) error {
	text := err.Error()
	if _, word, ok := strings.Cut(text, "unexpected argument "); ok && !strings.Contains(word, " ") {
		if _, gone := os.Stat(word); gone == nil {
			return wrongUse{fmt.Errorf("unexpected argument %s; did you mean -c %s?", word, word)}
		}
	}
	if flag, _, ok := strings.Cut(text, ": expected "); ok && strings.Contains(text, "EOL") {
		return wrongUse{fmt.Errorf("%s wants a value behind it", flag)}
	}
	if name, ok := strings.CutPrefix(text, "expected \"<"); ok {
		return wrongUse{fmt.Errorf("<%s is missing", strings.TrimSuffix(name, "\""))}
	}
	if flag, _, ok := strings.Cut(text, ": expected a valid 64 bit int"); ok {
		return wrongUse{fmt.Errorf("%s wants a whole number", flag)}
	}
	return wrongUse{err}
}

func exitCode(err error, s streams) int {
	if err == nil {
		return exitDone
	}
	said, code := verdict(err)
	if said != "" {
		fmt.Fprintln(s.err, said)
	}
	return code
}
