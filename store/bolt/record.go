package bolt

import (
	"bytes"
	"encoding/binary"
	"time"

	"bedside/store"
)

// recordBytes is a record as it is stored: 8 bytes revision, 8 expiry, 1 length
// of the conversation's id, the id, the value. nil is a record that is not
// there.
type recordBytes []byte

const recordFixed = 8 + 8 + 1

func encodeRecord(p store.Put) recordBytes {
	raw := make(recordBytes, 8, recordFixed+len(p.Of)+len(p.Value))
	raw = binary.BigEndian.AppendUint64(raw, uint64(stamp(p.Expires)))
	raw = append(raw, byte(len(p.Of))) // ids are at most 255 bytes
	raw = append(raw, p.Of...)
	return append(raw, p.Value...)
}

func (raw recordBytes) setRev(rev uint64) { binary.BigEndian.PutUint64(raw, rev) }

// rev is 0 for a record that is not there.
func (raw recordBytes) rev() uint64 {
	if raw == nil {
		return 0
	}
	return binary.BigEndian.Uint64(raw)
}

// expires is 0 for never.
func (raw recordBytes) expires() int64 { return int64(binary.BigEndian.Uint64(raw[8:])) }

func (raw recordBytes) of() string {
	return string(raw[recordFixed : recordFixed+int(raw[recordFixed-1])])
}

// live is the record, or nil if it has expired by now.
func (raw recordBytes) live(now time.Time) recordBytes {
	if raw == nil {
		return nil
	}
	if e := raw.expires(); e != 0 && e <= now.UnixNano() {
		return nil
	}
	return raw
}

// decode copies a record out.
func (raw recordBytes) decode(space, key string) store.Record {
	of := raw.of()
	return store.Record{
		Space: space, Key: key, Of: of, Rev: raw.rev(), Expires: unstamp(raw.expires()),
		Value: bytes.Clone(raw[recordFixed+len(of):]),
	}
}
