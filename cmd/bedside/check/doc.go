// Package check looks whether an installation works: what it is made of, the
// TrueConf Server behind it, and the way that browsers come by.
//
// A [Check] is a value: what it needs, what may come out of it, and the function
// that finds out which. What may come out is a list of [Outcome], each in words of
// every language and, where it is not good, with its cure in one sentence; the
// manual is generated from them. [Clinic.Run] does many at once and tells their
// lines in a stable order.
//
// Contract:
//
//   - A check that needs a failed one is skipped and says because of which.
//   - Every check ends within its time; a cancelled run ends soon, and whatever it
//     made at TrueConf is removed all the same.
//   - Nothing is rung, no guest seat is taken, nobody's conversation is touched.
//   - No secret, room id or guest link is in a line.
//   - The public roots are those that browsers bring along, never this machine's.
package check

//go:generate env UPDATE=1 go test -count=1 -run TheManualIsCurrent .
