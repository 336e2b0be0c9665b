package flows

import (
	"time"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"

	"bedside/flows/internal/near"
)

// laterFunctions are of the language and not built.
var laterFunctions = []string{"age", "has", "open", "on_duty"}

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

const conditionShape = "a condition is made of slots, literals, and or not, == != < <= > >= and known(slot)"

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
		k.call(n)
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

func (k conditionChecker) call(n *ast.CallNode) {
	callee, ok := n.Callee.(*ast.IdentifierNode)
	switch {
	case !ok:
		k.fail(n.Location(), codeCondition, "this cannot be called", conditionShape)
	case contains(laterFunctions, callee.Value):
		k.notBuilt(n, callee.Value)
	case callee.Value != "known":
		cure := near.Hint(callee.Value, append([]string{"known"}, laterFunctions...))
		if cure == "" {
			cure = "the only one is known(slot)"
		}
		k.fail(callee.Location(), codeCondition, "there is no function `"+callee.Value+"`", cure)
	default:
		id, ok := knownArgument(n)
		if !ok {
			k.fail(n.Location(), codeCondition, "known() takes one slot", "write it as known(name), without quotes")
			return
		}
		k.slot(id)
	}
}

func (k conditionChecker) notBuilt(n ast.Node, name string) {
	k.fail(n.Location(), codeNotBuilt, "this version of Bedside does not know `"+name+"()` yet", "leave the condition out, or use a version that knows it")
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
		if choice, ok := s.kind.(*choiceType); ok && choice.has(word) {
			return "an option stands in quotes: \"" + word + "\""
		}
	}
	if hint := near.Hint(word, k.d.slotNames()); hint != "" {
		return hint
	}
	return "add it to `slots`; a literal word stands in quotes"
}

// comparison checks both sides of == and the like.
func (k conditionChecker) comparison(n *ast.BinaryNode) {
	left, leftSlot, ok := k.side(n.Left)
	right, rightSlot, ok2 := k.side(n.Right)
	if !ok || !ok2 || left == operandAny || right == operandAny {
		return
	}
	switch {
	case leftSlot == nil && rightSlot == nil:
		k.fail(n.Location(), codeCondition, "two literals are compared, so nothing depends on an answer", "compare a slot")
	case leftSlot != nil && rightSlot != nil && (left != right || left == operandChoice && leftSlot != rightSlot):
		k.fail(n.Location(), codeCondition, "a "+string(left)+" is compared with a "+string(right), "compare slots of the same type")
	case !ordered(left) && n.Operator != "==" && n.Operator != "!=":
		k.fail(n.Location(), codeCondition, "answers of this type have no order, so `"+n.Operator+"` says nothing", "write == or !=")
	case leftSlot != nil && rightSlot == nil:
		k.literal(leftSlot, n.Right, right)
	case rightSlot != nil && leftSlot == nil:
		k.literal(rightSlot, n.Left, left)
	}
}

func ordered(o operand) bool { return o == operandNumber || o == operandDate }

// side types one side of a comparison: a slot or a literal.
func (k conditionChecker) side(n ast.Node) (operand, *slot, bool) {
	switch n := n.(type) {
	case *ast.IdentifierNode:
		s := k.slot(n)
		if s == nil {
			return operandAny, nil, false
		}
		return s.kind.operand(), s, true
	case *ast.StringNode:
		return operandText, nil, true
	case *ast.IntegerNode, *ast.FloatNode:
		return operandNumber, nil, true
	case *ast.BoolNode:
		return operandBool, nil, true
	case *ast.UnaryNode:
		return k.signed(n)
	case *ast.CallNode:
		if callee, ok := n.Callee.(*ast.IdentifierNode); ok && contains(laterFunctions, callee.Value) {
			k.notBuilt(n, callee.Value)
			return operandAny, nil, false
		}
	}
	k.fail(n.Location(), codeCondition, "this cannot be compared", conditionShape)
	return operandAny, nil, false
}

// signed types a signed number. `not a == b` comes here too, for `not` binds
// more tightly than ==.
func (k conditionChecker) signed(n *ast.UnaryNode) (operand, *slot, bool) {
	if n.Operator == "-" || n.Operator == "+" {
		if o, s, ok := k.side(n.Node); s == nil && ok && o == operandNumber {
			return o, nil, true
		}
	}
	k.fail(n.Location(), codeCondition, "`"+n.Operator+"` belongs to the first word behind it alone", "put brackets around the comparison, as in `not (a == b)`")
	return operandAny, nil, false
}

// literal checks a literal against the slot that it is compared with.
func (k conditionChecker) literal(s *slot, n ast.Node, got operand) {
	want := s.kind.operand()
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
	choice, ok := s.kind.(*choiceType)
	if !ok || choice.has(n.Value) {
		return
	}
	cure := near.Hint(n.Value, choice.ids())
	if cure == "" {
		cure = "its options are " + list(choice.ids())
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
	}
	return s.id + ` == "…"`
}
