package bot

import (
	"slices"
	"strconv"
	"time"

	"bedside/flows"
)

// BookingState is where a booking stands. One that is kept, missed, cancelled or
// withdrawn is no longer in the state.
type BookingState string

const (
	Proposed  BookingState = "proposed"
	BookedFor BookingState = "booked"
	DueNow    BookingState = "due"
)

// Booking is an appointment. Its id is that of its call from the start, so its
// join link never changes.
type Booking struct {
	ID         string
	State      BookingState
	Department string
	Doctor     string // login; "" in journals from before appointments had a doctor
	DoctorName string
	TrueConfID string
	How        How
	Start      time.Time
	Length     time.Duration
	Text       string // the time as the patient has read it
	Seq        int    // iCalendar SEQUENCE, RFC 5545 section 3.8.7.4
	Attempt    int    // of the room that is scheduled for it
	RoomStands bool   // … which is there
	Looked     bool   // … and was there still when the seats were to be held
	Seats      []int  // guest seats reserved for its time
	Room       int    // … and of trueconf.max_calls, from 1; 0 where they are not limited
	Held       bool   // from ten minutes before it has those that count now
	HeldSeats  []int  // … which are these
	HeldRoom   int
	Lacks      string    // seat or room: none was free when it was to be held, and none has been since
	Until      time.Time // of a proposal
	Reminded   []string
	DueAt      time.Time
	Came       map[Role]bool // who has been in the room since
	Late       int           // how far it has come with a doctor who is not there
	LateAt     time.Time     // … when
	Declined   bool          // the patient has said no to its call, and has not come since
	Chosen     string        // what the patient wants to do about it
	ChosenAt   time.Time
	Orphan     string    // the doctor who is here no more and for whom somebody of the clinic is to find another
	MadeAt     time.Time // or moved last
}

// End is when it should be over.
func (b Booking) End() time.Time { return b.Start.Add(b.Length) }

// Firm reports whether it is promised: not merely proposed.
func (b Booking) Firm() bool { return b.State != Proposed }

// NextBooking is the earliest promised appointment, or nil.
func (s State) NextBooking() *Booking {
	var next *Booking
	for i := range s.Bookings {
		if b := &s.Bookings[i]; b.Firm() && (next == nil || b.Start.Before(next.Start)) {
			next = b
		}
	}
	return next
}

// BookingOf is the open booking of an id, or nil. It is not to be written on.
func (s State) BookingOf(id string) *Booking {
	i := slices.IndexFunc(s.Bookings, func(b Booking) bool { return b.ID == id })
	if i < 0 {
		return nil
	}
	return &s.Bookings[i]
}

// changeBooking gives a fold its own copy of a booking to write on; nothing where
// there is none.
func (s State) changeBooking(id string, f func(*Booking)) State {
	i := slices.IndexFunc(s.Bookings, func(b Booking) bool { return b.ID == id })
	if i < 0 {
		return s
	}
	s.Bookings = slices.Clone(s.Bookings)
	f(&s.Bookings[i])
	return s
}

func (s State) dropBooking(id string) State {
	s.Bookings = slices.DeleteFunc(slices.Clone(s.Bookings), func(b Booking) bool { return b.ID == id })
	return s
}

func foldProposed(s State, e Entry, b Proposal) State {
	s.Bookings = append(slices.Clone(s.Bookings), Booking{
		ID: b.Booking, State: Proposed, Department: b.Department, Doctor: b.Doctor, DoctorName: b.DoctorName,
		TrueConfID: b.TrueConfID, How: b.How, Start: b.Start, Length: time.Duration(b.Length) * time.Second,
		Text: b.Text, Until: b.Until, Attempt: 1, Seats: b.Seats, Room: b.Room, MadeAt: e.At,
	})
	return s
}

// foldBooked makes a booking, or a promise of what was proposed. Journals of the
// time before bookings had an id get one from their place, which no other has: whoever
// knows the key of a visit may enter it.
func foldBooked(s State, e Entry, b Booked) State {
	made := Booking{
		ID: b.Booking, State: BookedFor, Department: b.Department, Doctor: b.Doctor, DoctorName: b.DoctorName,
		TrueConfID: b.TrueConfID, How: b.How, Start: b.Start, Length: time.Duration(b.Length) * time.Second,
		Text: b.Text, Attempt: 1, Seats: b.Seats, Room: b.Room, MadeAt: e.At,
	}
	if made.ID == "" {
		made.ID = "booking-" + digest("bedside booking", s.ID+"/"+strconv.FormatUint(e.Seq, 10))[:32]
	}
	s = s.dropBooking(made.ID) // the proposal
	s.Bookings = append(slices.Clone(s.Bookings), made)
	if b.Beside {
		return s
	}
	s.Asked, s.Department = nil, b.Department
	if b.Step != "" {
		s.Memory = s.Memory.After(flows.Booked{At: place(b.Step), Department: b.Department, Start: b.Start, Length: made.Length, Text: b.Text})
	}
	return s
}

func foldBookingGone(s State, _ Entry, b OfBooking) State { return s.dropBooking(b.Booking) }

// foldMissedBooking lets an appointment go. Whom the clinic has missed may wait on the
// page of its link, which the next call is named after.
func foldMissedBooking(s State, _ Entry, b MissedBooking) State {
	s = s.dropBooking(b.Booking)
	if b.LeadsOn && !slices.Contains(s.LedOn, b.Booking) {
		s.LedOn = append(slices.Clone(s.LedOn), b.Booking)
	}
	return s
}

