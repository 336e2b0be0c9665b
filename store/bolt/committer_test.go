package bolt

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.etcd.io/bbolt"

	"bedside/store"
)

func openNew(t *testing.T) *Store {
	t.Helper()
	s, err := Open(filepath.Join(t.TempDir(), "bedside.db"), Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

func appended(id string, seq uint64) store.Batch {
	return store.Batch{
		Head: store.Head{ID: id, Seq: seq}, After: seq - 1,
		Entries: []store.Entry{{Seq: seq, Data: []byte(id)}},
	}
}

// slowDisk makes each commit wait, after bbolt has shown it to readers, for a
// word of the test, and then fail if that word is an error.
func slowDisk(s *Store) (words chan<- error, commits *int) {
	hold, count := make(chan error), 0
	s.commit = func(tx *bbolt.Tx) error {
		count++
		return errors.Join(tx.Commit(), <-hold)
	}
	return hold, &count
}

// start commits beside the test.
func start(ctx context.Context, s *Store, b store.Batch) <-chan error {
	done := make(chan error, 1)
	go func() { done <- s.Commit(ctx, b) }()
	return done
}

// While the disk works on one group the next one gathers: all of it costs one
// sync, and the conflicts in it touch nobody else.
func TestGroup(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := openNew(t)
		words, commits := slowDisk(s)
		first := start(t.Context(), s, appended("first", 1))
		synctest.Wait()
		var good, rivals []<-chan error
		for i := range 30 {
			good = append(good, start(t.Context(), s, appended(fmt.Sprint("c", i), 1)))
			rivals = append(rivals, start(t.Context(), s, appended("rival", 1)))
		}
		synctest.Wait()
		words <- nil
		require.NoError(t, <-first)
		words <- nil
		won := 0
		for i := range good {
			require.NoError(t, <-good[i])
			switch err := <-rivals[i]; {
			case err == nil:
				won++
			default:
				require.ErrorIs(t, err, store.ErrConflict)
			}
		}
		require.Equal(t, 1, won)
		require.Equal(t, 2, *commits)
	})
}

// A group in which all are refused costs no sync at all.
func TestGroupOfRefusals(t *testing.T) {
	s := openNew(t)
	require.NoError(t, s.Commit(t.Context(), appended("c", 1)))
	s.commit = func(*bbolt.Tx) error { panic("nothing was to be written") }
	require.ErrorIs(t, s.Commit(t.Context(), appended("c", 1)), store.ErrConflict)
}

// What bbolt shows before the disk has confirmed it is not read.
func TestReadersWaitForTheSync(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := openNew(t)
		require.NoError(t, s.Commit(t.Context(), appended("c", 1)))
		words, _ := slowDisk(s)
		done := start(t.Context(), s, appended("c", 2))
		synctest.Wait()

		var seen store.Head
		read := make(chan error, 1)
		go func() {
			var err error
			seen, err = s.Head(t.Context(), "c")
			read <- err
		}()
		impatient, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := s.Head(impatient, "c")
		require.ErrorIs(t, err, context.DeadlineExceeded)
		synctest.Wait()
		select {
		case <-read:
			require.FailNow(t, "read what a power cut could still take back")
		default:
		}
		words <- nil
		require.NoError(t, <-read)
		require.NoError(t, <-done)
		require.EqualValues(t, 2, seen.Seq)
	})
}

