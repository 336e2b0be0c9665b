package bot

import (
	"time"
)

// overtime is how long a booked visit may go on beyond its length before its call
// ends by itself.
const overtime = 10 * time.Minute

// comesDue is the beginning of an appointment: its doctor is assigned and the room
// asked for in one commit. During an open call the booking takes that call for its
// own. With nobody who could come, the patient goes to the head of the queue.
func (t *turn) comesDue(b Booking) error {
	if err := t.stands(&b, EvComeDue); err != nil {
		return err
	}
	doctor, there := t.host(b)
	if !there || !t.f.Now.Before(b.End().Add(overtime)) {
		return t.nobodyComes(b)
	}
	if t.s.Call.Open() {
		return t.adopt(b)
	}
	t.system(BookingDue, ForAll, OfBooking{Booking: b.ID})
	if err := t.bringIn(doctor, b); err != nil {
		return err
	}
	t.requestBooked(b, max(b.Attempt, 1))
	return nil
}

// host is the doctor with whom an appointment is, as they stand among the staff
// today.
func (t *turn) host(b Booking) (Actor, bool) {
	if b.Doctor == "" {
		return Actor{}, false
	}
	if t.f.Staff == nil {
		return Actor{Role: Doctor, Login: b.Doctor, Name: b.DoctorName, TrueConfID: b.TrueConfID}, true
	}
	a, ok := t.f.Staff[b.Doctor]
	return a, ok
}

// nobodyComes is the beginning of an appointment that nobody can keep: its patient
// goes to the head of the queue and the lead is woken, so that nobody is left
// alone.
func (t *turn) nobodyComes(b Booking) error {
	t.system(BookingDue, ForStaff, OfBooking{Booking: b.ID})
	t.missed(b, System, ForStaff)
	t.taskOver(b.ID)
	t.alert("booking")
	if t.s.Phase == Consulting {
		return nil
	}
	t.say(t.words().bookingDue)
	return t.lapse(Queued{Department: b.Department, First: true})
}

// adopt makes the open call that of the booking: the booking's join link leads into
// it, and its own room is removed.
func (t *turn) adopt(b Booking) error {
	c := t.s.Call
	t.system(BookingDue, ForAll, OfBooking{Booking: b.ID, Call: c.ID})
	end, ends := t.visitEnds(b), endsAt(c, t.f.Limits)
	if ends.IsZero() {
		ends = t.f.Now.Add(t.f.Limits.CallLimit) // or later: it is counted from when the room stands
	}
	if ends.Before(end) {
		t.system(CallExtended, ForAll, Extended{Call: c.ID, Until: end})
	}
	return t.met()
}

// bringIn assigns the doctor of an appointment. Another one who has the patient
// just now gives them away, and both are told.
func (t *turn) bringIn(doctor Actor, b Booking) error {
	if t.s.Phase == Consulting {
		if t.s.Doctor == doctor.Login {
			return nil
		}
		if err := t.letGo("booking", b.Department); err != nil {
			return err
		}
		t.say(t.bookingWords().takesOver(doctor.Name))
	}
	phase, err := t.move(EvAssign)
	if err != nil {
		return err
	}
	t.system(DoctorAssigned, ForAll, Assigned{
		Event: EvAssign, Phase: phase, Doctor: doctor.Login, Name: doctor.Name, TrueConfID: doctor.TrueConfID,
		Department: t.department(b.Department), Why: ByBooking,
	})
	return nil
}

// whyBooking is why the call of an appointment is asked for.
const whyBooking = "booking"

// requestBooked asks for the room of an appointment; it has the same id as ever.
// Without the seats that were held it waits until they are free.
func (t *turn) requestBooked(b Booking, attempt int) {
	r := Requested{Call: b.ID, Attempt: attempt, How: b.How, Doctor: b.Doctor, Why: whyBooking, Until: t.visitEnds(b)}
	if b.How == ByApp {
		r.Owner = b.TrueConfID
	}
	if !b.Held || len(b.HeldSeats) < seatsOf(b.How) { // a call that was to become the visit's own has ended before it
		t.begin(r)
		return
	}
	r.Seats, r.Room = b.HeldSeats, b.HeldRoom
	t.request(t.recording(r))
}

// visitEnds is when the call of a visit that begins now ends by itself.
func (t *turn) visitEnds(b Booking) time.Time {
	return laterOf(b.Start, t.f.Now).Add(b.Length + overtime).UTC()
}

