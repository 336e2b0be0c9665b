package bot

import (
	"slices"

	"bedside/flows"
)

// Today is what the clinic's configuration says now about a conversation that
// may be older than it. A start with another configuration looks at every open
// conversation once.

// Stranded reports whether the configuration of today leaves the conversation to
// nobody: its doctor, or that of an appointment, is not among the staff any more,
// or its department is not in the flow. Waking it then puts that right.
func Stranded(s State, staff map[string]Actor, live *flows.Program) bool {
	return left(s, staff, live) || s.ringsNobody(staff) || len(s.orphans(staff)) > 0 || len(s.offeredByNobody(staff)) > 0
}

// ringsNobody reports an offer to a doctor who is here no more.
func (s State) ringsNobody(staff map[string]Actor) bool {
	if s.Offer == nil || staff == nil {
		return false
	}
	_, there := staff[s.Offer.Doctor]
	return !there
}

// left reports whether nobody would answer the patient.
func left(s State, staff map[string]Actor, live *flows.Program) bool {
	switch s.Phase {
	case Consulting:
		_, there := staff[s.Doctor]
		return staff != nil && !there
	case Waiting:
		if live != nil && !has(live, s.Department) {
			return true
		}
	}
	return s.unanswerable(live)
}

// orphans are the appointments whose doctor is here no more, as far as nobody of
// the clinic has been told.
func (s State) orphans(staff map[string]Actor) []Booking {
	var out []Booking
	for _, b := range s.Bookings {
		if _, there := staff[b.Doctor]; staff != nil && b.Firm() && b.Doctor != "" && !there && b.Orphan != b.Doctor {
			out = append(out, b)
		}
	}
	return out
}

// offeredByNobody are the times that somebody has proposed who is here no more.
func (s State) offeredByNobody(staff map[string]Actor) []Booking {
	return slices.DeleteFunc(slices.Clone(s.Bookings), func(b Booking) bool {
		_, there := staff[b.Doctor]
		return staff == nil || b.Firm() || b.Doctor == "" || there
	})
}

// unanswerable reports an emergency that is offered to a department which is no
// more. While a doctor has the conversation it is offered when they do not answer.
func (s State) unanswerable(live *flows.Program) bool {
	return s.Emergency != nil && live != nil && s.Phase != Consulting && s.Phase != ClosedDown && !has(live, s.Emergency.Department)
}

func has(p *flows.Program, department string) bool {
	_, ok := p.Department(department)
	return ok
}

// catchUp gives a stranded conversation to somebody: a doctor who is gone loses
// it to the queue, and a queue that is gone to the first department of today.
func (t *turn) catchUp() error {
	if t.s.unanswerable(t.live()) {
		if err := t.offerEmergency(); err != nil {
			return err
		}
	}
	if t.s.ringsNobody(t.f.Staff) {
		t.endOffer(OfferGone)
		t.offerNext()
	}
	for _, b := range t.s.orphans(t.f.Staff) {
		t.task(TaskBooking, b.ID, b.DoctorName)
	}
	for _, b := range t.s.offeredByNobody(t.f.Staff) {
		if err := t.offeredInVain(b); err != nil {
			return err
		}
	}
	if !left(t.s, t.f.Staff, t.live()) {
		return nil
	}
	if t.s.Phase == Consulting {
		if err := t.back(releasedGone, t.s.Department, ""); err != nil {
			return err
		}
	} else {
		to := t.department(t.s.Department)
		t.bot(QueueJoined, Queued{
			Phase: t.s.Phase, Department: to, Title: t.title(to), Priority: t.s.Priority, Summary: t.s.Summary,
			Event: t.s.QueuedBy, Purpose: string(t.s.Purpose), Rungs: seconds(t.s.Rungs), First: t.s.First,
		})
	}
	t.alert("stranded")
	return nil
}

// department is where a conversation goes that was meant for this one: a running
// conversation keeps the flow that it began with, but only departments of today
// have doctors.
func (t *turn) department(id string) string {
	live := t.live()
	if live == nil || has(live, id) {
		return id
	}
	if all := live.Departments(); len(all) > 0 {
		return all[0].ID
	}
	return id
}
