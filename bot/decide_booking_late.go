package bot

import (
	"slices"
	"time"

	"bedside/flows"
)

// When the doctor of a visit that has begun is not there: they are rung again, the
// lead is woken, the patient is asked.
var lateAfter = [3]time.Duration{2 * time.Minute, 5 * time.Minute, 10 * time.Minute}

const (
	lateAgain     = 10 * time.Minute // a patient who would rather wait is asked again
	lateLeast     = 15 * time.Minute // a visit is not given up sooner after its beginning
	failAfter     = 10 * time.Minute // a room that does not come is given up
	callBackAfter = time.Hour        // a patient who would rather be called is, within so much of the opening hours
)

// What the patient may want to do about a doctor who is late.
const (
	LateWait    = "wait"
	LateOther   = "other"    // another doctor
	LatePhone   = "phone"    // a call-back
	LateNewTime = "new_time" // they choose one, and it is moved
)

// awaitsHost reports whether an appointment has begun without its doctor, who has
// been assigned for it: the rules of being late hold for what they owe.
func (s State) awaitsHost() bool {
	return slices.ContainsFunc(s.Bookings, func(b Booking) bool {
		return b.State == DueNow && b.Doctor == s.Doctor && !b.Came[Doctor] && !b.Declined
	})
}

// dueDeadlines are those of an appointment that has begun and that both have not
// kept yet.
func dueDeadlines(s State, b Booking) []deadline {
	began := laterOf(b.Start, b.DueAt)
	if b.Declined { // nobody waits for anybody, and Join brings them back until its end
		return []deadline{{laterOf(b.End(), began.Add(lateLeast)), onBooking(b.ID, (*turn).timeUp)}}
	}
	if c := s.Call; c.Named(b.ID) {
		if c.ReadyAt.IsZero() {
			return []deadline{{laterOf(began, c.RequestedAt).Add(failAfter), onBooking(b.ID, (*turn).failBooking)}}
		}
		began = laterOf(began, c.ReadyAt)
	}
	out := []deadline{{laterOf(b.End(), began.Add(lateLeast)), onBooking(b.ID, (*turn).timeUp)}}
	if c := s.Call; b.Came[Doctor] || c.Named(b.ID) && c.Open() && c.Unwatched {
		return out
	}
	switch {
	case b.Late < len(lateAfter):
		out = append(out, deadline{began.Add(lateAfter[b.Late]), onBooking(b.ID, (*turn).doctorLate)})
	case b.Chosen == LateWait:
		out = append(out, deadline{b.ChosenAt.Add(lateAgain), onBooking(b.ID, (*turn).doctorLate)})
	}
	return out
}

// doctorLate is one step further with a doctor who is not there.
func (t *turn) doctorLate(b Booking) error {
	stage := min(b.Late+1, len(lateAfter))
	t.system(BookingLate, ForAll, OfBooking{Booking: b.ID, Stage: stage})
	if c := t.s.Call; c.Named(b.ID) && c.Stands() {
		t.system(CallAwaited, ForAll, Presence{Call: c.ID, Attempt: c.Attempt, Who: Doctor})
	}
	switch stage {
	case 2:
		t.alert("late")
	case 3:
		t.say(t.bookingWords().doctorLate)
		t.tell(ForLate, t.s.BookingOf(b.ID))
	}
	return nil
}

// late is what the patient wants to do about it. Who has the visit key alone
// decides about its own appointment.
func (t *turn) late() error {
	if key := t.c.Actor.Call; key != "" && key != t.c.Args.Booking {
		return refuse(Forbidden, "a visit key decides about its own appointment alone")
	}
	b := t.s.BookingOf(t.c.Args.Booking)
	if b == nil || b.State != DueNow || b.Late < len(lateAfter) || b.Came[Doctor] {
		return refuse(NotNow, t.bookingWords().notNow)
	}
	option := t.c.Args.Option
	if !slices.Contains([]string{LateWait, LateOther, LatePhone, LateNewTime}, option) {
		return refuse(Invalid, "late knows the options wait, other, phone and new_time")
	}
	was := *b
	t.mine(BookingChosen, ForAll, OfBooking{Booking: was.ID, Option: option})
	switch option {
	case LateOther:
		return t.missedByDoctor(was, flows.ForVideo)
	case LatePhone:
		return t.phoneInstead(was)
	}
	return nil
}

