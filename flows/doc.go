// Package flows is the language in which a clinic writes what its bot asks:
// it reads the YAML files, checks them, and steps a conversation through them.
//
// The package is pure. It reads no clock, no disk, no network and no random
// source: what time it is and who the patient is known to be arrive as
// [Facts], and a conversation's whole standing in its flow is a [Memory],
// which is a value. A step returns [Event]s and changes nothing; the caller
// records them and folds them back with [Memory.After]. Folding the same
// events always gives the same memory, so a conversation replays from its
// journal.
//
// [Compile] turns files into a [Program], or into every [Problem] they have,
// each with its file, line and column and with what to write instead. A
// program is immutable and may be shared by any number of conversations and
// goroutines. [Program.Hash] names its content: a conversation keeps the hash
// it began with, and [Program.Sources] are what rebuilds that version.
//
// Facts of today (the clinic's name and numbers, its departments) are taken
// from [Facts.Live] and hold at once for running conversations; steps, slots
// and texts are the pinned program's own.
//
// A conversation has one cursor, [Memory].Standing. What happens meanwhile to a
// patient who waits, the rungs of a ladder and the part `emergency`, runs in a
// cursor above it: [Program.Climb], [Program.Raise], [Program.Drop]. Fragments
// and ladders are lists of steps as parts are; their places are written
// fragment.contact/2 and ladder.doctor/3.
//
// # Where things are
//
// The pipeline is bytes → tree (internal/yamltree) → declarations (read_*.go)
// → checks (check_*.go) → Program. Each verb of the language is one file,
// verb_*.go, which reads the verb, says where it leads and does it; each slot
// type is one file, type_*.go. A new verb or type is a new file and a line in
// its table. What people type is understood by internal/accept;
// internal/hearing finds words of danger in it, internal/opening knows the hours.
package flows

//go:generate env UPDATE=1 go test -count=1 -run TheProblemsPageIsCurrent .
