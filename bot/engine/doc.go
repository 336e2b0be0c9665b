// Package engine drives the conversations of package bot: it loads a state,
// lets bot decide, commits what was decided, tells whoever follows, and does
// what the journal asked for.
//
// Contract:
//
//   - Decide, then record, then tell. Only what is committed is acknowledged,
//     shown or acted upon.
//   - The same (actor, key) twice is answered twice and recorded once, also
//     when the first answer was lost, after a restart, and on another node. A
//     refusal is not remembered.
//   - A refusal that a remembered state gave is confirmed against the head
//     before anybody hears it.
//   - An effect is whatever the journal asked for and has not answered. It runs
//     one at a time per conversation, and beside it one message, again after a
//     restart, with back-off. Its outcome is a command like any other. Ringing,
//     text messages and pushes are done at most once: the attempt is recorded
//     first. Mail may come twice, under one Message-ID.
//   - Time is one field, Head.Wake. No timer of this package holds a promise:
//     whatever is lost with the process is found again from the heads.
//   - Nothing that TrueConf does or leaves undone delays a deadline, of the same
//     conversation either.
//   - Watching a room writes nothing by itself; only what changed becomes a
//     command. Absence of evidence is never "left".
//
// Errors of the exported methods are *bot.Refusal wherever the caller can do
// something about them; bot.Unavailable stands for a store or a TrueConf Server
// that does not answer, and trying again with the same key is then safe.
//
// An Engine serves reads and commands from New on; deadlines, effects and hints
// of other nodes need Run.
package engine
