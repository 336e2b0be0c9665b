package flows

import (
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
)

// A condition also tells the checks something: which slots are known where
// it holds and where it does not. `and` and `or` stop at the first word that
// decides, so the right side is read only when the left one did not.

// outcome holds the slots that are surely known when a condition is true, and
// when it is false.
type outcome struct{ yes, no slotSet }

// outcomeOf computes both for a node; index gives a slot's index.
func outcomeOf(n ast.Node, index func(id string) (int, bool)) outcome {
	switch n := n.(type) {
	case *ast.UnaryNode:
		if n.Operator == "not" {
			o := outcomeOf(n.Node, index)
			return outcome{yes: o.no, no: o.yes}
		}
	case *ast.CallNode:
		if c, ok := callOf(n); ok && c.name == callKnown {
			if i, ok := index(c.slot.Value); ok {
				return outcome{yes: slotSet{}.with(i)}
			}
		}
	case *ast.BinaryNode:
		l, r := outcomeOf(n.Left, index), outcomeOf(n.Right, index)
		switch n.Operator {
		case "and":
			return outcome{yes: l.yes.or(r.yes), no: l.no.and(l.yes.or(r.no))}
		case "or":
			return outcome{yes: l.yes.and(l.no.or(r.yes)), no: l.no.or(r.no)}
		}
	}
	return outcome{}
}

// reading is a place in a condition where a slot's value is needed.
type reading struct {
	slot int
	at   file.Location
}

// unguarded lists the slots that a node reads although they are not in known.
func unguarded(n ast.Node, known slotSet, index func(id string) (int, bool)) []reading {
	switch n := n.(type) {
	case *ast.IdentifierNode:
		if i, ok := index(n.Value); ok && !known.has(i) {
			return []reading{{i, n.Location()}}
		}
	case *ast.CallNode:
		if c, ok := callOf(n); ok && c.slot != nil && c.name != callKnown {
			return unguarded(c.slot, known, index)
		}
	case *ast.UnaryNode:
		return unguarded(n.Node, known, index)
	case *ast.BinaryNode:
		behind := known
		switch o := outcomeOf(n.Left, index); n.Operator {
		case "and":
			behind = known.or(o.yes)
		case "or":
			behind = known.or(o.no)
		}
		return append(unguarded(n.Left, known, index), unguarded(n.Right, behind, index)...)
	}
	return nil // known(x) and literals read nothing
}
