package flows

import (
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"
	"github.com/expr-lang/expr/vm"
	"go.yaml.in/yaml/v3"
)

// A condition is parsed and run by expr-lang/expr. Of what that language can
// do, flows allow little: slots, literals, and or not, == != < <= > >= and
// known(slot). So every condition is total, and takes bounded time.
const (
	longestCondition = 500 // characters
	mostNodes        = 100
)

// condition is what stands behind `if`. The zero condition always holds.
type condition struct {
	source string
	at     spot
	inline bool // columns within the source can be told
	dark   bool // something stands there that could not be read

	tree  ast.Node    // nil until parsed
	run   *vm.Program // nil until compiled
	reads []*slot     // the slots that run needs
}

func (c *condition) absent() bool { return c.source == "" && !c.dark }

// condition reads the source; it is parsed when all slots are known.
func (r *reader) condition(n *yaml.Node) condition {
	if n == nil {
		return condition{}
	}
	source, ok := r.name(n, "a condition")
	if !ok {
		return condition{dark: true}
	}
	c := condition{source: source, at: r.at(n), inline: n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) == 0}
	if n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
		c.at.column++
	}
	return c
}

// spot is where a node of the tree stands in the file.
func (c *condition) spot(at file.Location) spot {
	s := c.at
	if c.inline && !strings.Contains(c.source, "\n") {
		s.column += at.From
	}
	return s
}

// parse makes the tree, or says in plain words why there is none.
func (c *condition) parse() (at spot, what string) {
	if utf8.RuneCountInString(c.source) > longestCondition {
		return c.at, "the condition is longer than a person can check"
	}
	tree, err := c.tryParse()
	var fault *file.Error
	switch {
	case errors.As(err, &fault):
		return c.spot(fault.Location), "the condition cannot be read here (" + firstLine(fault.Message) + ")"
	case err != nil:
		return c.at, "the condition cannot be read"
	}
	c.tree = tree.Node
	return spot{}, ""
}

// tryParse guards against faults of the parser: it reads what authors type.
func (c *condition) tryParse() (tree *parser.Tree, err error) {
	defer func() {
		if recover() != nil {
			err = errors.New("the parser failed")
		}
	}()
	return parser.ParseWithConfig(c.source, conditionConfig())
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

func conditionConfig() *conf.Config {
	c := conf.CreateNew()
	c.MaxNodes = mostNodes
	c.DisableIfOperator = true
	return c
}

// compile types and compiles a condition that the checks have passed.
func (c *condition) compile(slots map[string]*slot) error {
	finder := slotFinder{slots: slots, found: map[string]*slot{}}
	ast.Walk(&c.tree, finder)
	env := map[string]any{}
	for id, s := range finder.found {
		c.reads = append(c.reads, s)
		env[id], env[knownName(id)] = s.kind.operand().sample(), false
	}
	run, err := expr.Compile(c.source, expr.Env(env), expr.AsBool(), expr.MaxNodes(mostNodes),
		expr.DisableAllBuiltins(), expr.DisableIfOperator(), expr.Patch(knownPatch{}))
	c.run = run
	return err
}

// holds says whether the step is done, given what is remembered. A slot that
// is empty is nil; the checks have seen to it that only known() meets one.
func (c *condition) holds(m Memory) (bool, error) {
	if c.absent() {
		return true, nil
	}
	env := make(map[string]any, 2*len(c.reads))
	for _, s := range c.reads {
		v := m.Slots[s.id]
		env[s.id] = v.plain()
		env[knownName(s.id)] = v.Known()
	}
	out, err := expr.Run(c.run, env)
	if err != nil {
		return false, err
	}
	yes, _ := out.(bool)
	return yes, nil
}

// slotFinder notes every slot that a tree names.
type slotFinder struct{ slots, found map[string]*slot }

func (f slotFinder) Visit(n *ast.Node) {
	if id, ok := (*n).(*ast.IdentifierNode); ok {
		if s, ok := f.slots[id.Value]; ok {
			f.found[s.id] = s
		}
	}
}

// knownPatch turns known(x) into a variable of its own, so that nothing needs
// to be called. Its name has a space, which no slot's can have.
type knownPatch struct{}

func (knownPatch) Visit(n *ast.Node) {
	if id, ok := knownArgument(*n); ok {
		ast.Patch(n, &ast.IdentifierNode{Value: knownName(id.Value)})
	}
}

func knownName(id string) string { return "known " + id }

// knownArgument returns x of known(x).
func knownArgument(n ast.Node) (*ast.IdentifierNode, bool) {
	call, ok := n.(*ast.CallNode)
	if !ok || len(call.Arguments) != 1 {
		return nil, false
	}
	callee, ok := call.Callee.(*ast.IdentifierNode)
	if !ok || callee.Value != "known" {
		return nil, false
	}
	id, ok := call.Arguments[0].(*ast.IdentifierNode)
	return id, ok
}

// sample is a value of the operand's Go type, for typing.
func (o operand) sample() any {
	switch o {
	case operandNumber:
		return 0.0
	case operandBool:
		return false
	default:
		return ""
	}
}

// plain is the value as a condition sees it; nil where there is none.
func (v Value) plain() any {
	switch v.kind {
	case valueText:
		return v.text
	case valueNumber:
		return v.number
	case valueBool:
		return v.truth
	default:
		return nil
	}
}
