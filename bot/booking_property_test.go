package bot_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bedside/bot"
)

// TestAnyBookings: whatever people, rooms and the clock do, no doctor is booked
// twice for one time, all that is claimed is somebody's and is let go, and no
// appointment passes unseen.
func TestAnyBookings(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		c := newSurgery(r, bookFlow, vera, igor)
		c.limits.GuestSeats = rapid.IntRange(1, 3).Draw(r, "seats")
		c.limits.MaxCalls = rapid.IntRange(0, 2).Draw(r, "calls")
		ids := []string{"c_1", "c_2", "c_3"}
		for _, id := range ids {
			c.asking(id)
		}
		for range rapid.IntRange(1, 40).Draw(r, "steps") {
			if rapid.IntRange(0, 4).Draw(r, "clock") == 0 {
				c.until(c.anyMoment(r))
			} else {
				c.chance(r, rapid.SampledFrom(ids).Draw(r, "where"))
			}
			c.holds(r)
		}
		for _, id := range ids { // all is over one day
			if _, err := c.try(id, patientOf(id), bot.DoClose, bot.Args{}); err != nil {
				require.Equal(r, bot.ClosedDown, c.state(id).Phase, "%v", err)
			}
			for room := range c.state(id).Rooms {
				c.do(id, system, bot.DoRemoved, bot.Args{Call: room.Call, Attempt: room.Attempt})
			}
		}
		require.Empty(r, c.claims, "all is let go")
	})
}

// anyMoment is soon, or when an appointment is about to begin, or begins.
func (c *surgery) anyMoment(r *rapid.T) time.Time {
	moments := []time.Time{c.now.Add(time.Minute), c.now.Add(6 * time.Minute), c.now.Add(40 * time.Minute)}
	for _, id := range []string{"c_1", "c_2", "c_3"} {
		for _, b := range c.state(id).Bookings {
			for _, at := range []time.Time{b.Start.Add(-10 * time.Minute), b.Start, b.Start} {
				if at.After(c.now) {
					moments = append(moments, at)
				}
			}
		}
	}
	return rapid.SampledFrom(moments).Draw(r, "until")
}

// chance is one thing that somebody does, allowed or not.
func (c *surgery) chance(r *rapid.T, id string) {
	s := c.state(id)
	patient := patientOf(id)
	args := bot.Args{
		Minutes: rapid.SampledFrom([]int{0, 20, 30}).Draw(r, "minutes"), Text: "hello",
		Option: rapid.SampledFrom([]string{"wait", "other", "phone", "new_time"}).Draw(r, "option"),
		To:     rapid.SampledFrom([]string{vera.Login, igor.Login}).Draw(r, "to"),
		Time:   c.now.Truncate(10 * time.Minute).Add(time.Duration(rapid.IntRange(1, 30).Draw(r, "in")) * 10 * time.Minute),
		Who:    rapid.SampledFrom([]bot.Role{bot.Patient, bot.Doctor}).Draw(r, "who"),
	}
	if n := len(s.Bookings); n > 0 {
		b := s.Bookings[rapid.IntRange(0, n-1).Draw(r, "booking")]
		args.Booking, args.Attempt = b.ID, b.Attempt
		if free := c.free(*s, b.ID); len(free) > 0 && rapid.Bool().Draw(r, "free") {
			args.Time = free[rapid.IntRange(0, min(len(free)-1, 5)).Draw(r, "time")]
		}
	}
	if s.Call.Open() && rapid.IntRange(0, 3).Draw(r, "news") > 0 {
		args.Call, args.Attempt = s.Call.ID, s.Call.Attempt
		do := bot.DoMade
		if s.Call.Stands() {
			do = rapid.SampledFrom([]bot.Do{bot.DoSeen, bot.DoSeen, bot.DoSeen, bot.DoGone, bot.DoUnwatched, bot.DoBroken}).Draw(r, "seen")
		}
		c.taken(r, id, system, do, args)
		return
	}
	if s.Asked != nil && rapid.Bool().Draw(r, "answers") {
		o := s.Asked.Options
		if len(o) == 0 {
			return
		}
		c.taken(r, id, patient, bot.DoChoose, bot.Args{Step: s.Asked.Step, Option: o[rapid.IntRange(0, min(len(o)-1, 6)).Draw(r, "pressed")].ID})
		return
	}
	people := map[bot.Role][]bot.Do{
		bot.Patient: {bot.DoSend, bot.DoAcceptTime, bot.DoDeclineTime, bot.DoMove, bot.DoCancel, bot.DoLate, bot.DoBegin, bot.DoClose},
		bot.Doctor: {
			bot.DoClaim, bot.DoSend, bot.DoPropose, bot.DoPropose, bot.DoMove, bot.DoCancel, bot.DoReassign, bot.DoKept, bot.DoNoShow, bot.DoBegin,
			bot.DoEscalate, bot.DoHangUp, bot.DoFinish, bot.DoRelease, bot.DoClose,
		},
		bot.System: {bot.DoMade, bot.DoMade, bot.DoSeen, bot.DoSeen, bot.DoGone, bot.DoRoomBooked, bot.DoSeat, bot.DoBroken, bot.DoRemoved, bot.DoUnwatched},
	}
	a := rapid.SampledFrom([]bot.Actor{patient, patient, vera, igor, system}).Draw(r, "actor")
	if s.Phase == bot.Consulting && a.Role == bot.Doctor {
		a = c.staff[s.Doctor]
	}
	c.taken(r, id, a, rapid.SampledFrom(people[a.Role]).Draw(r, "do"), args)
}

// taken gives a command that may be refused, and nothing but refused.
func (c *surgery) taken(r *rapid.T, id string, a bot.Actor, do bot.Do, args bot.Args) {
	if _, err := c.try(id, a, do, args); err != nil {
		var refusal *bot.Refusal
		require.ErrorAs(r, err, &refusal, "%s", do)
	}
}

// holds is what is true at any moment.
func (c *surgery) holds(r *rapid.T) {
	type span struct{ from, to time.Time }
	agenda := map[string][]span{}
	claims := registry{}
	for id, s := range c.all {
		again, err := bot.Replay(id, c.journal[id])
		require.NoError(r, err)
		require.Equal(r, *s, again, "the state is the fold of the journal")
		for _, claim := range bot.Claims(*s) {
			claims[claim.Space+" "+claim.Key] = id
		}
		wake := bot.Wake(*s, c.limits, c.program)
		for _, b := range s.Bookings {
			require.False(r, wake.IsZero(), "an appointment without a deadline")
			if b.State == bot.BookedFor {
				require.False(r, wake.After(b.Start), "an appointment that passes unseen")
			}
			for _, other := range agenda[b.Doctor] {
				require.False(r, b.Start.Before(other.to) && other.from.Before(b.End()), "%s is booked twice", b.Doctor)
			}
			agenda[b.Doctor] = append(agenda[b.Doctor], span{b.Start, b.End()})
		}
		if s.Phase == bot.Parked {
			require.True(r, s.Promised() || s.Emergency != nil, "parked for nothing")
		}
		if s.Phase == bot.ClosedDown {
			require.Empty(r, s.Bookings)
		}
		if slices.Contains([]bot.Phase{bot.Intake, bot.Waiting, bot.Parked}, s.Phase) {
			require.False(r, wake.IsZero(), "%s without a deadline", s.Phase)
		}
	}
	require.Equal(r, claims, c.claims, "what is claimed is what the states hold")
}
