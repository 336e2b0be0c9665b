package store

import (
	"fmt"
	"strings"
	"time"
)

// Bounds of names and bodies, in bytes. They keep every engine's own bounds out
// of sight; a caller that meets one has a fault.
const (
	MaxName = 255     // conversation id, list, space: 1 to MaxName, without NUL
	MaxKey  = 1024    // record key: 1 to MaxKey
	MaxData = 1 << 24 // an entry's data, a head's body, a record's value
	MaxBlob = 1 << 25
)

// LooseFor is how long a blob is kept at least for the batch that names it.
const LooseFor = time.Hour

// Check says whether the batch keeps the rules that need no look at the stored
// data; its error is ErrMalformed. Every engine calls it first.
func (b Batch) Check() error {
	if b.Head.ID == "" {
		if len(b.Entries) > 0 || len(b.Head.Lists) > 0 || len(b.Blobs) > 0 {
			return malformed("entries, lists or blobs without a head")
		}
		if len(b.Records) == 0 {
			return malformed("an empty batch")
		}
		return checkPuts(b.Records)
	}
	if err := b.checkHead(); err != nil {
		return err
	}
	if err := b.checkEntries(); err != nil {
		return err
	}
	for _, id := range b.Blobs {
		if err := CheckName("blob id", id); err != nil {
			return err
		}
	}
	return checkPuts(b.Records)
}

func (b Batch) checkHead() error {
	h := b.Head
	if err := CheckName("conversation id", h.ID); err != nil {
		return err
	}
	if len(h.Body) > MaxData {
		return malformed("a head's body of %d bytes", len(h.Body))
	}
	if err := checkTime("wake", h.Wake); err != nil {
		return err
	}
	for i, term := range h.Lists {
		if err := CheckName("list", term.List); err != nil {
			return err
		}
		for _, other := range h.Lists[:i] {
			if other.List == term.List {
				return malformed("list %q twice in one head", term.List)
			}
		}
	}
	return nil
}

func (b Batch) checkEntries() error {
	if len(b.Entries) == 0 {
		return nil
	}
	for i, e := range b.Entries {
		if want := b.After + 1 + uint64(i); e.Seq != want || want <= b.After {
			return malformed("entry %d where %d is next", e.Seq, want)
		}
		if len(e.Data) > MaxData {
			return malformed("an entry of %d bytes", len(e.Data))
		}
	}
	if last := b.Entries[len(b.Entries)-1].Seq; b.Head.Seq != last {
		return malformed("a head at %d with entries up to %d", b.Head.Seq, last)
	}
	return nil
}

func checkPuts(puts []Put) error {
	for i, p := range puts {
		if err := checkPut(p); err != nil {
			return err
		}
		for _, other := range puts[:i] {
			if other.Space == p.Space && other.Key == p.Key {
				return malformed("record %s/%s twice in one batch", p.Space, p.Key)
			}
		}
	}
	return nil
}

func checkPut(p Put) error {
	if err := CheckName("space", p.Space); err != nil {
		return err
	}
	if p.Key == "" || len(p.Key) > MaxKey {
		return malformed("a record key of %d bytes", len(p.Key))
	}
	if p.Of != "" {
		if err := CheckName("conversation id", p.Of); err != nil {
			return err
		}
	}
	if len(p.Value) > MaxData {
		return malformed("a record's value of %d bytes", len(p.Value))
	}
	return checkTime("expiry", p.Expires)
}

// CheckName says whether a conversation id, a list or a space may be called so;
// what names it in the error.
func CheckName(what, name string) error {
	if name == "" || len(name) > MaxName || strings.IndexByte(name, 0) >= 0 {
		return malformed("%s of %d bytes, or with a NUL", what, len(name))
	}
	return nil
}

// CheckBlob says whether a blob may be put so.
func CheckBlob(of, id string, size int) error {
	if err := CheckName("conversation id", of); err != nil {
		return err
	}
	if err := CheckName("blob id", id); err != nil {
		return err
	}
	if size > MaxBlob {
		return malformed("a blob of %d bytes", size)
	}
	return nil
}

// CheckLimit says whether a page may have this size.
func CheckLimit(limit int) error {
	if limit < 1 {
		return malformed("a page of %d", limit)
	}
	return nil
}

// checkTime keeps times within what counts in nanoseconds since 1970.
func checkTime(what string, t time.Time) error {
	if t.IsZero() {
		return nil
	}
	if y := t.UTC().Year(); y < 1970 || y > 2261 {
		return malformed("%s in the year %d", what, y)
	}
	return nil
}

func malformed(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrMalformed, fmt.Sprintf(format, args...))
}
