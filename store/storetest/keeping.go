package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/store"
)

// furnish commits a little of everything.
func (s *subject) furnish(t *testing.T) {
	b := appends("c1", 0, 5, store.Term{List: "l", Rank: 3})
	b.Head.Wake = s.in(time.Minute)
	b.Records = []store.Put{
		{Space: "s", Key: "k", Of: "c1", Value: []byte("v")},
		{Space: "s", Key: "brief", Expires: s.in(time.Minute)},
	}
	s.commit(t, b, appends("erased", 0, 2))
	require.NoError(t, s.Erase(s.ctx, "erased"))
}

// requireFurnished wants to find what furnish committed, and a store that goes
// on from there.
func (s *subject) requireFurnished(t *testing.T) {
	t.Helper()
	require.Equal(t, entries("c1", 0, 5), journal(t, s.ctx, s, "c1"))
	require.EqualValues(t, 1, s.head(t, "c1").Rev)
	require.Equal(t, []string{"c1"}, s.list(t, "l", 2))
	s.count(t, "l", 1)
	s.next(t, s.in(time.Minute))
	s.requireErased(t, "erased")
	old := s.record(t, "s", "k")
	require.Equal(t, "v", string(old.Value))
	s.record(t, "s", "brief")
	s.refused(t, "journal", appends("c1", 4, 1))
	s.commit(t, appends("c1", 5, 1), records(store.Put{Space: "s", Key: "k", If: store.Rev(old.Rev)}))
	require.Greater(t, s.record(t, "s", "k").Rev, old.Rev)
}

func testReopen(t *testing.T, s *subject) {
	s.furnish(t)
	s.Store = s.opts.Reopen(t, s.Store)
	s.requireFurnished(t)
}

func testBackup(t *testing.T, s *subject) {
	s.furnish(t)
	var copied bytes.Buffer
	require.NoError(t, s.Backup(s.ctx, &copied))
	s.commit(t, appends("afterwards", 0, 1))

	restored := &subject{Store: s.opts.Restore(t, copied.Bytes()), opts: s.opts, ctx: s.ctx}
	restored.requireFurnished(t)
	_, err := restored.Head(s.ctx, "afterwards")
	require.ErrorIs(t, err, store.ErrNotFound)
	require.Len(t, journal(t, s.ctx, s, "c1"), 5, "the two are apart")
	require.NotContains(t, copied.String(), "erased#", "what is erased is in no backup")

	broken := errors.New("the pipe broke")
	require.ErrorIs(t, s.Backup(s.ctx, brokenWriter{broken}), broken)
	ended, cancel := context.WithCancel(s.ctx)
	cancel()
	require.ErrorIs(t, s.Backup(ended, &copied), context.Canceled)
}

type brokenWriter struct{ err error }

func (b brokenWriter) Write([]byte) (int, error) { return 0, b.err }

// stalledWriter lets the first write through only when it is told.
type stalledWriter struct {
	copied        bytes.Buffer
	reached, goOn chan struct{}
}

func (w *stalledWriter) Write(p []byte) (int, error) {
	if w.copied.Len() == 0 {
		close(w.reached)
		<-w.goOn
	}
	return w.copied.Write(p)
}

// A backup is one moment, and a reader of it that stands still holds nobody up.
func testBackupUnderWrites(t *testing.T, s *subject) {
	const before, meanwhile = 5, 30
	s.commit(t, appends("c1", 0, before))
	w := &stalledWriter{reached: make(chan struct{}), goOn: make(chan struct{})}
	done := make(chan error, 1)
	go func() { done <- s.Backup(s.ctx, w) }()
	<-w.reached
	for i := range meanwhile {
		b := appends("c1", uint64(before+i), 1)
		b.Records = []store.Put{{Space: "n", Key: fmt.Sprintf("%02d", i)}}
		s.commit(t, b)
	}
	close(w.goOn)
	require.NoError(t, <-done)
	restored := s.opts.Restore(t, w.copied.Bytes())
	require.Len(t, journal(t, s.ctx, restored, "c1"), before)
	page, _, err := restored.Records(s.ctx, "n", "", "", 100)
	require.NoError(t, err)
	require.Empty(t, page)
}

func testClosed(t *testing.T, s *subject) {
	s.furnish(t)
	require.NoError(t, s.Close())
	require.NoError(t, s.Close())
	for name, call := range map[string]func() error{
		"commit":   func() error { return s.Commit(s.ctx, appends("c1", 5, 1)) },
		"erase":    func() error { return s.Erase(s.ctx, "c1") },
		"entries":  func() error { _, err := s.Entries(s.ctx, "c1", 0, 1); return err },
		"before":   func() error { _, err := s.Before(s.ctx, "c1", 0, 1); return err },
		"head":     func() error { _, err := s.Head(s.ctx, "c1"); return err },
		"seqs":     func() error { _, err := s.Seqs(s.ctx, []string{"c1"}); return err },
		"list":     func() error { _, _, err := s.List(s.ctx, "l", "", 1); return err },
		"count":    func() error { _, err := s.Count(s.ctx, "l"); return err },
		"record":   func() error { _, err := s.Record(s.ctx, "s", "k"); return err },
		"records":  func() error { _, _, err := s.Records(s.ctx, "s", "", "", 1); return err },
		"take due": func() error { _, err := s.TakeDue(s.ctx, s.in(0), 1, "me", time.Second); return err },
		"release":  func() error { return s.Release(s.ctx, "c1", "me") },
		"wake":     func() error { _, err := s.NextWake(s.ctx); return err },
		"watch":    func() error { _, err := s.Watch(s.ctx); return err },
		"put blob": func() error { return s.PutBlob(s.ctx, "c1", "b", nil) },
		"blob":     func() error { _, err := s.Blob(s.ctx, "c1", "b"); return err },
		"backup":   func() error { return s.Backup(s.ctx, &bytes.Buffer{}) },
	} {
		t.Run(name, func(t *testing.T) {
			require.ErrorIs(t, call(), store.ErrClosed)
		})
	}
}
