package flows

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"bedside/flows/near"
	"bedside/flows/yamltree"
)

// consent is a document to which a patient agrees.
type consent struct {
	id      string
	title   Text
	papers  map[string]paper // by language
	version string
	valid   time.Duration // 0: never without being asked
}

// paper is the document in one language.
type paper struct{ text, hash string }

var consentKeys = keys{"title", "document", "version", "valid"}

func (r *reader) consent(key, value *yaml.Node) {
	what := "the consent `" + key.Value + "`"
	c := &consent{id: key.Value, papers: map[string]paper{}}
	r.draft.consents[c.id] = c
	f, ok := r.mapping(value, what, consentKeys)
	if !ok {
		return
	}
	c.title = r.plain(r.need(f, "title", what), "the title of "+what)
	c.version, _ = r.words(r.need(f, "version", what), "`version`")
	c.valid = r.duration(f.get("valid"), 0)
	documents := r.plain(r.need(f, "document", what), "the document of "+what)
	for lang, name := range documents {
		n := valueOf(f.get("document"), lang)
		c.papers[lang] = r.paper(n, name, documents)
	}
}

// valueOf is the value under a key of a mapping that has been read.
func valueOf(n *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return n
}

// longestDocument is more than anybody reads before a visit.
const longestDocument = 64 << 10

// paper finds the document that a name means, from the folder of the file in
// which it stands. others are those of the consent's languages.
func (r *reader) paper(n *yaml.Node, name string, others Text) paper {
	where, ok := documentPath(r.file, name)
	if !ok {
		r.fail(r.at(n), codeBadValue, "`"+name+"` is no document of this folder", "write the path of a file that ends in .md or .txt, from this file's folder down")
		return paper{}
	}
	document, ok := r.draft.documents[where]
	if !ok {
		cure := near.Hint(name, r.documentsHere(others))
		if cure == "" {
			cure = "put it there, or correct the path"
		}
		r.fail(r.at(n), codeDocument, "there is no document `"+name+"`", cure)
		return paper{}
	}
	r.draft.named[where] = true
	switch data := document.Data; {
	case len(data) > longestDocument:
		r.fail(r.at(n), codeDocument, fmt.Sprintf("the document `%s` has %d KiB, more than %d", name, (len(data)+1023)>>10, longestDocument>>10), "write what a patient can read; that much is a book")
	case !utf8.Valid(data):
		r.fail(r.at(n), codeDocument, "the document `"+name+"` is not UTF-8", "save it as UTF-8 in your editor")
	case len(bytes.TrimSpace(data)) == 0:
		r.fail(r.at(n), codeDocument, "there is nothing in the document `"+name+"`", "write what the patient agrees to")
	default:
		sum := sha256.Sum256(data)
		return paper{text: string(data), hash: hex.EncodeToString(sum[:])}
	}
	return paper{}
}

// documentsHere are the documents below the file's folder, as it would name
// them, but for those of other languages.
func (r *reader) documentsHere(others Text) (names []string) {
	for where := range r.draft.documents {
		below, ok := strings.CutPrefix(where, folderOf(r.file))
		if ok && !slices.Contains(slices.Collect(maps.Values(others)), below) {
			names = append(names, below)
		}
	}
	slices.Sort(names)
	return names
}

// folderOf is the folder of a file with a slash behind it; "" for none.
func folderOf(file string) string { return file[:strings.LastIndexByte(file, '/')+1] }

// isDocument says whether a file of a flow is a document, not YAML.
func isDocument(file string) bool {
	ext := strings.ToLower(path.Ext(file))
	return ext == ".md" || ext == ".txt"
}

// documentPath is where the document lies that a file names. There is no way
// out of the file's folder.
func documentPath(file, name string) (string, bool) {
	if !fs.ValidPath(name) || strings.ContainsAny(name, "\\:\x00") || !isDocument(name) {
		return "", false
	}
	return folderOf(file) + name, true
}

// Documents lists the paths of the documents that the consents of these files
// name, from where the files are: what [Compile] wants beside them. Any bytes
// may be given; what cannot be read names none, and Compile says why.
func Documents(files []File) []string {
	var found []string
	for _, file := range files {
		if isDocument(file.Path) {
			continue
		}
		root, _ := yamltree.Guess(file.Data)
		for _, consent := range below(below([]*yaml.Node{root}, "consents"), "") {
			for _, name := range below(below([]*yaml.Node{consent}, "document"), "") {
				if where, ok := documentPath(file.Path, name.Value); ok && name.Kind == yaml.ScalarNode {
					found = append(found, where)
				}
			}
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// below are the values under a key of the mappings among the nodes, or under
// every key for "".
func below(nodes []*yaml.Node, key string) (values []*yaml.Node) {
	for _, n := range nodes {
		if n == nil || n.Kind != yaml.MappingNode {
			continue
		}
		for i := 0; i+1 < len(n.Content); i += 2 {
			if key == "" || n.Content[i].Value == key {
				values = append(values, n.Content[i+1])
			}
		}
	}
	return values
}
