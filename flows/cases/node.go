package cases

import (
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"bedside/flows"
	"bedside/flows/near"
)

// The codes of problems are those of flows with the same meaning.
const (
	codeUnknownKey = "unknown-key"
	codeMissingKey = "missing-key"
	codeNoValue    = "no-value"
	codeWrongType  = "wrong-type"
	codeBadValue   = "bad-value"
	codeNoVerb     = "no-verb"
	codeTwoVerbs   = "two-verbs"
	codeVersion    = "wrong-version"
	codeTwice      = "defined-twice"
)

// reader reads the nodes of one file and gathers what is wrong.
type reader struct {
	file     string
	problems []flows.Problem
}

func (r *reader) at(n *yaml.Node) Spot { return Spot{r.file, max(n.Line, 1), max(n.Column, 1)} }

// mostProblems is as many as anybody reads.
const mostProblems = 1000

func (r *reader) fail(n *yaml.Node, code, what, cure string) {
	if len(r.problems) < mostProblems {
		at := r.at(n)
		r.problems = append(r.problems, flows.Problem{File: at.File, Line: at.Line, Column: at.Column, Code: code, What: what, Cure: cure})
	}
}

// pair is a key with its value.
type pair struct {
	key   string
	at    *yaml.Node
	value *yaml.Node
}

// pairs reads a mapping with any keys. Values that are missing are reported
// and left out.
func (r *reader) pairs(n *yaml.Node, what string) []pair {
	if n.Kind == 0 {
		return nil // reported already
	}
	if n.Kind != yaml.MappingNode {
		r.fail(n, codeWrongType, what+" is "+kindOf(n)+" here", "write it as `key: value` lines")
		return nil
	}
	var all []pair
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if value.Kind == yaml.ScalarNode && value.ShortTag() == "!!null" {
			r.fail(key, codeNoValue, "`"+key.Value+"` has no value", "write one behind the colon, or remove the key")
			continue
		}
		if value.Kind != 0 {
			all = append(all, pair{key.Value, key, value})
		}
	}
	return all
}

// known reads a mapping with these keys alone.
func (r *reader) known(n *yaml.Node, what string, keys []string) map[string]*yaml.Node {
	found := map[string]*yaml.Node{}
	for _, p := range r.pairs(n, what) {
		if !slices.Contains(keys, p.key) {
			r.strange(p.at, codeUnknownKey, what+" has no key `"+p.key+"`", p.key, keys)
			continue
		}
		found[p.key] = p.value
	}
	return found
}

// strange reports a word that is none of those that may stand there.
func (r *reader) strange(n *yaml.Node, code, what, word string, known []string) {
	cure := near.Hint(word, known)
	if cure == "" {
		cure = "known here: " + strings.Join(known, ", ")
	}
	r.fail(n, code, what, cure)
}

// word reads a scalar as it is written: 3, true and 1958-03-07 are words here.
func (r *reader) word(n *yaml.Node, what string) string {
	if n == nil || n.Kind == 0 {
		return ""
	}
	if n.Kind != yaml.ScalarNode {
		r.fail(n, codeWrongType, what+" is "+kindOf(n)+" here", "write one word, or a text in double quotes")
		return ""
	}
	if n.Value == "" {
		r.fail(n, codeNoValue, what+" is empty", "write something")
	}
	return n.Value
}

// oneOf reads a word of a closed set.
func (r *reader) oneOf(n *yaml.Node, what string, known []string) string {
	word := r.word(n, what)
	if word != "" && !slices.Contains(known, word) {
		r.strange(n, codeBadValue, what+" cannot be `"+word+"`", word, known)
	}
	return word
}

// words reads a list of words.
func (r *reader) words(n *yaml.Node, what string) (all []Name) {
	if n == nil || n.Kind == 0 {
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		r.fail(n, codeWrongType, what+" is "+kindOf(n)+" here", "write a list, as in [a, b]")
		return nil
	}
	for _, item := range n.Content {
		if word := r.word(item, "a member of "+what); word != "" {
			all = append(all, Name{word, r.at(item)})
		}
	}
	return all
}

// moment reads 2027-02-15 10:00.
func (r *reader) moment(n *yaml.Node, what string) Moment {
	m, ok := ParseMoment(r.word(n, what))
	if !ok && n != nil && n.Kind == yaml.ScalarNode && n.Value != "" {
		r.fail(n, codeBadValue, what+" is no moment", `write day and time on the clinic's clock, as in "2027-02-15 10:00"`)
	}
	return m
}

// length reads 30s, 5m, 24h, 14d.
func (r *reader) length(n *yaml.Node, what string) time.Duration {
	text := r.word(n, what)
	d, err := time.ParseDuration(text)
	if days, ok := strings.CutSuffix(text, "d"); ok {
		d, err = time.ParseDuration(days + "h")
		d *= 24
	}
	if text != "" && (err != nil || d <= 0 || d > longestWait) {
		r.fail(n, codeBadValue, what+" is no length of time", "write a number and s, m, h or d, as in 30s, 5m, 24h, 14d, up to 366d")
		return 0
	}
	return d
}

// longestWait keeps a rehearsal's work bounded.
const longestWait = 366 * 24 * time.Hour

// value reads a word, a list of words, or fields of them.
func (r *reader) value(n *yaml.Node, what string) Value {
	switch n.Kind {
	case yaml.SequenceNode:
		v := Value{Kind: List}
		for _, w := range r.words(n, what) {
			v.List = append(v.List, w.Text)
		}
		return v
	case yaml.MappingNode:
		v := Value{Kind: Fields}
		for _, p := range r.pairs(n, what) {
			v.Fields = append(v.Fields, Field{p.key, r.value(p.value, "`"+p.key+"`"), r.at(p.at)})
		}
		return v
	}
	return Value{Text: r.word(n, what)}
}

// kindOf names what a node is, for problems.
func kindOf(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	}
	return "a word"
}
