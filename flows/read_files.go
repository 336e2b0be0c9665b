package flows

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
	"golang.org/x/text/language"

	"bedside/flows/yamltree"
)

var fileKeys = keys{
	"bedside", "languages", "clinic", "emergency", "holidays", "hours", "departments", "consents", "slots", "ladders", "silence", "fragments", "flows", "parts",
}

// readFiles reads all files as one namespace; the documents among them are
// read where a consent names them. ok is false where a file could not be read
// at all: then what the others say cannot be judged.
func readFiles(files []File, rep *report) (d *draft, ok bool) {
	d = newDraft()
	trees := make([]fields, 0, len(files))
	readers := make([]*reader, 0, len(files))
	read := 0
	for i, file := range files {
		if isDocument(file.Path) {
			d.documents[file.Path] = &files[i]
			continue
		}
		read++
		r := &reader{report: rep, file: file.Path, draft: d}
		if tree, ok := r.tree(file.Data); ok {
			trees, readers = append(trees, tree), append(readers, r)
		}
	}
	for i, r := range readers {
		r.version(trees[i])
		r.languages(trees[i])
	}
	for i, r := range readers {
		r.sections(trees[i])
	}
	whole := len(readers) == read
	if whole {
		d.settleFacts(rep)
	}
	return d, whole
}

func (r *reader) tree(data []byte) (fields, bool) {
	root, problems := yamltree.Guess(data)
	for _, p := range problems {
		r.add(spot{r.file, p.Line, p.Column}, yamltree.Doubtful(p.Code), p.Code, p.What, p.Cure)
	}
	if root == nil {
		return fields{}, false
	}
	r.hoist(root)
	return r.mapping(root, "a flow", fileKeys)
}

func (r *reader) sections(f fields) {
	r.clinic(f.get("clinic"))
	r.emergency(f.get("emergency"))
	r.named(f.get("holidays"), "holidays", "a list of holidays", r.holidays, r.draft.holidays, &r.draft.order.holidays)
	r.named(f.get("hours"), "hours", "an entry of hours", r.week, r.draft.hours, &r.draft.order.hours)
	r.shelter(f.get("departments"), "department", departmentKeys)
	r.each(f.get("departments"), "department", r.department)
	r.shelter(f.get("consents"), "consent", consentKeys)
	r.each(f.get("consents"), "consent", r.consent)
	r.shelter(f.get("slots"), "slot", slices.Concat(slotKeys, typeKeys()))
	r.each(f.get("slots"), "slot", r.slot, conditionWords...)
	r.each(f.get("ladders"), "ladder", r.ladder)
	r.silence(f.get("silence"))
	r.each(f.get("fragments"), "fragment", r.fragment)
	r.shelter(f.get("flows"), "flow", doorKeys)
	r.each(f.get("flows"), "flow", r.door)
	r.each(f.get("parts"), "part", r.part, "resume", silencePart)
}

// each reads the members of a section by their ids; taken are ids that the
// section keeps for itself.
func (r *reader) each(section *yaml.Node, what string, read func(key, value *yaml.Node), taken ...string) {
	if section == nil {
		return
	}
	f, ok := r.pairs(section, "the section `"+what+"s`")
	if !ok {
		return
	}
	for _, id := range f.order {
		key := f.keys[id]
		value := f.get(id)
		if !r.id(key, "a "+what, taken...) { // it is read all the same, so that what names it is no second problem
			key.Value = latinID(key.Value, f)
		}
		if value != nil && r.define(key, what, key.Value) {
			read(key, value)
		}
	}
}

// define notes a name, and reports one that stands in another file as well.
func (r *reader) define(n *yaml.Node, what, id string) bool {
	first, twice := r.draft.defined[what+" "+id]
	if twice {
		r.fail(r.at(n), codeTwice, fmt.Sprintf("the %s `%s` is defined already, in %s line %d", what, id, first.file, first.line), "keep one of them")
		return false
	}
	r.draft.defined[what+" "+id] = r.at(n)
	return true
}

func (r *reader) version(f fields) {
	n := f.get("bedside")
	if n == nil {
		return
	}
	r.draft.defined["section bedside"] = r.at(n)
	if n.Kind != 0 && (n.Kind != yaml.ScalarNode || n.Value != "1" || n.ShortTag() != "!!int") {
		r.fail(r.at(n), codeVersion, "this version of Bedside reads the language's version 1", "write `bedside: 1`")
	}
}

func (r *reader) languages(f fields) {
	n := f.get("languages")
	if n == nil || !r.define(n, "section", "languages") {
		return
	}
	items := r.items(n, "`languages`")
	if n.Kind == yaml.SequenceNode && len(items) == 0 {
		r.fail(r.at(n), codeMissingKey, "`languages` names no language", "write at least one, as in [en]")
	}
	for _, item := range items {
		r.language(item)
	}
}

func (r *reader) language(n *yaml.Node) {
	tag, ok := r.name(n, "a language")
	if !ok {
		return
	}
	_, err := language.Parse(tag)
	switch {
	case err != nil || strings.Contains(tag, "_") || len(tag) > 35:
		r.fail(r.at(n), codeBadLanguage, "`"+tag+"` is no language", "write a tag such as en, ru or pt-BR")
	case contains(r.draft.languages, tag):
		r.fail(r.at(n), codeBadLanguage, "`"+tag+"` stands twice", "keep one of them")
	default:
		r.draft.languages = append(r.draft.languages, tag)
	}
}
