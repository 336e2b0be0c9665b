package bolt

import (
	"bytes"
	"encoding/binary"
	"time"

	"go.etcd.io/bbolt"

	"bedside/store"
)

// writer places the jobs of one group into one transaction. It checks all that
// a job asks before it writes the first byte of it; an error of bbolt's own is
// kept in err and spoils the whole group.
type writer struct {
	now time.Time
	err error

	entries, heads, lists, counts, wakes, records, of, expiries, blobs, loose *bbolt.Bucket
}

func newWriter(tx *bbolt.Tx, now time.Time) *writer {
	w := &writer{
		now:     now,
		entries: tx.Bucket(bucketEntries), heads: tx.Bucket(bucketHeads),
		lists: tx.Bucket(bucketLists), counts: tx.Bucket(bucketCounts),
		wakes: tx.Bucket(bucketWakes), records: tx.Bucket(bucketRecords),
		of: tx.Bucket(bucketOf), expiries: tx.Bucket(bucketExpiries),
		blobs: tx.Bucket(bucketBlobs), loose: tx.Bucket(bucketLoose),
	}
	w.entries.FillPercent = 0.9 // journals only grow
	return w
}

// do applies one job; a refusal means that it left no trace. The hint's ID is
// empty when no head changed.
func (w *writer) do(j *job) (hint store.Hint, refusal error) {
	if j.blobs != nil {
		return store.Hint{}, w.changeBlobs(j.blobs)
	}
	if j.batch == nil {
		w.erase(j.erase)
		return store.Hint{ID: j.erase}, nil
	}
	return w.write(j.batch)
}

func (w *writer) write(p *prepared) (store.Hint, error) {
	var old headBytes
	if p.raw != nil {
		old = w.head(p.head.ID)
		if err := p.allowedOver(old); err != nil {
			return store.Hint{}, err
		}
	}
	for i := range p.puts {
		if err := w.allowed(&p.puts[i]); err != nil {
			return store.Hint{}, err
		}
	}
	if err := w.allowedBlobs(p); err != nil {
		return store.Hint{}, err
	}
	w.holdBlobs(p)
	for _, e := range p.entries {
		w.put(w.entries, e.key, e.value)
	}
	for i := range p.puts {
		w.writeRecord(&p.puts[i])
	}
	if p.raw == nil {
		return store.Hint{}, nil
	}
	w.writeHead(p, old)
	return store.Hint{ID: p.head.ID, Seq: p.head.Seq, Rev: p.raw.rev()}, nil
}

// allowedOver holds the batch's conditions over journal and head against the
// stored head.
func (p *prepared) allowedOver(old headBytes) error {
	switch {
	case old.erased():
		return store.ErrErased
	case len(p.entries) > 0 && old.seq() != p.after:
		return store.JournalConflict()
	case len(p.entries) == 0 && old.rev() != p.head.Rev:
		return store.HeadConflict()
	case len(p.entries) == 0 && old.seq() != p.head.Seq:
		return store.SeqMoved(p.head.Seq, old.seq())
	}
	return nil
}

func (w *writer) writeHead(p *prepared, old headBytes) {
	id := p.head.ID
	p.raw.setRev(old.rev() + 1)
	w.put(w.heads, []byte(id), p.raw)
	w.moveWake(id, old.wake(), p.raw.wake())
	if !bytes.Equal(old.terms(), p.raw.terms()) {
		w.moveLists(id, old.lists(), p.head.Lists)
	}
}

func (w *writer) moveWake(id string, from, to int64) {
	if from == to {
		return
	}
	if from != 0 {
		w.del(w.wakes, wakeKey(from, id))
	}
	if to != 0 {
		w.put(w.wakes, wakeKey(to, id), nil)
	}
}

func (w *writer) moveLists(id string, from, to []store.Term) {
	for _, term := range from {
		if rank, stays := rankIn(to, term.List); !stays || rank != term.Rank {
			w.del(w.lists, listKey(term.List, term.Rank, id))
			if !stays {
				w.count(term.List, -1)
			}
		}
	}
	for _, term := range to {
		if rank, was := rankIn(from, term.List); !was || rank != term.Rank {
			w.put(w.lists, listKey(term.List, term.Rank, id), nil)
			if !was {
				w.count(term.List, +1)
			}
		}
	}
}

func rankIn(lists []store.Term, list string) (rank int64, found bool) {
	for _, term := range lists {
		if term.List == list {
			return term.Rank, true
		}
	}
	return 0, false
}

func (w *writer) count(list string, by int64) {
	n := counted(w.counts.Get([]byte(list))) + by
	if n == 0 {
		w.del(w.counts, []byte(list))
		return
	}
	w.put(w.counts, []byte(list), binary.BigEndian.AppendUint64(nil, uint64(n)))
}

func counted(value []byte) int64 {
	if value == nil {
		return 0
	}
	return int64(binary.BigEndian.Uint64(value))
}

func (w *writer) head(id string) headBytes { return w.heads.Get([]byte(id)) }

func (w *writer) put(b *bbolt.Bucket, key, value []byte) { w.keep(b.Put(key, value)) }
func (w *writer) del(b *bbolt.Bucket, key []byte)        { w.keep(b.Delete(key)) }

func (w *writer) keep(err error) {
	if w.err == nil {
		w.err = err
	}
}
