package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/store"
)

func testCommit(t *testing.T, s *subject) {
	b := appends("c1", 0, 2, store.Term{List: "waiting/gp", Rank: -5}, store.Term{List: "doctor/anna", Rank: 7})
	b.Head.Wake = s.in(time.Minute)
	b.Head.Rev = 99 // not looked at beside entries
	b.Records = []store.Put{{Space: "ticket", Key: "t1", Of: "c1", Value: []byte("v")}}
	s.commit(t, b)

	want := b.Head
	want.Rev = 1
	require.Equal(t, want, s.head(t, "c1"))
	require.Equal(t, b.Entries, journal(t, s.ctx, s, "c1"))
	require.Equal(t, "c1", s.record(t, "ticket", "t1").Of)

	s.commit(t, appends("c1", 2, 1))
	head := s.head(t, "c1")
	require.EqualValues(t, 2, head.Rev)
	require.EqualValues(t, 3, head.Seq)
	require.Empty(t, head.Lists, "a commit replaces the head whole")
	require.True(t, head.Wake.IsZero())

	head.Body = []byte("changed without an entry")
	s.commit(t, store.Batch{Head: head})
	require.EqualValues(t, 3, s.head(t, "c1").Rev)
	require.Len(t, journal(t, s.ctx, s, "c1"), 3)

	seqs, err := s.Seqs(s.ctx, []string{"c1", "nobody"})
	require.NoError(t, err)
	require.Equal(t, map[string]uint64{"c1": 3}, seqs)

	_, err = s.Head(s.ctx, "nobody")
	require.ErrorIs(t, err, store.ErrNotFound)
	none, err := s.Entries(s.ctx, "nobody", 0, 10)
	require.NoError(t, err)
	require.Empty(t, none)
}

// A condition that fails leaves nothing of its batch behind, whichever it is.
func testConditions(t *testing.T, s *subject) {
	s.commit(t, appends("c1", 0, 3), records(store.Put{Space: "seat", Key: "anna", Value: []byte("c0")}))
	rev := s.record(t, "seat", "anna").Rev
	trace := store.Put{Space: "trace", Key: "x"}
	with := func(b store.Batch, puts ...store.Put) store.Batch {
		b.Records = append([]store.Put{trace}, puts...)
		return b
	}
	for name, c := range map[string]struct {
		what  string
		batch store.Batch
	}{
		"behind":          {"journal", with(appends("c1", 2, 1))},
		"ahead":           {"journal", with(appends("c1", 4, 1))},
		"anew":            {"journal", with(appends("c1", 0, 1))},
		"not there":       {"journal", with(appends("c2", 1, 1))},
		"old head":        {"head", with(store.Batch{Head: store.Head{ID: "c1", Seq: 3, Rev: 0}})},
		"future head":     {"head", with(store.Batch{Head: store.Head{ID: "c1", Seq: 3, Rev: 2}})},
		"no head":         {"head", with(store.Batch{Head: store.Head{ID: "c2", Rev: 1}})},
		"seat taken":      {"record seat/anna", with(appends("c1", 3, 1), store.Put{Space: "seat", Key: "anna", If: store.Absent})},
		"seat moved on":   {"record seat/anna", with(appends("c1", 3, 1), store.Put{Space: "seat", Key: "anna", If: store.Rev(rev + 1)})},
		"seat never been": {"record seat/boris", with(appends("c3", 0, 1), store.Put{Space: "seat", Key: "boris", If: store.Rev(rev), Delete: true})},
	} {
		t.Run(name, func(t *testing.T) {
			s.refused(t, c.what, c.batch)
			_, err := s.Record(s.ctx, "trace", "x")
			require.ErrorIs(t, err, store.ErrNotFound)
			require.Len(t, journal(t, s.ctx, s, "c1"), 3)
			require.EqualValues(t, 1, s.head(t, "c1").Rev)
			require.Equal(t, rev, s.record(t, "seat", "anna").Rev)
		})
	}
	err := s.Commit(s.ctx, store.Batch{Head: store.Head{ID: "c1", Seq: 9, Rev: 1}})
	require.ErrorIs(t, err, store.ErrMalformed, "a head that moves the journal's end without entries")

	s.commit(t, with(appends("c1", 3, 1), store.Put{Space: "seat", Key: "anna", If: store.Rev(rev)}))
	s.commit(t, store.Batch{Head: store.Head{ID: "c4"}}) // a head before its first entry
	s.commit(t, appends("c4", 0, 1))
	require.EqualValues(t, 2, s.head(t, "c4").Rev)
}

