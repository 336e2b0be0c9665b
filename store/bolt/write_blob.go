package bolt

import (
	"bytes"
	"encoding/binary"

	"bedside/store"
)

// blobJob changes what the file knows of blobs.
type blobJob struct {
	do     blobDeed
	of     string
	ids    []string
	before int64 // doomBlobs: only what was put before
	did    bool  // whether anything was changed
}

type blobDeed int

const (
	loosenBlobs blobDeed = iota // they may lie on the disk from now on
	doomBlobs                   // no batch may name them any more
	forgetBlobs                 // they are off the disk
)

// looseBytes is what is known of a blob that no batch has named: 8 bytes of when
// it was put last, 0 where it is on its way off the disk. nil is none.
type looseBytes []byte

func (raw looseBytes) at() int64 { return int64(binary.BigEndian.Uint64(raw)) }

// since reports whether it was put at that moment or later.
func (raw looseBytes) since(at int64) bool { return raw.at() != 0 && raw.at() >= at }

func encodeLoose(at int64) looseBytes { return binary.BigEndian.AppendUint64(nil, uint64(at)) }

// changeBlobs does a blobJob.
func (w *writer) changeBlobs(j *blobJob) error {
	if j.do == loosenBlobs && w.head(j.of).erased() {
		return store.ErrErased
	}
	for _, id := range j.ids {
		key := blobKey(j.of, id)
		loose := looseBytes(w.loose.Get(key))
		switch {
		case j.do == loosenBlobs && w.blobs.Get(key) == nil:
			w.put(w.loose, key, encodeLoose(stamp(w.now)))
			j.did = true
		case j.do == doomBlobs && loose != nil && !loose.since(j.before):
			w.put(w.loose, key, encodeLoose(0))
			j.did = true
		case j.do == forgetBlobs && loose != nil && loose.at() == 0:
			w.del(w.loose, key)
			j.did = true
		}
	}
	return nil
}

// allowedBlobs wants every blob that a batch names to be there.
func (w *writer) allowedBlobs(p *prepared) error {
	for _, id := range p.blobs {
		key := blobKey(p.head.ID, id)
		if loose := looseBytes(w.loose.Get(key)); w.blobs.Get(key) == nil && (loose == nil || loose.at() == 0) {
			return store.BlobConflict(id)
		}
	}
	return nil
}

// held is the value of a blob that stays: bbolt does not tell an empty one that was
// put in the same transaction from none.
var held = []byte{1}

// holdBlobs makes those blobs stay.
func (w *writer) holdBlobs(p *prepared) {
	for _, id := range p.blobs {
		key := blobKey(p.head.ID, id)
		if loose := looseBytes(w.loose.Get(key)); loose != nil {
			w.put(w.blobs, key, held)
			w.del(w.loose, key)
		}
	}
}

// loseBlobs sends the blobs of an erased conversation on their way off the disk.
func (w *writer) loseBlobs(id string) {
	for _, key := range keysUnder(w.blobs, named(nil, id)) {
		key = bytes.Clone(key)
		w.put(w.loose, key, encodeLoose(0))
		w.del(w.blobs, key)
	}
	for _, key := range keysUnder(w.loose, named(nil, id)) {
		key = bytes.Clone(key)
		w.put(w.loose, key, encodeLoose(0))
	}
}
