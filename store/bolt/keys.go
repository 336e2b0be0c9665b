package bolt

import (
	"encoding/binary"
	"time"
)

// entryKey is conversation 0 seq.
func entryKey(id string, seq uint64) []byte {
	k := make([]byte, 0, len(id)+9)
	return binary.BigEndian.AppendUint64(named(k, id), seq)
}

// listKey is list 0 rank conversation; flipping the sign bit makes negative
// ranks sort first.
func listKey(list string, rank int64, id string) []byte {
	k := make([]byte, 0, len(list)+9+len(id))
	k = binary.BigEndian.AppendUint64(named(k, list), uint64(rank)^1<<63)
	return append(k, id...)
}

// wakeKey is time conversation.
func wakeKey(wake int64, id string) []byte {
	k := make([]byte, 0, 8+len(id))
	return append(binary.BigEndian.AppendUint64(k, uint64(wake)), id...)
}

// recordKey is space 0 key.
func recordKey(space, key string) []byte {
	k := make([]byte, 0, len(space)+1+len(key))
	return append(named(k, space), key...)
}

// ofKey is conversation 0 record key.
func ofKey(of string, record []byte) []byte {
	k := make([]byte, 0, len(of)+1+len(record))
	return append(named(k, of), record...)
}

// blobKey is conversation 0 id.
func blobKey(of, id string) []byte {
	k := make([]byte, 0, len(of)+1+len(id))
	return append(named(k, of), id...)
}

// expiryKey is time record key.
func expiryKey(expires int64, record []byte) []byte {
	k := make([]byte, 0, 8+len(record))
	return append(binary.BigEndian.AppendUint64(k, uint64(expires)), record...)
}

// named begins a key with a name and the NUL that ends it.
func named(k []byte, name string) []byte { return append(append(k, name...), 0) }

// stamp is a time as it is kept: nanoseconds since 1970, 0 for the zero time.
// The one moment that would be 0 itself is kept as the next nanosecond.
func stamp(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return max(t.UnixNano(), 1)
}

func unstamp(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.Unix(0, n).UTC()
}
