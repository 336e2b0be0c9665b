package store

import (
	"context"
	"io"
	"time"
)

// Store is what an engine offers. All methods may be called at once from many
// goroutines. A limit below 1 is ErrMalformed; a page shorter than its limit is
// the last one.
type Store interface {
	// Commit writes the batch or refuses it. After a nil error the head's
	// revision is the previous one + 1 (the first is 1).
	//
	// Refusals are ErrConflict (as *ConflictError, naming the condition),
	// ErrErased, ErrMalformed and ErrClosed. Any other error means UNKNOWN.
	Commit(ctx context.Context, b Batch) error

	// Entries returns up to limit entries with a sequence above after,
	// ascending. An unknown conversation has none; an erased one is ErrErased.
	Entries(ctx context.Context, id string, after uint64, limit int) ([]Entry, error)

	// Before returns, ascending, the last limit entries with a sequence below
	// before; before 0 is the end of the journal. Paging back ends when a page
	// is shorter than its limit. Errors as in Entries.
	Before(ctx context.Context, id string, before uint64, limit int) ([]Entry, error)

	// Head returns the current head, ErrNotFound or ErrErased.
	Head(ctx context.Context, id string) (Head, error)

	// Seqs returns the last sequence of each of the conversations; unknown and
	// erased ones are left out.
	Seqs(ctx context.Context, ids []string) (map[string]uint64, error)

	// List returns a page of the heads that carry a Term of this list, by rank
	// and then by id. The cursor is "" at first and then the next of the page
	// before; an empty next means that nothing follows. Cursors are opaque and
	// outlive changes: what stays in its place is neither passed over nor shown
	// twice.
	List(ctx context.Context, list, cursor string, limit int) (heads []Head, next string, err error)

	// Count is the number of heads in a list, in constant time.
	Count(ctx context.Context, list string) (int, error)

	// Record returns a record or ErrNotFound; an expired one is not found.
	Record(ctx context.Context, space, key string) (Record, error)

	// Records returns a page of the records of a space whose key begins with
	// prefix, by key; cursor and next as in List. Expired ones are left out.
	Records(ctx context.Context, space, prefix, cursor string, limit int) (records []Record, next string, err error)

	// TakeDue returns up to limit heads whose Wake is not after now, earliest
	// first, and leases each to owner until now+ttl. Until then, or until its
	// Release, nobody is given it again, its owner neither. A lease is a
	// courtesy that saves work, never a truth: what decides is Commit.
	TakeDue(ctx context.Context, now time.Time, limit int, owner string, ttl time.Duration) ([]Head, error)

	// Release gives a lease back before its end. To release what one does not
	// hold changes nothing and is no error.
	Release(ctx context.Context, id, owner string) error

	// NextWake is the earliest moment at which TakeDue would have something to
	// give: the earliest Wake, where a leased head counts from the end of its
	// lease on. Zero means never. With it an engine sleeps exactly as long as
	// it may; a Hint says when to ask again.
	NextWake(ctx context.Context) (time.Time, error)

	// Watch returns hints of what is committed from now on, until ctx ends or
	// the store closes; then the channel is closed. Hints of one conversation
	// that nobody has read yet melt into the latest, so a slow reader delays no
	// commit and loses nothing but intermediate steps. A commit's hint is
	// under way before its Commit returns.
	Watch(ctx context.Context) (<-chan Hint, error)

	// PutBlob keeps large data of a conversation, up to MaxBlob bytes, for a
	// batch to name in its Blobs; after a nil error it is on the disk. A blob
	// never changes: to put one whose id is there already is no error and does
	// nothing. One that no batch has named is not read by anybody and is removed
	// again, not sooner than LooseFor after it was put last, or when its process
	// has ended. Errors are ErrErased, ErrMalformed and ErrClosed; any other means
	// UNKNOWN, and putting it again is right.
	PutBlob(ctx context.Context, of, id string, data []byte) error

	// Blob returns a blob that a batch has named, ErrNotFound or ErrErased.
	Blob(ctx context.Context, of, id string) ([]byte, error)

	// Erase removes journal, head, list places, every blob and every record Of
	// the conversation, and leaves a tombstone; also for an id that was never
	// there. Erasing twice is no error, and finishes what an erasing without an
	// answer began. Watchers get a Hint with Seq and Rev 0. Context and errors
	// are those of Commit.
	Erase(ctx context.Context, id string) error

	// Backup writes a consistent copy of everything as of one moment. It holds
	// up no commit, however slow w is. Leases are not in it, nor a blob whose
	// conversation is erased while w is written: it is not found in the copy. One
	// that is lost otherwise is an error.
	Backup(ctx context.Context, w io.Writer) error

	// Close finishes what is queued, ends all watches and frees the data for
	// another process. Later calls answer ErrClosed; closing twice is no error.
	Close() error
}
