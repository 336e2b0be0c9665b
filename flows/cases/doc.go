// Package cases reads *.test.yaml: the conversations that must hold with a
// flow, as its clinic writes them beside it.
//
// [Read] turns the bytes of one file into a [Suite], or into every problem that
// it has, each with its file, line and column and with what to write instead.
// Keys are strict: what is not of the form is a problem, with the nearest name.
// Any bytes may be given.
//
// The package knows the form alone. What a name means (a part, an option, a
// department) only the flow knows, and whether a conversation holds only a
// rehearsal shows; every step and every expectation keeps its [Spot], so that
// it can be said where in the file it stands.
package cases
