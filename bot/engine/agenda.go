package engine

import (
	"context"
	"crypto/rand"
	"errors"
	"slices"
	"time"

	"bedside/bot"
	"bedside/store"
)

// comes reports whether an id is that of a promised appointment.
func comes(s bot.State, call string) bool {
	b := s.BookingOf(call)
	return b != nil && b.Firm()
}

// ledOn reports whether an id is that of an appointment which the clinic has missed,
// and the call into which its link leads is still to come.
func ledOn(s bot.State, call string) bool {
	return s.LeadsOn(call) && !(s.Call.Open() && s.Call.Named(call))
}

// openBooked is a press of Join for an appointment whose call does not go on: it
// begins where it may, and is answered when its room stands.
func (e *Engine) openBooked(ctx context.Context, a bot.Actor, s bot.State, call string) (bot.State, error) {
	_, err := e.Do(ctx, bot.Command{
		Conversation: s.ID, Key: rand.Text(), Do: bot.DoBegin, Actor: a, Args: bot.Args{Booking: call},
	})
	if err != nil {
		return bot.State{}, err
	}
	f, _, err := e.fresh(ctx, s.ID)
	if err != nil {
		return bot.State{}, e.unavailable("look up a call", err)
	}
	if !f.state.Call.Named(call) { // nobody could come, and the patient waits in the queue
		return bot.State{}, callOver(s.Language)
	}
	return f.state, nil
}

// bookedCall is the appointment behind a call for whoever stands at the door; nil
// where there is none, or both have kept it.
func (e *Engine) bookedCall(a bot.Actor, s bot.State, call string) *BookedCall {
	b := s.BookingOf(call)
	if b == nil || !b.Firm() {
		return nil
	}
	out := &BookedCall{State: b.State, Start: b.Start, Length: b.Length, Title: b.Department, Now: e.now(), Late: b.Late, Chosen: b.Chosen, May: []bot.Do{}}
	if live := e.live(s.Site); live != nil {
		if d, ok := live.Department(b.Department); ok {
			out.Title = d.Title.In(s.Language)
		}
	}
	for _, do := range bot.MayDo(a, s) {
		if slices.Contains([]bot.Do{bot.DoCancel, bot.DoLate, bot.DoMove}, do) {
			out.May = append(out.May, do)
		}
	}
	return out
}

// BookingsRequest asks for appointments that begin in [From, To); the zero To is
// without an end. Doctor and Department, where they are given, leave out others'.
type BookingsRequest struct {
	From, To   time.Time
	Doctor     string
	Department string
}

// ListedBooking is an appointment with its conversation.
type ListedBooking struct {
	Conversation string
	Patient      string
	Born         string
	bot.SummaryBooking
}

// mostBookings is how many are listed at once; all that begin with the last of
// them come with it.
const mostBookings = 500

// Bookings are the appointments that a staff member may see, by their start: an
// admin everybody's, a doctor their own and their departments'. more is the start
// of the first that is left out, to be asked for next; zero: none is.
func (e *Engine) Bookings(ctx context.Context, a bot.Actor, r BookingsRequest) (all []ListedBooking, more time.Time, err error) {
	lists, err := agendasOf(a, r)
	if err != nil {
		return nil, time.Time{}, err
	}
	seen := map[string]bool{}
	for _, list := range lists {
		err := e.walkBookings(ctx, list, r, func(id string, s bot.Summary) {
			if seen[id] {
				return
			}
			seen[id] = true
			for _, b := range s.Bookings {
				if r.holds(b) && listsBooking(a, b) {
					all = append(all, ListedBooking{Conversation: id, Patient: s.Patient, Born: s.Born, SummaryBooking: b})
				}
			}
		})
		if err != nil && !errors.Is(err, store.ErrMalformed) { // a name that nobody can have
			return nil, time.Time{}, e.unavailable("read the appointments", err)
		}
	}
	slices.SortStableFunc(all, func(a, b ListedBooking) int { return a.Start.Compare(b.Start) })
	n := min(len(all), mostBookings)
	for n > 0 && n < len(all) && all[n].Start.Equal(all[n-1].Start) {
		n++
	}
	if n < len(all) {
		more = all[n].Start
	}
	return all[:n], more, nil
}

func (r BookingsRequest) holds(b bot.SummaryBooking) bool {
	return !b.Start.Before(r.From) && (r.To.IsZero() || b.Start.Before(r.To)) &&
		(r.Doctor == "" || r.Doctor == b.Doctor) && (r.Department == "" || r.Department == b.Department)
}

func listsBooking(a bot.Actor, b bot.SummaryBooking) bool {
	return a.Role == bot.Admin || b.Doctor == a.Login || a.Serves(b.Department)
}

// agendasOf are the lists in which what is asked for stands.
func agendasOf(a bot.Actor, r BookingsRequest) ([]string, error) {
	switch {
	case a.Role != bot.Admin && a.Role != bot.Doctor:
		return nil, notYourList()
	case r.Doctor != "" && (a.Role == bot.Admin || r.Doctor == a.Login):
		return []string{bot.ListAgenda(r.Doctor)}, nil
	case r.Department != "" && (a.Role == bot.Admin || a.Serves(r.Department)):
		return []string{bot.ListBookings(r.Department)}, nil
	case r.Department != "":
		return nil, notYourList()
	case a.Role == bot.Admin:
		return []string{bot.ListAllBookings}, nil
	}
	lists := []string{bot.ListAgenda(a.Login)}
	for _, department := range a.Departments {
		lists = append(lists, bot.ListBookings(department))
	}
	return lists, nil
}

// walkBookings visits the conversations of a list of appointments, until those
// come that begin too late. Only their heads are read.
func (e *Engine) walkBookings(ctx context.Context, list string, r BookingsRequest, visit func(id string, s bot.Summary)) error {
	for cursor := ""; ; {
		heads, next, err := e.store.List(ctx, list, cursor, listPage)
		if err != nil {
			return err
		}
		for _, row := range e.appendRows(nil, heads) {
			visit(row.ID, row.Summary)
		}
		if next == "" || len(heads) > 0 && beyond(heads[len(heads)-1].Lists, list, r.To) {
			return nil
		}
		cursor = next
	}
}

// beyond reports whether a head stands in a list at or after a moment.
func beyond(terms []store.Term, list string, to time.Time) bool {
	i := slices.IndexFunc(terms, func(t store.Term) bool { return t.List == list })
	return i >= 0 && !to.IsZero() && terms[i].Rank >= to.UnixMilli()
}
