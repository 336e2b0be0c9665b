package flows

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"bedside/flows/near"
)

// reader turns the nodes of one file into declarations. It reports whatever
// is wrong and reads on, so that an author sees all problems at once.
type reader struct {
	*report
	file  string
	draft *draft
}

func (r *reader) at(n *yaml.Node) spot { return spotOf(r.file, n) }

// keys are the keys that may stand in a mapping.
type keys []string

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
	r.respell(f, what, k)
	for _, key := range f.order {
		if !contains(k, key) {
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

// strange reports a key that the language does not have here.
func (r *reader) strange(f fields, key, what string, k keys) {
	at := r.at(f.keys[key])
	if r.full() {
		return
	}
	cure := near.Hint(key, k)
	if cure == "" {
		cure = "known here: " + list(k)
	}
	r.fail(at, codeUnknownKey, what+" has no key `"+key+"`", cure)
}

// respell reports keys that are misspelt, and reads on as if they were not,
// so that one slip is one problem. elsewhere are keys that are known in another
// place, and so no slips.
func (r *reader) respell(f fields, what string, k keys, elsewhere ...string) {
	if r.full() {
		return
	}
	for i, key := range f.order {
		if contains(k, key) || contains(elsewhere, key) {
			continue
		}
		all := slices.Concat(k, elsewhere)
		meant := near.Name(key, all)
		if meant == "" || f.keys[meant] != nil {
			continue
		}
		r.fail(r.at(f.keys[key]), codeUnknownKey, what+" has no key `"+key+"`", near.Hint(key, all))
		f.rename(i, meant)
	}
}

// rename gives the i-th key another name.
func (f fields) rename(i int, name string) {
	old := f.order[i]
	f.order[i], f.keys[name], f.values[name] = name, f.keys[old], f.values[old]
	delete(f.keys, old)
	delete(f.values, old)
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
		cure := "write it as a text, in double quotes"
		if n.Kind == yaml.ScalarNode && n.Value != "" {
			cure = "put it in double quotes: \"" + n.Value + "\""
		}
		r.fail(r.at(n), codeWrongType, what+" is "+kindOf(n)+" here", cure)
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

// numberForm is how people write numbers. YAML takes 010 for 8, 0x1 for 1 and
// 1_000 for a thousand, and some of its readers take 20:00 for 1200.
var numberForm = regexp.MustCompile(`^[+-]?(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})?$`)

// number reads a number; nil gives nil.
func (r *reader) number(n *yaml.Node, what string) *float64 {
	if n == nil || n.Kind == 0 {
		return nil
	}
	tag := n.ShortTag()
	value, err := strconv.ParseFloat(n.Value, 64)
	switch {
	case n.Kind != yaml.ScalarNode || tag != "!!int" && tag != "!!float":
		r.fail(r.at(n), codeWrongType, what+" is "+kindOf(n)+" here", "write a number such as 10, without quotes")
	case !numberForm.MatchString(n.Value) || err != nil:
		r.fail(r.at(n), codeOddNumber, what+" is written as `"+n.Value+"`, which not everybody reads as the same number", "write it in plain figures, such as "+plainNumber(n.Value))
	default:
		return &value
	}
	return nil
}

// plainNumber is how an odd number was probably meant.
func plainNumber(s string) string {
	trimmed := strings.TrimLeft(strings.ReplaceAll(s, "_", ""), "0")
	if numberForm.MatchString(trimmed) {
		return trimmed
	}
	if f, err := strconv.ParseFloat(s, 64); err == nil && f == math.Trunc(f) && math.Abs(f) < 1e15 {
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	return "10"
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
