package bot

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// How long a call goes on when the doctor says so.
const (
	extendUsual = 15 * time.Minute
	extendMost  = 120 * time.Minute
	movesWithin = time.Hour // what begins so soon after a call's end may have to move for it
)

// endsAt is when an open call ends though people are in it; zero while that is not
// known.
func endsAt(c *Call, l Limits) time.Time {
	switch {
	case !c.Until.IsZero():
		return c.Until
	case c.ReadyAt.IsZero():
		return time.Time{}
	}
	return c.ReadyAt.Add(l.CallLimit)
}

// limitDeadlines are the end of an open call and, before it, a word to both. Who is
// warned so late that it is over is not warned.
func limitDeadlines(c *Call, l Limits) []deadline {
	end := endsAt(c, l)
	if end.IsZero() {
		return nil
	}
	out := []deadline{{end, ending(EndLimit)}}
	if !c.Warned && c.Stands() && l.CallWarn > 0 {
		out = append(out, deadline{end.Add(-l.CallWarn), (*turn).limitNear})
	}
	return out
}

// limitNear tells both that the call ends soon, and the doctor what would have to
// move if it went on.
func (t *turn) limitNear() error {
	c := t.s.Call
	end := endsAt(c, t.f.Limits)
	next, at := t.moves(end.Add(movesWithin))
	t.system(CallLimitNear, ForAll, LimitNear{Call: c.ID, At: end, Next: next, NextAt: at})
	return nil
}

// extend lets the call go on. Without minutes it does so for the usual time, unless
// an appointment would have to move; with them the doctor has decided.
func (t *turn) extend() error {
	c := t.s.Call
	if !c.Open() {
		return refuse(NoCall, t.words().noCall)
	}
	for_ := time.Duration(t.c.Args.Minutes) * time.Minute
	if for_ < 0 || for_ > extendMost {
		return refuse(Malformed, "extend wants minutes, at most "+strconv.Itoa(int(extendMost/time.Minute)))
	}
	end := endsAt(c, t.f.Limits)
	if end.IsZero() {
		return refuse(CallNotReady, t.words().refusals[CallNotReady])
	}
	decided := for_ > 0
	if !decided {
		for_ = extendUsual
	}
	until := end.Add(for_)
	next, at := t.moves(until)
	if next != "" && !decided {
		return refuse(NotNow, "An appointment begins at "+t.clinicTime(at)+" and would have to wait. Say for how many minutes the call goes on all the same.")
	}
	t.mine(CallExtended, ForAll, Extended{Call: c.ID, Until: until, Late: next})
	if next != "" {
		t.alert("late")
	}
	return nil
}

// delayed tells the patient of an appointment that the call before it goes on, as the
// doctor has decided, over its start.
func (t *turn) delayed() error {
	b := t.s.NextBooking()
	if until := t.c.Args.Time; b != nil && b.State == BookedFor && b.Start.Before(until) {
		t.say(t.bookingWords().delayed(b.Text, t.moment(until)))
		t.tell(ForLate, b)
	}
	return nil
}

// moves is the appointment, by its conversation, that cannot begin in time if this
// call goes on until a moment: the doctor's own next one, or one for which the guest
// seats of this call are sold. "" is none.
func (t *turn) moves(until time.Time) (conversation string, at time.Time) {
	if t.f.Claimed == nil {
		return "", time.Time{}
	}
	conversation, at = t.ownNext(until)
	if sold, from := t.soldNext(until); sold != "" && (conversation == "" || from.Before(at)) {
		return sold, from
	}
	return conversation, at
}

// ownNext is the doctor's next appointment with another patient.
func (t *turn) ownNext(until time.Time) (conversation string, at time.Time) {
	prefix := t.s.Doctor + "/"
	for key, id := range t.f.Claimed(SpaceAgenda, prefix) {
		from, ok := granuleTime(strings.TrimPrefix(key, prefix))
		if !ok || id == t.s.ID || !from.Before(until) || !from.Add(Granule).After(t.f.Now) {
			continue
		}
		if conversation == "" || from.Before(at) {
			conversation, at = id, from
		}
	}
	return conversation, at
}

// soldNext is the next appointment whose guest seats this call would keep from it.
func (t *turn) soldNext(until time.Time) (conversation string, at time.Time) {
	for _, g := range Granules(t.f.Now, until) {
		others := map[string]bool{}
		sold := len(t.s.Call.Seats)
		for _, id := range t.f.Claimed(SpaceSeat, g+"/") {
			if id != t.s.ID {
				others[id], sold = true, sold+1
			}
		}
		if len(others) > 0 && sold > t.f.Limits.GuestSeats {
			from, _ := granuleTime(g)
			return slices.Min(slices.Collect(maps.Keys(others))), from
		}
	}
	return "", at
}

// granuleTime is the beginning of the step that a key names.
func granuleTime(key string) (time.Time, bool) {
	n, err := strconv.ParseInt(key, 10, 64)
	return time.Unix(n*int64(Granule/time.Second), 0).UTC(), err == nil
}

// clinicTime is a moment of today as the clinic reads it.
func (t *turn) clinicTime(at time.Time) string {
	if p := t.live(); p != nil && p.Clinic().Zone != nil {
		at = at.In(p.Clinic().Zone)
	}
	return at.Format("15:04")
}
