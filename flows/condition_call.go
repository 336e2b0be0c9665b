package flows

import (
	"time"

	"github.com/expr-lang/expr/ast"

	"bedside/flows/near"
)

// The functions of conditions. Each is total and is computed before the
// condition runs: a call becomes a variable whose name has spaces, which no
// slot's can have, so that nothing needs to be called.
const (
	callKnown  = "known"   // known(slot): it holds an answer
	callAge    = "age"     // age(date): whole years, today
	callHas    = "has"     // has(choices, "option"): it is among what was chosen
	callOpen   = "open"    // open("department"): by the clock, today
	callOnDuty = "on_duty" // on_duty("department"): somebody has signed in
)

var callNames = []string{callAge, callHas, callKnown, callOpen, callOnDuty}

// called is a call that has been understood.
type called struct {
	name string
	slot *ast.IdentifierNode // of known, age and has
	word *ast.StringNode     // of has, open and on_duty
}

// callOf understands a call by its shape; ok is false for any other node.
func callOf(n ast.Node) (c called, ok bool) {
	call, ok := n.(*ast.CallNode)
	if !ok {
		return c, false
	}
	callee, ok := call.Callee.(*ast.IdentifierNode)
	if !ok {
		return c, false
	}
	c.name = callee.Value
	args := call.Arguments
	switch {
	case (c.name == callKnown || c.name == callAge) && len(args) == 1:
		c.slot, ok = args[0].(*ast.IdentifierNode)
	case (c.name == callOpen || c.name == callOnDuty) && len(args) == 1:
		c.word, ok = args[0].(*ast.StringNode)
	case c.name == callHas && len(args) == 2:
		if c.slot, ok = args[0].(*ast.IdentifierNode); ok {
			c.word, ok = args[1].(*ast.StringNode)
		}
	default:
		ok = false
	}
	return c, ok
}

// variable is the name that stands for the call when the condition runs.
func (c called) variable() string {
	name := c.name
	if c.slot != nil {
		name += " " + c.slot.Value
	}
	if c.word != nil {
		name += " " + c.word.Value
	}
	return name
}

// sample is a value of its type.
func (c called) sample() any {
	if c.name == callAge {
		return 0.0
	}
	return false
}

// value computes the call; nil where a slot is empty that the checks have seen
// to be guarded.
func (c called) value(w *walk) any {
	var v Value
	if c.slot != nil {
		v = w.memory.Slots[c.slot.Value]
	}
	switch c.name {
	case callKnown:
		return v.Known()
	case callOpen:
		return w.department(c.word.Value).OpenAt(w.facts.Now)
	case callOnDuty:
		return w.facts.OnDuty == nil || w.facts.OnDuty(c.word.Value)
	case callHas:
		return contains(v.list, c.word.Value)
	}
	born, ok := v.Date()
	if !ok {
		return nil
	}
	return float64(age(born, w.today()))
}

// age is how many birthdays have been, none before the first.
func age(born, today time.Time) int {
	years := today.Year() - born.Year()
	if today.Month() < born.Month() || today.Month() == born.Month() && today.Day() < born.Day() {
		years--
	}
	return max(0, years)
}

// callPatch turns calls into their variables.
type callPatch struct{}

func (callPatch) Visit(n *ast.Node) {
	if c, ok := callOf(*n); ok {
		ast.Patch(n, &ast.IdentifierNode{Value: c.variable()})
	}
}

// call checks a call, and says what it is worth.
func (k conditionChecker) call(n *ast.CallNode) (operand, bool) {
	callee, ok := n.Callee.(*ast.IdentifierNode)
	if !ok {
		k.fail(n.Location(), codeCondition, "this cannot be called", conditionShape)
		return operandAny, false
	}
	if !contains(callNames, callee.Value) {
		cure := near.Hint(callee.Value, callNames)
		if cure == "" {
			cure = "the functions are " + list(callNames)
		}
		k.fail(callee.Location(), codeCondition, "there is no function `"+callee.Value+"`", cure)
		return operandAny, false
	}
	c, ok := callOf(n)
	if !ok {
		form := callForms[callee.Value]
		k.fail(n.Location(), codeCondition, callee.Value+"() takes "+form.takes, "write it as in "+form.example)
		return operandAny, false
	}
	return k.arguments(c)
}

var callForms = map[string]struct{ takes, example string }{
	callKnown:  {"one slot", "known(name), without quotes"},
	callAge:    {"one slot of type date", "age(born), without quotes"},
	callHas:    {"a slot of type choices and one of its options", `has(symptoms, "fever")`},
	callOpen:   {"one department", `open("gp"), in quotes`},
	callOnDuty: {"one department", `on_duty("gp"), in quotes`},
}

// arguments checks what a call names.
func (k conditionChecker) arguments(c called) (operand, bool) {
	var s *slot
	if c.slot != nil {
		if s = k.slot(c.slot); s == nil {
			return operandAny, false
		}
	}
	switch c.name {
	case callOpen, callOnDuty:
		k.department(c.word)
	case callAge:
		if o := s.kind.operand(); o != operandDate && o != operandAny {
			k.fail(c.slot.Location(), codeCondition, "age() takes a date, and `"+s.id+"` is a "+s.kind.name(), "write the slot that holds the date of birth")
		}
		return operandNumber, true
	case callHas:
		k.member(c, s)
	}
	return operandBool, true
}

// member checks has(slot, "option").
func (k conditionChecker) member(c called, s *slot) {
	choices, ok := s.kind.(*choicesType)
	if !ok {
		if s.kind.operand() != operandAny {
			k.fail(c.slot.Location(), codeCondition, "has() looks into choices, and `"+s.id+"` is a "+s.kind.name(), "compare it, as in `"+example(s)+"`")
		}
		return
	}
	k.optionOf(s, choices.options, c.word)
}

func (k conditionChecker) department(n *ast.StringNode) {
	names := k.d.departmentNames()
	if contains(names, n.Value) {
		return
	}
	cure := near.Hint(n.Value, names)
	if cure == "" {
		cure = "add it to `departments`"
	}
	k.fail(n.Location(), codeDepartment, "there is no department `"+n.Value+"`", cure)
}
