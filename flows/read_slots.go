package flows

import (
	"fmt"
	"slices"

	"go.yaml.in/yaml/v3"

	"bedside/flows/near"
)

// slot is one remembered answer, with its question.
type slot struct {
	id       string
	at       spot
	kind     slotType
	label    Text
	question phrase // the zero phrase: filled otherwise than by ask
	fills    string
	optional bool
}

func (s *slot) describe() Slot {
	d := Slot{ID: s.id, Type: s.kind.name(), Label: s.label, Fills: s.fills, Optional: s.optional, kind: s.kind}
	for _, o := range optionsOf(s.kind) {
		d.Options = append(d.Options, SlotOption{ID: o.id, Text: o.text.text})
	}
	return d
}

var slotKeys = []string{"type", "label", "ask", "optional", "fills"}

// fillable says which facts about the patient a slot can fill, and the type
// that each needs.
var fillable = map[string]string{
	"patient.name":  "text",
	"patient.born":  "date",
	"patient.phone": "phone",
	"patient.email": "email",
}

var fillableNames = []string{"patient.name", "patient.born", "patient.phone", "patient.email"}

func (r *reader) slot(key, value *yaml.Node) {
	what := "the slot `" + key.Value + "`"
	s := &slot{id: key.Value, at: r.at(key), kind: unbuiltType{}}
	r.draft.slots[s.id] = s
	r.draft.slotOrder = append(r.draft.slotOrder, s)
	if len(r.draft.slotOrder) == maxSlots+1 {
		r.fail(s.at, codeTooMany, fmt.Sprintf("there are more than %d slots", maxSlots), "make one flow of fewer questions")
	}
	if len(r.draft.slotOrder) > maxSlots {
		return // the rest would take long, and is not looked at
	}
	f, ok := r.pairs(value, what)
	if !ok {
		return
	}
	r.respell(f, what, slices.Concat(slotKeys, typeKeys()))
	kind, ok := r.slotKind(f, what)
	r.slotFields(f, what, kind)
	s.question = r.phrase(f.get("ask"), "the question of "+what)
	r.label(s, f, what)
	s.optional = r.truth(f.get("optional"), "`optional`")
	if ok && kind.read != nil {
		s.kind = kind.read(r, f)
	}
	r.fills(s, f.get("fills"))
}

// label is what the doctor's card says; without one it says the question.
func (r *reader) label(s *slot, f fields, what string) {
	if s.label = r.plain(f.get("label"), "the label of "+what); s.label != nil {
		return
	}
	s.label = s.question.text
	if _, there := f.keys["label"]; !there {
		r.warn(s.at, codeMissingKey, what+" has no `label`, so the doctor's card shows its question", "add `label:` with a word or two")
	}
}

// slotKind looks the type up. One that there is not keeps the slot, so that
// asking it is no second problem.
func (r *reader) slotKind(f fields, what string) (slotKind, bool) {
	n := r.need(f, "type", what)
	name, ok := r.name(n, "a type")
	if !ok {
		return slotKind{}, false
	}
	kind, ok := slotKindNamed(name)
	if ok {
		return kind, true
	}
	cure := near.Hint(name, slotKindNames())
	if cure == "" {
		cure = "the types are " + list(slotKindNames())
	}
	r.fail(r.at(n), codeBadValue, "there is no type `"+name+"`", cure)
	return slotKind{}, false
}

// slotFields reports the keys that a slot of this type cannot have.
func (r *reader) slotFields(f fields, what string, kind slotKind) {
	all := slices.Concat(slotKeys, typeKeys())
	for _, key := range f.order {
		switch {
		case contains(slotKeys, key) || contains(kind.keys, key):
		case contains(typeKeys(), key):
			if kind.read != nil {
				r.fail(r.at(f.keys[key]), codeMisplaced, "a slot of type "+kind.name+" has no `"+key+"`", "remove it; its own keys are "+list(kind.keys))
			}
		default:
			r.strange(f, key, what, all)
		}
	}
}

func (r *reader) fills(s *slot, n *yaml.Node) {
	name, ok := r.name(n, "`fills`")
	if !ok {
		return
	}
	needed, known := fillable[name]
	switch _, unbuilt := s.kind.(unbuiltType); {
	case !known:
		r.fail(r.at(n), codeBadValue, "`fills: "+name+"` names nothing that is known about a patient", "write one of "+list(fillableNames))
	case !unbuilt && s.kind.name() != needed:
		r.fail(r.at(n), codeWrongType, "`"+name+"` is filled by a "+needed+", and this slot is a "+s.kind.name(), "write `type: "+needed+"` or remove `fills`")
	case r.define(n, "slot that fills", name):
		s.fills = name
	}
}
