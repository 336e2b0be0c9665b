package bolt

import (
	"bytes"
	"slices"

	"bedside/store"
)

// prepared is a batch with everything encoded that can be before the
// transaction is at hand, so that callers do this work side by side and the
// committer only places bytes. It shares no memory with the caller's batch.
type prepared struct {
	head    store.Head // without Body
	after   uint64
	raw     headBytes // nil without a head; its revision is set when it is written
	entries []keyed
	puts    []preparedPut
	blobs   []string
	size    int
}

type keyed struct{ key, value []byte }

type preparedPut struct {
	store.Put
	key []byte
	raw recordBytes // its revision is set when it is written
}

// prepare expects a batch that has passed its Check.
func prepare(b store.Batch) *prepared {
	p := &prepared{head: b.Head, after: b.After, blobs: slices.Clone(b.Blobs)}
	if b.Head.ID != "" {
		p.raw = encodeHead(b.Head)
		p.head.Lists = slices.Clone(b.Head.Lists)
		p.head.Body = nil
		p.size += len(p.raw)
	}
	p.entries = make([]keyed, len(b.Entries))
	for i, e := range b.Entries {
		p.entries[i] = keyed{entryKey(b.Head.ID, e.Seq), bytes.Clone(e.Data)}
		p.size += len(e.Data)
	}
	p.puts = make([]preparedPut, len(b.Records))
	for i, put := range b.Records {
		p.puts[i] = preparedPut{Put: put, key: recordKey(put.Space, put.Key)}
		if !put.Delete {
			p.puts[i].raw = encodeRecord(put)
		}
		p.puts[i].Value = nil
		p.size += len(p.puts[i].raw)
	}
	return p
}
