package engine

import (
	"context"
	"errors"
	"time"

	"bedside/bot"
)

// TimesRequest asks when a visit can be booked. Without a department it is that of
// the booking, else of the conversation. Days is how many days ahead, 0 as many as
// there are.
type TimesRequest struct {
	Department string
	Booking    string // that is to be moved
	Days       int
}

// FreeTimes are the times of a visit, ascending, as they are at this moment; who
// takes one may still find it taken. Zone is that in which days are counted: the
// patient's for the patient, the clinic's for staff.
type FreeTimes struct {
	Zone   *time.Location
	Length time.Duration
	Starts []time.Time
}

// Times are what can be booked by whoever may read the conversation. A doctor who
// has it is shown their own, for they propose no others'.
func (e *Engine) Times(ctx context.Context, a bot.Actor, id string, r TimesRequest) (FreeTimes, error) {
	f, err := e.readable(ctx, a, id)
	if err != nil {
		return FreeTimes{}, err
	}
	s := f.state
	b := s.BookingOf(r.Booking)
	if r.Booking != "" && b == nil {
		return FreeTimes{}, &bot.Refusal{Code: bot.Unknown, Message: "there is no such appointment"}
	}
	w := bot.Wanted{Department: firstOf(r.Department, s.Department), Booking: r.Booking}
	if a.Role == bot.Doctor && b == nil {
		w.Doctor = a.Login
	}
	facts, err := e.facts(ctx, f, bot.Command{})
	if err != nil {
		return FreeTimes{}, e.unavailable("read free times", err)
	}
	var unread error
	facts.Claimed = e.claimReader(ctx, &unread)
	out := FreeTimes{Zone: facts.Zone}
	if live := e.live(s.Site); live != nil && (out.Zone == nil || a.Role.Staff()) {
		out.Zone = live.Clinic().Zone
	}
	if live := e.live(s.Site); live != nil && b == nil {
		if _, ok := live.Department(w.Department); !ok {
			return FreeTimes{}, &bot.Refusal{Code: bot.Invalid, Message: "there is no such department"}
		}
	}
	out.Starts, out.Length = bot.FreeTimes(s, facts, w)
	if unread != nil {
		return FreeTimes{}, e.unavailable("read free times", unread)
	}
	if r.Days > 0 {
		last := facts.Now.Add(time.Duration(r.Days) * 24 * time.Hour)
		for i, at := range out.Starts {
			if at.After(last) {
				out.Starts = out.Starts[:i]
				break
			}
		}
	}
	return out, nil
}

// claimReader reads what is claimed for whoever decides or looks. What could not be
// read is in unread afterwards: nothing is decided on a guess.
func (e *Engine) claimReader(ctx context.Context, unread *error) func(space, prefix string) map[string]string {
	return func(space, prefix string) map[string]string {
		out, err := e.claimed(ctx, space, prefix)
		*unread = errors.Join(*unread, err)
		return out
	}
}
