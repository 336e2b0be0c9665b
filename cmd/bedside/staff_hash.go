package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"bedside/cmd/bedside/terminal"
	"bedside/web"
)

type staffCommands struct {
	Hash    staffHashCommand    `cmd:"" help:"Read a password and print the hash for the configuration."`
	Disable staffDisableCommand `cmd:"" help:"Sign somebody out at once and keep them out."`
	Enable  staffEnableCommand  `cmd:"" help:"Let somebody who was disabled sign in again."`
	List    staffListCommand    `cmd:"" help:"Print who can sign in."`
}

type staffHashCommand struct{}

// Help is printed under the usage.
func (staffHashCommand) Help() string {
	return `At a terminal the password is asked for twice and not shown. Elsewhere the first
line of the input is the password. Put the printed line into the configuration as
password_hash. Passwords have 8 to 1024 bytes.

Examples:
  bedside staff hash
  bedside staff hash < password.txt`
}

const minPassword = 8

// Run prints the hash, and nothing else to the output.
func (staffHashCommand) Run(ctx context.Context, s streams) error {
	password, err := readPassword(ctx, s)
	if err != nil {
		return err
	}
	if len(password) < minPassword {
		return wrongUse{fmt.Errorf("a password has at least %d bytes", minPassword)}
	}
	hash, err := web.HashPassword(password)
	if err != nil {
		return wrongUse{err}
	}
	_, err = fmt.Fprintln(s.out, hash)
	return err
}

func readPassword(ctx context.Context, s streams) (string, error) {
	if !terminal.Is(s.in) {
		line, err := terminal.ReadLine(s.in)
		if errors.Is(err, io.EOF) {
			return "", nil
		}
		return line, err
	}
	t := terminal.New(s.in, s.err)
	first, err := t.Secret(ctx, "Password: ")
	if err != nil {
		return "", err
	}
	second, err := t.Secret(ctx, "Once more: ")
	if err != nil {
		return "", err
	}
	if first != second {
		return "", wrongUse{errors.New("the two passwords differ")}
	}
	return first, nil
}
