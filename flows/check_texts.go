package flows

import (
	"slices"
	"strings"

	"bedside/flows/near"
)

// inserts reports names in a text that stand for nothing, and those that only
// somebody who waits could be told. What else is known depends on the way that
// leads to the text.
func (k *checker) inserts(u use) {
	for _, ref := range u.phrase.refs {
		fact, insert := inserts[ref.name]
		switch {
		case insert && fact == factQueue && !contains(u.knows, factQueue):
			k.fail(ref.at, codeInsert, "{"+ref.name+"} has a meaning only for somebody who waits", "write it in a rung of a ladder, or in the `tell` of a hand_over")
		case insert, k.filledBy(ref.name) != nil:
		case contains(fillableNames, ref.name):
			k.fail(ref.at, codeInsert, "no slot fills {"+ref.name+"}", "add `fills: "+ref.name+"` to a slot")
		default:
			k.unknownInsert(ref)
		}
	}
}

func (k *checker) unknownInsert(ref reference) {
	names := slices.Concat(insertNames, fillableNames, k.d.slotNames())
	cure := near.Hint(ref.name, names)
	if cure == "" {
		cure = "write a slot's name, or one of {" + strings.Join(names[:4], "} {") + "}"
	}
	k.fail(ref.at, codeInsert, "{"+ref.name+"} stands for nothing", cure)
}

// unknownFact reports an insert where not every way that leads to it has made
// it known.
func (k *checker) unknownFact(ref reference, fact string) {
	where := map[string]string{
		factDepartment: "write it in the `tell` of a hand_over, in a ladder, or in a part to which only `closed` and `nobody` lead",
		factBooking:    "write it behind a `book`, and nowhere else",
		factCallBack:   "write it behind a `callback` or in its `tell`, and nowhere else",
	}[fact]
	k.fail(ref.at, codeInsert, "{"+ref.name+"} may stand for nothing here", where)
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
