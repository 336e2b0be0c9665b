package bot

import "time"

const (
	usualVisit   = 30 * time.Minute // where the department has no length of its own
	longestVisit = 4 * time.Hour
	keptFree     = 24 * time.Hour // a proposed time is kept free so long at most
	keptBefore   = time.Hour      // … and not beyond so long before it
	keptLeast    = 10 * time.Minute
)

// propose keeps a time of the doctor's own free until the patient has answered.
func (t *turn) propose() error {
	a := t.c.Args
	words := a.Text
	if words != "" {
		var err error
		if words, err = t.text(words); err != nil {
			return err
		}
	}
	_, err := t.proposeAt(a.Time, time.Duration(a.Minutes)*time.Minute, a.Department, words)
	return err
}

// proposeAt proposes a visit with the doctor who gives the command, and answers
// with the booking's id. No length is the department's, no department that of the
// conversation. The doctor's own hours do not bind them; their calendar and the
// seats do.
func (t *turn) proposeAt(start time.Time, length time.Duration, department, words string) (string, error) {
	if err := t.stands(nil, EvPropose); err != nil {
		return "", err
	}
	doctor := t.c.Actor
	if department == "" {
		department = t.s.Department
	}
	if live := t.live(); live != nil && !has(live, department) {
		return "", refuse(Invalid, "there is no such department")
	}
	if length == 0 {
		length = t.visitLength(department)
	}
	if err := t.mayBegin(start, length); err != nil {
		return "", err
	}
	p, err := t.place(doctor, start, length, nil)
	if err != nil {
		return "", err
	}
	b := Proposal{
		Booking: t.f.NewID(), Department: department, Title: t.title(department),
		Doctor: doctor.Login, DoctorName: doctor.Name, TrueConfID: doctor.TrueConfID, How: p.how, Seats: p.seats, Room: p.room,
		Start: start.UTC(), Length: int(length / time.Second), Text: t.moment(start), Words: words,
		Until: keptUntil(t.f.Now, start).UTC(),
	}
	t.mine(BookingProposed, ForAll, b)
	t.free = nil
	return b.Booking, nil
}

// keptUntil is how long a proposed time is kept free.
func keptUntil(now, start time.Time) time.Time {
	until := now.Add(keptFree)
	if last := start.Add(-keptBefore); last.Before(until) {
		until = last
	}
	if least := now.Add(keptLeast); until.Before(least) {
		until = least
	}
	if start.Before(until) {
		until = start
	}
	return until
}

func (t *turn) visitLength(department string) time.Duration {
	if live := t.live(); live != nil {
		if d, ok := live.Department(department); ok && d.Booking.Length > 0 {
			return d.Booking.Length
		}
	}
	return usualVisit
}

// mayBegin refuses times of the past, and lengths that are no visit's.
func (t *turn) mayBegin(start time.Time, length time.Duration) error {
	switch {
	case !start.After(t.f.Now):
		return refuse(Invalid, t.bookingWords().past)
	case start.Sub(t.f.Now) > 366*24*time.Hour:
		return refuse(Invalid, t.bookingWords().farAway)
	case length < Granule || length > longestVisit:
		return refuse(Invalid, "a visit takes from 5 minutes to 4 hours")
	}
	return nil
}

// place is room for a visit in a doctor's calendar and on the server.
func (t *turn) place(a Actor, start time.Time, length time.Duration, own *Booking) (opening, error) {
	if _, seats := wayOf(a.TrueConfID); seats > t.f.Limits.GuestSeats {
		return opening{}, refuse(NeverFits, "Two guests need two guest connections and the TrueConf Server has fewer. Book doctors with a TrueConf ID, or raise the licence and `trueconf.guest_seats`.")
	}
	p, free := t.openings().fits(a, start, length, own)
	if !free {
		return opening{}, slotTaken(t.bookingWords().taken)
	}
	return p, nil
}

// acceptTime makes a promise of what a doctor has proposed. One who waits in a
// queue leaves it for the appointment.
func (t *turn) acceptTime() error {
	b, err := t.named(EvBook)
	if err != nil {
		return err
	}
	if b, err = t.stillOffered(b); err != nil {
		return err
	}
	beside := t.s.Phase != Waiting
	t.mine(BookingMade, ForAll, Booked{
		Booking: b.ID, Department: b.Department, Title: t.title(b.Department), Doctor: b.Doctor, DoctorName: b.DoctorName, TrueConfID: b.TrueConfID,
		How: b.How, Start: b.Start.UTC(), Length: int(b.Length / time.Second), Text: b.Text, Seats: b.Seats, Room: b.Room, Beside: beside,
	})
	t.tell(ForBooked, t.s.BookingOf(b.ID))
	return t.leaveQueue(ParkBooking)
}

// stillOffered is a proposed time with its doctor, or with another who is free then
// where that one is here no more.
func (t *turn) stillOffered(b Booking) (Booking, error) {
	if _, there := t.host(b); there || b.Doctor == "" {
		return b, nil
	}
	p, free := t.openings().choose(t.department(b.Department), b.Start, b.Length, &b)
	if !free {
		return b, slotTaken(t.bookingWords().taken)
	}
	b.Doctor, b.DoctorName, b.TrueConfID, b.How, b.Seats, b.Room = p.doctor.Login, p.doctor.Name, p.doctor.TrueConfID, p.how, p.seats, p.room
	t.free = nil
	t.say(t.bookingWords().reassigned(b.Text, b.DoctorName))
	return b, nil
}

// offeredInVain takes back what a doctor has proposed who is here no more.
func (t *turn) offeredInVain(b Booking) error {
	t.system(BookingWithdrawn, ForAll, OfBooking{Booking: b.ID, Why: "by_doctor"})
	t.say(t.bookingWords().calledOff(b.Text))
	if t.s.Phase != Parked || t.s.Promised() {
		return nil
	}
	return t.lapse(Queued{Department: b.Department})
}

// declineTime lets a proposed time go. What the patient says with it is a message.
func (t *turn) declineTime() error {
	b, err := t.named(EvTakeBack)
	if err != nil {
		return err
	}
	words := t.c.Args.Text
	if words != "" {
		if words, err = t.text(words); err != nil {
			return err
		}
	}
	t.mine(BookingWithdrawn, ForAll, OfBooking{Booking: b.ID, Why: "declined"})
	if words != "" {
		return t.message(words)
	}
	t.parting = t.bookingWords().declined
	return t.settle()
}

// expire lets a time go to which the patient has not answered.
func (t *turn) expire(b Booking) error {
	t.system(BookingWithdrawn, ForAll, OfBooking{Booking: b.ID, Why: "expired"})
	t.parting = t.bookingWords().expired(b.Text)
	if t.s.Phase != Parked || t.s.Promised() || t.s.SaidParked || t.s.Emergency != nil {
		t.say(t.parting)
	}
	return t.settle()
}
