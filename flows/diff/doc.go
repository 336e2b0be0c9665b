// Package diff says in words what changes from one version of a flow to another:
// what holds at once, for running conversations too, and what only those have that
// begin from then on.
//
// It compares meaning and not text: the sections of all files as one, each thing by
// its name, steps and rungs by what they do. How a file is laid out, in which file a
// thing stands, and comments are no difference. Sources need not be sound; what is no
// YAML at all has nothing to compare. The package is pure.
package diff
