package flows

import (
	"time"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"

	"bedside/flows/near"
)

// conditionChecker types one condition against the slots, and reports what
// cannot be meant. It allows by list: a kind of node that it does not name is
// refused.
type conditionChecker struct {
	*report
	d *draft
	c *condition
}

func (k conditionChecker) fail(at file.Location, code, what, cure string) {
	k.report.fail(k.c.spot(at), code, what, cure)
}

const conditionShape = "a condition is made of slots, literals, and or not, == != < <= > >= and the functions age, has, known, open and on_duty"

// truth checks a node that must be true or false.
func (k conditionChecker) truth(n ast.Node) {
	switch n := n.(type) {
	case *ast.BoolNode:
	case *ast.IdentifierNode:
		if s := k.slot(n); s != nil && s.kind.operand() != operandBool && s.kind.operand() != operandAny {
			k.fail(n.Location(), codeCondition, "`"+n.Value+"` is a "+s.kind.name()+", not true or false", "compare it, as in `"+example(s)+"`")
		}
	case *ast.UnaryNode:
		k.unary(n)
	case *ast.BinaryNode:
		k.binary(n)
	case *ast.CallNode:
		if o, ok := k.call(n); ok && o == operandNumber {
			k.fail(n.Location(), codeCondition, "age() is a number, not true or false", "compare it, as in `age(born) < 18`")
		}
	default:
		k.fail(n.Location(), codeCondition, "this is more than a condition can say", conditionShape)
	}
}

func (k conditionChecker) unary(n *ast.UnaryNode) {
	switch n.Operator {
	case "not":
		k.truth(n.Node)
	case "!":
		k.fail(n.Location(), codeCondition, "`!` is no word of a condition", "write `not`")
	default:
		k.fail(n.Location(), codeCondition, "`"+n.Operator+"` makes no truth", conditionShape)
	}
}

func (k conditionChecker) binary(n *ast.BinaryNode) {
	switch n.Operator {
	case "and", "or":
		k.truth(n.Left)
		k.truth(n.Right)
	case "&&", "||":
		word := map[string]string{"&&": "and", "||": "or"}[n.Operator]
		k.fail(n.Location(), codeCondition, "`"+n.Operator+"` is no word of a condition", "write `"+word+"`")
	case "==", "!=", "<", "<=", ">", ">=":
		k.comparison(n)
	default:
		k.fail(n.Location(), codeCondition, "`"+n.Operator+"` cannot stand in a condition", conditionShape)
	}
}

// slot finds the slot that an identifier names, or reports that there is
// none.
func (k conditionChecker) slot(n *ast.IdentifierNode) *slot {
	if s, ok := k.d.slots[n.Value]; ok {
		return s
	}
	k.fail(n.Location(), codeSlot, "there is no slot `"+n.Value+"`", k.meant(n.Value))
	return nil
}

// meant guesses what a word was to be that is no slot.
func (k conditionChecker) meant(word string) string {
	if contains(yamlWords, word) {
		return "write the yes_no slot alone, or `not` and the slot"
	}
	for _, s := range k.d.slotOrder {
		if contains(optionIDs(optionsOf(s.kind)), word) {
			return "an option stands in quotes: \"" + word + "\""
		}
	}
	if hint := near.Hint(word, k.d.slotNames()); hint != "" {
		return hint
	}
	return "add it to `slots`; a literal word stands in quotes"
}

// side is one side of a comparison.
type side struct {
	operand operand
	slot    *slot // nil for a literal and for age()
	literal bool
}

// comparison checks both sides of == and the like.
func (k conditionChecker) comparison(n *ast.BinaryNode) {
	left, ok := k.side(n.Left)
	right, ok2 := k.side(n.Right)
	if !ok || !ok2 || left.operand == operandAny || right.operand == operandAny {
		return
	}
	switch {
	case left.literal && right.literal:
		k.fail(n.Location(), codeCondition, "two literals are compared, so nothing depends on an answer", "compare a slot")
	case !compares(left.operand) || !compares(right.operand):
		k.notCompared(n, left, right)
	case !left.literal && !right.literal && (left.operand != right.operand || left.operand == operandChoice && left.slot != right.slot):
		k.fail(n.Location(), codeCondition, "a "+string(left.operand)+" is compared with a "+string(right.operand), "compare slots of the same type")
	case !ordered(left.operand) && n.Operator != "==" && n.Operator != "!=":
		k.fail(n.Location(), codeCondition, "answers of this type have no order, so `"+n.Operator+"` says nothing", "write == or !=")
	case right.literal:
		k.literal(left, n.Right, right.operand)
	case left.literal:
		k.literal(right, n.Left, left.operand)
	}
}

