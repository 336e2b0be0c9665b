// Package bot is the conversation, pure: what may happen between one patient
// and the clinic, and what it leaves behind.
//
// A conversation is an append-only journal of entries. State is the fold of
// that journal by Apply; nothing else goes into it, so any conversation can be
// replayed after a crash. Decide looks at a state, a command and the facts of
// the moment and answers with the entries to record, and the state that they
// lead to, or with a typed Refusal; it touches no disk, no net and no clock.
// Where time matters it is told the time, and the earliest moment at which a conversation needs attention is
// Wake(state).
//
// Contract:
//   - Decide never changes its arguments; the same arguments give the same answer.
//   - Apply knows every entry that was ever written; the state machines are
//     asked in Decide only, and an entry records the resulting phase.
//   - After every message of a patient there is a human who has been alerted,
//     or a deadline with a next step: Wake is then never zero.
//   - What a reader may see is decided by View alone, an allow-list per kind;
//     the bytes of the journal never go over the wire.
//   - What TrueConf is still to be asked is Wishes(state): an effect is whatever
//     the journal asked for and has not answered.
package bot
