package terminal

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A line is read to its end and no further: two secrets may come one after the
// other through one pipe.
func TestReadLine(t *testing.T) {
	in := strings.NewReader("one\r\n\ntwo words \nlast")
	for _, want := range []string{"one", "", "two words ", "last"} {
		line, err := ReadLine(in)
		require.NoError(t, err)
		require.Equal(t, want, line)
	}
	_, err := ReadLine(in)
	require.ErrorIs(t, err, io.EOF)
	_, err = ReadLine(strings.NewReader(strings.Repeat("x", maxLine+1)))
	require.ErrorIs(t, err, ErrTooLong)
}

// A question ends with its context, though nobody answers.
func TestAQuestionEndsWithItsContext(t *testing.T) {
	in, answers, err := os.Pipe()
	require.NoError(t, err)
	defer in.Close()
	var out bytes.Buffer
	ask := New(in, &out)

	_, err = answers.WriteString("  anna \n")
	require.NoError(t, err)
	line, err := ask.Line(t.Context(), "Who? ")
	require.NoError(t, err)
	require.Equal(t, "anna", line)

	ctx, stop := context.WithCancelCause(t.Context())
	stop(errors.New("interrupted"))
	_, err = ask.Line(ctx, "Who else? ")
	require.EqualError(t, err, "interrupted")
	require.Equal(t, "Who? Who else? \n", out.String())

	_, err = ask.Secret(t.Context(), "Password: ")
	require.ErrorContains(t, err, "cannot hide what is typed", "a pipe is no terminal")
	require.False(t, Is(in))
	require.NoError(t, answers.Close()) // lets go of the reader that was left behind
}
