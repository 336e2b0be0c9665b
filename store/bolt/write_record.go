package bolt

import "bedside/store"

// sweepStep bounds how many expired records a group removes on its way.
const sweepStep = 16

// allowed holds one put against the tombstone of its conversation and against
// the stored record.
func (w *writer) allowed(p *preparedPut) error {
	if p.Of != "" && w.head(p.Of).erased() {
		return store.ErrErased
	}
	if p.If == store.Any {
		return nil
	}
	if !p.If.Holds(w.record(p.key).live(w.now).rev()) {
		return store.RecordConflict(p.Put)
	}
	return nil
}

func (w *writer) writeRecord(p *preparedPut) {
	if old := w.record(p.key); old != nil {
		w.unindex(p.key, old)
	}
	if p.Delete {
		w.del(w.records, p.key)
		return
	}
	rev, err := w.records.NextSequence()
	w.keep(err)
	p.raw.setRev(rev)
	w.put(w.records, p.key, p.raw)
	if p.Of != "" && !namesOf(p.Key, p.Of) {
		w.put(w.of, ofKey(p.Of, p.key), nil)
	}
	if e := p.raw.expires(); e != 0 {
		w.put(w.expiries, expiryKey(e, p.key), nil)
	}
}

// namesOf reports whether a record's key begins with its conversation and a
// slash. Erasing finds such a record by its key: it needs no index, which would
// cost every message a page more.
func namesOf(key, of string) bool {
	return len(key) > len(of) && key[len(of)] == '/' && key[:len(of)] == of
}

// removeRecord takes a record and its index keys away.
func (w *writer) removeRecord(key []byte, old recordBytes) {
	w.unindex(key, old)
	w.del(w.records, key)
}

func (w *writer) unindex(key []byte, old recordBytes) {
	if of := old.of(); of != "" {
		w.del(w.of, ofKey(of, key))
	}
	if e := old.expires(); e != 0 {
		w.del(w.expiries, expiryKey(e, key))
	}
}

// sweep removes the records that expired first.
func (w *writer) sweep() {
	var due [][]byte
	end := expiryKey(w.now.UnixNano(), nil)
	c := w.expiries.Cursor()
	for k, _ := c.First(); k != nil && len(due) < sweepStep && string(k[:8]) <= string(end); k, _ = c.Next() {
		due = append(due, k[8:])
	}
	for _, key := range due {
		w.removeRecord(key, w.record(key))
	}
}

func (w *writer) record(key []byte) recordBytes { return w.records.Get(key) }