// LeadsOn reports whether an id is that of an appointment that the clinic has missed,
// whose patient is to be called: the next call goes by it as well.
func (s State) LeadsOn(id string) bool { return slices.Contains(s.LedOn, id) }

// foldKeptBooking is the end of a promise, not of the visit: a call that goes on
// keeps its time.
func foldKeptBooking(s State, _ Entry, b OfBooking) State {
	kept := s.BookingOf(b.Booking)
	if kept != nil && s.Call.Open() && s.Call.Named(kept.ID) {
		_, c := s.change(s.Call.ID)
		c.Visit = kept
		s.Call = c
	}
	return s.dropBooking(b.Booking)
}

func foldMovedBooking(s State, e Entry, b MovedBooking) State {
	return s.changeBooking(b.Booking, func(x *Booking) {
		*x = Booking{
			ID: x.ID, State: BookedFor, Department: x.Department, Doctor: x.Doctor, DoctorName: x.DoctorName, TrueConfID: x.TrueConfID, How: x.How,
			Start: b.Start, Length: time.Duration(b.Length) * time.Second, Text: b.Text,
			Seq: b.Seq, Attempt: b.Attempt, Seats: b.Seats, Room: b.Room, MadeAt: e.At,
		}
	})
}

func foldReassigned(s State, _ Entry, b ReassignedBooking) State {
	return s.changeBooking(b.Booking, func(x *Booking) {
		x.Doctor, x.DoctorName, x.TrueConfID, x.How = b.Doctor, b.DoctorName, b.TrueConfID, b.How
		x.Seq, x.Attempt, x.Seats, x.Room = b.Seq, b.Attempt, b.Seats, b.Room
		x.RoomStands, x.Looked = false, false
		unhold(x)
	})
}

func unhold(b *Booking) {
	b.Held, b.HeldSeats, b.HeldRoom, b.Lacks = false, nil, 0, ""
}

// foldBookingRoom notes a room, which is to be removed one day, also where the
// booking has come to want another one meanwhile.
func foldBookingRoom(s State, e Entry, b OfBooking) State {
	s = s.changeBooking(b.Booking, func(x *Booking) {
		if x.Attempt == b.Attempt {
			x.RoomStands, x.Looked = true, !e.At.Before(x.Start.Add(-HeldBefore))
		}
	})
	s.Rooms = own(s.Rooms)
	s.Rooms[Room{Call: b.Booking, Attempt: b.Attempt}] = true
	return s
}

// unheld reports whether seats are to be held for the visit that were not free.
func (b Booking) unheld() bool { return b.State == BookedFor && b.Lacks != "" }

func foldHeldBooking(s State, _ Entry, b HeldBooking) State {
	return s.changeBooking(b.Booking, func(x *Booking) {
		unhold(x)
		if b.Lacks != "" {
			x.Lacks = b.Lacks
			return
		}
		x.Held, x.HeldSeats, x.HeldRoom = true, b.Seats, b.Room
	})
}

func foldBookingReminded(s State, _ Entry, b RemindedBooking) State {
	return s.changeBooking(b.Booking, func(x *Booking) { x.Reminded = append(slices.Clone(x.Reminded), b.Which) })
}

// foldBookingDue is the beginning. The call that follows in the same commit takes
// the seats over; an open one that the booking takes for its own gets its id as
// another name.
func foldBookingDue(s State, e Entry, b OfBooking) State {
	if b.Booking == "" { // from before bookings had an id: it was over with this
		s.Bookings = nil
		return s
	}
	s = s.changeBooking(b.Booking, func(x *Booking) {
		x.State, x.DueAt = DueNow, e.At
		unhold(x)
	})
	if b.Call == "" || s.Call == nil || s.Call.ID != b.Call {
		return s
	}
	s, c := s.change(b.Call)
	c.Also = append(slices.Clone(c.Also), b.Booking)
	for who := range c.Inside {
		s = s.came(who)
	}
	return s
}

// begun are the appointments that are due, but the one of this id: a call that is
// asked for meanwhile is theirs as well.
func (s State) begun(id string) []string {
	var out []string
	for _, b := range s.Bookings {
		if b.State == DueNow && b.ID != id {
			out = append(out, b.ID)
		}
	}
	return out
}

// came notes that somebody is in the call of the bookings that are due.
func (s State) came(who Role) State {
	for _, b := range s.Bookings {
		if b.State == DueNow && s.Call.Named(b.ID) && !b.Came[who] {
			s = s.changeBooking(b.ID, func(x *Booking) { x.Came = own(x.Came); x.Came[who] = true })
		}
	}
	return s
}

// declined notes whether the patient would rather not come to what a call is for.
func (s State) declined(call string, no bool) State {
	if s.Call == nil || s.Call.ID != call {
		return s
	}
	for _, b := range s.Bookings {
		if b.State == DueNow && b.Declined != no && s.Call.Named(b.ID) {
			s = s.changeBooking(b.ID, func(x *Booking) { x.Declined = no })
		}
	}
	return s
}

func foldBookingLate(s State, e Entry, b OfBooking) State {
	return s.changeBooking(b.Booking, func(x *Booking) { x.Late, x.LateAt, x.Chosen, x.ChosenAt = b.Stage, e.At, "", time.Time{} })
}

func foldBookingChosen(s State, e Entry, b OfBooking) State {
	return s.changeBooking(b.Booking, func(x *Booking) { x.Chosen, x.ChosenAt = b.Option, e.At })
}
