package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"bedside/cmd/bedside/service"
)

// logFile is where a server speaks that has neither terminal nor journal.
const logFile = "bedside.log"

// managed serves for a service manager that the program must answer, and writes
// to a file beside the configuration what would else be lost.
func managed(ctx context.Context, configFile string, serve func(context.Context, streams) error) error {
	log, err := os.OpenFile(filepath.Join(filepath.Dir(configFile), logFile), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	s := streams{in: os.Stdin, out: log, err: log}
	err = service.Run(ctx, func(ctx context.Context) error {
		err := serve(ctx, s)
		exitCode(err, s) // says it there
		return err
	})
	return errors.Join(err, log.Close())
}
