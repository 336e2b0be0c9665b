package store

import (
	"math"
	"time"
)

// Put writes or deletes one record. A batch names a record once at most. Keys
// show up in errors: they hold hashes and ids, never a secret or a name.
type Put struct {
	Space, Key string
	Of         string // the conversation it is erased with; "" is none
	Value      []byte
	If         Cond
	Delete     bool      // deleting what is not there is no error
	Expires    time.Time // from then on it is not found; zero is never
}

// Record is a stored one.
type Record struct {
	Space, Key string
	Of         string
	Value      []byte
	// Rev changes with every write and never comes back for this key, not even
	// after a deletion. It is above 0 and grows, not always by one.
	Rev     uint64
	Expires time.Time // UTC
}

// Cond is what must hold of a record for its batch to be written. An expired
// record is absent.
type Cond uint64

// Any, the zero value, asks nothing; Absent wants no such record.
const (
	Any    Cond = 0
	Absent Cond = math.MaxUint64
)

// Rev wants the record to be at revision n still. Rev(0) is Absent, for 0 is
// the revision of a record that is not there.
func Rev(n uint64) Cond {
	if n == 0 {
		return Absent
	}
	return Cond(n)
}

// Holds says whether a record at revision rev (0: absent or expired) satisfies
// the condition.
func (c Cond) Holds(rev uint64) bool {
	switch c {
	case Any:
		return true
	case Absent:
		return rev == 0
	default:
		return rev == uint64(c)
	}
}
