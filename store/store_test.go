package store_test

import (
	"context"
	"fmt"
	"math"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"bedside/store"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestCond(t *testing.T) {
	for _, c := range []struct {
		cond  store.Cond
		rev   uint64
		holds bool
	}{
		{store.Any, 0, true}, {store.Any, 7, true}, {store.Cond(0), 7, true},
		{store.Absent, 0, true}, {store.Absent, 7, false},
		{store.Rev(0), 0, true}, {store.Rev(0), 7, false},
		{store.Rev(7), 7, true}, {store.Rev(7), 8, false}, {store.Rev(7), 0, false},
	} {
		require.Equal(t, c.holds, c.cond.Holds(c.rev), "%d over %d", c.cond, c.rev)
	}
	require.Equal(t, store.Cond(math.MaxUint64), store.Absent)
}

func TestConflictsNameTheirCondition(t *testing.T) {
	for says, err := range map[string]error{
		"journal":       store.JournalConflict(),
		"head":          store.HeadConflict(),
		"record seat/x": store.RecordConflict(store.Put{Space: "seat", Key: "x", Value: []byte("private")}),
	} {
		wrapped := fmt.Errorf("claiming: %w", err)
		require.ErrorIs(t, wrapped, store.ErrConflict)
		require.NotErrorIs(t, wrapped, store.ErrErased)
		var conflict *store.ConflictError
		require.ErrorAs(t, wrapped, &conflict)
		require.Equal(t, says, conflict.What)
		require.NotContains(t, err.Error(), "private")
	}
}

func TestSeqMovedIsTheCallersFault(t *testing.T) {
	require.ErrorIs(t, store.SeqMoved(3, 2), store.ErrMalformed)
}

func hint(id string, seq uint64) store.Hint { return store.Hint{ID: id, Seq: seq, Rev: seq} }

// Waiting hints melt by conversation and keep the order of first news.
func TestWatchersMelt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var ws store.Watchers
		defer ws.Close()
		hints, err := ws.Watch(t.Context())
		require.NoError(t, err)
		ws.Tell(hint("stuck", 1))
		synctest.Wait() // its forwarder now offers that one
		for seq := range uint64(100) {
			ws.Tell(hint("a", seq), hint("b", seq))
		}
		ws.Tell(hint("stuck", 2))
		for _, want := range []store.Hint{hint("stuck", 1), hint("a", 99), hint("b", 99), hint("stuck", 2)} {
			require.Equal(t, want, <-hints)
		}
		synctest.Wait()
		select {
		case h := <-hints:
			require.FailNow(t, "one too many", "%v", h)
		default:
		}
	})
}

func TestWatchersEnd(t *testing.T) {
	var ws store.Watchers
	ws.Tell(hint("nobody hears", 1))
	ctx, cancel := context.WithCancel(t.Context())
	one, err := ws.Watch(ctx)
	require.NoError(t, err)
	two, err := ws.Watch(t.Context())
	require.NoError(t, err)
	ws.Tell(hint("a", 1))
	cancel()
	for range one { // ends, or the test does
	}
	ws.Close()
	for range two {
	}
	ws.Close()
	ws.Tell(hint("a", 2))
	_, err = ws.Watch(t.Context())
	require.ErrorIs(t, err, store.ErrClosed)
}

// Everybody watches, tells and leaves at once; nobody waits for anybody.
func TestWatchersUnderConcurrency(t *testing.T) {
	var ws store.Watchers
	var wait sync.WaitGroup
	for n := range 8 {
		wait.Go(func() {
			for seq := range uint64(200) {
				ws.Tell(hint(fmt.Sprint(n), seq+1))
			}
		})
		wait.Go(func() {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			hints, err := ws.Watch(ctx)
			if err != nil {
				return
			}
			last := map[string]uint64{}
			for h := range hints {
				if h.Seq <= last[h.ID] {
					panic("hints of one conversation ran backwards")
				}
				if last[h.ID] = h.Seq; h.Seq > 150 {
					return
				}
			}
		})
	}
	ws.Tell(hint("last", 1))
	wait.Go(func() {
		ws.Tell(hint("last", 1000))
	})
	done := make(chan struct{})
	go func() { wait.Wait(); close(done) }()
	ws.Close() // also ends those who saw nothing more
	<-done
}