func testMalformed(t *testing.T, s *subject) {
	long := strings.Repeat("x", store.MaxName+1)
	gap := appends("c1", 0, 2)
	gap.Entries[1].Seq = 3
	ahead := appends("c1", 0, 2)
	ahead.Head.Seq = 3
	headless := appends("c1", 0, 1)
	headless.Head = store.Head{}
	wrapped := appends("c1", ^uint64(0), 1)
	for name, b := range map[string]store.Batch{
		"nothing":         {},
		"gap":             gap,
		"head ahead":      ahead,
		"headless":        headless,
		"past the end":    wrapped,
		"long id":         appends(long, 0, 1),
		"NUL in id":       appends("c\x001", 0, 1),
		"NUL in list":     appends("c1", 0, 1, store.Term{List: "a\x00"}),
		"nameless list":   appends("c1", 0, 1, store.Term{}),
		"list twice":      appends("c1", 0, 1, store.Term{List: "a"}, store.Term{List: "a", Rank: 1}),
		"huge body":       {Head: store.Head{ID: "c1", Body: make([]byte, store.MaxData+1)}},
		"ancient wake":    {Head: store.Head{ID: "c1", Wake: time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)}},
		"distant wake":    {Head: store.Head{ID: "c1", Wake: time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)}},
		"keyless record":  records(store.Put{Space: "s"}),
		"long key":        records(store.Put{Space: "s", Key: strings.Repeat("k", store.MaxKey+1)}),
		"spaceless":       records(store.Put{Key: "k"}),
		"record of a NUL": records(store.Put{Space: "s", Key: "k", Of: "\x00"}),
		"record twice":    records(store.Put{Space: "s", Key: "k"}, store.Put{Space: "s", Key: "k", Delete: true}),
		"huge value":      records(store.Put{Space: "s", Key: "k", Value: make([]byte, store.MaxData+1)}),
	} {
		t.Run(name, func(t *testing.T) {
			require.ErrorIs(t, s.Commit(s.ctx, b), store.ErrMalformed)
		})
	}
	_, err := s.Entries(s.ctx, "c1", 0, 0)
	require.ErrorIs(t, err, store.ErrMalformed)
	_, err = s.Before(s.ctx, "", 0, 1)
	require.ErrorIs(t, err, store.ErrMalformed)
	_, _, err = s.List(s.ctx, "l", "?!", 1)
	require.ErrorIs(t, err, store.ErrMalformed)
	_, _, err = s.Records(s.ctx, "s", "", "", -1)
	require.ErrorIs(t, err, store.ErrMalformed)
	_, err = s.TakeDue(s.ctx, s.in(0), 0, "me", time.Second)
	require.ErrorIs(t, err, store.ErrMalformed)
	require.ErrorIs(t, s.Erase(s.ctx, ""), store.ErrMalformed)
}

// Writers of one conversation that all retry their conflicts lose nothing and
// double nothing; others in the same groups are not touched.
func testManyWriters(t *testing.T, s *subject) {
	const writers, each = 8, 12
	var wait sync.WaitGroup
	failed := make(chan error, 2*writers)
	for w := range writers {
		wait.Go(func() { failed <- appendAll(s, "shared", w, each) })
		wait.Go(func() { failed <- appendAll(s, fmt.Sprint("own", w), w, each) })
	}
	wait.Wait()
	for range 2 * writers {
		require.NoError(t, <-failed)
	}
	seen := map[string]int{}
	all := journal(t, s.ctx, s, "shared")
	for _, e := range all {
		seen[string(e.Data)]++
	}
	require.Len(t, all, writers*each)
	require.Len(t, seen, writers*each)
	require.EqualValues(t, writers*each, s.head(t, "shared").Rev)
	for w := range writers {
		require.Len(t, journal(t, s.ctx, s, fmt.Sprint("own", w)), each)
	}
}

func appendAll(s *subject, id string, writer, count int) error {
	for n := 0; n < count; {
		head, err := s.Head(s.ctx, id)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		b := appends(id, head.Seq, 1)
		b.Entries[0].Data = fmt.Appendf(nil, "%d/%d", writer, n)
		switch err := s.Commit(s.ctx, b); {
		case err == nil:
			n++
		case !errors.Is(err, store.ErrConflict):
			return err
		}
	}
	return nil
}

