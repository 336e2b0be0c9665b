package storetest

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/store"
)

// wakes is a batch that sets the wake of a conversation.
func wakes(id string, after uint64, at time.Time) store.Batch {
	b := appends(id, after, 1)
	b.Head.Wake = at
	return b
}

func (s *subject) take(t *testing.T, limit int, owner string, ttl time.Duration) (ids []string) {
	t.Helper()
	heads, err := s.TakeDue(s.ctx, s.in(0), limit, owner, ttl)
	require.NoError(t, err)
	for _, h := range heads {
		ids = append(ids, h.ID)
	}
	return ids
}

func (s *subject) next(t *testing.T, want time.Time) {
	t.Helper()
	next, err := s.NextWake(s.ctx)
	require.NoError(t, err)
	require.True(t, want.Equal(next), "next wake %s instead of %s", next, want)
}

func testWakes(t *testing.T, s *subject) {
	s.next(t, time.Time{})
	s.commit(t,
		wakes("later", 0, s.in(time.Hour)), wakes("second", 0, s.in(2*time.Second)),
		wakes("first", 0, s.in(time.Second)), wakes("never", 0, time.Time{}))
	s.next(t, s.in(time.Second))
	require.Empty(t, s.take(t, 10, "me", time.Minute))

	s.opts.Clock.Pass(2 * time.Second)
	s.next(t, s.in(-time.Second))
	require.Equal(t, []string{"first"}, s.take(t, 1, "me", time.Minute))
	require.Equal(t, []string{"second"}, s.take(t, 10, "me", time.Minute))
	require.Empty(t, s.take(t, 10, "me", time.Minute))

	s.commit(t, wakes("first", 1, time.Time{}), wakes("second", 1, s.in(3*time.Second)))
	s.commit(t, wakes("never", 1, s.in(4*time.Second)))
	require.NoError(t, s.Release(s.ctx, "second", "me"))
	s.next(t, s.in(3*time.Second))
}

func testLeases(t *testing.T, s *subject) {
	s.commit(t, wakes("c1", 0, s.in(0)), wakes("c2", 0, s.in(time.Hour)))
	require.Equal(t, []string{"c1"}, s.take(t, 10, "me", time.Minute))
	s.next(t, s.in(time.Minute)) // when the lease ends, should its owner say no more
	require.Empty(t, s.take(t, 10, "you", time.Minute))
	require.NoError(t, s.Release(s.ctx, "c1", "you"))
	require.NoError(t, s.Release(s.ctx, "nobody", "you"))
	require.Empty(t, s.take(t, 10, "you", time.Minute), "one cannot release another's lease")

	require.NoError(t, s.Release(s.ctx, "c1", "me"))
	s.next(t, s.in(0))
	require.Equal(t, []string{"c1"}, s.take(t, 10, "you", time.Minute))

	s.opts.Clock.Pass(time.Minute)
	s.next(t, s.in(-time.Minute))
	require.Equal(t, []string{"c1"}, s.take(t, 10, "me", 2*time.Hour), "a lease ends")
	require.NoError(t, s.Release(s.ctx, "c1", "you"))
	s.next(t, s.in(59*time.Minute)) // c2, for the late release gave nothing back
	s.commit(t, wakes("c1", 1, s.in(0)))
	require.Empty(t, s.take(t, 10, "you", time.Minute), "a lease outlasts a commit")
	require.NoError(t, s.Erase(s.ctx, "c1"))
	require.NoError(t, s.Release(s.ctx, "c1", "me"))
	require.Empty(t, s.take(t, 10, "you", time.Minute))
}

// However many take at once, each due conversation is given to one of them.
func testManyTakers(t *testing.T, s *subject) {
	const due, takers = 60, 6
	for i := range due {
		s.commit(t, wakes(fmt.Sprint("c", i), 0, s.in(0)))
	}
	var mu sync.Mutex
	given := map[string]int{}
	var wait sync.WaitGroup
	for i := range takers {
		wait.Go(func() {
			for {
				heads, err := s.TakeDue(s.ctx, s.in(0), 3, fmt.Sprint("taker", i), time.Minute)
				if err != nil || len(heads) == 0 {
					return
				}
				mu.Lock()
				for _, h := range heads {
					given[h.ID]++
				}
				mu.Unlock()
			}
		})
	}
	wait.Wait()
	require.Len(t, given, due)
	for id, times := range given {
		require.Equal(t, 1, times, id)
	}
}
