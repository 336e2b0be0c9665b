// Package bolt keeps a store.Store in one bbolt file, the default of Bedside.
//
// Writing. Commits queue; one goroutine, the committer, takes all that wait,
// applies them to one transaction and syncs once for the whole group. While the
// disk works on one group the next one gathers, so throughput grows with the
// number of callers and a lone caller waits for nobody. Each batch is checked
// against the running transaction before anything of it is written, so a batch
// that is refused leaves no trace and does not touch its neighbours.
//
// When a group fails as a whole, nobody can tell what the disk holds. Its
// callers get an error that means UNKNOWN and the store stops: reads too, for
// they might show what a power cut will take back. Opening the file again tells
// the truth.
//
// Layout. Keys are big-endian, so the order of bytes is the order of the
// contract; names hold no NUL, so NUL ends them.
//
//	entries  conversation 0 seq          → data
//	heads    conversation                → head, or a tombstone
//	lists    list 0 rank conversation    → nothing
//	counts   list                        → number of heads in it
//	wakes    time conversation           → nothing
//	records  space 0 key                 → record
//	of       conversation 0 space 0 key  → nothing; not where key begins with conversation /
//	expiries time space 0 key            → nothing
//	blobs    conversation 0 id           → 1, for a blob that stays
//	loose    conversation 0 id           → time, of one that no batch has named
//	meta     "schema"                    → version of this layout
//
// Blobs are files in a folder beside the journal's, written, synced and given
// their names before a batch may name them. What lies in the folder stands in
// blobs or in loose at every moment, so that nothing is left behind by a process
// that ended, and nobody has to look through the folder for it.
//
// Leases and watches live in memory: one process owns the file, so they cost no
// write and end with it. Expired records are invisible at once and are removed
// a few at a time by whatever is written next.
//
// Opening reads no history. What is erased is unreadable at once, but its bytes
// stay in free pages of the file until those are used again; a backup is
// rewritten without them.
package bolt
