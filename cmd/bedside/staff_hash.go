package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"

	"bedside/web"
)

type staffCommands struct {
	Hash staffHashCommand `cmd:"" help:"Read a password and print the hash for the configuration."`
}

type staffHashCommand struct{}

// Help is printed under the usage.
func (staffHashCommand) Help() string {
	return `At a terminal the password is asked for twice and not shown. Elsewhere the first
line of the input is the password. Put the printed line into the configuration as
password_hash. Passwords have 8 to 1024 bytes.`
}

const minPassword = 8

// Run prints the hash, and nothing else to the output.
func (staffHashCommand) Run(s streams) error {
	password, err := readPassword(s)
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

func readPassword(s streams) (string, error) {
	input := bufio.NewReader(io.LimitReader(s.in, 1<<16))
	if !terminal(s.in) {
		return readLine(input)
	}
	first, err := ask(s, input, "Password: ")
	if err != nil {
		return "", err
	}
	second, err := ask(s, input, "Once more: ")
	if err != nil {
		return "", err
	}
	if first != second {
		return "", wrongUse{errors.New("the two passwords differ")}
	}
	return first, nil
}

func terminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && info.Name() != os.DevNull && echo(f, true) == nil
}

func ask(s streams, input *bufio.Reader, prompt string) (string, error) {
	fmt.Fprint(s.err, prompt)
	if err := echo(s.in, false); err != nil {
		return "", fmt.Errorf("the terminal cannot hide what is typed; pipe the password in: %w", err)
	}
	defer func() { _ = echo(s.in, true); fmt.Fprintln(s.err) }()
	return readLine(input)
}

// echo switches the terminal's showing of what is typed.
func echo(f *os.File, on bool) error {
	mode := "-echo"
	if on {
		mode = "echo"
	}
	stty := exec.Command("stty", mode)
	stty.Stdin = f
	return stty.Run()
}

func readLine(input *bufio.Reader) (string, error) {
	line, err := input.ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	return strings.TrimRight(line, "\r\n"), nil
}
