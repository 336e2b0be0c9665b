package diff

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"bedside/flows"
	"bedside/flows/yamltree"
)

// tree is a value of the files without its layout. A mapping keeps the order of its
// keys for telling, and has none for comparing.
type tree struct {
	scalar string
	list   []*tree
	keys   []string
	fields map[string]*tree // nil: no mapping
	isList bool
}

func treeOf(n *yaml.Node) *tree {
	t := &tree{}
	switch n.Kind {
	case yaml.MappingNode:
		t.fields = map[string]*tree{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			t.set(n.Content[i].Value, treeOf(n.Content[i+1]))
		}
	case yaml.SequenceNode:
		t.isList = true
		for _, c := range n.Content {
			t.list = append(t.list, treeOf(c))
		}
	default:
		t.scalar = n.Value
	}
	return t
}

func (t *tree) set(key string, value *tree) {
	if t.fields[key] == nil {
		t.keys = append(t.keys, key)
	}
	t.fields[key] = value
}

// get is a field, nil where there is none.
func (t *tree) get(key string) *tree {
	if t == nil {
		return nil
	}
	return t.fields[key]
}

// text is a field's scalar, "" where there is none.
func (t *tree) text(key string) string {
	if f := t.get(key); f != nil {
		return f.scalar
	}
	return ""
}

// mark is the same for what means the same.
func (t *tree) mark() string {
	var b strings.Builder
	t.write(&b)
	return b.String()
}

func (t *tree) write(b *strings.Builder) {
	switch {
	case t == nil:
	case t.fields != nil:
		b.WriteByte('{')
		keys := slices.Clone(t.keys)
		slices.Sort(keys)
		for _, k := range keys {
			b.WriteString(k + "\x00")
			t.fields[k].write(b)
		}
		b.WriteByte('}')
	case t.isList:
		b.WriteByte('[')
		for _, i := range t.list {
			i.write(b)
			b.WriteByte('\x01')
		}
		b.WriteByte(']')
	default:
		b.WriteString(t.scalar + "\x02")
	}
}

func same(a, b *tree) bool {
	return (a == nil) == (b == nil) && a.mark() == b.mark()
}

// version is the sections of all files as one, and the documents beside them.
type version struct {
	sections  *tree
	documents map[string]string // by path
}

func read(files []flows.File) version {
	v := version{sections: &tree{fields: map[string]*tree{}}, documents: map[string]string{}}
	sorted := slices.SortedStableFunc(slices.Values(files), func(a, b flows.File) int { return strings.Compare(a.Path, b.Path) })
	for _, f := range sorted {
		if !strings.HasSuffix(f.Path, ".yaml") {
			v.documents[f.Path] = string(f.Data)
			continue
		}
		root, _ := yamltree.Parse(f.Data)
		if root == nil || root.Kind != yaml.MappingNode {
			continue
		}
		whole := treeOf(root)
		for _, section := range whole.keys {
			v.add(section, whole.fields[section])
		}
	}
	return v
}

// add joins a section with what other files have said of it.
func (v *version) add(section string, t *tree) {
	there := v.sections.get(section)
	if there == nil || there.fields == nil || t.fields == nil {
		v.sections.set(section, t)
		return
	}
	for _, name := range t.keys {
		there.set(name, t.fields[name])
	}
}

// document is the text that a consent names, whichever folder the flow stands in.
func (v version) document(name string) string {
	for path, text := range v.documents {
		if path == name || strings.HasSuffix(path, "/"+name) {
			return text
		}
	}
	return ""
}
