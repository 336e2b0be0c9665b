package flows

import (
	"slices"
	"time"
)

// waits reports waits that do not say what follows when nobody can come. One
// without a ladder has the built-in rungs, which alert the lead and say the
// clinic's numbers, so it is no error.
func (k *checker) waits(g *graph) {
	urgent := k.emergencyWaits(g)
	k.eachStep(func(s *step) {
		v, ok := s.verb.(*handOverVerb)
		if !ok {
			return
		}
		if v.ladder.name == "" && !s.hidden("ladder") {
			k.warn(s.at, codeNoLadder, "this wait has no `ladder`: when no doctor answers, the built-in rungs say the clinic's numbers and promise nothing else", "add `ladder: …`, whose last rung is a promise such as a `callback`")
		}
		if !v.closed.leads() && !s.hidden("closed") && !k.always(v.department.name) {
			k.closes(s, v, urgent[s])
		}
		if !v.nobody.leads() && !s.hidden("nobody") && v.ladder.name != "" && !k.alertsSoon(v) {
			k.warn(s.at, codeNoNobody, "this wait has no `nobody`: while no doctor has signed in, patients wait for the ladder", "add `nobody: part`, to which the flow leads at once")
		}
	})
}

func (k *checker) closes(s *step, v *handOverVerb, urgent bool) {
	if urgent {
		k.fail(s.at, codeEmergencyShut, "the part `"+emergencyPart+"` leads here, and `"+v.department.name+"` is not open always", "hand over to a department with `hours: always`, or add `closed: part`, which leads to a promise")
		return
	}
	k.fail(s.at, codeNoClosed, "this wait has no `closed`, and `"+v.department.name+"` is not open always", "add `closed: part`, to which the flow leads outside of its hours")
}

// hidden says whether a key stands in the step, though what it says could not
// be read.
func (s *step) hidden(key string) bool { return contains(s.keys, key) }

// soonAlerted is how fast a lead is woken by a ladder that stands in for
// `nobody`.
const soonAlerted = 2 * time.Minute

// alertsSoon says whether the wait's ladder wakes somebody in the first
// minutes.
func (k *checker) alertsSoon(v *handOverVerb) bool {
	return slices.ContainsFunc(v.rungs(k.d.ladders), func(s *rung) bool { return s.alert != "" && s.after <= soonAlerted })
}

// always says whether a department is open at all times; one that is not
// known may be.
func (k *checker) always(department string) bool {
	i := slices.IndexFunc(k.d.departments, func(d Department) bool { return d.ID == department })
	return i < 0 || k.d.departments[i].hours == nil || k.d.departments[i].hours.Always
}

// emergencyWaits are the waits to which the part `emergency` leads before a
// doctor has come.
func (k *checker) emergencyWaits(g *graph) map[*step]bool {
	found := map[*step]bool{}
	first, ok := g.entry[emergencyPart]
	if !ok {
		return found
	}
	seen, open := make([]bool, len(g.nodes)), []int{first}
	for len(open) > 0 {
		i := open[len(open)-1]
		open = open[:len(open)-1]
		if seen[i] {
			continue
		}
		seen[i] = true
		if _, waits := g.nodes[i].step.verb.(*handOverVerb); waits {
			found[g.nodes[i].step] = true
		}
		for _, e := range g.nodes[i].edges {
			if !e.promise {
				open = append(open, e.to)
			}
		}
	}
	return found
}

// promising reports ladders that end in no promise, and rungs that can never
// be reached.
func (k *checker) promising() {
	for _, l := range k.d.ladderOrder {
		if len(l.rungs) == 0 || l.lost {
			continue
		}
		last := l.rungs[len(l.rungs)-1]
		if k.behindPromise(l) {
			continue
		}
		if !last.target.leads() && !k.says(&last.end) && !k.says(&last.say) && last.choose.absent() {
			k.fail(last.at, codeLadderEnds, "the ladder `"+l.id+"` ends in no promise", "let its last rung lead to a part with `callback` or `book`, or say a number such as {clinic.phone}")
		} else if !last.choose.absent() {
			k.fail(last.at, codeLadderEnds, "the ladder `"+l.id+"` ends with a question, which nobody may answer", "add a rung behind it that leads to a `callback`")
		}
	}
}

// behindPromise reports a rung behind one that settles the wait.
func (k *checker) behindPromise(l *ladder) bool {
	for i, s := range l.rungs[:len(l.rungs)-1] {
		if !s.end.absent() || k.callsBack(s.target.part) {
			k.warn(l.rungs[i+1].at, codeRungBehind, "the rung before this one is a promise for good, so this one is never reached", "remove it, or put it before")
			return true
		}
	}
	return false
}

// callsBack says whether a part surely promises a call-back, without a way
// that leads elsewhere before.
func (k *checker) callsBack(part string) bool {
	p := k.d.parts[part]
	if p == nil {
		return false
	}
	for _, s := range p.steps {
		switch s.verb.(type) {
		case *callBackVerb:
			return s.ifSource.absent()
		case *sayVerb, *askVerb, *setVerb, *useVerb:
		default:
			return false
		}
	}
	return false
}
