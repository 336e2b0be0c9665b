package flows

import (
	"time"

	"bedside/flows/internal/opening"
)

// Hours are when somebody can be had, with the holidays of the clinic. The zero
// Hours are always open.
type Hours struct{ week *opening.Hours }

// OpenAt says whether they are open at t by the clock.
func (h Hours) OpenAt(t time.Time) bool { return h.week == nil || h.week.At(t) }

// Opens is [Department.Opens].
func (h Hours) Opens(t time.Time) (at time.Time, ok bool) {
	if h.week == nil {
		return time.Time{}, false
	}
	return h.week.Opens(t)
}

// Closes is [Department.Closes].
func (h Hours) Closes(t time.Time) (at time.Time, ok bool) {
	if h.week == nil {
		return time.Time{}, false
	}
	return h.week.Closes(t)
}

// NamedHours are those of an entry of `hours`, or `always`; ok is false where
// there is no such entry. A doctor's record names them.
func (p *Program) NamedHours(name string) (h Hours, ok bool) {
	if name == hoursAlways {
		return Hours{}, true
	}
	week, ok := p.hours[name]
	return Hours{week}, ok
}

// Hours are the department's.
func (d Department) Hours() Hours { return Hours{d.hours} }

// OpenAt says whether the department is open at t by the clock.
func (d Department) OpenAt(t time.Time) bool { return d.Hours().OpenAt(t) }

// Opens is the next moment after t at which the department opens, whether or
// not it is open at t. ok is false where none comes within 370 days, as for a
// department that is open always.
func (d Department) Opens(t time.Time) (at time.Time, ok bool) { return d.Hours().Opens(t) }

// Closes is the next moment after t at which the department closes; ok is
// false where none comes within a year.
func (d Department) Closes(t time.Time) (at time.Time, ok bool) { return d.Hours().Closes(t) }

// AddOpen is the moment at which the department has been open for length since
// t: a deadline that is counted in its opening hours. Where they do not come
// within a year it is counted by the clock, for a promise needs an end.
func (d Department) AddOpen(t time.Time, length time.Duration) time.Time {
	if d.hours != nil {
		if at, ok := d.hours.Add(t, length); ok {
			return at
		}
	}
	return t.Add(length)
}
