package storetest

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/store"
)

func testRecords(t *testing.T, s *subject) {
	put := func(value string, cond store.Cond) store.Batch {
		return records(store.Put{Space: "session", Key: "k", Value: []byte(value), If: cond})
	}
	s.commit(t, put("one", store.Absent))
	first := s.record(t, "session", "k")
	require.Equal(t, store.Record{Space: "session", Key: "k", Value: []byte("one"), Rev: first.Rev}, first)
	require.NotZero(t, first.Rev)

	s.refused(t, "record session/k", put("two", store.Rev(0)))
	s.commit(t, put("two", store.Rev(first.Rev)))
	second := s.record(t, "session", "k")
	require.Greater(t, second.Rev, first.Rev)
	s.refused(t, "record session/k", put("three", store.Rev(first.Rev)))

	gone := records(store.Put{Space: "session", Key: "k", Delete: true, If: store.Rev(second.Rev)})
	s.commit(t, gone)
	_, err := s.Record(s.ctx, "session", "k")
	require.ErrorIs(t, err, store.ErrNotFound)
	s.refused(t, "record session/k", gone)
	s.commit(t, records(store.Put{Space: "session", Key: "k", Delete: true}))

	s.commit(t, put("again", store.Rev(0)))
	require.Greater(t, s.record(t, "session", "k").Rev, second.Rev, "a revision never comes back")
	_, err = s.Record(s.ctx, "session", "other")
	require.ErrorIs(t, err, store.ErrNotFound)
}

func testRecordPages(t *testing.T, s *subject) {
	var puts []store.Put
	for i := range 12 {
		puts = append(puts, store.Put{Space: "slot", Key: fmt.Sprintf("anna/%02d", i), Value: []byte{byte(i)}})
	}
	puts = append(puts,
		store.Put{Space: "slot", Key: "ann"}, store.Put{Space: "slot", Key: "anna0"},
		store.Put{Space: "slot", Key: "boris/00"}, store.Put{Space: "slot2", Key: "anna/00"})
	puts[3].Expires = s.in(time.Minute)
	s.commit(t, store.Batch{Records: puts})

	keys := func(prefix string, size int) (keys []string) {
		for cursor, first := "", true; first || cursor != ""; first = false {
			page, next, err := s.Records(s.ctx, "slot", prefix, cursor, size)
			require.NoError(t, err)
			require.LessOrEqual(t, len(page), size)
			for _, r := range page {
				keys = append(keys, r.Key)
			}
			cursor = next
		}
		return keys
	}
	require.Len(t, keys("anna/", 5), 12)
	require.Len(t, keys("", 4), 15)
	require.Equal(t, []string{"boris/00"}, keys("b", 1))
	require.Empty(t, keys("zoe", 1))
	s.opts.Clock.Pass(time.Minute)
	for _, size := range []int{1, 3, 11, 12} {
		all := keys("anna/", size)
		require.Len(t, all, 11, "the expired one is left out, and no page for it")
		require.NotContains(t, all, "anna/03")
	}
}

func testExpiry(t *testing.T, s *subject) {
	put := func(key string, d time.Duration) store.Put {
		return store.Put{Space: "ticket", Key: key, Of: "c1", Value: []byte("v"), Expires: s.in(d)}
	}
	s.commit(t, records(put("short", time.Minute), put("long", time.Hour)))
	require.True(t, s.record(t, "ticket", "short").Expires.Equal(s.in(time.Minute)))
	old := s.record(t, "ticket", "short").Rev

	s.opts.Clock.Pass(time.Minute - time.Microsecond)
	s.record(t, "ticket", "short")
	s.opts.Clock.Pass(time.Microsecond)
	_, err := s.Record(s.ctx, "ticket", "short")
	require.ErrorIs(t, err, store.ErrNotFound)
	again := put("short", time.Minute)
	again.If = store.Rev(old)
	s.refused(t, "record ticket/short", records(again))
	again.If = store.Absent
	s.commit(t, records(again))

	longer := put("long", 2*time.Hour)
	s.commit(t, records(longer))
	s.opts.Clock.Pass(time.Hour)
	s.commit(t, records(store.Put{Space: "other", Key: "k"})) // lets an engine sweep
	s.record(t, "ticket", "long")

	var many []store.Put
	for i := range 100 {
		many = append(many, put(fmt.Sprint("many", i), time.Second))
	}
	s.commit(t, store.Batch{Records: many})
	s.opts.Clock.Pass(time.Second)
	for i := range 10 {
		s.commit(t, appends("c1", uint64(i), 1))
	}
	page, next, err := s.Records(s.ctx, "ticket", "", "", 10)
	require.NoError(t, err)
	require.Empty(t, next)
	require.Len(t, page, 1)
	require.Equal(t, "long", page[0].Key)
}