func ordered(o operand) bool { return o == operandNumber || o == operandDate }

// compares says whether answers of a type can be compared at all.
func compares(o operand) bool { return o != operandChoices && o != operandFiles }

// notCompared says what to write instead of comparing choices or files.
func (k conditionChecker) notCompared(n *ast.BinaryNode, sides ...side) {
	for _, s := range sides {
		if !compares(s.operand) && s.slot != nil {
			k.fail(n.Location(), codeCondition, "`"+s.slot.id+"` is of type "+s.slot.kind.name()+" and cannot be compared", "write it as in `"+example(s.slot)+"`")
			return
		}
	}
}

// side types one side of a comparison: a slot, age() or a literal.
func (k conditionChecker) side(n ast.Node) (side, bool) {
	switch n := n.(type) {
	case *ast.IdentifierNode:
		s := k.slot(n)
		if s == nil {
			return side{}, false
		}
		return side{operand: s.kind.operand(), slot: s}, true
	case *ast.StringNode:
		return side{operand: operandText, literal: true}, true
	case *ast.IntegerNode, *ast.FloatNode:
		return side{operand: operandNumber, literal: true}, true
	case *ast.BoolNode:
		return side{operand: operandBool, literal: true}, true
	case *ast.UnaryNode:
		return k.signed(n)
	case *ast.CallNode:
		o, ok := k.call(n)
		return side{operand: o}, ok
	}
	k.fail(n.Location(), codeCondition, "this cannot be compared", conditionShape)
	return side{}, false
}

// signed types a signed number. `not a == b` comes here too, for `not` binds
// more tightly than ==.
func (k conditionChecker) signed(n *ast.UnaryNode) (side, bool) {
	if n.Operator == "-" || n.Operator == "+" {
		if s, ok := k.side(n.Node); ok && s.literal && s.operand == operandNumber {
			return s, true
		}
	}
	k.fail(n.Location(), codeCondition, "`"+n.Operator+"` belongs to the first word behind it alone", "put brackets around the comparison, as in `not (a == b)`")
	return side{}, false
}

// literal checks a literal against what it is compared with.
func (k conditionChecker) literal(with side, n ast.Node, got operand) {
	if with.slot == nil {
		if got != with.operand {
			k.fail(n.Location(), codeCondition, "a "+string(with.operand)+" cannot be this", "write a literal of the same type")
		}
		return
	}
	s, want := with.slot, with.operand
	text, isText := n.(*ast.StringNode)
	switch {
	case want == operandChoice && isText:
		k.option(s, text)
	case want == operandDate && isText:
		if _, err := time.Parse(dateForm, text.Value); err != nil {
			k.fail(n.Location(), codeCondition, "\""+text.Value+"\" is no day", "write it as \"2027-02-15\"")
		}
	case want != got:
		k.fail(n.Location(), codeCondition, "`"+s.id+"` is a "+s.kind.name()+" and cannot be this", "write it as in `"+example(s)+"`")
	}
}

func (k conditionChecker) option(s *slot, n *ast.StringNode) {
	if choice, ok := s.kind.(*choiceType); ok {
		k.optionOf(s, choice.options, n)
	}
}

// optionOf reports a word that is none of a slot's options.
func (k conditionChecker) optionOf(s *slot, options []option, n *ast.StringNode) {
	ids := optionIDs(options)
	if contains(ids, n.Value) {
		return
	}
	cure := near.Hint(n.Value, ids)
	if cure == "" {
		cure = "its options are " + list(ids)
	}
	k.fail(n.Location(), codeOption, "`"+s.id+"` has no option \""+n.Value+"\"", cure)
}

// example is a condition over a slot, for cures.
func example(s *slot) string {
	switch s.kind.operand() {
	case operandNumber:
		return s.id + " >= 8"
	case operandBool:
		return s.id
	case operandDate:
		return s.id + ` < "2027-02-15"`
	case operandChoice:
		if c, ok := s.kind.(*choiceType); ok && len(c.options) > 0 {
			return s.id + ` == "` + c.options[0].id + `"`
		}
	case operandChoices:
		if c, ok := s.kind.(*choicesType); ok && len(c.options) > 0 {
			return `has(` + s.id + `, "` + c.options[0].id + `")`
		}
	case operandFiles:
		return "known(" + s.id + ")"
	}
	return s.id + ` == "…"`
}
