package bot

import (
	"encoding/json"
	"time"
)

// Format is the version of the entry's outer form that is written today.
const Format = 1

// Audience says who may read an entry at all.
type Audience string

const (
	ForAll    Audience = "all"    // both sides
	ForStaff  Audience = "staff"  // the clinic's people
	ForSystem Audience = "system" // nobody; kept for the fold
)

// By is who did it. Login never leaves the house: readers get Role and Name.
type By struct {
	Role  Role   `json:"role"`
	Login string `json:"login,omitempty"`
	Name  string `json:"name,omitempty"`
}

// Entry is one fact of a conversation, in the past tense.
//
// Prev holds, for each audience, the sequence of the entry before this one that
// it may see, so that a reader finds a gap without reading backwards. Key is that
// of the command which left the entry, and the first entry of a command names in
// Actor whose key it is (Actor.Key), so that the journal itself knows a command
// that comes again. Hash and Seal are room kept for a chain of hashes and for a
// sealing key's id.
type Entry struct {
	V        int             `json:"v"`
	Seq      uint64          `json:"seq"`
	At       time.Time       `json:"at"`
	Kind     Kind            `json:"kind"`
	By       By              `json:"by"`
	Key      string          `json:"key,omitempty"`
	Actor    string          `json:"actor,omitempty"`
	Audience Audience        `json:"audience"`
	Prev     Prev            `json:"prev"`
	Body     json.RawMessage `json:"body"`
	Hash     string          `json:"hash,omitempty"`
	Seal     string          `json:"seal,omitempty"`
}

// Prev is the last entry before this one that patients, and that staff, may see.
type Prev struct {
	All   uint64 `json:"all"`
	Staff uint64 `json:"staff"`
}

// Visible reports whether a reader of the role may see the entry at all.
func (e Entry) Visible(reader Role) bool {
	switch e.Audience {
	case ForAll:
		return true
	case ForStaff:
		return reader.Staff()
	}
	return false
}

// PrevFor is Prev for a reader of the role.
func (e Entry) PrevFor(reader Role) uint64 {
	if reader.Staff() {
		return e.Prev.Staff
	}
	return e.Prev.All
}

// Encode gives the bytes that the journal keeps.
func (e Entry) Encode() []byte {
	b, err := json.Marshal(e)
	if err != nil {
		panic("bot: an entry that cannot be written: " + err.Error()) // bodies are our own structs
	}
	return b
}

// DecodeEntry reads what Encode wrote.
func DecodeEntry(b []byte) (Entry, error) {
	var e Entry
	err := json.Unmarshal(b, &e)
	return e, err
}
