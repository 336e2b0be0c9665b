package flows

import (
	"github.com/expr-lang/expr/ast"

	"bedside/flows/near"
)

// uses are the names that the files use, by what they name.
type uses map[string]map[string]bool

// note counts a misspelt name as the one that was probably meant.
func (u uses) note(what, name string, names []string) {
	if name == "" {
		return
	}
	if !contains(names, name) {
		name = near.Name(name, names)
	}
	if u[what] == nil {
		u[what] = map[string]bool{}
	}
	u[what][name] = true
}

// unused reports what the files define and nothing names. Hours may wait for a
// department that is to come.
func (k *checker) unused() {
	if k.d.lost || k.noParts() {
		return
	}
	u := k.uses()
	report := func(what, name, says, cure string) {
		if at, there := k.d.defined[what+" "+name]; there && !u[what][name] {
			k.warn(at, codeUnused, says, cure)
		}
	}
	for _, name := range k.d.departmentNames() {
		report("department", name, "no patient comes to the department `"+name+"`", "name it in a `hand_over`, `video`, `book`, `callback` or `also`, or remove it")
	}
	for _, l := range k.d.ladderOrder {
		report("ladder", l.id, "no wait has the ladder `"+l.id+"`", "add `ladder: "+l.id+"` to a `hand_over`, or remove it")
	}
	for _, f := range k.d.fragOrder {
		report("fragment", f.id, "nothing uses the fragment `"+f.id+"`", "write `use: "+f.id+"`, or remove it")
	}
	for _, name := range sortedKeys(k.d.consents) {
		report("consent", name, "nobody is asked for the consent `"+name+"`", "write `consent: "+name+"`, or remove it")
	}
	for _, name := range k.d.order.holidays {
		report("holidays", name, "no hours follow the holidays `"+name+"`", "write `holidays: "+name+"` in `hours`, or remove them")
	}
	k.idleSlots(u, report)
}

func (k *checker) idleSlots(u uses, report func(what, name, says, cure string)) {
	for _, s := range k.d.slotOrder {
		if s.redFlag() {
			report("slot", s.id, "the red flag `"+s.id+"` is never asked", "write `ask: "+s.id+"`, or remove it")
			continue
		}
		report("slot", s.id, "nothing asks, sets or shows the slot `"+s.id+"`", "write `ask: "+s.id+"`, or remove it")
	}
}

// uses gathers every name that stands in a step, a rung or a fact.
func (k *checker) uses() uses {
	u, d := uses{}, k.d
	departments, slots, ladders := d.departmentNames(), d.slotNames(), sortedKeys(d.ladders)
	fragments, consents := sortedKeys(d.fragments), sortedKeys(d.consents)
	k.eachStep(func(s *step) {
		for _, name := range s.mentions { // of a step that could not be read
			for _, what := range []string{"department", "ladder", "fragment", "consent", "slot"} {
				u.note(what, name, []string{name})
			}
		}
		switch v := s.verb.(type) {
		case *handOverVerb:
			u.note("department", v.department.name, departments)
			u.note("ladder", v.ladder.name, ladders)
			for _, ref := range v.summary {
				u.note("slot", ref.name, slots)
			}
		case *bookVerb:
			u.note("department", v.department.name, departments)
		case *callBackVerb:
			u.note("department", v.department.name, departments)
		case *useVerb:
			u.note("fragment", v.fragment.name, fragments)
		case *consentVerb:
			u.note("consent", v.consent.name, consents)
		case *askVerb:
			u.note("slot", v.slot.name, slots)
		case *setVerb:
			for _, l := range v.literals {
				u.note("slot", l.slot.name, slots)
			}
		}
	})
	for _, l := range d.ladderOrder {
		for _, s := range l.rungs {
			for _, ref := range s.also {
				u.note("department", ref.name, departments)
			}
		}
	}
	u.note("department", d.emergency.offerTo.name, departments)
	for _, name := range d.order.hours {
		u.note("holidays", d.hours[name].holidays.name, d.order.holidays)
	}
	k.shown(u, slots)
	return u
}

// shown notes the slots that texts and conditions read: one that a signed
// identity fills need not be asked.
func (k *checker) shown(u uses, slots []string) {
	show := func(p *phrase) {
		for _, ref := range p.refs {
			if s := k.filledBy(ref.name); s != nil {
				u.note("slot", s.id, slots)
			}
		}
	}
	k.eachStep(func(s *step) {
		for _, use := range s.verb.phrases(k.d) {
			show(use.phrase)
		}
		if s.ifSource.tree == nil {
			return
		}
		for _, id := range slotsIn(s.ifSource.tree, k.d.slots) {
			u.note("slot", id, slots)
		}
	})
}

// slotsIn lists the slots that a condition names.
func slotsIn(tree ast.Node, slots map[string]*slot) (ids []string) {
	names := conditionNames{slots: slots, env: map[string]any{}}
	ast.Walk(&tree, &names)
	for _, s := range names.reads {
		ids = append(ids, s.id)
	}
	for _, c := range names.calls {
		if c.slot != nil {
			ids = append(ids, c.slot.Value)
		}
	}
	return ids
}
