package bot

import (
	"slices"
	"time"

	"bedside/flows"
)

// Grid are all the times that hours and a department's `booking` leave to be
// booked at a moment, which is given in the clinic's zone: one behind the other
// from each opening on, each whole before it closes.
func Grid(h flows.Hours, b flows.Booking, now time.Time) (times []time.Time) {
	if b.Length <= 0 {
		return nil
	}
	first, last := now.Add(b.From), now.Add(b.Until)
	for at := begun(h, first); !at.After(last); {
		closes, ever := h.Closes(at)
		for ; !at.After(last) && (!ever || !at.Add(b.Length).After(closes)); at = at.Add(b.Length) {
			if !at.Before(first) {
				times = append(times, at)
			}
		}
		opens, again := h.Opens(at)
		if !again {
			break
		}
		at = opens
	}
	return times
}

// begun is the beginning of the opening in which a moment lies, or of the day
// where the hours never end; of a moment at which they are closed, the next
// opening.
func begun(h flows.Hours, at time.Time) time.Time {
	begin := time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, at.Location())
	if !h.OpenAt(begin) {
		begin, _ = h.Opens(begin)
	}
	for {
		closes, ever := h.Closes(begin)
		if !ever || closes.After(at) {
			return begin
		}
		opens, again := h.Opens(closes.Add(-time.Nanosecond))
		if !again || !opens.After(begin) {
			return at
		}
		begin = opens
	}
}

// Wanted says of what free times are asked for.
type Wanted struct {
	Department string
	Booking    string // that is to be moved: the times are those of its doctor
	Doctor     string // whose times alone are wanted, by login; "": those of all doctors
}

// FreeTimes are when a visit can be booked, ascending, and how long it is: the
// times of a doctor's own hours, or of the department's, that are neither taken in
// the calendar of every doctor nor moments at which all guest seats are sold.
func FreeTimes(s State, f Facts, w Wanted) ([]time.Time, time.Duration) {
	o := newOpenings(s, f)
	if b := s.BookingOf(w.Booking); b != nil {
		return o.timesToMove(b), b.Length
	}
	d, _ := o.department(w.Department)
	if a, ok := f.Staff[w.Doctor]; ok && f.Free == nil {
		if d.Booking.Length == 0 { // it is not booked by patients; a doctor may propose all the same
			d.Booking = flows.Booking{Length: usualVisit, Until: usualAhead}
		}
		return slices.DeleteFunc(o.grid(a, d), func(at time.Time) bool {
			_, free := o.fits(a, at, d.Booking.Length, nil)
			return !free || !at.After(f.Now)
		}), d.Booking.Length
	}
	return o.times(w.Department), d.Booking.Length
}

// usualAhead is how far ahead a doctor is shown times to propose, where the
// department does not say.
const usualAhead = 14 * 24 * time.Hour
