package storetest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/store"
)

// patience is how long a test waits for what must come; it never waits so long
// when the engine is right.
const patience = 10 * time.Second

// awaitHint returns the next hint; ok is false when the watch has ended.
func awaitHint(t *testing.T, hints <-chan store.Hint) (h store.Hint, ok bool) {
	t.Helper()
	select {
	case h, ok = <-hints:
		return h, ok
	case <-time.After(patience):
		require.FailNow(t, "no hint came")
		return h, false
	}
}

// until reads hints until one is want.
func until(t *testing.T, hints <-chan store.Hint, want store.Hint) {
	t.Helper()
	for {
		got, ok := awaitHint(t, hints)
		require.True(t, ok, "the watch ended before %v", want)
		if got == want {
			return
		}
		require.False(t, got.ID == want.ID && got.Rev > want.Rev, "a hint of the future: %v", got)
	}
}

func testWatch(t *testing.T, s *subject) {
	s.commit(t, appends("old", 0, 1))
	ctx, cancel := context.WithCancel(s.ctx)
	one, err := s.Watch(ctx)
	require.NoError(t, err)
	two, err := s.Watch(s.ctx)
	require.NoError(t, err)

	s.commit(t, appends("c1", 0, 2))
	for _, hints := range []<-chan store.Hint{one, two} {
		until(t, hints, store.Hint{ID: "c1", Seq: 2, Rev: 1})
	}
	s.commit(t, store.Batch{Head: store.Head{ID: "c1", Seq: 2, Rev: 1}})
	until(t, one, store.Hint{ID: "c1", Seq: 2, Rev: 2})
	require.Error(t, s.Commit(s.ctx, appends("c1", 0, 1)))
	s.commit(t, records(store.Put{Space: "s", Key: "k"}))
	require.NoError(t, s.Erase(s.ctx, "c1"))
	until(t, one, store.Hint{ID: "c1"})

	cancel()
	for ok := true; ok; {
		_, ok = awaitHint(t, one)
	}
	s.commit(t, appends("c2", 0, 1))
	until(t, two, store.Hint{ID: "c2", Seq: 1, Rev: 1})
	require.NoError(t, s.Close())
	for ok := true; ok; {
		_, ok = awaitHint(t, two)
	}
}

// A watcher that does not read holds nobody up, and gets the latest of every
// conversation when it reads again.
func testSlowWatcher(t *testing.T, s *subject) {
	hints, err := s.Watch(s.ctx)
	require.NoError(t, err)
	const conversations, rounds = 20, 15
	for n := range rounds {
		for c := range conversations {
			s.commit(t, appends(fmt.Sprint("c", c), uint64(n), 1))
		}
	}
	latest := map[string]uint64{}
	for reached := 0; reached < conversations; {
		h, ok := awaitHint(t, hints)
		require.True(t, ok)
		require.Greater(t, h.Seq, latest[h.ID])
		latest[h.ID] = h.Seq
		if h.Seq == rounds {
			reached++
		}
	}
}
