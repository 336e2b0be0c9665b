package flows

import (
	"maps"
	"slices"

	"go.yaml.in/yaml/v3"

	"bedside/flows/internal/accept"
)

type choiceType struct{ options []option }

// option is one answer of a choice, or of a `choose`: then target is the part
// to which it leads, "" for the next step.
type option struct {
	id     string
	text   phrase
	at     spot
	target target
	red    bool         // of a slot: the answer is dangerous
	known  accept.Known // as people may write it, where its text has no insert
}

// target is a name that must be a part's, and where it stands; or `resume`.
type target struct {
	part   string
	resume bool // back to what was interrupted
	at     spot
	dark   bool // something stands there that could not be read
}

var optionKeys = keys{"id", "text", "red_flag"}

func readChoice(r *reader, f fields) slotType {
	return &choiceType{options: r.slotOptions(f, "a choice")}
}

// slotOptions reads the options of a slot.
func (r *reader) slotOptions(f fields, what string) []option {
	options := r.options(r.need(f, "options", what), optionKeys)
	for _, o := range options {
		for _, ref := range o.text.refs {
			r.fail(ref.at, codeInsert, "an answer's text cannot hold {"+ref.name+"}", "write it out, for the doctor's card shows it too")
		}
	}
	return options
}

// leads says whether the target is another than the next step.
func (t target) leads() bool { return t.part != "" || t.resume || t.dark }

// move goes there.
func (t target) move() move { return move{part: t.part, resume: t.resume} }

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
	o := option{text: r.phrase(r.need(f, "text", "an option"), "the text of an option"), target: r.target(f.get("goto")), red: r.truth(f.get("red_flag"), "`red_flag`")}
	if id == nil || !r.id(id, "an option") {
		return option{}, false
	}
	o.id, o.at = id.Value, r.at(id)
	o.known = accept.Know(o.id, slices.Sorted(maps.Values(o.text.text))...)
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
	return optionIDs(t.options)
}

func (t *choiceType) red(v Value) bool {
	return slices.ContainsFunc(t.options, func(o option) bool { return o.red && o.id == v.text })
}
