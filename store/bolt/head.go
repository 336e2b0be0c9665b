package bolt

import (
	"bytes"
	"encoding/binary"
	"errors"

	"bedside/store"
)

// headBytes is a head as it is stored:
//
//	1 byte  1 (a tombstone is the one byte 0 and nothing else)
//	8 bytes revision, 8 sequence, 8 wake
//	4 bytes length of the lists, then for each: 1 byte length, name, 8 rank
//	the rest is the body
//
// nil is a conversation that is not there.
type headBytes []byte

const (
	markTombstone = 0
	markHead      = 1
	headFixed     = 1 + 8 + 8 + 8 + 4
)

var errDamaged = errors.New("bolt: damaged value")

func tombstone() headBytes { return headBytes{markTombstone} }

func encodeHead(h store.Head) headBytes {
	size := headFixed + len(h.Body)
	for _, term := range h.Lists {
		size += 1 + len(term.List) + 8
	}
	raw := make(headBytes, 1, size)
	raw[0] = markHead
	raw = binary.BigEndian.AppendUint64(raw, h.Rev)
	raw = binary.BigEndian.AppendUint64(raw, h.Seq)
	raw = binary.BigEndian.AppendUint64(raw, uint64(stamp(h.Wake)))
	raw = binary.BigEndian.AppendUint32(raw, uint32(size-headFixed-len(h.Body)))
	for _, term := range h.Lists {
		raw = append(raw, byte(len(term.List))) // names are at most 255 bytes
		raw = append(raw, term.List...)
		raw = binary.BigEndian.AppendUint64(raw, uint64(term.Rank))
	}
	return append(raw, h.Body...)
}

func (raw headBytes) erased() bool  { return len(raw) == 1 && raw[0] == markTombstone }
func (raw headBytes) present() bool { return len(raw) >= headFixed }

// The accessors below want a head that is present, or nil, which has revision,
// sequence and wake 0 and no lists.

func (raw headBytes) rev() uint64 { return raw.number(1) }
func (raw headBytes) seq() uint64 { return raw.number(9) }
func (raw headBytes) wake() int64 { return int64(raw.number(17)) }

func (raw headBytes) number(at int) uint64 {
	if raw == nil {
		return 0
	}
	return binary.BigEndian.Uint64(raw[at:])
}

func (raw headBytes) setRev(rev uint64) { binary.BigEndian.PutUint64(raw[1:], rev) }

// terms is the encoded part that holds the lists; equal parts are equal lists.
func (raw headBytes) terms() []byte {
	if raw == nil {
		return nil
	}
	n := int(binary.BigEndian.Uint32(raw[headFixed-4:]))
	return raw[headFixed : headFixed+n]
}

func (raw headBytes) lists() []store.Term {
	var lists []store.Term
	for part := raw.terms(); len(part) > 0; {
		n := int(part[0])
		lists = append(lists, store.Term{
			List: string(part[1 : 1+n]),
			Rank: int64(binary.BigEndian.Uint64(part[1+n:])),
		})
		part = part[1+n+8:]
	}
	return lists
}

// decode copies the head out, or says why there is none.
func (raw headBytes) decode(id string) (store.Head, error) {
	switch {
	case raw == nil:
		return store.Head{}, store.ErrNotFound
	case raw.erased():
		return store.Head{}, store.ErrErased
	case !raw.present():
		return store.Head{}, errDamaged
	}
	return store.Head{
		ID: id, Seq: raw.seq(), Rev: raw.rev(), Wake: unstamp(raw.wake()),
		Lists: raw.lists(), Body: bytes.Clone(raw[headFixed+len(raw.terms()):]),
	}, nil
}
