package bolt

import (
	"bytes"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.etcd.io/bbolt"
	"pgregory.net/rapid"

	"bedside/store"
)

// keys counts the keys of every bucket.
func keys(t *testing.T, s *Store) map[string]int {
	t.Helper()
	all := map[string]int{}
	require.NoError(t, s.db.View(func(tx *bbolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bbolt.Bucket) error {
			all[string(name)] = b.Stats().KeyN
			return nil
		})
	}))
	return all
}

// Erasing leaves the tombstone and not one key besides.
func TestEraseLeavesNothing(t *testing.T) {
	s := openNew(t)
	before := keys(t, s)
	b := appended("c", 1)
	b.Head.Lists = []store.Term{{List: "l"}, {List: "m", Rank: -4}}
	b.Head.Wake = time.Now()
	b.Records = []store.Put{
		{Space: "s", Key: "k", Of: "c", Expires: time.Now().Add(time.Hour)},
		{Space: "s", Key: "l", Of: "c"},
	}
	require.NoError(t, s.Commit(t.Context(), b))
	require.NoError(t, s.Erase(t.Context(), "c"))
	before["heads"]++
	require.Equal(t, before, keys(t, s))
	require.NoError(t, s.db.View(func(tx *bbolt.Tx) error {
		return tx.Bucket(bucketHeads).ForEach(func(_, v []byte) error {
			require.Equal(t, tombstone(), headBytes(v))
			return nil
		})
	}))
}

// Files from before records were found by their own keys hold an index of all.
func TestEraseOfWhatIsIndexedTwice(t *testing.T) {
	s := openNew(t)
	before := keys(t, s)
	b := appended("c", 1)
	b.Records = []store.Put{{Space: "s", Key: "c/k", Of: "c"}}
	require.NoError(t, s.Commit(t.Context(), b))
	require.Equal(t, before["of"], keys(t, s)["of"])
	require.NoError(t, s.db.Update(func(tx *bbolt.Tx) error {
		return tx.Bucket(bucketOf).Put(ofKey("c", recordKey("s", "c/k")), nil)
	}))
	require.NoError(t, s.Erase(t.Context(), "c"))
	before["heads"]++
	require.Equal(t, before, keys(t, s))
}

// Expired records go a few at a time with whatever is written next.
func TestSweepInSteps(t *testing.T) {
	now := time.Now()
	s, err := Open(filepath.Join(t.TempDir(), "bedside.db"), Options{Now: func() time.Time { return now }})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	var b store.Batch
	for i := range 3*sweepStep - 1 {
		b.Records = append(b.Records, store.Put{
			Space: "s", Key: fmt.Sprint(i), Of: "c", Expires: now.Add(time.Duration(i) * time.Millisecond),
		})
	}
	now = now.Add(-time.Hour)
	require.NoError(t, s.Commit(t.Context(), b))
	now = now.Add(2 * time.Hour)
	for step := 1; step <= 3; step++ {
		require.NoError(t, s.Commit(t.Context(), appended("d", uint64(step))))
		want := max(0, len(b.Records)-step*sweepStep)
		for _, bucket := range []string{"records", "expiries", "of"} {
			require.Equal(t, want, keys(t, s)[bucket], bucket)
		}
	}
}

// The order of keys is the order of what they say.
func TestKeysSort(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rank, stamp := rapid.Int64(), rapid.Int64Min(0)
		a, b := rank.Draw(t, "a"), rank.Draw(t, "b")
		require.Equal(t, a < b, bytes.Compare(listKey("l", a, "x"), listKey("l", b, "x")) < 0)
		x, y := stamp.Draw(t, "x"), stamp.Draw(t, "y")
		require.Equal(t, x < y, bytes.Compare(wakeKey(x, "c"), wakeKey(y, "c")) < 0)
		p, q := rapid.Uint64().Draw(t, "p"), rapid.Uint64().Draw(t, "q")
		require.Equal(t, p < q, bytes.Compare(entryKey("c", p), entryKey("c", q)) < 0)
	})
}

// A head or record comes back as it went in.
func TestCodec(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringN(1, -1, store.MaxName)
		head := store.Head{
			ID: "c", Seq: rapid.Uint64().Draw(t, "seq"), Rev: rapid.Uint64().Draw(t, "rev"),
			Wake: unstamp(rapid.Int64Min(0).Draw(t, "wake")),
			Body: rapid.SliceOfN(rapid.Byte(), 1, 100).Draw(t, "body"),
		}
		for range rapid.IntRange(0, 4).Draw(t, "lists") {
			head.Lists = append(head.Lists, store.Term{List: name.Draw(t, "list"), Rank: rapid.Int64().Draw(t, "rank")})
		}
		got, err := encodeHead(head).decode("c")
		require.NoError(t, err)
		require.Equal(t, head, got)

		put := store.Put{Of: name.Draw(t, "of"), Expires: unstamp(rapid.Int64Min(0).Draw(t, "expires")), Value: head.Body}
		raw := encodeRecord(put)
		raw.setRev(head.Rev)
		require.Equal(t, store.Record{
			Space: "s", Key: "k", Of: put.Of, Value: put.Value, Rev: head.Rev, Expires: put.Expires,
		}, raw.decode("s", "k"))
	})
}
