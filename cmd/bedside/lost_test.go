package main

import (
	"context"
	"log/slog"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/store"
)

// A journal that takes nothing more ends the process with an error, for only a
// new one can go on; until then every probe says so.
func TestAServerWhoseJournalHasStoppedSaysSoAndEnds(t *testing.T) {
	d, err := newDemo("127.0.0.1:0", t.TempDir(), slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, d.Close()) })
	require.NoError(t, d.app.Start())
	base := "http://" + d.bedside.Addr().String()
	probe := func(path string) int {
		t.Helper()
		answer, err := http.Get(base + path)
		require.NoError(t, err)
		require.NoError(t, answer.Body.Close())
		return answer.StatusCode
	}
	require.Equal(t, 200, probe("/healthz"))
	require.NoError(t, d.app.store.Close())
	require.Equal(t, 503, probe("/readyz"))
	require.Equal(t, 503, probe("/healthz"), "from then on")
	http.DefaultClient.CloseIdleConnections()

	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	err = d.app.runUntil(ctx)
	require.ErrorIs(t, err, store.ErrClosed)
	require.NoError(t, ctx.Err(), "by itself")
	require.Equal(t, exitFailed, exitCode(err, streams{err: t.Output()}))
}
