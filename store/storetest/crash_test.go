package storetest_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/store"
	"bedside/store/storetest"
)

func appended(id string, seq uint64) store.Batch {
	return store.Batch{
		Head: store.Head{ID: id, Seq: seq, Wake: time.Now()}, After: seq - 1,
		Entries: []store.Entry{{Seq: seq}},
	}
}

func TestCrashingCountsAndLetsThrough(t *testing.T) {
	c := storetest.Crashing(storetest.NewModel(), -1, storetest.LoseCommit)
	require.NoError(t, c.Commit(t.Context(), appended("c", 1)))
	require.ErrorIs(t, c.Commit(t.Context(), appended("c", 1)), store.ErrConflict)
	require.NoError(t, c.Erase(t.Context(), "c"))
	require.Equal(t, 3, c.Commits())
}

// With the process die its leases and watches, and nothing else.
func TestCrashingFreesWhatAProcessHolds(t *testing.T) {
	m := storetest.NewModel()
	c := storetest.Crashing(m, 2, storetest.LoseAnswer)
	hints, err := c.Watch(t.Context())
	require.NoError(t, err)
	for _, id := range []string{"c", "d"} {
		require.NoError(t, c.Commit(t.Context(), appended(id, 1)))
	}
	heads, err := c.TakeDue(t.Context(), time.Now(), 9, "me", time.Hour)
	require.NoError(t, err)
	require.Len(t, heads, 2)

	require.ErrorIs(t, c.Commit(t.Context(), appended("c", 2)), storetest.ErrCrashed)
	<-c.Dead()
	require.ErrorIs(t, c.Commit(t.Context(), appended("c", 3)), storetest.ErrCrashed)
	require.ErrorIs(t, c.Release(t.Context(), "c", "me"), storetest.ErrCrashed)
	for range hints { // ends, or the test does
	}
	heads, err = m.TakeDue(t.Context(), time.Now(), 9, "the next process", time.Hour)
	require.NoError(t, err)
	require.Len(t, heads, 2)
	require.EqualValues(t, 2, max(heads[0].Seq, heads[1].Seq), "the deadly commit was written")
	require.NoError(t, c.Close())
	require.NoError(t, m.Commit(t.Context(), appended("c", 3)), "the store outlives the process")
}

// However many write at once, exactly n writes pass, and none after death.
func TestCrashingUnderConcurrency(t *testing.T) {
	for _, how := range []storetest.How{storetest.LoseCommit, storetest.LoseAnswer} {
		t.Run(how.String(), func(t *testing.T) {
			const n = 7
			m := storetest.NewModel()
			c := storetest.Crashing(m, n, how)
			var wait sync.WaitGroup
			acked := make(chan string, 100)
			for i := range 30 {
				wait.Go(func() {
					if id := fmt.Sprint("c", i); c.Commit(t.Context(), appended(id, 1)) == nil {
						acked <- id
					}
				})
			}
			wait.Wait()
			require.LessOrEqual(t, len(acked), n)
			close(acked)
			written := 0
			for i := range 30 {
				if _, err := m.Head(t.Context(), fmt.Sprint("c", i)); err == nil {
					written++
				}
			}
			want := n
			if how == storetest.LoseAnswer {
				want++
			}
			require.Equal(t, want, written)
			for id := range acked {
				_, err := m.Head(t.Context(), id)
				require.NoError(t, err)
			}
		})
	}
}
