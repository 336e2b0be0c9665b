package bot_test

import (
	"cmp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
)

// seatNext is what the engine does when a seat falls free: the calls that wait, in
// their order, until one goes on waiting.
func (c *surgery) seatNext() {
	type waits struct {
		id   string
		rank int64
	}
	var all []waits
	for id, s := range c.all {
		for _, l := range bot.HeadOf(*s).Lists {
			if l.List == bot.ListSeatless {
				all = append(all, waits{id, l.Rank})
			}
		}
	}
	slices.SortFunc(all, func(a, b waits) int { return cmp.Compare(a.rank, b.rank) })
	for _, w := range all {
		c.do(w.id, system, bot.DoSeat, bot.Args{})
		if c.state(w.id).Call.Lacks != "" {
			return
		}
	}
}

// calls has a doctor of a waiting patient call them.
func (c *surgery) calls(id string, d bot.Actor) {
	c.do(id, patientOf(id), bot.DoStart, bot.Args{Start: &bot.Started{Door: "visit", Language: "en", Version: c.program.Hash()}})
	c.do(id, patientOf(id), bot.DoSend, bot.Args{Text: "Patient One"})
	c.do(id, patientOf(id), bot.DoChoose, bot.Args{Step: c.state(id).Asked.Step, Option: "doctor"})
	c.do(id, d, bot.DoClaim, bot.Args{})
	c.do(id, d, bot.DoSend, bot.Args{Text: "Good day."})
	c.do(id, d, bot.DoEscalate, bot.Args{How: bot.ByApp})
}

func (c *surgery) hangsUp(id string, d bot.Actor) {
	room := c.state(id).Call.Room()
	c.do(id, d, bot.DoHangUp, bot.Args{})
	c.do(id, system, bot.DoRemoved, bot.Args{Call: room.Call, Attempt: room.Attempt})
}

// The seat of an appointment that has begun is given to nobody else, and so nobody
// who cannot have it stands before it.
func TestAVisitThatWaitsForItsSeatStandsBehindNobody(t *testing.T) {
	for _, urgent := range []bool{false, true} {
		c := newSurgery(t, bookFlow, vera)
		c.limits.GuestSeats = 1
		three, four := doctor(3), doctor(4)
		b := c.booked("c_1", 0)
		c.until(b.Start.Add(-15 * time.Minute))
		c.calls("c_2", three)
		c.now = c.now.Add(time.Minute)
		c.calls("c_3", four)
		require.Equal(t, bot.LacksSeat, c.state("c_3").Call.Lacks)
		if urgent {
			c.state("c_3").Priority = "urgent"
		}
		c.until(b.Start.Add(time.Minute))
		require.Equal(t, bot.LacksSeat, c.state("c_1").Call.Lacks)
		c.hangsUp("c_2", three)
		c.seatNext()
		require.Empty(t, c.state("c_1").Call.Lacks, "urgent: %v", urgent)
		c.hangsUp("c_1", vera)
	}
}

// Two appointments one behind the other, and a call before them that took too long:
// the second one's right is no reason for the first to have no seat.
func TestTheNextAppointmentKeepsNoSeatFromTheOneBefore(t *testing.T) {
	c := newSurgery(t, strings.Replace(bookFlow, "length: 30m", "length: 15m", 1), vera)
	c.limits.GuestSeats = 1
	b := c.booked("c_1", 0)
	next := c.booked("c_2", 0)
	require.Equal(t, b.End(), next.Start)
	three := doctor(3)
	c.until(b.Start.Add(-15 * time.Minute))
	c.calls("c_3", three)
	c.until(b.Start.Add(6 * time.Minute))
	require.Equal(t, bot.LacksSeat, c.state("c_1").Call.Lacks)
	c.hangsUp("c_3", three)
	c.seatNext()
	require.Empty(t, c.state("c_1").Call.Lacks)
}

// A visit that both have kept is under way still: its doctor is not free for another
// one until the call is over.
func TestAVisitThatGoesOnKeepsItsTime(t *testing.T) {
	c := newSurgery(t, strings.Replace(bookFlow, "length: 30m, from: 1h", "length: 15m, from: 5m", 1), vera)
	c.limits.GuestSeats = 1
	c.calls("c_1", vera)
	c.hangsUp("c_1", vera)
	start := c.now.Add(15 * time.Minute)
	c.do("c_1", vera, bot.DoPropose, bot.Args{Time: start, Minutes: 60})
	c.do("c_1", patientOf("c_1"), bot.DoAcceptTime, bot.Args{Booking: c.state("c_1").Bookings[0].ID})
	c.until(start)
	b := c.state("c_1").Bookings[0]
	c.do("c_1", system, bot.DoMade, ofBooking(b))
	c.enters("c_1", bot.Patient)
	c.enters("c_1", bot.Doctor)
	require.Empty(t, c.state("c_1").Bookings, "kept")
	inside := func(at time.Time) bool { return at.Before(start.Add(time.Hour)) }
	require.False(t, slices.ContainsFunc(c.free(bot.State{ID: "c_2"}, ""), inside))
	c.hangsUp("c_1", vera)
	require.True(t, slices.ContainsFunc(c.free(bot.State{ID: "c_2"}, ""), inside), "the rest of a visit that was short is free")
}

// One who has looked in and gone again has met nobody.
func TestAVisitIsKeptByBothTogether(t *testing.T) {
	c, b := standing(t)
	c.enters("c_1", bot.Doctor)
	call := c.state("c_1").Call
	c.do("c_1", system, bot.DoGone, bot.Args{Call: call.ID, Attempt: call.Attempt, Who: bot.Doctor})
	c.enters("c_1", bot.Patient)
	require.Len(t, c.state("c_1").Bookings, 1, "nobody has met")
	c.until(b.Start.Add(5 * time.Minute))
	require.Contains(t, c.kinds("c_1"), bot.DoctorReleased, "the doctor's time to come runs")
	c.until(b.End())
	require.Empty(t, c.state("c_1").Bookings)
	for _, e := range c.journal["c_1"] {
		require.False(t, e.Kind == bot.BookingMissed && strings.Contains(string(e.Body), `"patient"`), "who waited has missed nothing")
	}
}

// The doctor who finishes a visit that took place in the chat is late for nothing.
func TestWhoFinishesAVisitHasKeptIt(t *testing.T) {
	c, b := standing(t)
	c.do("c_1", patientOf("c_1"), bot.DoSend, bot.Args{Text: "My camera is broken."})
	c.do("c_1", vera, bot.DoSend, bot.Args{Text: "Then we write."})
	c.do("c_1", vera, bot.DoFinish, bot.Args{Words: "Drink a lot."})
	require.Empty(t, c.state("c_1").Bookings)
	require.Contains(t, c.kinds("c_1"), bot.BookingKept)
	c.until(b.End().Add(time.Hour))
	require.NotContains(t, c.kinds("c_1"), bot.BookingLate)
	require.NotContains(t, c.kinds("c_1"), bot.BookingMissed)
}

// After a night without a server nobody is reminded of what should have begun.
func TestNobodyIsRemindedOfWhatHasBegun(t *testing.T) {
	c := newSurgery(t, bookFlow, vera)
	b := c.booked("c_1", 5)
	c.until(b.Start.Add(-20 * time.Minute))
	n := len(c.journal["c_1"])
	c.now = b.Start.Add(3 * time.Minute)
	c.do("c_1", system, bot.DoWake, bot.Args{})
	require.NotContains(t, c.kinds("c_1")[n:], bot.BookingReminded)
	require.Contains(t, c.kinds("c_1")[n:], bot.BookingDue)
}