// untilVisitEnds has a call that is asked for while an appointment goes on last as long
// as that one may, where that is longer than a call's usual time.
func (t *turn) untilVisitEnds(r Requested) Requested {
	least := t.f.Now.Add(t.f.Limits.CallLimit)
	for _, b := range t.s.Bookings {
		if end := t.visitEnds(b); r.Why != whyBooking && b.State == DueNow && end.After(least) && end.After(r.Until) {
			r.Until = end
		}
	}
	return r
}

// openEarly is a press of Join: the doctor's begins the visit from ten minutes
// before its start, and anybody's makes the room anew of one whose call ended
// before both had met.
func (t *turn) openEarly() error {
	b := t.s.BookingOf(t.c.Args.Booking)
	doctor := t.c.Actor.Role == Doctor
	if b == nil || !b.Firm() || doctor && b.Doctor != t.c.Actor.Login {
		return refuse(CallOver, t.words().refusals[CallOver])
	}
	from := b.Start
	if doctor {
		from = from.Add(-HeldBefore)
	}
	switch {
	case t.s.Call.Named(b.ID) && t.s.Call.Open():
		return nil
	case t.f.Now.Before(from) && b.State == BookedFor:
		return tooEarly(t.bookingWords().tooEarly(t.moment(b.Start)), from.Sub(t.f.Now))
	case b.State == BookedFor:
		return t.comesDue(*b)
	}
	host, there := t.host(*b)
	if !there {
		return refuse(NotNow, t.bookingWords().notNow)
	}
	if err := t.bringIn(host, *b); err != nil {
		return err
	}
	t.requestBooked(*b, t.nextAttempt(*b))
	return nil
}

func tooEarly(words string, wait time.Duration) *Refusal {
	r := refuse(TooEarly, words)
	r.RetryAfter = int(wait/time.Second) + 1
	return r
}

// met keeps the appointments in whose call both are. One who had gone before the other
// came has met nobody.
func (t *turn) met() error {
	c := t.s.Call
	for _, b := range t.s.Bookings {
		if b.State == DueNow && c.Named(b.ID) && c.Inside[Patient] && c.Inside[Doctor] {
			t.system(BookingKept, ForAll, OfBooking{Booking: b.ID})
		}
	}
	return nil
}

// kept is the doctor's word that the visit took place.
func (t *turn) kept() error {
	b, err := t.named(EvKeep)
	if err != nil {
		return err
	}
	t.mine(BookingKept, ForAll, OfBooking{Booking: b.ID})
	t.parting = t.bookingWords().over
	return t.settle()
}

// noShowAfter is how long a patient may be late before the doctor may say that
// they did not come.
const noShowAfter = 10 * time.Minute

// noShow is the doctor's word that the patient did not come, which counts only
// from one who has been there.
func (t *turn) noShow() error {
	b, err := t.named(EvMiss)
	if err != nil {
		return err
	}
	c := t.s.Call
	switch {
	case b.Declined:
		return t.gaveUp(b)
	case b.Came[Patient]:
		return refuse(NotNow, "The patient has been in the room.")
	case !b.Came[Doctor] && !(c.Named(b.ID) && c.Unwatched):
		return refuse(NotNow, "You have not been in the room yourself: a patient has missed nobody.")
	case t.f.Now.Before(laterOf(b.Start, b.DueAt).Add(noShowAfter)):
		return refuse(NotNow, "Give the patient ten minutes from the start.")
	}
	return t.missedByPatient(b)
}

func laterOf(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// missedByPatient ends an appointment to which the patient did not come, and with
// it the conversation, unless the patient has said something since.
func (t *turn) missedByPatient(b Booking) error {
	if t.s.Call.Named(b.ID) {
		t.endCall(EndPhase)
	}
	t.system(BookingMissed, ForAll, MissedBooking{Booking: b.ID, By: Patient})
	t.parting = t.bookingWords().youMissed(t.phone())
	if t.s.Phase == Parked && !t.s.Promised() && !t.s.SaidParked && t.s.Emergency == nil {
		return t.settle()
	}
	t.say(t.parting)
	if t.s.Phase != Consulting || t.s.Doctor != b.Doctor || !t.s.SpokeAt.Before(b.DueAt) {
		return t.settle()
	}
	phase, err := t.move(EvFinish)
	if err != nil {
		return err
	}
	t.system(DoctorFinished, ForAll, Finished{Event: EvFinish, Phase: phase})
	return t.conclude("", false, CloseSettled)
}
