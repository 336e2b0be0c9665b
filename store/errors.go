package store

import "errors"

// The closed set of errors that an engine gives a meaning; look for them with
// errors.Is. Of Commit and Erase every other error means UNKNOWN.
var (
	// ErrConflict: a condition of the batch did not hold; nothing was written.
	// Reload and decide again. It comes as a *ConflictError.
	ErrConflict = errors.New("store: conflict")

	// ErrNotFound: no such head or record, or the record has expired.
	ErrNotFound = errors.New("store: not found")

	// ErrErased: the conversation has been erased; it never comes back.
	ErrErased = errors.New("store: erased")

	// ErrMalformed: the call breaks the contract whatever is stored; nothing
	// was written and trying again will not help.
	ErrMalformed = errors.New("store: malformed")

	// ErrClosed: the store was closed, or has stopped after the disk failed (the
	// message says why) and must be opened anew. A Commit that gets it was not
	// written.
	ErrClosed = errors.New("store: closed")

	// ErrLocked: another process has the data open.
	ErrLocked = errors.New("store: locked")
)

// ConflictError names the condition that did not hold.
type ConflictError struct {
	// What is "journal", "head", "record space/key", or "blob id".
	What string
}

func (e *ConflictError) Error() string { return "store: conflict over " + e.What }

// Is makes errors.Is(err, ErrConflict) true.
func (e *ConflictError) Is(target error) bool { return target == ErrConflict }

// JournalConflict and those beside it make the conflicts that
// engines report, so that all name them alike.
func JournalConflict() error { return &ConflictError{What: "journal"} }

// HeadConflict is the conflict of a batch without entries.
func HeadConflict() error { return &ConflictError{What: "head"} }

// RecordConflict is the conflict of a Put's condition.
func RecordConflict(p Put) error {
	return &ConflictError{What: "record " + p.Space + "/" + p.Key}
}

// BlobConflict is the conflict of a batch that names a blob which is not there.
func BlobConflict(id string) error { return &ConflictError{What: "blob " + id} }

// SeqMoved is the refusal of a batch without entries whose revision fits but
// whose head claims another end of the journal: a fault of the caller.
func SeqMoved(claimed, stored uint64) error {
	return malformed("a head at %d over a journal that ends at %d", claimed, stored)
}
