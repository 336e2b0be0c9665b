// Package store is the contract of Bedside's memory: a journal for each
// conversation, a head that is its current row, records beside them, and one
// way to write, [Store.Commit].
//
// It knows no phase, no doctor and no flow. Bodies, values, list names and
// spaces are the caller's; the store compares, orders, counts and keeps them.
//
// What every engine promises:
//
//   - A batch is written whole or not at all. A nil error from Commit means
//     that it is on the disk and that every later read sees it.
//   - Commit's refusals ([ErrConflict], [ErrErased], [ErrMalformed]) mean that
//     nothing was written. [ErrClosed] means that this call did not write. Any
//     other error, an ended context too, means UNKNOWN: the batch may be
//     written, now or a moment later. Reload and look for your own key.
//   - A cancelled context ends the wait, it does not take back a batch that has
//     been queued.
//   - The journal of a conversation is 1, 2, 3 … without a gap. Of two writers
//     that decided on the same sequence one commits and the other gets
//     ErrConflict, also when both meet in one group; the rest of the group
//     commits.
//   - Reads see committed data only, and a read that begins after a commit
//     returned sees that commit.
//   - After [Store.Erase] nothing of a conversation is readable, the bytes of its
//     blobs are off the disk, and whoever still writes to it (a late wake, an
//     effect, a repeated start) meets its tombstone as ErrErased, for good.
//   - Everything handed out is the caller's own, and what is handed in is copied:
//     no slice is shared with the store or with another caller.
//
// What is too large for a journal, a picture or a scan, is a blob: put first, then
// named by the batch whose entry speaks of it. So no entry speaks of bytes that
// are not on the disk, and bytes that no entry speaks of do not stay there.
//
// A reader that follows a conversation subscribes first ([Store.Watch]) and
// reads then, and delivers by sequence, never in the order of hints: a hint
// says that there is something to read, the journal says what.
//
// The package storetest proves an engine against this text.
package store