// missed is the end of an appointment that the clinic has not kept and whose patient
// is to be called all the same: its link leads on.
func (t *turn) missed(b Booking, by Role, who Audience) {
	t.system(BookingMissed, who, MissedBooking{Booking: b.ID, By: by, LeadsOn: true})
}

// missedByDoctor gives up on the doctor: the patient is the first of the queue.
func (t *turn) missedByDoctor(b Booking, purpose flows.Purpose) error {
	t.missed(b, Doctor, ForAll)
	if t.s.Call.Named(b.ID) {
		t.endCall(EndPhase)
	}
	t.alert("late")
	t.say(t.bookingWords().anotherDoctor)
	return t.first(b, "late", purpose)
}

// first puts the patient before all but emergencies, whoever has them. A doctor
// other than that of the appointment keeps them.
func (t *turn) first(b Booking, why string, purpose flows.Purpose) error {
	if t.s.Phase == Consulting {
		if t.s.Doctor != b.Doctor {
			return nil
		}
		if err := t.letGo(why, b.Department); err != nil {
			return err
		}
	}
	return t.lapse(Queued{Department: b.Department, First: true, Purpose: string(purpose)})
}

// phoneInstead promises a call-back in the place of the visit.
func (t *turn) phoneInstead(b Booking) error {
	t.system(BookingMissed, ForAll, MissedBooking{Booking: b.ID, By: Doctor})
	if t.s.Call.Named(b.ID) {
		t.endCall(EndPhase)
	}
	t.alert("late")
	if t.s.Phase == Consulting && t.s.Doctor == b.Doctor {
		if err := t.letGo("late", b.Department); err != nil {
			return err
		}
	}
	if t.s.CallBack == nil {
		to := t.department(b.Department)
		d, _ := t.live().Department(to)
		t.bot(CallbackPromised, Promised{
			Department: to, Title: t.title(to), By: d.AddOpen(t.f.Now, callBackAfter).UTC(), Phone: t.s.number(), PlaceKept: t.s.Phase == Consulting,
		})
	}
	return t.leaveQueue(ParkCallback)
}

// number is where the patient can be called: as they have told or left it, or "".
func (s State) number() string {
	if phone := s.Patient["phone"]; phone != "" {
		return phone
	}
	if c := s.contact(BySMS); c != nil {
		return c.Address
	}
	return ""
}

// timeUp is the end of an appointment that both have not kept. Whoever was not
// there has missed it; where nobody can see who is in the room, or both have been
// there one after the other, it counts as kept.
func (t *turn) timeUp(b Booking) error {
	c := t.s.Call
	switch {
	case b.Declined:
		return t.gaveUp(b)
	case c.Named(b.ID) && c.Unwatched, b.Came[Doctor] && b.Came[Patient]:
		t.system(BookingKept, ForAll, OfBooking{Booking: b.ID})
		t.parting = t.bookingWords().over
		return t.settle()
	case b.Came[Doctor]:
		return t.missedByPatient(b)
	}
	return t.missedByDoctor(b, flows.ForChat)
}

// gaveUp ends an appointment to whose call the patient has said no: that is their own
// act and nobody's absence, whether the doctor was there or not.
func (t *turn) gaveUp(b Booking) error {
	t.mine(BookingCancelled, ForAll, CancelledBooking{Booking: b.ID, By: Patient, Seq: b.Seq + 1})
	t.taskOver(b.ID)
	t.parting = t.bookingWords().cancelled(b.Text, t.phone())
	if t.s.Phase != Parked || t.s.Promised() || t.s.SaidParked || t.s.Emergency != nil {
		t.say(t.parting)
	}
	return t.settle()
}

// failBooking gives up a room that did not come: the patient waits at the head of
// the queue, unless the doctor is with them in the chat already.
func (t *turn) failBooking(b Booking) error {
	t.missed(b, System, ForAll)
	if t.s.Call.Named(b.ID) {
		t.endCall(EndFailed)
	}
	t.alert("booking")
	if t.s.Phase == Consulting && (t.s.Doctor != b.Doctor || t.s.OwedSince.IsZero()) {
		t.say(t.words().noVideo)
		return nil
	}
	t.say(t.bookingWords().noRoom)
	return t.first(b, "no_video", flows.ForChat)
}
