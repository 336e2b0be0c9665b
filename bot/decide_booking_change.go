package bot

import "time"

// moveBooking puts an appointment to another time, by the patient or the clinic.
// The patient chooses among the free times of its doctor, the clinic is bound by
// calendar and seats alone. One that is due already, because the doctor is late,
// gives the patient the rest of the day back.
func (t *turn) moveBooking() error {
	b, err := t.named(EvMove)
	if err != nil {
		return err
	}
	start := t.c.Args.Time
	if err := t.mayBegin(start, b.Length); err != nil {
		return err
	}
	if start.Equal(b.Start) && b.State == BookedFor {
		return nil
	}
	if b.State == DueNow && b.Came[Doctor] && t.c.Actor.Role == Patient {
		return refuse(NotNow, t.bookingWords().notNow)
	}
	p, err := t.newPlace(&b, start)
	if err != nil {
		return err
	}
	doctorBefore := b.Doctor
	if p.doctor.Login != doctorBefore { // the doctor of before is gone
		t.mine(BookingReassigned, ForAll, reassigned(b, p))
		b = *t.s.BookingOf(b.ID)
	}
	t.mine(BookingMoved, ForAll, MovedBooking{
		Booking: b.ID, Start: start.UTC(), Length: int(b.Length / time.Second), Text: t.moment(start),
		Seq: b.Seq + 1, Attempt: t.nextAttempt(b), Seats: p.seats, Room: p.room,
	})
	t.free = nil
	words := t.bookingWords().moved(t.moment(start))
	if p.doctor.Login != doctorBefore {
		words = t.bookingWords().reassigned(t.moment(start), p.doctor.Name)
	}
	t.say(words)
	t.tell(ForMoved, t.s.BookingOf(b.ID))
	t.taskOver(b.ID)
	if b.State == DueNow {
		return t.standBack(b)
	}
	return nil
}

// newPlace is where a booking may be moved by whoever asks.
func (t *turn) newPlace(b *Booking, start time.Time) (opening, error) {
	doctor, there := t.f.Staff[b.Doctor]
	if t.c.Actor.Role == Patient && t.f.Free == nil {
		free := false
		for _, at := range t.openings().timesToMove(b) {
			free = free || at.Equal(start)
		}
		if !free {
			return opening{}, slotTaken(t.bookingWords().taken)
		}
	}
	if there {
		return t.place(doctor, start, b.Length, b)
	}
	if p, ok := t.openings().choose(b.Department, start, b.Length, b); ok {
		return p, nil
	}
	if b.Doctor == "" || t.f.Staff == nil {
		return opening{doctor: Actor{Login: b.Doctor, Name: b.DoctorName, TrueConfID: b.TrueConfID}, how: b.How, seats: b.Seats, room: b.Room}, nil
	}
	return opening{}, slotTaken(t.bookingWords().taken)
}

// nextAttempt names the room for a booking's new time: one that no call of it has
// used yet.
func (t *turn) nextAttempt(b Booking) int {
	if c := t.s.Call; c != nil && c.ID == b.ID {
		return max(b.Attempt, c.Attempt) + 1
	}
	return b.Attempt + 1
}

// standBack undoes what a beginning has done: the call ends, and the doctor who
// had the patient for it alone has them no longer.
func (t *turn) standBack(b Booking) error {
	if t.s.Call.Named(b.ID) {
		t.endCall(EndPhase)
	}
	if t.s.Phase != Consulting || t.s.Doctor != b.Doctor || b.Came[Doctor] {
		return nil
	}
	if err := t.letGo("moved", b.Department); err != nil {
		return err
	}
	return t.leaveQueue(ParkBooking)
}

// letGo takes the doctor off without a word: who follows says why.
func (t *turn) letGo(why, department string) error {
	phase, err := t.move(EvRelease)
	if err != nil {
		return err
	}
	t.endCall(EndPhase)
	t.system(DoctorReleased, ForAll, Released{Event: EvRelease, Phase: phase, Why: why, Department: t.department(department)})
	return nil
}

// cancelBooking ends an appointment. What the patient gives up is given up; what
// the clinic takes away puts the patient back into the queue. A proposal that its
// doctor cancels is taken back.
func (t *turn) cancelBooking() error {
	if b := t.s.BookingOf(t.c.Args.Booking); b != nil && b.State == Proposed {
		return t.takeBack(*b)
	}
	b, err := t.named(EvCancel)
	if err != nil {
		return err
	}
	reason := t.c.Args.Reason
	if reason != "" {
		if reason, err = t.text(reason); err != nil {
			return err
		}
	}
	if t.s.Call.Named(b.ID) && b.State == DueNow {
		t.endCall(EndPhase)
	}
	t.cancelled(&b, reason)
	if t.c.Actor.Role == Patient {
		t.parting = t.bookingWords().cancelled(b.Text, t.phone())
		if t.s.Phase != Parked || t.s.Promised() || t.s.SaidParked || t.s.Emergency != nil {
			t.say(t.parting)
		}
		return t.settle()
	}
	t.say(t.bookingWords().calledOff(b.Text))
	if t.s.Phase != Parked || t.s.Promised() {
		return nil
	}
	return t.lapse(Queued{Department: b.Department})
}

// phone is the clinic's number, or "".
func (t *turn) phone() string {
	if live := t.live(); live != nil {
		return live.Clinic().Phone
	}
	return ""
}

func (t *turn) takeBack(b Booking) error {
	why := "by_doctor"
	if t.c.Actor.Role == Patient {
		why = "declined"
	}
	t.mine(BookingWithdrawn, ForAll, OfBooking{Booking: b.ID, Why: why})
	if t.s.Phase != Parked || t.s.Promised() {
		return nil
	}
	if why == "declined" {
		t.parting = t.bookingWords().declined
		return t.settle()
	}
	t.say(t.bookingWords().calledOff(b.Text))
	return t.lapse(Queued{Department: b.Department})
}

// reassign gives an appointment to another doctor at the same time. The join link
// stays what it was.
func (t *turn) reassign() error {
	b, err := t.named(EvReassign)
	if err != nil {
		return err
	}
	doctor, there := t.f.Staff[t.c.Args.To]
	switch {
	case !there || doctor.Role != Doctor:
		return refuse(Invalid, "there is no such doctor")
	case !doctor.Serves(b.Department):
		return refuse(Invalid, "that doctor does not serve the department of the appointment")
	case doctor.Login == b.Doctor:
		return nil
	}
	p, err := t.place(doctor, b.Start, b.Length, &b)
	if err != nil {
		return err
	}
	t.mine(BookingReassigned, ForAll, reassigned(b, p))
	t.free = nil
	t.say(t.bookingWords().reassigned(b.Text, doctor.Name))
	t.tell(ForMoved, t.s.BookingOf(b.ID))
	t.taskOver(b.ID)
	return nil
}

func reassigned(b Booking, p opening) ReassignedBooking {
	return ReassignedBooking{
		Booking: b.ID, Doctor: p.doctor.Login, DoctorName: p.doctor.Name, TrueConfID: p.doctor.TrueConfID, How: p.how,
		Seq: b.Seq + 1, Attempt: b.Attempt + 1, Seats: p.seats, Room: p.room,
	}
}
