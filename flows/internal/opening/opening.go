// Package opening knows when something is open: spans of every week, holidays
// and short days, in the clinic's own time. Spans are written by the clock on
// the wall; they may pass midnight and belong to the day on which they begin.
//
// Clock changes are settled once, in [instant]: a time of the clock that comes
// twice is the first, and one that is passed over is the moment of the change.
// So wall times follow each other as moments do, and what is open stays so.
package opening

import (
	"iter"
	"slices"
	"time"
)

// Horizon is how far ahead an opening is looked for.
const Horizon = 370 * day

const day = 24 * time.Hour

// Span is one time of a day, from midnight by the clock on the wall. To is
// greater than From; beyond 24 hours it is on the next day.
type Span struct{ From, To time.Duration }

// Hours say when something is open. They are not changed once they are used.
type Hours struct {
	Always  bool
	Week    [7][]Span       // by time.Weekday, each day's sorted
	Special map[Date][]Span // days that are not as their weekday; none: closed
	Zone    *time.Location
}

// Date is a day of the calendar.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf is the day of t by its own zone.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// Plus is the day n days later.
func (d Date) Plus(n int) Date {
	return DateOf(time.Date(d.Year, d.Month, d.Day+n, 0, 0, 0, 0, time.UTC))
}

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Weekday()
}

// Before says whether d comes earlier than e.
func (d Date) Before(e Date) bool {
	if d.Year != e.Year {
		return d.Year < e.Year
	}
	if d.Month != e.Month {
		return d.Month < e.Month
	}
	return d.Day < e.Day
}

// stretch is a span as moments: open from the first until before the second.
type stretch struct{ from, to time.Time }

// on are the spans that begin on a day.
func (h *Hours) on(d Date) []Span {
	if spans, ok := h.Special[d]; ok {
		return spans
	}
	return h.Week[d.Weekday()]
}

// from yields the stretches that end after t, in order, none before the end of
// the one before it, over the horizon.
func (h *Hours) from(t time.Time) iter.Seq[stretch] {
	return func(yield func(stretch) bool) {
		first := DateOf(t.In(h.Zone))
		open := t.Add(-3 * day)
		for n := -2; n <= int(Horizon/day); n++ {
			d := first.Plus(n)
			for _, span := range h.on(d) {
				s := stretch{instant(d, span.From, h.Zone), instant(d, span.To, h.Zone)}
				if s.from.Before(open) {
					s.from = open
				}
				if !s.from.Before(s.to) {
					continue
				}
				open = s.to
				if s.to.After(t) && !yield(s) {
					return
				}
			}
		}
	}
}

// joined yields the same with those that touch made one.
func (h *Hours) joined(t time.Time) iter.Seq[stretch] {
	return func(yield func(stretch) bool) {
		var last stretch
		for s := range h.from(t) {
			switch {
			case last.to.IsZero():
				last = s
			case last.to.Equal(s.from):
				last.to = s.to
			default:
				if !yield(last) {
					return
				}
				last = s
			}
		}
		if !last.to.IsZero() {
			yield(last)
		}
	}
}

// At says whether it is open at t.
func (h *Hours) At(t time.Time) bool {
	if h.Always {
		return true
	}
	for s := range h.from(t) {
		return !s.from.After(t)
	}
	return false
}

// Opens is the next moment after t at which it opens; ok is false where none
// comes within the horizon, as for what is always open.
func (h *Hours) Opens(t time.Time) (at time.Time, ok bool) {
	if h.Always {
		return time.Time{}, false
	}
	for s := range h.joined(t) {
		if s.from.After(t) {
			return s.from, true
		}
	}
	return time.Time{}, false
}

// Closes is the next moment after t at which it closes; ok is false where none
// comes within the horizon.
func (h *Hours) Closes(t time.Time) (at time.Time, ok bool) {
	if h.Always {
		return time.Time{}, false
	}
	for s := range h.joined(t) {
		return s.to, s.to.Before(t.Add(Horizon - 2*day))
	}
	return time.Time{}, false
}

// Add is the moment at which it has been open for d since t: inside a stretch
// or at its end. Where that does not come within the horizon ok is false.
func (h *Hours) Add(t time.Time, d time.Duration) (at time.Time, ok bool) {
	if h.Always {
		return t.Add(d), true
	}
	for s := range h.from(t) {
		begin := s.from
		if begin.Before(t) {
			begin = t
		}
		if open := s.to.Sub(begin); d > open {
			d -= open
			continue
		}
		return begin.Add(d), true
	}
	return time.Time{}, false
}

// Between is how long it is open from t until u, within the horizon.
func (h *Hours) Between(t, u time.Time) (open time.Duration) {
	if h.Always {
		return max(0, u.Sub(t))
	}
	for s := range h.from(t) {
		if !s.from.Before(u) {
			break
		}
		if s.from.Before(t) {
			s.from = t
		}
		if s.to.After(u) {
			s.to = u
		}
		open += s.to.Sub(s.from)
	}
	return open
}

// Never says whether no day of the week has a span: only holidays could be
// open.
func (h *Hours) Never() bool {
	return !h.Always && !slices.ContainsFunc(h.Week[:], func(spans []Span) bool { return len(spans) > 0 })
}
