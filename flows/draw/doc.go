// Package draw makes pictures of flows: SVG for people, Mermaid and DOT for
// other tools. A part is a box, each of its steps a row in it, and every way
// that leads elsewhere an arrow from its row. Where the boxes go is worked out
// by dagre, the layout library, which a JavaScript engine runs.
//
// The package is pure: a picture is made of an outline and of numbers that the
// caller gives. The same outline gives the same bytes.
package draw

//go:generate env UPDATE=1 go test -count=1 -run TheDrawingsOfTheDocsAreCurrent .
