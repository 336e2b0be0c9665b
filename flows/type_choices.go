package flows

import (
	"slices"
	"strings"
)

// choicesType takes several options; the client ends with "Done".
type choicesType struct{ options []option }

func readChoices(r *reader, f fields) slotType {
	return &choicesType{options: r.slotOptions(f, "a list of choices")}
}

func (*choicesType) name() string     { return "choices" }
func (*choicesType) operand() operand { return operandChoices }

// ask leaves the options to the step, which renders their texts.
func (*choicesType) ask(*Asked, asking) {}

// accept takes ids; what is typed is matched by the walk, which knows the
// texts as they are shown. The value has each once, in the order of the file.
func (t *choicesType) accept(in Input, c asking) (Value, objection) {
	if slices.ContainsFunc(in.Options, func(id string) bool {
		return !slices.ContainsFunc(t.options, func(o option) bool { return o.id == id })
	}) {
		return Value{}, objection(c.words.NotOptions)
	}
	var ids []string
	for _, o := range t.options {
		if contains(in.Options, o.id) {
			ids = append(ids, o.id)
		}
	}
	if len(ids) == 0 {
		return Value{}, objection(c.words.NotOptions)
	}
	return ListValue(ids...), ""
}

func (t *choicesType) shown(v Value, lang string) string {
	var texts []string
	for _, o := range t.options {
		if contains(v.list, o.id) {
			texts = append(texts, o.text.text.In(lang))
		}
	}
	return strings.Join(texts, ", ")
}

func (t *choicesType) red(v Value) bool {
	return slices.ContainsFunc(t.options, func(o option) bool { return o.red && contains(v.list, o.id) })
}

// optionsOf are the options of a choice or of choices; of any other type none.
func optionsOf(kind slotType) []option {
	switch t := kind.(type) {
	case *choiceType:
		return t.options
	case *choicesType:
		return t.options
	default:
		return nil
	}
}

// optionIDs are the ids of options, in order.
func optionIDs(options []option) []string {
	ids := make([]string, len(options))
	for i, o := range options {
		ids[i] = o.id
	}
	return ids
}
