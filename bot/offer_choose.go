package bot

import (
	"cmp"
	"slices"
	"time"

	"bedside/flows"
)

const (
	// usualCapacity is how many conversations a doctor is offered at once where the
	// configuration does not say.
	usualCapacity = 3
	// consideredMost is of how many doctors an entry says why it was not they.
	consideredMost = 32
)

// Most is how many conversations a doctor is offered at once.
func (a Actor) Most() int { return cmp.Or(a.Capacity, usualCapacity) }

// choice is who is rung next, and of whom else was thought.
type choice struct {
	taken      *Actor // nil: nobody is free
	department string
	why        ChosenBy
	considered []Considered
}

// nextDoctor looks through the departments in the order in which they are rung, and
// takes the first doctor of the first of them that has one who is free. In an
// emergency one with full hands is rung too, after those whose hands are free.
func (t *turn) nextDoctor() choice {
	var c choice
	all := t.f.Doctors()
	known := map[string]bool{} // from a department before
	for _, department := range t.s.Offered() {
		crew := t.inOrder(all, department)
		for i := range crew {
			d := &crew[i]
			if known[d.Actor.Login] {
				continue
			}
			known[d.Actor.Login] = true
			not := t.s.notThey(d.DoctorNow)
			free := not == "" || t.s.Emergency != nil && not.handsFull()
			switch {
			case !free || c.taken != nil && not != "":
			case c.taken != nil:
				not = NotFirst
			default:
				c.taken, c.department, c.why, not = &d.Actor, department, d.why, ""
			}
			c.considered = append(c.considered, Considered{Doctor: d.Actor.Login, Not: not, Open: d.Open})
		}
		if c.taken != nil {
			break
		}
	}
	c.considered = shortened(c.considered)
	return c
}

// shortened keeps the one who was taken and the first of the others.
func shortened(all []Considered) []Considered {
	if len(all) <= consideredMost {
		return all
	}
	out := slices.Clone(all[:consideredMost])
	for _, c := range all[consideredMost:] {
		if c.Not == "" {
			out[consideredMost-1] = c
		}
	}
	return out
}

// candidate is a doctor of a department with what puts them where they stand.
type candidate struct {
	DoctorNow
	full bool // free only for an emergency
	seen int  // how long ago they saw this patient, in doctors; the most: never
	why  ChosenBy
}

// inOrder are the doctors of a department as they are rung: those who saw the
// patient before, where the department wants it, then by its own order. Nobody is
// left out, for the entry names them all.
func (t *turn) inOrder(all []DoctorNow, department string) []candidate {
	live := t.live()
	d, _ := live.Department(department)
	order := cmp.Or(d.Offer, flows.LeastBusy)
	var before []string
	if d.SameDoctor {
		before = t.seenBy()
	}
	var out []candidate
	for _, now := range all {
		if !now.Actor.Serves(department) {
			continue
		}
		c := candidate{DoctorNow: now, full: t.s.notThey(now).handsFull(), seen: slices.Index(before, now.Actor.Login), why: ChosenBy(order)}
		if c.why = ChosenBy(order); c.seen >= 0 {
			c.why = BySameDoctor
		} else {
			c.seen = len(before)
		}
		out = append(out, c)
	}
	slices.SortStableFunc(out, func(a, b candidate) int {
		return cmp.Or(compareBool(a.full, b.full), cmp.Compare(a.seen, b.seen), byOrder(order, a.DoctorNow, b.DoctorNow),
			cmp.Compare(a.Actor.Login, b.Actor.Login))
	})
	return out
}

// seenBy are the doctors who saw this patient before, the last first: here, then in
// earlier conversations of the same signed person.
func (t *turn) seenBy() []string {
	out := slices.Clone(t.s.HadBy)
	slices.Reverse(out)
	if t.f.Knows != nil {
		out = append(out, t.f.Knows()...)
	}
	return out
}

