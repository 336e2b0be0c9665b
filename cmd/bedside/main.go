// Command bedside is the whole product in one program: the server that a
// clinic runs, a demonstration that needs nothing else, a stand-in TrueConf
// Server, and the tools around them.
//
// The package wires and nothing more: what it does is in the packages below.
// Each subcommand is one file. Exit codes are 0 when what was asked is done, 1
// when it failed, 2 when it was asked wrongly.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], streams{in: os.Stdin, out: os.Stdout, err: os.Stderr})
	stop()
	os.Exit(code)
}
