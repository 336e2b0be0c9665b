package yamltree

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// What YAML reads as one word and an author has meant as several.

// tight reads an item of a list that was meant as a key with its value.
func (i *inspector) tight(n *yaml.Node) {
	m := tightItem.FindStringSubmatch(n.Value)
	if n.Kind != yaml.ScalarNode || quotedStyle(n) || m == nil || m[2] == "" {
		return
	}
	i.report(n, NoColon, "behind the colon of `"+n.Value+"` there is no space, so YAML sees none", "write `"+m[1]+": "+m[2]+"`")
	key, value := unglued(n)
	*n = yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Line: n.Line, Column: n.Column, Content: []*yaml.Node{key, value}}
}

// unglued takes a word apart that was meant as a key with its value; nil where
// it was not.
func unglued(n *yaml.Node) (key, value *yaml.Node) {
	m := tightItem.FindStringSubmatch(n.Value)
	if m == nil || m[2] == "" || quotedStyle(n) {
		return nil, nil
	}
	key = &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: m[1], Line: n.Line, Column: n.Column}
	value = &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: strings.Trim(strings.TrimFunc(m[2], looksLikeSpace), `"'`), Line: n.Line, Column: n.Column + len(m[1]) + 1}
	return key, value
}

// word reports a word within brackets that has no colon. It may go on with the
// text before it, be a key with its value, or show that the whole bracket is
// no bracket; else the key is nil.
func (i *inspector) word(n *yaml.Node, kept []*yaml.Node, word *yaml.Node) (key, value *yaml.Node, whole bool) {
	if i.strict && i.comma(kept, word) {
		return nil, nil, false
	}
	if i.lone(n, word) {
		return nil, nil, true
	}
	key, value = unglued(word)
	return key, value, false
}

// longest is as much of a text as is put together again.
const longest = 1000

// comma says whether a word within brackets goes on with the text before it,
// which stands without quotes, and tells it once for each text.
func (i *inspector) comma(kept []*yaml.Node, word *yaml.Node) bool {
	if len(kept) == 0 || quotedStyle(word) || tightItem.MatchString(word.Value) {
		return false
	}
	text := kept[len(kept)-1]
	if text.Kind != yaml.ScalarNode || text.ShortTag() != "!!str" || quotedStyle(text) || !strings.ContainsAny(text.Value+word.Value, " .!?") {
		return false
	}
	if last := len(i.problems) - 1; last < 0 || i.problems[last].Line != text.Line || i.problems[last].Column != text.Column {
		i.report(text, NoColon, "a text with a comma stands within brackets without quotes, so YAML sees two", "put the whole text in double quotes")
	}
	if len(text.Value) < longest {
		text.Value += ", " + word.Value
	}
	return true
}

// equals is a key behind which another sign stands than a colon, or none, and
// a text with a colon in it.
var equals = regexp.MustCompile(`^([\pL_][\pL\d_-]*)(?:\s*[=：﹕]\s*["']?|:[\x{a0}\x{202f}\x{200b}]*["']|\s+["'])\S`)

// noColonBehind reports such a key, and reads on as if it were right.
func (i *inspector) noColonBehind(key, value *yaml.Node) {
	if quotedStyle(key) || !strings.ContainsAny(key.Value, "=：﹕\"'") {
		return
	}
	m := equals.FindStringSubmatch(key.Value)
	if m == nil {
		return
	}
	if behind := strings.TrimPrefix(key.Value[len(m[1]):], ":"); startsOdd(behind) {
		odd, _ := utf8.DecodeRuneInString(behind)
		i.reportWithin(key, len(m[1])+1, Space, fmt.Sprintf("behind the colon stands the character U+%04X, which only looks like a space", odd), "write an ordinary space")
	} else {
		i.report(key, Syntax, "between `"+m[1]+"` and its value there is no colon and space", "write `"+m[1]+": `")
	}
	key.Value = m[1]
	pass(value)
}

// stray reports a text that ends with a quote that is opened nowhere, which
// patients would read.
func (i *inspector) stray(n *yaml.Node) {
	if n.Kind != yaml.ScalarNode || quotedStyle(n) || !strings.HasSuffix(n.Value, `"`) || strings.Count(n.Value, `"`)%2 == 0 {
		return
	}
	i.report(n, StrayQuote, "this ends with a quote that is opened nowhere, and patients read it", `write " at both ends`)
	n.Value = strings.TrimSuffix(n.Value, `"`)
}
