package flows

import (
	"slices"

	"go.yaml.in/yaml/v3"

	"bedside/flows/near"
)

// askVerb asks a slot's question and fills the slot. It passes over a slot
// that is filled or was skipped already, unless again is set. if_yes, if_no
// and then lead by what the slot holds, whether or not it was asked just now.
type askVerb struct {
	slot   reference
	again  bool
	ifYes  target
	ifNo   target
	then   []branch // in file order
	thenAt spot
}

// branch leads an option of a choice to a part.
type branch struct {
	option reference
	target target
}

func readAsk(r *reader, f fields) verb {
	n := f.get("ask")
	name, ok := r.name(n, "a slot")
	if !ok {
		return opaque{}
	}
	v := &askVerb{
		slot:  reference{name, r.at(n)},
		again: r.truth(f.get("again"), "`again`"),
		ifYes: r.target(f.get("if_yes")),
		ifNo:  r.target(f.get("if_no")),
	}
	if then := f.get("then"); then != nil {
		v.thenAt = r.at(f.keys["then"])
		v.then = r.branches(then)
	}
	return v
}

func (r *reader) branches(n *yaml.Node) (all []branch) {
	f, ok := r.pairs(n, "`then`")
	if !ok {
		return nil
	}
	for _, id := range f.order {
		all = append(all, branch{reference{id, r.at(f.keys[id])}, r.target(f.get(id))})
	}
	return all
}

func (v *askVerb) check(k *checker, _ *step) {
	s := k.slot(v.slot)
	if s == nil || s.kind.operand() == operandAny {
		return
	}
	if s.question.absent() {
		k.fail(v.slot.at, codeNoQuestion, "the slot `"+s.id+"` has no question", "add `ask:` to the slot")
	}
	for _, t := range []target{v.ifYes, v.ifNo} {
		if t.part != "" && s.kind.operand() != operandBool {
			k.fail(t.at, codeMisplaced, "`if_yes` and `if_no` follow a yes_no, and `"+s.id+"` is a "+s.kind.name(), "write `then: {option: part}` after a choice, or a `goto` with `if`")
		}
	}
	v.checkThen(k, s)
}

func (v *askVerb) checkThen(k *checker, s *slot) {
	choice, ok := s.kind.(*choiceType)
	if !ok && len(v.then) > 0 {
		k.fail(v.thenAt, codeMisplaced, "`then` follows a choice, and `"+s.id+"` is a "+s.kind.name(), "write a `goto` with `if`")
		return
	}
	for _, b := range v.then {
		if !choice.has(b.option.name) {
			cure := near.Hint(b.option.name, choice.ids())
			if cure == "" {
				cure = "its options are " + list(choice.ids())
			}
			k.fail(b.option.at, codeOption, "`"+s.id+"` has no option `"+b.option.name+"`", cure)
		}
	}
}

func (v *askVerb) ways(k *checker) []way {
	s := k.d.slots[v.slot.name]
	if s == nil {
		return []way{{fills: v.slot.name, sure: true}}
	}
	var ways []way
	for _, t := range v.targets() {
		ways = append(ways, way{to: t, fills: s.id, sure: true, pause: v.again})
	}
	if s.optional || !v.covers(s) || v.alarms() {
		ways = append(ways, way{fills: s.id, sure: !s.optional, clear: s.optional && v.again, pause: v.again})
	}
	return ways
}

func (v *askVerb) targets() (all []target) {
	for _, t := range []target{v.ifYes, v.ifNo} {
		if t.leads() {
			all = append(all, t)
		}
	}
	for _, b := range v.then {
		if b.target.leads() {
			all = append(all, b.target)
		}
	}
	return all
}

// alarms says whether an answer leads to the part `emergency`: then a false
// alarm comes back behind the question.
func (v *askVerb) alarms() bool {
	return slices.ContainsFunc(v.targets(), func(t target) bool { return t.part == emergencyPart })
}

// covers says whether every answer leads somewhere else than to the next
// step.
func (v *askVerb) covers(s *slot) bool {
	if choice, ok := s.kind.(*choiceType); ok {
		return len(choice.options) > 0 && !slices.ContainsFunc(choice.ids(), func(id string) bool { return !v.lead(TextValue(id)).leads() })
	}
	return v.ifYes.leads() && v.ifNo.leads()
}

func (v *askVerb) phrases(d *draft) []use {
	s := d.slots[v.slot.name]
	if s == nil {
		return nil
	}
	return []use{{phrase: &s.question}}
}

func (v *askVerb) do(w *walk, at Place) move {
	s := w.program.slots[v.slot.name]
	if !v.again {
		w.recall(s, at)
		if value, met := w.memory.Slots[s.id]; met {
			return v.branch(value)
		}
	}
	v.question(w, at)
	return move{stop: true}
}

func (v *askVerb) question(w *walk, at Place) {
	w.ask(w.question(w.program.slots[v.slot.name], at))
}

func (v *askVerb) answer(w *walk, at Place, in Input) (move, error) {
	s := w.program.slots[v.slot.name]
	if in.Skip {
		if !s.optional {
			return move{}, &Refusal{Invalid, w.words.CannotSkip}
		}
		w.emit(Skipped{At: at, Slot: s.id})
		return move{}, nil
	}
	value, refusal := w.accept(s, in)
	if refusal != "" {
		return move{}, &Refusal{Invalid, string(refusal)}
	}
	red := s.red(value)
	w.emit(Filled{At: at, Slot: s.id, Value: value, Text: s.kind.shown(value, w.lang), Red: red})
	if red && w.program.parts[emergencyPart] != nil {
		return move{part: emergencyPart, red: s.id}, nil
	}
	return v.branch(value), nil
}

// resume goes on behind the answer that had raised a false alarm.
func (v *askVerb) resume(w *walk, _ Place) move {
	if m := v.branch(w.memory.Slots[v.slot.name]); m.part != emergencyPart {
		return m
	}
	return move{}
}

// branch moves by the value; the zero move goes on.
func (v *askVerb) branch(value Value) move { return v.lead(value).move() }

// lead is the target for a value; the zero target is the next step.
func (v *askVerb) lead(value Value) target {
	if yes, ok := value.Bool(); ok {
		if yes {
			return v.ifYes
		}
		return v.ifNo
	}
	id, ok := value.Text()
	for _, b := range v.then {
		if ok && b.option.name == id {
			return b.target
		}
	}
	return target{}
}
