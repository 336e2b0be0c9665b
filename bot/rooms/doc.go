// Package rooms is the TrueConf side of a call: it makes, mends, watches, opens
// and removes the rooms that the journal wishes for.
//
// Contract:
//   - A room's id is computed from the server key and its call and attempt. It is
//     a capability (API reference §6.1: whoever knows it can mint links), so it is
//     in no argument, answer, error or log of this package; callers name rooms by
//     bot.Room.
//   - Make and Remove may be repeated at will: they ask for what should be, find
//     what is, and settle lost answers by looking for our own id, owner and tag.
//   - Somebody's absence is only ever what a successful read of a running room
//     says (Reading.Listed); no answer is no absence.
//   - Nothing that is not this installation's is touched: id prefix and tag both.
//   - A guest link is made for one person and returned once; it is never kept.
package rooms
