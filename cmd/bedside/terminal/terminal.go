// Package terminal asks whoever sits before the program.
//
// A [Terminal] reads lines, and secrets that are not shown as they are typed.
// Every question ends with its context: after Ctrl-C the terminal shows again
// what is typed, and the question returns the context's error. What a cut-off
// question was still waiting for is lost; whoever is asked again types it anew.
package terminal

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"
)

// maxLine bounds an answer, in bytes.
const maxLine = 8 << 10

// Terminal is where questions are put and answered. One question at a time.
type Terminal struct {
	in  *os.File
	out io.Writer
}

// New asks on out and reads the answers from in.
func New(in *os.File, out io.Writer) *Terminal { return &Terminal{in: in, out: out} }

// Is reports whether somebody sits there, rather than a file or a pipe.
func Is(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }

// ErrTooLong says that an answer is longer than any right one.
var ErrTooLong = errors.New("that is longer than 8 KB")

// Line asks and gives the answer without the spaces around it. At the end of
// the input it is io.EOF.
func (t *Terminal) Line(ctx context.Context, prompt string) (string, error) {
	fmt.Fprint(t.out, prompt)
	line, err := wait(ctx, func() (string, error) { return ReadLine(t.in) })
	if err != nil {
		fmt.Fprintln(t.out)
	}
	return strings.TrimSpace(line), err
}

// Secret asks for what must not be shown while it is typed.
func (t *Terminal) Secret(ctx context.Context, prompt string) (string, error) {
	fd := int(t.in.Fd())
	before, err := term.GetState(fd)
	if err != nil {
		return "", fmt.Errorf("the terminal cannot hide what is typed; use a file or a pipe instead: %w", err)
	}
	fmt.Fprint(t.out, prompt)
	line, err := wait(ctx, func() (string, error) {
		b, err := term.ReadPassword(fd)
		return string(b), err
	})
	fmt.Fprintln(t.out)
	return line, errors.Join(err, term.Restore(fd, before))
}

// Say tells something, on lines of its own.
func (t *Terminal) Say(text string) { fmt.Fprintln(t.out, text) }

// wait reads aside, so that a context can end the question: a read of a
// terminal cannot be broken off. The reader is left behind until a line comes
// or the program ends, which is what follows.
func wait(ctx context.Context, read func() (string, error)) (string, error) {
	type answer struct {
		line string
		err  error
	}
	got := make(chan answer, 1)
	go func() {
		line, err := read()
		got <- answer{line, err}
	}()
	select {
	case a := <-got:
		return a.line, a.err
	case <-ctx.Done():
		return "", context.Cause(ctx)
	}
}

// ReadLine reads one line and not a byte more, so that what follows is still
// there for whoever reads next. A last line without an end is a line.
func ReadLine(in io.Reader) (string, error) {
	var line []byte
	for one := make([]byte, 1); len(line) < maxLine; {
		n, err := in.Read(one)
		switch {
		case n == 1 && one[0] == '\n':
			return strings.TrimSuffix(string(line), "\r"), nil
		case n == 1:
			line = append(line, one[0])
		case errors.Is(err, io.EOF) && len(line) > 0:
			return string(line), nil
		case err != nil:
			return "", err
		}
	}
	return "", ErrTooLong
}
