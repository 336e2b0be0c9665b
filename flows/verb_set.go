package flows

import (
	"time"

	"go.yaml.in/yaml/v3"

	"bedside/flows/internal/words"
)

// setVerb writes literals into slots, whatever they hold.
type setVerb struct{ literals []literal }

// literal is a value for a slot, before the slot's type is known.
type literal struct {
	slot  reference
	node  *yaml.Node
	at    spot
	value Value
}

func readSet(r *reader, f fields) verb {
	pairs, ok := r.pairs(f.get("set"), "`set`")
	if !ok {
		return opaque{}
	}
	v := &setVerb{}
	for _, id := range pairs.order {
		n := pairs.get(id)
		v.literals = append(v.literals, literal{slot: reference{id, r.at(pairs.keys[id])}, node: n, at: r.at(n)})
	}
	if len(v.literals) == 0 {
		r.fail(r.at(f.keys["set"]), codeNoValue, "`set` sets nothing", "write {slot: value}")
	}
	return v
}

func (v *setVerb) check(k *checker, _ *step) {
	for i := range v.literals {
		l := &v.literals[i]
		s := k.slot(l.slot)
		if s == nil || s.kind.operand() == operandAny || l.node.Kind == 0 {
			continue
		}
		value, cure := literalOf(s.kind, l.node)
		if cure != "" {
			k.fail(l.at, codeWrongType, "`"+s.id+"` is a "+s.kind.name()+" and cannot be set to this", cure)
		}
		l.value = value
	}
}

func (v *setVerb) ways(*checker) []way {
	w := way{}
	for _, l := range v.literals {
		w.more = append(w.more, l.slot.name)
	}
	return []way{w}
}

func (v *setVerb) phrases(*draft) []use { return nil }

func (v *setVerb) do(w *walk, at Place) move {
	for _, l := range v.literals {
		w.emit(Filled{At: at, Slot: l.slot.name, Value: l.value})
	}
	return move{}
}

// literalOf reads what a `set` may write into a slot of this type: the value,
// or how it is written.
func literalOf(kind slotType, n *yaml.Node) (v Value, cure string) {
	in, fits := Input{Text: n.Value}, false
	switch tag := n.ShortTag(); kind.operand() {
	case operandNumber:
		fits, cure = tag == "!!int" || tag == "!!float", "write a number that the question would take"
	case operandBool:
		fits, cure = tag == "!!bool", "write true or false"
		in = Input{Option: optionNo}
		if fits && (n.Value[0] == 't' || n.Value[0] == 'T') {
			in = Input{Option: optionYes}
		}
	case operandDate:
		day, err := time.Parse(dateForm, n.Value)
		if n.Kind == yaml.ScalarNode && err == nil {
			return DateValue(day), ""
		}
		return v, "write a day such as 2027-02-15"
	case operandChoice:
		fits, cure = n.Kind == yaml.ScalarNode, "write the id of one of its options"
		in = Input{Option: n.Value}
	case operandText:
		fits, cure = tag == "!!str", "write a text in quotes that the question would take"
	default: // a list of options
		fits, cure = n.Kind == yaml.SequenceNode, "write a list of ids of its options, as in [a, b]"
		in = Input{Options: scalars(n)}
	}
	v, objection := kind.accept(in, asking{words: words.In("en")})
	if !fits || objection != "" {
		return Value{}, cure
	}
	return v, ""
}
