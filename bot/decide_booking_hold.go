package bot

import (
	"fmt"
	"slices"
	"time"
)

// hold takes the seats of a visit that begins soon, so that no other call does. A
// call that goes on over it may have them still: then the lead is told once, and
// it is tried again when one falls free. A try that changes nothing leaves nothing.
func (t *turn) hold(b Booking) error {
	if t.s.Call.Open() { // the booking will take that call for its own
		t.system(BookingHeld, ForSystem, HeldBooking{Booking: b.ID})
		return nil
	}
	got := t.take(b.How, true)
	switch {
	case got.Lacks == "":
		t.system(BookingHeld, ForStaff, HeldBooking{Booking: b.ID, Seats: got.Seats, Room: got.Room})
	case b.Lacks == "":
		t.system(BookingHeld, ForStaff, HeldBooking{Booking: b.ID, Lacks: got.Lacks})
		t.alert(alertedForSeats)
	case b.Lacks != got.Lacks:
		t.system(BookingHeld, ForSystem, HeldBooking{Booking: b.ID, Lacks: got.Lacks})
	}
	return nil
}

// holdWaiting holds the seats of the visits that lack them, if they are free now.
func (t *turn) holdWaiting() error {
	for _, b := range t.s.Bookings {
		if !b.unheld() {
			continue
		}
		if err := t.hold(b); err != nil {
			return err
		}
	}
	return nil
}

// reminder is one of the times at which a patient is reminded.
type reminder struct {
	which  string
	before time.Duration
}

var reminders = [...]reminder{{"24h", 24 * time.Hour}, {"2h", 2 * time.Hour}, {"15m", 15 * time.Minute}}

// remindAt is the next reminder of an appointment; false: there is none any more.
// Those whose time had passed when it was made, or that came before one that has
// been given, are left out.
func remindAt(b Booking) (reminder, time.Time, bool) {
	last := -1
	for i, r := range reminders {
		if slices.Contains(b.Reminded, r.which) {
			last = i
		}
	}
	for _, r := range reminders[last+1:] {
		if at := b.Start.Add(-r.before); at.After(b.MadeAt) {
			return r, at, true
		}
	}
	return reminder{}, time.Time{}, false
}

// remindPatient reminds of an appointment and of trying camera and microphone. Of
// several reminders that are due the last alone is given; where the visit should have
// begun meanwhile it begins.
func (t *turn) remindPatient(b Booking) error {
	if !t.f.Now.Before(b.Start) {
		return t.comesDue(b)
	}
	r, _, ok := remindAt(b)
	for _, next := range reminders {
		if at := b.Start.Add(-next.before); ok && at.After(b.MadeAt) && !at.After(t.f.Now) {
			r = next
		}
	}
	if !ok {
		return fmt.Errorf("bot: the booking %s has no reminder", b.ID)
	}
	t.system(BookingReminded, ForAll, RemindedBooking{Booking: b.ID, Which: r.which})
	t.say(t.bookingWords().remind(b.Text))
	t.tell(ForReminder, t.s.BookingOf(b.ID))
	return nil
}
