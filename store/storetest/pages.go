package storetest

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/store"
)

func testJournalPages(t *testing.T, s *subject) {
	s.commit(t, appends("c", 0, 300), appends("c0", 0, 5), appends("b", 0, 5))
	for _, c := range []struct {
		after       uint64
		limit       int
		first, last uint64
	}{
		{0, 1, 1, 1}, {0, 300, 1, 300}, {0, 1000, 1, 300}, {254, 3, 255, 257},
		{299, 10, 300, 300}, {300, 10, 0, 0}, {1000, 10, 0, 0}, {math.MaxUint64, 10, 0, 0},
	} {
		page, err := s.Entries(s.ctx, "c", c.after, c.limit)
		require.NoError(t, err)
		requireSpan(t, page, c.first, c.last)
	}
	for _, c := range []struct {
		before      uint64
		limit       int
		first, last uint64
	}{
		{0, 1, 300, 300}, {0, 1000, 1, 300}, {1, 10, 0, 0}, {2, 10, 1, 1},
		{257, 3, 254, 256}, {301, 2, 299, 300}, {math.MaxUint64, 2, 299, 300}, {0, math.MaxInt, 1, 300},
	} {
		page, err := s.Before(s.ctx, "c", c.before, c.limit)
		require.NoError(t, err)
		requireSpan(t, page, c.first, c.last)
	}
	none, err := s.Before(s.ctx, "nobody", 0, 10)
	require.NoError(t, err)
	require.Empty(t, none)
}

// requireSpan wants the entries first to last; 0 is none.
func requireSpan(t *testing.T, page []store.Entry, first, last uint64) {
	t.Helper()
	if first == 0 {
		require.Empty(t, page)
		return
	}
	require.Len(t, page, int(last-first+1))
	require.Equal(t, entries("c", first-1, len(page)), page)
}

func testLists(t *testing.T, s *subject) {
	term := func(list string, rank int64) store.Term { return store.Term{List: list, Rank: rank} }
	s.commit(t,
		appends("c3", 0, 1, term("waiting", 0)),
		appends("c1", 0, 1, term("waiting", math.MaxInt64), term("all", 1)),
		appends("c2", 0, 1, term("waiting", math.MinInt64)),
		appends("c4", 0, 1, term("waiting", -1)),
		appends("c0", 0, 1, term("waiting", 0)),
		appends("c5", 0, 1, term("waitin", 0), term("waiting2", 0)),
	)
	require.Equal(t, []string{"c2", "c4", "c0", "c3", "c1"}, s.list(t, "waiting", 10))
	s.count(t, "waiting", 5)

	s.commit(t, appends("c2", 1, 1, term("waiting", 5))) // moves within
	s.commit(t, appends("c3", 1, 1))                     // leaves
	s.commit(t, appends("c1", 1, 1, term("all", 1), term("waiting", math.MaxInt64)))
	require.Equal(t, []string{"c4", "c0", "c2", "c1"}, s.list(t, "waiting", 10))
	s.count(t, "waiting", 4)
	s.count(t, "all", 1)
	s.count(t, "nothing", 0)
	require.Empty(t, s.list(t, "nothing", 10))
	heads, _, err := s.List(s.ctx, "all", "", 1)
	require.NoError(t, err)
	require.Equal(t, []store.Head{s.head(t, "c1")}, heads)
}

func (s *subject) count(t *testing.T, list string, want int) {
	t.Helper()
	n, err := s.Count(s.ctx, list)
	require.NoError(t, err)
	require.Equal(t, want, n)
}

// What stays in its place is seen once, whatever happens around the cursor.
func testListPages(t *testing.T, s *subject) {
	var want []string
	for i := range 23 {
		id := fmt.Sprintf("c%02d", i)
		want = append(want, id)
		s.commit(t, appends(id, 0, 1, store.Term{List: "l", Rank: int64(i / 4)}))
	}
	for _, size := range []int{1, 4, 22, 23, 24} {
		require.Equal(t, want, s.list(t, "l", size))
	}
	first, cursor, err := s.List(s.ctx, "l", "", 10)
	require.NoError(t, err)
	require.Len(t, first, 10)
	s.commit(t, appends("c09", 1, 1)) // the one the cursor stands on leaves
	s.commit(t, appends("early", 0, 1, store.Term{List: "l", Rank: -1}))
	rest, cursor, err := s.List(s.ctx, "l", cursor, 13)
	require.NoError(t, err)
	require.Empty(t, cursor)
	for i, h := range rest {
		require.Equal(t, want[10+i], h.ID)
	}
	require.Len(t, rest, 13)
}

// Names that are prefixes of one another, look like separators or are not text
// do not run into each other.
func testNames(t *testing.T, s *subject) {
	names := []string{"a", "ab", "a/", "a/b", "\x01", "\xff", "\xff\xff", "a\xff", "пациент", " "}
	for i, id := range names {
		b := appends(id, 0, i+1, store.Term{List: id, Rank: int64(i)})
		b.Records = []store.Put{{Space: id, Key: "\x00" + id, Of: id}}
		s.commit(t, b)
	}
	for i, id := range names {
		require.Len(t, journal(t, s.ctx, s, id), i+1)
		require.Equal(t, []string{id}, s.list(t, id, 3))
		page, next, err := s.Records(s.ctx, id, "", "", 10)
		require.NoError(t, err)
		require.Empty(t, next)
		require.Len(t, page, 1)
		require.Equal(t, "\x00"+id, page[0].Key)
	}
}
