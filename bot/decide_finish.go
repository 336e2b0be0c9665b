package bot

import (
	"slices"
	"time"

	"bedside/flows"
)

// Kinds of the step after a visit.
const (
	NextNone     = "none"
	NextText     = "text"
	NextFollowUp = "follow_up" // come again about then
	NextBooking  = "booking"   // an appointment, or a time that the patient is offered
)

// followUpMost is further ahead than anybody is asked to come again; what lies beyond
// is a slip of the hand, and years of five digits can be written nowhere (RFC 3339).
const followUpMost = 10 * 366 * 24 * time.Hour

// finish gives the patient back to the flow, behind its hand-over; where none
// stands, the conversation ends. What the doctor leaves them with stays pinned.
func (t *turn) finish() error {
	phase, err := t.move(EvFinish)
	if err != nil {
		return err
	}
	b := Finished{Event: EvFinish, Phase: phase}
	if b.Outcome, err = t.maybe(t.c.Args.Outcome); err != nil {
		return err
	}
	if b.Words, err = t.maybe(t.c.Args.Words); err != nil {
		return err
	}
	if b.Next, err = t.next(); err != nil {
		return err
	}
	t.endCall(EndPhase)
	t.endEmergencyOf(EmergencyTaken)
	for _, due := range slices.Clone(t.s.Bookings) {
		if due.State == DueNow && due.Doctor == t.s.Doctor { // in the chat, where not in the room
			t.mine(BookingKept, ForAll, OfBooking{Booking: due.ID})
		}
	}
	t.mine(DoctorFinished, ForAll, b)
	if b.Words != "" || b.Next != nil {
		t.answerGiven()
	}
	if t.s.EndedFlow || t.f.Program == nil || t.s.Memory.Waits != flows.WaitHandOver {
		return t.conclude("", false, CloseDoctor)
	}
	return t.play(t.f.Program.GoOn(t.s.Memory, t.flowFacts()))
}

// next is the step after the visit as it is recorded; nil where there is none.
func (t *turn) next() (*Next, error) {
	n := t.c.Args.Next
	if n == nil || n.Kind == NextNone || n.Kind == "" {
		return nil, nil
	}
	out := *n
	var err error
	if out.Text, err = t.maybe(n.Text); err != nil {
		return nil, err
	}
	switch {
	case n.Kind == NextText && out.Text == "":
		return nil, refuse(Malformed, "the next step `text` wants its text")
	case n.Kind == NextText:
		return &Next{Kind: n.Kind, Text: out.Text}, nil
	case n.Kind == NextFollowUp && !n.At.After(t.f.Now):
		return nil, refuse(Invalid, "a follow-up is in the future: say about when")
	case n.Kind == NextFollowUp && n.At.Sub(t.f.Now) > followUpMost:
		return nil, refuse(Invalid, "a follow-up is within ten years: say about when")
	case n.Kind == NextFollowUp:
		return &Next{Kind: n.Kind, Text: out.Text, At: n.At.UTC()}, nil
	case n.Kind != NextBooking:
		return nil, refuse(Malformed, "the next step is none, text, follow_up or booking")
	}
	return t.nextBooking(out)
}

// nextBooking is an appointment that stands, or the time that is proposed to the
// patient with the end of the visit.
func (t *turn) nextBooking(n Next) (*Next, error) {
	if n.Booking == "" {
		var err error
		if n.Booking, err = t.proposeAt(n.At, 0, "", n.Text); err != nil {
			return nil, err
		}
	}
	b := t.s.BookingOf(n.Booking)
	if b == nil {
		return nil, refuse(Invalid, "there is no such appointment any more")
	}
	return &Next{Kind: NextBooking, Text: n.Text, At: b.Start.UTC(), Booking: b.ID}, nil
}
