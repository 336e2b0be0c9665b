package flows

import (
	"strings"

	"bedside/flows/internal/near"
)

// Inserts that are always known, those that a hand-over knows, and those
// of the language that are not built.
var (
	alwaysKnown  = []string{"clinic.name", "clinic.phone", "emergency.phone"}
	inHandOver   = []string{"department.title"}
	laterInserts = []string{"queue.position", "queue.wait", "department.opens", "booking.when", "callback.by"}
)

// inserts reports names in a text that stand for nothing.
func (k *checker) inserts(u use) {
	for _, ref := range u.phrase.refs {
		switch {
		case contains(alwaysKnown, ref.name), k.filledBy(ref.name) != nil:
		case contains(inHandOver, ref.name):
			if !u.department {
				k.fail(ref.at, codeInsert, "{"+ref.name+"} has a meaning only in the `tell` of a hand_over", "name the department in words")
			}
		case contains(laterInserts, ref.name):
			k.fail(ref.at, codeNotBuilt, "this version of Bedside does not know `{"+ref.name+"}` yet", "leave it out, or use a version that knows it")
		case contains(fillableNames, ref.name):
			k.fail(ref.at, codeInsert, "no slot fills {"+ref.name+"}", "add `fills: "+ref.name+"` to a slot")
		default:
			k.unknownInsert(ref)
		}
	}
}

func (k *checker) unknownInsert(ref reference) {
	names := append(append(append([]string{}, alwaysKnown...), fillableNames...), inHandOver...)
	names = append(names, k.d.slotNames()...)
	cure := near.Hint(ref.name, names)
	if cure == "" {
		cure = "write a slot's name, or one of {" + strings.Join(names[:4], "} {") + "}"
	}
	k.fail(ref.at, codeInsert, "{"+ref.name+"} stands for nothing", cure)
}

// filledBy is the slot that an insert shows: its own name, or the fact
// about the patient that it fills.
func (k *checker) filledBy(name string) *slot {
	if s, ok := k.d.slots[name]; ok {
		return s
	}
	for _, s := range k.d.slotOrder {
		if s.fills != "" && s.fills == name {
			return s
		}
	}
	return nil
}
