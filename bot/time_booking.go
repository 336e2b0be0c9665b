package bot

import "bedside/flows"

// bookingDeadlines are those of appointments.
func bookingDeadlines(s State, _ Limits, _ *flows.Program) []deadline {
	var out []deadline
	for _, b := range s.Bookings {
		switch b.State {
		case Proposed:
			out = append(out, deadline{b.Until, onBooking(b.ID, (*turn).expire)})
		case BookedFor:
			out = append(out, comingDeadlines(b)...)
		case DueNow:
			out = append(out, dueDeadlines(s, b)...)
		}
	}
	return out
}

// comingDeadlines are those before the start: the reminders, and holding seats.
func comingDeadlines(b Booking) []deadline {
	out := []deadline{{b.Start, onBooking(b.ID, (*turn).comesDue)}}
	if b.Doctor == "" {
		return out
	}
	if _, at, ok := remindAt(b); ok {
		out = append(out, deadline{at, onBooking(b.ID, (*turn).remindPatient)})
	}
	switch at := b.Start.Add(-HeldBefore); {
	case b.Held, b.Lacks != "": // what it lacks falls free when it does: no clock knows
	default:
		out = append(out, deadline{at, onBooking(b.ID, (*turn).hold)})
	}
	return out
}

// onBooking does a deed to a booking as it stands when its moment has come.
func onBooking(id string, do func(*turn, Booking) error) func(*turn) error {
	return func(t *turn) error {
		if b := t.s.BookingOf(id); b != nil {
			return do(t, *b)
		}
		return nil
	}
}

// bookingWishes are the rooms of appointments that are still to be scheduled, or
// to be looked at once more when the seats are held.
func bookingWishes(s State) []Wish {
	var out []Wish
	for _, b := range s.Bookings {
		if b.State != BookedFor || b.Doctor == "" || b.Looked {
			continue
		}
		w := Wish{Deed: ScheduleRoom, Room: Room{Call: b.ID, Attempt: b.Attempt}, How: b.How, Start: b.Start, Length: b.Length}
		if b.How == ByApp {
			w.Owner = b.TrueConfID
		}
		if b.RoomStands {
			w.From = b.Start.Add(-HeldBefore)
		}
		out = append(out, w)
	}
	return out
}

// roomBooked is the engine's news that the room of an appointment stands. One that
// is wanted no more is noted all the same: it is to be removed.
func (t *turn) roomBooked() error {
	t.system(BookingRoom, ForSystem, OfBooking{Booking: t.c.Args.Booking, Attempt: t.c.Args.Attempt})
	return nil
}
