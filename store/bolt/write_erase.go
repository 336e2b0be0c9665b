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
	for _, key := range w.recordsOf(id) {
		w.removeRecord(key, w.record(key))
	}
	w.loseBlobs(id)
	w.moveWake(id, old.wake(), 0)
	w.moveLists(id, old.lists(), nil)
	w.put(w.heads, []byte(id), tombstone())
}

// recordsOf are the keys of all records of a conversation: those that the index
// knows, and those whose key says it.
func (w *writer) recordsOf(id string) [][]byte {
	prefix := named(nil, id)
	var keys [][]byte
	for _, key := range keysUnder(w.of, prefix) {
		keys = append(keys, bytes.Clone(key[len(prefix):]))
	}
	for _, space := range w.spaces() {
		for _, key := range keysUnder(w.records, recordKey(space, id+"/")) {
			indexed := w.of.Get(ofKey(id, key)) != nil // by an earlier layout
			if w.record(key).of() == id && !indexed {
				keys = append(keys, key)
			}
		}
	}
	return keys
}

// spaces are those that hold a record; there are a handful.
func (w *writer) spaces() []string {
	var all []string
	c := w.records.Cursor()
	for k, _ := c.First(); k != nil; {
		name, _, _ := bytes.Cut(k, []byte{0})
		space := string(name)
		all = append(all, space)
		k, _ = c.Seek([]byte(space + "\x01")) // a name holds no NUL, so the next one is above
	}
	return all
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
