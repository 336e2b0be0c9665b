package storetest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/store"
)

func testErase(t *testing.T, s *subject) {
	b := appends("c1", 0, 40, store.Term{List: "l", Rank: 1})
	b.Head.Wake = s.in(0)
	b.Records = []store.Put{
		{Space: "ticket", Key: "a", Of: "c1"},
		{Space: "find", Key: "b", Of: "c1", Expires: s.in(time.Hour)},
		{Space: "find", Key: "c"},
		{Space: "key", Key: "c1/patient/k", Of: "c1"},
		{Space: "key\x01", Key: "c1/patient/k", Of: "c1", Expires: s.in(time.Hour)},
		{Space: "key", Key: "c1/of another", Of: "c2"},
		{Space: "key", Key: "c1/of nobody"},
	}
	s.commit(t, b)
	s.commit(t, records(store.Put{Space: "key", Key: "c1/moved", Of: "c2"}))
	s.commit(t, records(store.Put{Space: "key", Key: "c1/moved", Of: "c1"}))
	require.NoError(t, s.Erase(s.ctx, "c1"))
	s.requireErased(t, "c1")
	s.count(t, "l", 0)
	require.Empty(t, s.list(t, "l", 5))
	require.Empty(t, s.take(t, 10, "me", time.Minute))
	s.next(t, time.Time{})
	_, err := s.Record(s.ctx, "ticket", "a")
	require.ErrorIs(t, err, store.ErrNotFound)
	_, err = s.Record(s.ctx, "find", "b")
	require.ErrorIs(t, err, store.ErrNotFound)
	s.record(t, "find", "c")
	_, err = s.Record(s.ctx, "key\x01", "c1/patient/k")
	require.ErrorIs(t, err, store.ErrNotFound)
	page, _, err := s.Records(s.ctx, "key", "", "", 10)
	require.NoError(t, err)
	require.Len(t, page, 2)
	s.record(t, "key", "c1/of another")
	s.record(t, "key", "c1/of nobody")

	require.NoError(t, s.Erase(s.ctx, "c1"))
	require.NoError(t, s.Erase(s.ctx, "never there"))
	s.requireErased(t, "never there")
	s.opts.Clock.Pass(2 * time.Hour)
	s.commit(t, appends("c2", 0, 1)) // whatever sweeps finds nothing amiss
}

// requireErased wants every way in to meet the tombstone.
func (s *subject) requireErased(t *testing.T, id string) {
	t.Helper()
	_, err := s.Head(s.ctx, id)
	require.ErrorIs(t, err, store.ErrErased)
	_, err = s.Entries(s.ctx, id, 0, 10)
	require.ErrorIs(t, err, store.ErrErased)
	_, err = s.Before(s.ctx, id, 0, 10)
	require.ErrorIs(t, err, store.ErrErased)
	seqs, err := s.Seqs(s.ctx, []string{id})
	require.NoError(t, err)
	require.Empty(t, seqs)
	require.ErrorIs(t, s.Commit(s.ctx, appends(id, 0, 1)), store.ErrErased)
	require.ErrorIs(t, s.Commit(s.ctx, appends(id, 40, 1)), store.ErrErased)
	require.ErrorIs(t, s.Commit(s.ctx, store.Batch{Head: store.Head{ID: id}}), store.ErrErased)
	require.ErrorIs(t, s.Commit(s.ctx, records(store.Put{Space: "x", Key: "y", Of: id})), store.ErrErased)
	_, err = s.Record(s.ctx, "x", "y")
	require.ErrorIs(t, err, store.ErrNotFound)
}

// Ids that begin alike, and a record that changed hands, are told apart.
func testEraseNeighbours(t *testing.T, s *subject) {
	for _, id := range []string{"c", "c1", "c10", "c\x01", "c\xff"} {
		b := appends(id, 0, 3, store.Term{List: "l"})
		b.Records = []store.Put{{Space: "of", Key: id, Of: id}}
		s.commit(t, b)
	}
	s.commit(t, records(store.Put{Space: "seat", Key: "anna", Of: "c1"}))
	s.commit(t, records(store.Put{Space: "seat", Key: "anna", Of: "c10"}))
	s.commit(t, records(store.Put{Space: "seat", Key: "boris", Of: "c1"}))
	s.commit(t, records(store.Put{Space: "seat", Key: "boris"}))
	require.NoError(t, s.Erase(s.ctx, "c1"))
	require.NoError(t, s.Erase(s.ctx, "c"))
	for _, id := range []string{"c10", "c\x01", "c\xff"} {
		require.Len(t, journal(t, s.ctx, s, id), 3)
		require.Equal(t, id, s.record(t, "of", id).Of)
	}
	require.Equal(t, "c10", s.record(t, "seat", "anna").Of)
	require.Empty(t, s.record(t, "seat", "boris").Of)
	s.count(t, "l", 3)
	page, _, err := s.Records(s.ctx, "of", "", "", 10)
	require.NoError(t, err)
	require.Len(t, page, 3)
}
