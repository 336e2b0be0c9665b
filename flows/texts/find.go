package texts

import (
	"fmt"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"bedside/flows"
	"bedside/flows/yamltree"
)

// Text is one text of a flow, in the languages that it has.
type Text struct {
	Path string // slots.name.ask
	File string
	Line int
	In   map[string]string

	node *yaml.Node // the mapping of languages
}

// file is one YAML file with its texts.
type file struct {
	flows.File
	root      *yaml.Node
	texts     []Text
	languages *yaml.Node // the list of languages, where this file has it
}

// Find lists every text of the flow, in the order of the files. The error names
// the file that cannot be read as YAML, and where; `flow check` says more.
func Find(files []flows.File) ([]Text, error) {
	read, _, err := readAll(files)
	var all []Text
	for _, f := range read {
		all = append(all, f.texts...)
	}
	return all, err
}

// readAll reads the YAML files and the languages that they promise.
func readAll(files []flows.File) ([]file, []string, error) {
	var read []file
	var roots []*yaml.Node
	var languages []string
	for _, f := range files {
		if !strings.HasSuffix(f.Path, ".yaml") {
			continue
		}
		root, problems := yamltree.Parse(f.Data)
		if root == nil {
			p := problems[0]
			return nil, nil, fmt.Errorf("%s:%d:%d: %s: %s, %s", f.Path, p.Line, p.Column, p.Code, p.What, p.Cure)
		}
		this := file{File: f, root: root}
		if n := value(root, "languages"); n != nil && n.Kind == yaml.SequenceNode {
			this.languages = n
			for _, item := range n.Content {
				languages = append(languages, item.Value)
			}
		}
		read, roots = append(read, this), append(roots, root)
	}
	if len(languages) == 0 {
		return nil, nil, fmt.Errorf("no file says in which `languages` the flow is written")
	}
	for i := range read {
		w := walk{file: &read[i], languages: languages}
		w.node(roots[i], "")
	}
	return read, languages, nil
}

// walk collects the texts below a node.
type walk struct {
	file      *file
	languages []string
}

func (w walk) node(n *yaml.Node, path string) {
	switch {
	case n.Kind == yaml.SequenceNode:
		for i, item := range n.Content {
			w.node(item, join(path, name(item, i)))
		}
	case n.Kind != yaml.MappingNode:
	case w.isText(n) && !strings.HasSuffix(path, ".document"):
		t := Text{Path: path, File: w.file.Path, Line: n.Line, In: map[string]string{}, node: n}
		for i := 0; i+1 < len(n.Content); i += 2 {
			t.In[n.Content[i].Value] = n.Content[i+1].Value
		}
		w.file.texts = append(w.file.texts, t)
	default:
		for i := 0; i+1 < len(n.Content); i += 2 {
			w.node(n.Content[i+1], join(path, n.Content[i].Value))
		}
	}
}

// isText says whether a mapping is words by language and nothing else.
func (w walk) isText(n *yaml.Node) bool {
	found := false
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i].Value, n.Content[i+1]
		known := false
		for _, l := range w.languages {
			known = known || l == key
		}
		if value.Kind != yaml.ScalarNode || value.Tag == "!!null" {
			return false
		}
		if !known && !looksLikeLanguage(key) {
			return false
		}
		found = found || known
	}
	return found
}

// looksLikeLanguage lets a language be put in before `languages` names it.
func looksLikeLanguage(key string) bool {
	base, _, _ := strings.Cut(key, "-")
	return len(base) == 2 && strings.ToLower(base) == base && key != "id" && key != "if"
}

// name tells the items of a list apart: options by their id, steps by number.
func name(n *yaml.Node, i int) string {
	if id := value(n, "id"); id != nil {
		return id.Value
	}
	return strconv.Itoa(i + 1)
}

func value(n *yaml.Node, key string) *yaml.Node {
	if n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