// byOrder compares two doctors by a department's order.
func byOrder(order flows.Offer, a, b DoctorNow) int {
	took := a.LastTook.Compare(b.LastTook)
	switch order {
	case flows.LongestIdle:
		return cmp.Or(compareBool(a.Open > 0, b.Open > 0), a.IdleFrom.Compare(b.IdleFrom), cmp.Compare(a.Open, b.Open), took)
	case flows.RoundRobin:
		return took
	}
	return cmp.Or(cmp.Compare(a.Open, b.Open), took)
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// notThey says why a doctor is not rung for the patient; "" is that they may be.
func (s State) notThey(d DoctorNow) NotThey {
	switch {
	case !d.Here:
		return NotHere
	case d.Duty == DutyAway:
		return NotAway
	case d.Actor.Login == s.Doctor:
		return NotAnswered
	}
	if not := s.passedBy(d); not != "" {
		return not
	}
	switch {
	case d.Ringing != "" && d.Ringing != s.ID:
		return NotRinging
	case d.Duty == DutyBusy:
		return NotBusy
	case d.InCall:
		return NotInCall
	case d.Open >= d.Actor.Most():
		return NotFree
	}
	return ""
}

// handsFull reports a reason that an emergency outweighs.
func (n NotThey) handsFull() bool { return n == NotBusy || n == NotInCall || n == NotFree }

// passedBy says whether the doctor was rung for this wait in vain. Who has missed
// it and has said since that they are here is asked again.
func (s State) passedBy(d DoctorNow) NotThey {
	p, rung := s.Passed[d.Actor.Login]
	switch {
	case !rung:
		return ""
	case p.Why == OfferDeclined:
		return NotDeclined
	case p.Why == OfferMissed && !d.Since.After(p.At):
		return NotAnswered
	}
	return ""
}

// offerStands reports whether the conversation is still offered to whom it rings.
// One who was rung before an emergency came stands back for those whose it is.
func (s State) offerStands() bool {
	o, em := s.Offer, s.Emergency
	if !slices.Contains(s.Offered(), o.Department) {
		return false
	}
	return em == nil || o.Department == em.Department || !o.At.Before(em.At)
}

// assignedBy says why the conversation is this doctor's, and who else was thought
// of: as the offer has it, or as all stand at the moment at which they help
// themselves.
func (t *turn) assignedBy(a Actor) (ChosenBy, []Considered) {
	if o := t.s.Offer; o != nil && o.Doctor == a.Login {
		return o.Why, o.Considered
	}
	if t.f.Doctors == nil {
		return ByOwnClaim, nil
	}
	considered := []Considered{{Doctor: a.Login}}
	open := t.s.Offered()
	for _, d := range t.f.Doctors() {
		if d.Actor.Login == a.Login {
			considered[0].Open = d.Open
			continue
		}
		if !slices.ContainsFunc(open, d.Actor.Serves) {
			continue
		}
		not := t.s.notThey(d)
		if o := t.s.Offer; o != nil && o.Doctor == d.Actor.Login {
			not = NotRinging
		}
		considered = append(considered, Considered{Doctor: d.Actor.Login, Not: cmp.Or(not, NotFirst), Open: d.Open})
	}
	return ByOwnClaim, shortened(considered)
}

// passedOver forgets who was rung in vain: a new rung begins the round anew.
func passedOver(s State) State {
	s.Passed = nil
	return s
}

// gaveBack notes that a doctor has let go of the patient: they are not the next to
// be rung for them.
func gaveBack(s State, doctor string, at time.Time, why string) State {
	pass := Pass{Why: OfferDeclined, At: at}
	switch {
	case doctor == "":
		return s
	case why == "silent" || why == "emergency" || why == releasedGone:
		pass.Why = OfferMissed
	}
	s.Passed = own(s.Passed)
	s.Passed[doctor] = pass
	return s
}

// releasedGone is why a conversation is released whose doctor is here no more.
const releasedGone = "gone"
