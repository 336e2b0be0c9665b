package texts

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"bedside/flows/yamltree"
)

// edit puts text in the place of data[at:end].
type edit struct {
	at, end int
	text    string
}

// apply does the edits from the last to the first, so that none moves another.
func apply(data []byte, edits []edit) []byte {
	slices.SortFunc(edits, func(a, b edit) int { return b.at - a.at })
	out := slices.Clone(data)
	for _, e := range edits {
		out = slices.Concat(out[:e.at], []byte(e.text), out[e.end:])
	}
	return out
}

// readsAs reports whether a file is read as a tree, key by key and word by word.
func readsAs(data []byte, meant *yaml.Node) bool {
	root, _ := yamltree.Parse(data)
	return root != nil && alike(root, meant)
}

func alike(a, b *yaml.Node) bool {
	return a.Kind == b.Kind && a.ShortTag() == b.ShortTag() && a.Value == b.Value && slices.EqualFunc(a.Content, b.Content, alike)
}

// scalar writes words as a double-quoted YAML text, which JSON's is too, but for
// characters that YAML wants escaped.
func scalar(words string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(words) // a string can always be written
	var out strings.Builder
	for _, r := range strings.TrimSuffix(b.String(), "\n") {
		if r >= 0x7f && r <= 0x9f || r == '\ufeff' || r == '\ufffe' || r == '\uffff' {
			fmt.Fprintf(&out, "\\u%04x", r)
		} else {
			out.WriteRune(r)
		}
	}
	return out.String()
}

// extent is where a plain text, or a quoted one of one line, stands in the file.
func extent(data []byte, n *yaml.Node) (at, end int, ok bool) {
	at = offset(data, n.Line, n.Column)
	if at >= len(data) {
		return 0, 0, false
	}
	quote := data[at]
	if quote != '"' && quote != '\'' {
		end = at + len(n.Value)
		return at, end, end <= len(data) && string(data[at:end]) == n.Value
	}
	for i := at + 1; i < len(data) && data[i] != '\n'; i++ {
		switch {
		case quote == '"' && data[i] == '\\':
			i++
		case data[i] == quote && quote == '\'' && i+1 < len(data) && data[i+1] == quote:
			i++
		case data[i] == quote:
			return at, i + 1, true
		}
	}
	return 0, 0, false
}

// itemMark is what stands before an item of a list on its line: the indent, the
// dash and the spaces behind it.
func itemMark(data []byte, item int) (string, bool) {
	begin := item
	for begin > 0 && (data[begin-1] == ' ' || data[begin-1] == '-') {
		begin--
	}
	mark := string(data[begin:item])
	return mark, strings.TrimSpace(mark) == "-"
}