// Of many commits on the same sequence one gets through, and so do all the
// innocent ones beside them.
func testOneGroup(t *testing.T, s *subject) {
	const n = 40
	rivals, others := make([]error, n), make([]error, n)
	var wait sync.WaitGroup
	for i := range n {
		wait.Go(func() { rivals[i] = s.Commit(s.ctx, appends("rival", 0, 1)) })
		wait.Go(func() { others[i] = s.Commit(s.ctx, appends(fmt.Sprint("other", i), 0, 2)) })
	}
	wait.Wait()
	won := 0
	for i := range n {
		require.NoError(t, others[i])
		if rivals[i] == nil {
			won++
			continue
		}
		require.ErrorIs(t, rivals[i], store.ErrConflict)
	}
	require.Equal(t, 1, won)
	require.Len(t, journal(t, s.ctx, s, "rival"), 1)
}

// Two patients for one doctor, two doctors for one patient: a record's
// condition spans conversations.
func testOneSeat(t *testing.T, s *subject) {
	const n = 20
	errs := make([]error, n)
	var wait sync.WaitGroup
	for i := range n {
		wait.Go(func() {
			b := appends(fmt.Sprint("c", i), 0, 1)
			b.Records = []store.Put{{Space: "slot", Key: "9:30", Of: b.Head.ID, Value: []byte(b.Head.ID), If: store.Absent}}
			errs[i] = s.Commit(s.ctx, b)
		})
	}
	wait.Wait()
	holder := string(s.record(t, "slot", "9:30").Value)
	for i, err := range errs {
		id := fmt.Sprint("c", i)
		if id == holder {
			require.NoError(t, err)
			continue
		}
		require.ErrorIs(t, err, store.ErrConflict)
		_, err := s.Head(s.ctx, id)
		require.ErrorIs(t, err, store.ErrNotFound)
	}
}

// An ended context ends the call; what it was doing is whole or not there.
func testContexts(t *testing.T, s *subject) {
	ended, cancel := context.WithCancel(s.ctx)
	cancel()
	require.ErrorIs(t, s.Commit(ended, appends("c1", 0, 1)), context.Canceled)
	_, err := s.Head(ended, "c1")
	require.ErrorIs(t, err, context.Canceled)
	_, err = s.Watch(ended)
	require.ErrorIs(t, err, context.Canceled)
	_, err = s.Head(s.ctx, "c1")
	require.ErrorIs(t, err, store.ErrNotFound, "its context had ended before it was queued")

	for i := range 20 {
		ctx, cancel := context.WithCancel(s.ctx)
		done := make(chan error, 1)
		id := fmt.Sprint("cancelled", i)
		go func() { done <- s.Commit(ctx, appends(id, 0, 3)) }()
		cancel()
		err := <-done
		s.commit(t, appends("behind", uint64(i), 1)) // passes the queue behind it
		all := journal(t, s.ctx, s, id)
		require.Contains(t, []int{0, 3}, len(all))
		if err == nil {
			require.Len(t, all, 3)
		}
	}
}

// Nothing handed in or out is shared.
func testCopies(t *testing.T, s *subject) {
	b := appends("c1", 0, 1, store.Term{List: "l", Rank: 1})
	b.Records = []store.Put{{Space: "s", Key: "k", Value: []byte("value")}}
	want := bytes.Clone(b.Entries[0].Data)
	s.commit(t, b)
	spoil := func(head store.Head, entry store.Entry, value []byte) {
		for _, p := range [][]byte{head.Body, entry.Data, value} {
			clear(p)
		}
		head.Lists[0] = store.Term{List: "spoilt"}
	}
	spoil(b.Head, b.Entries[0], b.Records[0].Value)
	for range 2 {
		head, all, r := s.head(t, "c1"), journal(t, s.ctx, s, "c1"), s.record(t, "s", "k")
		require.Equal(t, "body of c1", string(head.Body))
		require.Equal(t, []store.Term{{List: "l", Rank: 1}}, head.Lists)
		require.Equal(t, want, all[0].Data)
		require.Equal(t, "value", string(r.Value))
		spoil(head, all[0], r.Value)
	}
}
