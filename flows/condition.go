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
// do, flows allow little: slots, literals, and or not, == != < <= > >= and five
// functions. So every condition is total, and takes bounded time.
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
	calls []called    // and the calls
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
	case errors.As(err, &fault) && lonelyEquals(c.source) >= 0:
		at = c.at
		if at.column += utf8.RuneCountInString(c.source[:lonelyEquals(c.source)]); !c.inline {
			at = c.at
		}
		return at, "one `=` compares nothing: write `==`"
	case errors.As(err, &fault) && strings.Contains(fault.Message, "unexpected token EOF"):
		return c.spot(fault.Location), "the condition ends where something must follow, or a bracket is not closed"
	case errors.As(err, &fault):
		return c.spot(fault.Location), "the condition cannot be read here (" + firstLine(fault.Message) + ")"
	case err != nil:
		return c.at, "the condition cannot be read"
	}
	c.tree = tree.Node
	return spot{}, ""
}

// lonelyEquals is where a = stands that belongs to no == != <= >=, outside of
// quotes; -1 for nowhere.
func lonelyEquals(source string) int {
	quote := byte(0)
	for i := 0; i < len(source); i++ {
		switch ch := source[i]; {
		case quote != 0:
			if ch == quote {
				quote = 0
			}
		case ch == '"' || ch == '\'':
			quote = ch
		case ch == '=':
			if i+1 < len(source) && source[i+1] == '=' {
				i++
			} else if i == 0 || !strings.ContainsRune("!<>", rune(source[i-1])) {
				return i
			}
		}
	}
	return -1
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
	finder := conditionNames{slots: slots, env: map[string]any{}}
	ast.Walk(&c.tree, &finder)
	c.reads, c.calls = finder.reads, finder.calls
	env := finder.env
	run, err := expr.Compile(c.source, expr.Env(env), expr.AsBool(), expr.MaxNodes(mostNodes),
		expr.DisableAllBuiltins(), expr.DisableIfOperator(), expr.Patch(callPatch{}))
	c.run = run
	return err
}

// holds says whether the step is done, given what is remembered and how the
// clinic is now. A slot that is empty is nil; the checks have seen to it that
// only known() meets one.
func (c *condition) holds(w *walk) (bool, error) {
	if c.absent() {
		return true, nil
	}
	env := make(map[string]any, len(c.reads)+len(c.calls))
	for _, s := range c.reads {
		env[s.id] = w.memory.Slots[s.id].plain()
	}
	for _, call := range c.calls {
		env[call.variable()] = call.value(w)
	}
	out, err := expr.Run(c.run, env)
	if err != nil {
		return false, err
	}
	yes, _ := out.(bool)
	return yes, nil
}

// conditionNames notes every slot and every call that a tree reads.
type conditionNames struct {
	slots map[string]*slot
	reads []*slot
	calls []called
	env   map[string]any // each with a value of its type
}

func (f *conditionNames) Visit(n *ast.Node) {
	if c, ok := callOf(*n); ok && f.env[c.variable()] == nil {
		f.calls = append(f.calls, c)
		f.env[c.variable()] = c.sample()
	}
	id, ok := (*n).(*ast.IdentifierNode)
	if !ok {
		return
	}
	if s := f.slots[id.Value]; s != nil && f.env[s.id] == nil {
		f.reads = append(f.reads, s)
		f.env[s.id] = s.kind.operand().sample()
	}
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
