package yamltree

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
)

// maxDepth is far more than any flow needs and far less than a stack holds.
const maxDepth = 40

// inspect looks at every node for what YAML allows and a flow does not.
// With unseen it looks as well for what an editor does not show.
func inspect(root *yaml.Node, unseen bool) []Problem {
	i := &inspector{strict: unseen}
	i.node(root, 0)
	return i.problems
}

type inspector struct {
	problems []Problem
	strict   bool // what is not seen is looked for
}

// mostProblems is as many as anybody reads.
const mostProblems = 1000

func (i *inspector) report(n *yaml.Node, code, what, cure string) {
	if len(i.problems) == mostProblems {
		return
	}
	i.problems = append(i.problems, Problem{n.Line, n.Column, code, what, cure})
}

func (i *inspector) node(n *yaml.Node, depth int) {
	if depth > maxDepth {
		i.report(n, TooDeep, "this is nested too deeply", "a flow needs no more than a few levels")
		pass(n)
		return
	}
	i.marks(n)
	switch n.Kind {
	case yaml.MappingNode:
		i.keys(n)
	case yaml.SequenceNode:
		for _, item := range n.Content {
			if !i.strict {
				break
			}
			i.unseen(item, false, false)
			i.tight(item)
		}
	}
	for _, child := range n.Content {
		i.node(child, depth+1)
	}
}

// marks refuses anchors, aliases and tags: nothing of the language needs
// them, a few aliases can stand for gigabytes, and a tag is usually a slip.
func (i *inspector) marks(n *yaml.Node) {
	switch {
	case n.Kind == yaml.AliasNode:
		i.report(n, Alias, "`*"+n.Value+"` is a YAML alias", "write the thing out; a text that begins with * stands in quotes")
		pass(n)
	case n.Anchor != "":
		i.report(n, Alias, "`&"+n.Anchor+"` is a YAML anchor", "leave it out; a text that begins with & stands in quotes")
	case n.Style&yaml.TaggedStyle != 0:
		cure := "leave the tag out; a text that begins with ! stands in quotes"
		if name, ok := strings.CutPrefix(n.Tag, "!"); ok && name != "" && !strings.HasPrefix(name, "!") {
			cure = "begin a condition with a word, `not " + name + "`; a text that begins with ! stands in quotes"
		}
		i.report(n, Tag, "YAML takes `"+n.Tag+"` for a tag", cure)
		pass(n)
	}
}

// pass marks a node of which nothing is to be read: its Kind is 0.
func pass(n *yaml.Node) { *n = yaml.Node{Line: n.Line, Column: n.Column} }

// keys refuses what can be no key, and removes a key's second value so that
// nothing is read twice.
func (i *inspector) keys(n *yaml.Node) {
	first := make(map[string]int, len(n.Content)/2)
	kept := n.Content[:0]
	for k := 0; k+1 < len(n.Content); k += 2 {
		key, value := n.Content[k], n.Content[k+1]
		if key.Kind != yaml.ScalarNode || (key.Tag == "!!merge" && key.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) == 0) {
			i.report(key, Syntax, "this can be no key", "a key is one plain word")
			continue
		}
		if n.Style&yaml.FlowStyle != 0 && noColon(key, value) {
			whole := false
			if key, value, whole = i.word(n, kept, key); whole {
				pass(n)
				return
			}
			if key == nil {
				continue
			}
		}
		if i.noKey(key) { // the block was meant as a list
			pass(n)
			return
		}
		if i.strict {
			i.noColonBehind(key, value)
			i.unseen(key, true, false)
			i.unseen(value, false, key.Value == "if")
		}
		if at, twice := first[key.Value]; twice {
			if len(i.problems) == mostProblems {
				continue
			}
			i.report(key, DuplicateKey, fmt.Sprintf("`%s` stands here a second time, first in line %d", key.Value, kept[at].Line), "keep one of them")
			if i.strict && empty(kept[at+1]) { // one slip is not told twice
				kept[at+1] = value
			}
			continue
		}
		first[key.Value] = len(kept)
		kept = append(kept, key, value)
	}
	n.Content = kept
}

// empty says whether nothing stands behind a key.
func empty(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Value == "" && !quotedStyle(n)
}
