package storetest

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bedside/store"
)

// Options is what the suite has to know of an engine.
type Options struct {
	// Clock is the one that the engine under test goes by. Required.
	Clock *Clock
	// Reopen ends the process that uses s and opens its data again. Required.
	Reopen func(t testing.TB, s store.Store) store.Store
	// Restore opens a backup as a store of its own. Required.
	Restore func(t testing.TB, backup []byte) store.Store
}

// Run asks an engine what the contract of package store says. Open
// returns an empty store, which it closes with the test.
func Run(t *testing.T, open func(t testing.TB) store.Store, opts Options) {
	for _, part := range []struct {
		name string
		test func(t *testing.T, s *subject)
	}{
		{"commit", testCommit},
		{"commit conditions", testConditions},
		{"malformed", testMalformed},
		{"many writers", testManyWriters},
		{"one group", testOneGroup},
		{"one seat", testOneSeat},
		{"contexts", testContexts},
		{"copies", testCopies},
		{"journal pages", testJournalPages},
		{"lists", testLists},
		{"list pages", testListPages},
		{"names", testNames},
		{"records", testRecords},
		{"record pages", testRecordPages},
		{"expiry", testExpiry},
		{"wakes", testWakes},
		{"leases", testLeases},
		{"many takers", testManyTakers},
		{"watch", testWatch},
		{"slow watcher", testSlowWatcher},
		{"erase", testErase},
		{"erase one of two", testEraseNeighbours},
		{"blobs", testBlobs},
		{"blobs of an erased conversation", testBlobsErased},
		{"blobs at once", testBlobsAtOnce},
		{"blobs in a backup", testBlobsInBackup},
		{"blobs and crash points", testBlobCrashPoints},
		{"reopen", testReopen},
		{"backup", testBackup},
		{"backup under writes", testBackupUnderWrites},
		{"closed", testClosed},
		{"crash points", testCrashPoints},
	} {
		t.Run(part.name, func(t *testing.T) {
			part.test(t, &subject{Store: open(t), opts: opts, open: open, ctx: t.Context()})
		})
	}
}

// RunRandom does the same random things to the engine and to the model and
// wants the same answers. It writes thousands of times and proves nothing about
// durability, so open may return an engine that does not sync.
func RunRandom(t *testing.T, open func(t testing.TB) store.Store, opts Options) {
	rapid.Check(t, func(rt *rapid.T) {
		s := &subject{Store: open(t), opts: opts, open: open, ctx: t.Context()}
		compareRandomly(t, rt, s)
	})
}

// subject is the engine under test with the phrases that tests are made of.
type subject struct {
	store.Store
	opts Options
	open func(t testing.TB) store.Store
	ctx  context.Context
}

// entries are count entries behind after, each saying its own sequence.
func entries(id string, after uint64, count int) []store.Entry {
	all := make([]store.Entry, count)
	for i := range all {
		seq := after + 1 + uint64(i)
		all[i] = store.Entry{Seq: seq, Data: []byte(id + "#" + string(rune('a'+seq%26)))}
	}
	return all
}

// appends is a batch of count entries behind after.
func appends(id string, after uint64, count int, lists ...store.Term) store.Batch {
	return store.Batch{
		Head:  store.Head{ID: id, Seq: after + uint64(count), Lists: lists, Body: []byte("body of " + id)},
		After: after, Entries: entries(id, after, count),
	}
}

func records(puts ...store.Put) store.Batch { return store.Batch{Records: puts} }

// commit wants every batch to be written.
func (s *subject) commit(t *testing.T, batches ...store.Batch) {
	t.Helper()
	for _, b := range batches {
		require.NoError(t, s.Commit(s.ctx, b))
	}
}

// refused wants a batch to be a conflict over what.
func (s *subject) refused(t *testing.T, what string, b store.Batch) {
	t.Helper()
	err := s.Commit(s.ctx, b)
	require.ErrorIs(t, err, store.ErrConflict)
	var conflict *store.ConflictError
	require.ErrorAs(t, err, &conflict)
	require.Equal(t, what, conflict.What)
}

func (s *subject) head(t *testing.T, id string) store.Head {
	t.Helper()
	head, err := s.Head(s.ctx, id)
	require.NoError(t, err)
	return head
}

func (s *subject) record(t *testing.T, space, key string) store.Record {
	t.Helper()
	r, err := s.Record(s.ctx, space, key)
	require.NoError(t, err)
	return r
}

// journal is the whole journal, read in pages of three.
func journal(t *testing.T, ctx context.Context, s store.Store, id string) (all []store.Entry) {
	t.Helper()
	for {
		page, err := s.Entries(ctx, id, uint64(len(all)), 3)
		require.NoError(t, err)
		all = append(all, page...)
		for i, e := range all {
			require.EqualValues(t, i+1, e.Seq)
		}
		if len(page) < 3 {
			return all
		}
	}
}

// list is a whole list, read in pages.
func (s *subject) list(t *testing.T, list string, page int) (ids []string) {
	t.Helper()
	for cursor, first := "", true; first || cursor != ""; first = false {
		heads, next, err := s.List(s.ctx, list, cursor, page)
		require.NoError(t, err)
		for _, h := range heads {
			ids = append(ids, h.ID)
		}
		cursor = next
	}
	return ids
}

// in is the moment d from the clock's now.
func (s *subject) in(d time.Duration) time.Time { return s.opts.Clock.Now().Add(d) }
