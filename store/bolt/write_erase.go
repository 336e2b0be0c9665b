package bolt

import (
	"bytes"

	"go.etcd.io/bbolt"
)

// erase removes all that belongs to a conversation and leaves a tombstone.
func (w *writer) erase(id string) {
	old := w.head(id)
	if old.erased() {
		return
	}
	for _, key := range keysUnder(w.entries, named(nil, id)) {
		w.del(w.entries, key)
	}
	prefix := named(nil, id)
	for _, key := range keysUnder(w.of, prefix) {
		record := bytes.Clone(key[len(prefix):])
		w.removeRecord(record, w.record(record))
	}
	w.moveWake(id, old.wake(), 0)
	w.moveLists(id, old.lists(), nil)
	w.put(w.heads, []byte(id), tombstone())
}

// keysUnder gathers before anybody deletes, for a cursor loses its place when
// the keys beneath it go.
func keysUnder(b *bbolt.Bucket, prefix []byte) [][]byte {
	var keys [][]byte
	c := b.Cursor()
	for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = c.Next() {
		keys = append(keys, k)
	}
	return keys
}
