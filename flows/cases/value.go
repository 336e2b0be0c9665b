package cases

import (
	"strconv"
	"strings"
)

// Value is what stands behind a key: one word or text, a list, or fields.
type Value struct {
	Text   string
	List   []string
	Fields []Field
	Kind   ValueKind
}

// Field is a key of a mapping with its value.
type Field struct {
	Name  string
	Value Value
	At    Spot
}

// ValueKind says which of its forms a value has.
type ValueKind uint8

const (
	Scalar ValueKind = iota
	List
	Fields
)

// Texts are a list's members, or the one text as a list.
func (v Value) Texts() []string {
	if v.Kind == List {
		return v.List
	}
	return []string{v.Text}
}

// String writes the value in the file's own words.
func (v Value) String() string {
	switch v.Kind {
	case List:
		return InList(v.List)
	case Fields:
		parts := make([]string, len(v.Fields))
		for i, f := range v.Fields {
			parts[i] = f.Name + ": " + f.Value.String()
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return InQuotes(v.Text)
}

// InList writes texts as a list of the file.
func InList(texts []string) string {
	parts := make([]string, len(texts))
	for i, t := range texts {
		parts[i] = InQuotes(t)
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// InQuotes writes a text as it stands in the file: a plain word as it is, else
// in quotes.
func InQuotes(text string) string {
	plain := text != "" && strings.IndexFunc(text, func(r rune) bool {
		return !(r == '_' || r == '.' || r == '-' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z')
	}) < 0
	if plain {
		return text
	}
	return strconv.Quote(text)
}
