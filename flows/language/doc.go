// Package language describes the flow language for people and their editors:
// one table of what may stand where, from which the reference page and the JSON
// schema are made. A test in package flows holds the table to the reader, key
// by key.
package language

//go:generate env UPDATE=1 go test -count=1 -run TheReferenceIsCurrent .
