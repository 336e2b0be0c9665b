package flows

import (
	"strconv"

	"go.yaml.in/yaml/v3"

	"bedside/flows/internal/near"
)

// reader turns the nodes of one file into declarations. It reports whatever
// is wrong and reads on, so that an author sees all problems at once.
type reader struct {
	*report
	file  string
	draft *draft
}

func (r *reader) at(n *yaml.Node) spot { return spotOf(r.file, n) }

// keys are the keys that may stand in a mapping: those that are built, and
// those of the language that this version does not know yet.
type keys struct {
	built []string
	later []string
}

// fields is a mapping whose keys have been looked at.
type fields struct {
	node   *yaml.Node
	keys   map[string]*yaml.Node
	values map[string]*yaml.Node
	order  []string
}

// get returns the value of a key, or nil.
func (f fields) get(key string) *yaml.Node { return f.values[key] }

// mapping reads a node as a mapping with exactly these keys. what names the
// thing in problems ("a slot"). A value of Kind 0 has been reported already;
// readers pass over it.
func (r *reader) mapping(n *yaml.Node, what string, k keys) (fields, bool) {
	f, ok := r.pairs(n, what)
	if !ok {
		return f, false
	}
	for _, key := range f.order {
		if !contains(k.built, key) {
			r.strange(f, key, what, k)
			delete(f.values, key)
		}
	}
	return f, true
}

// pairs reads a node as a mapping with any keys.
func (r *reader) pairs(n *yaml.Node, what string) (fields, bool) {
	f := fields{node: n, keys: map[string]*yaml.Node{}, values: map[string]*yaml.Node{}}
	if n.Kind == 0 {
		return f, false
	}
	if n.Kind != yaml.MappingNode {
		r.fail(r.at(n), codeWrongType, what+" is "+kindOf(n)+" here", "write it as `key: value` lines")
		return f, false
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		f.keys[key.Value] = key
		f.order = append(f.order, key.Value)
		switch {
		case isNull(value):
			r.fail(r.at(key), codeNoValue, "`"+key.Value+"` has no value", "write one behind the colon, or remove the key")
			f.values[key.Value] = &yaml.Node{Line: value.Line, Column: value.Column}
		default:
			f.values[key.Value] = value
		}
	}
	return f, true
}

// strange reports a key that this version does not know.
func (r *reader) strange(f fields, key, what string, k keys) {
	at := r.at(f.keys[key])
	if contains(k.later, key) {
		r.notBuilt(at, key)
		return
	}
	cure := near.Hint(key, append(append([]string{}, k.built...), k.later...))
	if cure == "" {
		cure = "known here: " + list(k.built)
	}
	r.fail(at, codeUnknownKey, what+" has no key `"+key+"`", cure)
}

// notBuilt refuses by name what the language has and this version has not.
func (r *reader) notBuilt(at spot, name string) {
	r.fail(at, codeNotBuilt, "this version of Bedside does not know `"+name+"` yet", "leave it out, or use a version that knows it")
}

// need returns the value of a key that must be there.
func (r *reader) need(f fields, key, what string) *yaml.Node {
	if _, there := f.keys[key]; !there {
		r.fail(r.at(f.node), codeMissingKey, what+" has no `"+key+"`", "add `"+key+":`")
	}
	return f.get(key)
}

// words reads a scalar as a string; nil gives "". Numbers and truths that
// YAML sees are refused, for what was written may not be what was read.
func (r *reader) words(n *yaml.Node, what string) (string, bool) {
	if n == nil || n.Kind == 0 {
		return "", false
	}
	if n.Kind != yaml.ScalarNode || n.ShortTag() != "!!str" && n.ShortTag() != "!!timestamp" {
		r.fail(r.at(n), codeWrongType, what+" is "+kindOf(n)+" here", "write it as a text, in double quotes")
		return "", false
	}
	if n.Value == "" {
		r.fail(r.at(n), codeNoValue, what+" is empty", "write something between the quotes")
		return "", false
	}
	return n.Value, true
}

// name reads a scalar that names something: a part, a slot, a type.
func (r *reader) name(n *yaml.Node, what string) (string, bool) {
	if n == nil || n.Kind == 0 {
		return "", false
	}
	if n.Kind != yaml.ScalarNode || n.Value == "" {
		r.fail(r.at(n), codeWrongType, what+" is "+kindOf(n)+" here", "write one name")
		return "", false
	}
	return n.Value, true
}

// truth reads true or false; nil gives false.
func (r *reader) truth(n *yaml.Node, what string) bool {
	if n == nil || n.Kind == 0 {
		return false
	}
	if n.Kind != yaml.ScalarNode || n.ShortTag() != "!!bool" {
		r.fail(r.at(n), codeWrongType, what+" is "+kindOf(n)+" here", "write true or false, without quotes")
		return false
	}
	return n.Value[0] == 't' || n.Value[0] == 'T'
}

// number reads a finite number; nil gives nil.
func (r *reader) number(n *yaml.Node, what string) *float64 {
	if n == nil || n.Kind == 0 {
		return nil
	}
	tag := n.ShortTag()
	value, err := strconv.ParseFloat(n.Value, 64)
	if n.Kind != yaml.ScalarNode || (tag != "!!int" && tag != "!!float") || err != nil || value-value != 0 {
		r.fail(r.at(n), codeWrongType, what+" is "+kindOf(n)+" here", "write a number such as 10, without quotes")
		return nil
	}
	return &value
}

// items reads a list.
func (r *reader) items(n *yaml.Node, what string) []*yaml.Node {
	if n == nil || n.Kind == 0 {
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		r.fail(r.at(n), codeWrongType, what+" is "+kindOf(n)+" here", "write a list: lines that begin with `- `, or [a, b]")
		return nil
	}
	return n.Content
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }

// kindOf names what a node is, for problems.
func kindOf(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	}
	switch n.ShortTag() {
	case "!!int", "!!float":
		return "a number"
	case "!!bool":
		return "true or false"
	case "!!null":
		return "empty"
	default:
		return "a text"
	}
}
