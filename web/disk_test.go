package web

import (
	"bytes"
	"errors"
	"log/slog"
	"runtime"
	"strings"
	"testing"

	"bedside/bot"

	"github.com/stretchr/testify/require"
)

func TestANearlyFullDiskBeginsNothing(t *testing.T) {
	var log bytes.Buffer
	free, failure := int64(100), error(nil)
	d := &disk{
		folder: "data", least: func() int64 { return 100 }, log: slog.New(slog.NewTextHandler(&log, nil)),
		free: func(folder string) (int64, error) { require.Equal(t, "data", folder); return free, failure },
	}
	require.NoError(t, d.mayFill())
	free = 99
	for range 3 {
		var no *bot.Refusal
		require.ErrorAs(t, d.mayFill(), &no)
		require.Equal(t, bot.Unavailable, no.Code)
		require.Positive(t, no.RetryAfter)
	}
	require.Equal(t, 1, strings.Count(log.String(), "nearly full"), "told once")
	free = 100
	require.NoError(t, d.mayFill())
	require.NoError(t, d.mayFill())
	require.Equal(t, 1, strings.Count(log.String(), "room again"))

	free, failure = 0, errors.New("no such disk")
	require.NoError(t, d.mayFill(), "what is not known refuses nobody")
	require.Contains(t, log.String(), "no such disk")
	require.EqualValues(t, -1, d.gauge())
	log.Reset()
	failure = errors.ErrUnsupported
	require.NoError(t, d.mayFill())
	require.Empty(t, log.String())
	require.NoError(t, (&disk{}).mayFill(), "nothing is watched")
}

func TestFreeBytes(t *testing.T) {
	free, err := freeBytes(t.TempDir())
	if runtime.GOOS != "linux" {
		require.ErrorIs(t, err, errors.ErrUnsupported)
		return
	}
	require.NoError(t, err)
	require.Positive(t, free)
	_, err = freeBytes(t.TempDir() + "/nowhere")
	require.Error(t, err)
}
