package texts

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"bedside/flows"
)

// Merged is what Merge did.
type Merged struct {
	Language string
	Files    []flows.File // those that have changed
	Put      int          // translations that are in the files now and were not
	Missing  []string     // paths of texts that have no translation
	Outdated []string     // paths whose source has changed since it was translated: left alone
	Unknown  []string     // paths of the PO file that no text has
	ByHand   []string     // places of texts that stand over several lines: change these by hand
	Left     []string     // files that would not be read as it was meant: left as they are
}

// Merge puts the translations of a PO file into the flow's files. What comes of it
// is read again and held against what was meant; a file that is not that to the
// last key is left as it is, and named.
func Merge(files []flows.File, po []byte) (Merged, error) {
	language, entries, err := parsePO(po)
	if err != nil {
		return Merged{}, err
	}
	read, languages, err := readAll(files)
	if err != nil {
		return Merged{}, err
	}
	if i := slices.IndexFunc(languages, func(l string) bool { return strings.EqualFold(l, language) }); i >= 0 {
		language = languages[i]
	}
	m := Merged{Language: language}
	known := map[string]bool{}
	for _, f := range read {
		var c change
		for _, t := range f.texts {
			known[t.Path] = true
			e, there := entries[t.Path]
			switch {
			case !there && t.In[language] == "":
				m.Missing = append(m.Missing, t.Path)
			case !there || e.translation == t.In[language]:
			case e.source != t.In[languages[0]]:
				m.Outdated = append(m.Outdated, t.Path)
			case !c.put(f.Data, t, language, e.translation):
				m.ByHand = append(m.ByHand, fmt.Sprintf("%s:%d", f.Path, value(t.node, language).Line))
			}
		}
		if f.languages != nil && !slices.Contains(languages, language) && len(f.languages.Content) > 0 {
			c.list(f.Data, f.languages, language)
		}
		m.take(f, c)
	}
	for path := range entries {
		if !known[path] {
			m.Unknown = append(m.Unknown, path)
		}
	}
	slices.Sort(m.Unknown)
	return m, nil
}

// take does a file's changes, where what comes of them is what was meant.
func (m *Merged) take(f file, c change) {
	if len(c.edits) == 0 && !c.impossible {
		return
	}
	data := apply(f.Data, c.edits)
	if c.impossible || !readsAs(data, f.root) {
		m.Left = append(m.Left, f.Path)
		return
	}
	m.Put += c.puts
	m.Files = append(m.Files, flows.File{Path: f.Path, Data: data})
}

// change is what is to become of one file. Each of its edits is done to the file's
// tree as well, so that the tree is what is meant.
type change struct {
	edits      []edit
	puts       int
	impossible bool // a place was not found
}

// put writes one translation: in the place of the words of the same language where
// there are some, else before the first of the other languages. It reports false
// where the words stand over several lines.
func (c *change) put(data []byte, t Text, language, words string) bool {
	if old := value(t.node, language); old != nil {
		at, end, ok := extent(data, old)
		if !ok {
			return false
		}
		c.edits = append(c.edits, edit{at, end, scalar(words)})
		*old = *word(words)
		c.puts++
		return true
	}
	first := t.node.Content[0]
	at := offset(data, first.Line, first.Column)
	behind := ", "
	if t.node.Style&yaml.FlowStyle == 0 {
		behind = lineBreak(data) + strings.Repeat(" ", first.Column-1)
	}
	c.edits = append(c.edits, edit{at, at, language + ": " + scalar(words) + behind})
	t.node.Content = append([]*yaml.Node{word(language), word(words)}, t.node.Content...)
	c.puts++
	return true
}

// list adds a language behind the last one.
func (c *change) list(data []byte, list *yaml.Node, language string) {
	last := list.Content[len(list.Content)-1]
	at, end, ok := extent(data, last)
	if ok && list.Style&yaml.FlowStyle != 0 {
		c.edits = append(c.edits, edit{end, end, ", " + language})
	} else if mark, found := itemMark(data, at); ok && found {
		end = lineEnd(data, end)
		c.edits = append(c.edits, edit{end, end, lineBreak(data) + mark + language})
	} else {
		c.impossible = true
	}
	list.Content = append(list.Content, word(language))
}

func word(text string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: text}
}