// After a failed commit nobody is told that anything is so: its callers hear
// UNKNOWN, everybody else that the store has stopped, and why.
func TestDiskFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := openNew(t)
		words, commits := slowDisk(s)
		hints, err := s.Watch(t.Context())
		require.NoError(t, err)
		unlucky := start(t.Context(), s, appended("c", 1))
		synctest.Wait()
		queued := start(t.Context(), s, appended("d", 1))
		read := make(chan error, 1)
		go func() {
			_, err := s.Head(t.Context(), "c")
			read <- err
		}()
		synctest.Wait()

		words <- errors.New("input/output error")
		err = <-unlucky
		require.ErrorContains(t, err, "unknown")
		for _, known := range []error{store.ErrClosed, store.ErrConflict, store.ErrErased, store.ErrMalformed} {
			require.NotErrorIs(t, err, known)
		}
		for _, err := range []error{<-queued, <-read, s.Commit(t.Context(), appended("e", 1)), s.Erase(t.Context(), "e")} {
			require.ErrorIs(t, err, store.ErrClosed)
			require.ErrorContains(t, err, "input/output error")
			require.ErrorContains(t, err, s.path)
		}
		_, err = s.Record(t.Context(), "s", "k")
		require.ErrorIs(t, err, store.ErrClosed)
		require.Equal(t, 1, *commits)
		synctest.Wait()
		select {
		case h, open := <-hints:
			require.False(t, open, "a hint of what may not be: %v", h)
		default:
		}

		require.NoError(t, s.Close())
		again, err := Open(s.path, Options{})
		require.NoError(t, err)
		_, err = again.Head(t.Context(), "c")
		require.NoError(t, err, "opening again tells the truth: here the disk had it")
		require.NoError(t, again.Close())
	})
}

// What was queued when the store closed is committed and answered.
func TestCloseFinishesTheQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := openNew(t)
		words, _ := slowDisk(s)
		done := []<-chan error{start(t.Context(), s, appended("c", 1))}
		synctest.Wait()
		for i := range 5 {
			done = append(done, start(t.Context(), s, appended(fmt.Sprint("d", i), 1)))
		}
		synctest.Wait()
		closed := make(chan error, 1)
		go func() { closed <- s.Close() }()
		synctest.Wait()
		require.ErrorIs(t, s.Commit(t.Context(), appended("late", 1)), store.ErrClosed)
		words <- nil
		words <- nil
		for _, d := range done {
			require.NoError(t, <-d)
		}
		require.NoError(t, <-closed)
	})
}

// A caller that leaves does not take its batch with it.
func TestCancelledButQueued(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := openNew(t)
		words, _ := slowDisk(s)
		first := start(t.Context(), s, appended("c", 1))
		synctest.Wait()
		ctx, cancel := context.WithCancel(t.Context())
		b := appended("d", 1)
		second := start(ctx, s, b)
		synctest.Wait()
		cancel()
		require.ErrorIs(t, <-second, context.Canceled)
		b.Entries[0].Data[0] = '!' // it is the caller's again
		words <- nil
		require.NoError(t, <-first)
		words <- nil
		synctest.Wait()
		page, err := s.Entries(t.Context(), "d", 0, 5)
		require.NoError(t, err)
		require.Equal(t, []store.Entry{{Seq: 1, Data: []byte("d")}}, page)
	})
}

// A sleeper that goes by NextWake wakes exactly when something is due.
func TestWakeExactly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := openNew(t)
		due := time.Now().Add(36 * time.Hour)
		b := appended("c", 1)
		b.Head.Wake = due
		require.NoError(t, s.Commit(t.Context(), b))
		for _, want := range []time.Time{due, due.Add(time.Minute)} { // the second: its lease has run out
			next, err := s.NextWake(t.Context())
			require.NoError(t, err)
			time.Sleep(time.Until(next))
			require.True(t, time.Now().Equal(want))
			heads, err := s.TakeDue(t.Context(), time.Now(), 5, "me", time.Minute)
			require.NoError(t, err)
			require.Len(t, heads, 1)
		}
	})
}

func TestQueueBounds(t *testing.T) {
	var q queue
	q.init()
	for range maxGroup + 1 {
		require.NoError(t, q.push(&job{}))
	}
	group := q.take(nil)
	require.Len(t, group, maxGroup)
	require.Len(t, q.take(group), 1)

	big := &job{batch: &prepared{size: maxGroupBytes}}
	for range 2 {
		require.NoError(t, q.push(big))
	}
	require.Len(t, q.take(nil), 1)
	require.Len(t, q.take(nil), 1)
	q.close()
	require.Empty(t, q.take(nil))
	require.ErrorIs(t, q.push(big), store.ErrClosed)
}
