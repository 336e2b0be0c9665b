package flows

import (
	"go.yaml.in/yaml/v3"
)

type choiceType struct{ options []option }

// option is one answer of a choice, or of a `choose`: then target is the part
// to which it leads, "" for the next step.
type option struct {
	id     string
	text   phrase
	at     spot
	target target
}

// target is a name that must be a part's, and where it stands.
type target struct {
	part string
	at   spot
	dark bool // something stands there that this version does not know
}

var optionKeys = keys{built: []string{"id", "text"}, later: []string{"red_flag"}}

func readChoice(r *reader, f fields) slotType {
	n := r.need(f, "options", "a choice")
	t := &choiceType{options: r.options(n, optionKeys)}
	for _, o := range t.options {
		for _, ref := range o.text.refs {
			r.fail(ref.at, codeInsert, "an answer's text cannot hold {"+ref.name+"}", "write it out, for the doctor's card shows it too")
		}
	}
	return t
}

// leads says whether the target is another than the next step.
func (t target) leads() bool { return t.part != "" || t.dark }

// options reads the list of options of a choice or a `choose`.
func (r *reader) options(n *yaml.Node, k keys) []option {
	var all []option
	items := r.items(n, "`options`")
	if n != nil && n.Kind == yaml.SequenceNode && len(items) == 0 {
		r.fail(r.at(n), codeMissingKey, "there is no option", "write at least one, as in - {id: me, text: {…}}")
	}
	seen := map[string]bool{}
	for _, item := range items {
		o, ok := r.option(item, k)
		switch {
		case !ok:
		case seen[o.id]:
			r.fail(o.at, codeTwice, "the option `"+o.id+"` is there already", "give this one another id")
		default:
			seen[o.id] = true
			all = append(all, o)
		}
	}
	return all
}

func (r *reader) option(n *yaml.Node, k keys) (option, bool) {
	f, ok := r.mapping(n, "an option", k)
	if !ok {
		return option{}, false
	}
	id := r.need(f, "id", "an option")
	o := option{text: r.phrase(r.need(f, "text", "an option"), "the text of an option"), target: r.target(f.get("goto"))}
	if id == nil || !r.id(id, "an option") {
		return option{}, false
	}
	o.id, o.at = id.Value, r.at(id)
	return o, true
}

func (*choiceType) name() string     { return "choice" }
func (*choiceType) operand() operand { return operandChoice }

// ask leaves the options to the step, which renders their texts.
func (*choiceType) ask(*Asked, asking) {}

// accept takes an id; what is typed is matched by the walk, which knows the
// texts as they are shown.
func (t *choiceType) accept(in Input, c asking) (Value, objection) {
	if !t.has(in.Option) {
		return Value{}, objection(c.words.NotOption)
	}
	return TextValue(in.Option), ""
}

func (t *choiceType) shown(v Value, lang string) string {
	for _, o := range t.options {
		if o.id == v.text {
			return o.text.text.In(lang)
		}
	}
	return v.text
}

func (t *choiceType) has(id string) bool { return contains(t.ids(), id) }

func (t *choiceType) ids() []string {
	ids := make([]string, len(t.options))
	for i, o := range t.options {
		ids[i] = o.id
	}
	return ids
}
