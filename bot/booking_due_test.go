package bot_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
)

// due books with vera in c_1 and lets the visit begin, its room standing.
func due(t *testing.T) (*surgery, bot.Booking) {
	c := newSurgery(t, bookFlow, vera, igor)
	b := c.booked("c_1", 0)
	c.do("c_1", system, bot.DoRoomBooked, bot.Args{Booking: b.ID, Attempt: 1})
	c.until(b.Start)
	s := c.state("c_1")
	require.Equal(t, bot.Consulting, s.Phase)
	require.Equal(t, bot.DueNow, s.Bookings[0].State)
	return c, b
}

// standing is due with the room ready.
func standing(t *testing.T) (*surgery, bot.Booking) {
	c, b := due(t)
	c.do("c_1", system, bot.DoMade, ofBooking(b))
	return c, b
}

func ofBooking(b bot.Booking) bot.Args { return bot.Args{Call: b.ID, Attempt: b.Attempt} }

func (c *surgery) enters(id string, who bot.Role) {
	call := c.state(id).Call
	c.do(id, system, bot.DoSeen, bot.Args{Call: call.ID, Attempt: call.Attempt, Who: who})
}

// last is the body of the last entry of a kind.
func last[B any](t testing.TB, journal []bot.Entry, k bot.Kind) (b B) {
	t.Helper()
	for _, e := range slices.Backward(journal) {
		if e.Kind == k {
			require.NoError(t, json.Unmarshal(e.Body, &b))
			return b
		}
	}
	require.Fail(t, "there is no "+string(k))
	return b
}

func TestAVisitBeginsInOneCommit(t *testing.T) {
	c, b := due(t)
	s := c.state("c_1")
	n := len(c.journal["c_1"])
	require.Equal(t, []bot.Kind{bot.BookingDue, bot.DoctorAssigned, bot.CallRequested}, c.kinds("c_1")[n-3:])
	require.Equal(t, vera.Login, s.Doctor)
	require.Equal(t, bot.ByBooking, last[bot.Assigned](t, c.journal["c_1"], bot.DoctorAssigned).Why)
	r := last[bot.Requested](t, c.journal["c_1"], bot.CallRequested)
	require.Equal(t, bot.Requested{
		Call: b.ID, Attempt: 1, How: bot.ByApp, Doctor: vera.Login, Owner: "doctor1", Why: "booking", Seats: r.Seats,
		Until: b.End().Add(10 * time.Minute),
	}, r)
	require.Len(t, r.Seats, 1, "held ten minutes before")
	require.Equal(t, []bot.Wish{{Deed: bot.MakeRoom, Room: bot.Room{Call: b.ID, Attempt: 1}, How: bot.ByApp, Owner: "doctor1"}}, bot.Wishes(*s))
	require.Contains(t, c.claims, "seat live/"+itoa(r.Seats[0]))
}

func TestWhereAPatientMayBeWhenTheVisitBegins(t *testing.T) {
	t.Run("with another doctor who does not call", func(t *testing.T) {
		c := newSurgery(t, bookFlow, vera, igor)
		b := c.booked("c_1", 0)
		c.do("c_1", patientOf("c_1"), bot.DoSend, bot.Args{Text: "It hurts now."})
		c.do("c_1", igor, bot.DoClaim, bot.Args{})
		c.do("c_1", igor, bot.DoSend, bot.Args{Text: "Good day."})
		c.until(b.Start)
		s := c.state("c_1")
		require.Equal(t, vera.Login, s.Doctor, "the booked doctor takes over")
		require.Equal(t, "booking", last[bot.Released](t, c.journal["c_1"], bot.DoctorReleased).Why)
		require.Equal(t, b.ID, s.Call.ID)
	})
	t.Run("in a call", func(t *testing.T) {
		c := newSurgery(t, bookFlow, vera, igor)
		b := c.booked("c_1", 0)
		c.do("c_1", system, bot.DoRoomBooked, bot.Args{Booking: b.ID, Attempt: 1})
		c.do("c_1", patientOf("c_1"), bot.DoSend, bot.Args{Text: "It hurts now."})
		c.do("c_1", igor, bot.DoClaim, bot.Args{})
		c.do("c_1", igor, bot.DoSend, bot.Args{Text: "Good day."})
		c.until(b.Start.Add(-time.Minute))
		c.do("c_1", igor, bot.DoEscalate, bot.Args{How: bot.ByPage})
		open := c.state("c_1").Call.ID
		c.do("c_1", system, bot.DoMade, bot.Args{Call: open, Attempt: 1})
		c.enters("c_1", bot.Patient)
		c.until(b.Start)
		s := c.state("c_1")
		require.Equal(t, open, s.Call.ID)
		require.True(t, s.Call.Named(b.ID), "its id is another name of the call")
		require.True(t, bot.May(bot.Actor{Role: bot.Patient, Conversation: "c_1", Call: b.ID}, bot.DoJoin, *s))
		require.Contains(t, bot.Wishes(*s), bot.Wish{Deed: bot.RemoveRoom, Room: bot.Room{Call: b.ID, Attempt: 1}})
		lists := []string{}
		for _, l := range bot.HeadOf(*s).Lists {
			lists = append(lists, l.List)
		}
		require.Contains(t, lists, bot.ListCall(b.ID))
		c.enters("c_1", bot.Doctor)
		require.Empty(t, s.Bookings, "both are in the room: it is kept")
		require.True(t, s.Call.Named(b.ID), "and the link still leads there")
	})
	t.Run("while the doctor is gone from the staff", func(t *testing.T) {
		c := newSurgery(t, bookFlow, vera, igor)
		b := c.booked("c_1", 0)
		delete(c.staff, vera.Login)
		c.until(b.Start)
		s := c.state("c_1")
		require.Equal(t, bot.Waiting, s.Phase)
		require.True(t, s.First)
		require.Equal(t, bot.System, last[bot.MissedBooking](t, c.journal["c_1"], bot.BookingMissed).By)
		require.Contains(t, c.kinds("c_1"), bot.LeadAlerted)
	})
	t.Run("while nothing ran", func(t *testing.T) {
		for late, want := range map[time.Duration]bot.Phase{20 * time.Minute: bot.Consulting, 50 * time.Minute: bot.Waiting} {
			c := newSurgery(t, bookFlow, vera)
			b := c.booked("c_1", 0)
			c.now = b.Start.Add(late)
			c.do("c_1", system, bot.DoWake, bot.Args{})
			require.Equal(t, want, c.state("c_1").Phase, late)
		}
	})
}

func TestBothInTheRoomKeepAnAppointment(t *testing.T) {
	c, _ := standing(t)
	c.enters("c_1", bot.Patient)
	require.Len(t, c.state("c_1").Bookings, 1)
	c.enters("c_1", bot.Doctor)
	require.Empty(t, c.state("c_1").Bookings)
	require.Contains(t, c.kinds("c_1"), bot.BookingKept)
	c.do("c_1", vera, bot.DoFinish, bot.Args{})
	require.Equal(t, bot.ClosedDown, c.state("c_1").Phase)
}

func TestADoctorWhoIsLate(t *testing.T) {
	stage := func(c *surgery) int { return c.state("c_1").Bookings[0].Late }
	wait := func(t *testing.T, d time.Duration) (*surgery, bot.Booking) {
		c, b := standing(t)
		c.enters("c_1", bot.Patient)
		c.until(b.Start.Add(d))
		return c, b
	}
	t.Run("is rung again, then the lead is woken, then the patient asked", func(t *testing.T) {
		c, b := wait(t, 2*time.Minute-time.Second)
		require.Equal(t, 0, stage(c))
		c.until(b.Start.Add(2 * time.Minute))
		require.Equal(t, 1, stage(c))
		require.Equal(t, bot.Doctor, last[bot.Presence](t, c.journal["c_1"], bot.CallAwaited).Who)
		require.NotContains(t, c.kinds("c_1"), bot.LeadAlerted)
		c.until(b.Start.Add(5 * time.Minute))
		require.Equal(t, "late", last[bot.Alerted](t, c.journal["c_1"], bot.LeadAlerted).Why)
		c.refused(bot.NotNow, "c_1", patientOf("c_1"), bot.DoLate, bot.Args{Booking: b.ID, Option: "other"})
		c.until(b.Start.Add(10 * time.Minute))
		require.Equal(t, 3, stage(c))
		require.Equal(t, bot.Consulting, c.state("c_1").Phase, "reply_within does not run")
		c.refused(bot.Invalid, "c_1", patientOf("c_1"), bot.DoLate, bot.Args{Booking: b.ID, Option: "dance"})
	})
	t.Run("who comes after all keeps it", func(t *testing.T) {
		c, _ := wait(t, 11*time.Minute)
		c.enters("c_1", bot.Doctor)
		require.Contains(t, c.kinds("c_1"), bot.BookingKept)
	})
	t.Run("waited for, asked again, and at the end the clinic has missed it", func(t *testing.T) {
		c, b := wait(t, 11*time.Minute)
		c.do("c_1", patientOf("c_1"), bot.DoLate, bot.Args{Booking: b.ID, Option: "wait"})
		c.until(c.now.Add(10*time.Minute + time.Second))
		require.Empty(t, c.state("c_1").Bookings[0].Chosen, "asked again")
		c.until(b.End())
		s := c.state("c_1")
		require.Equal(t, bot.Doctor, last[bot.MissedBooking](t, c.journal["c_1"], bot.BookingMissed).By)
		require.Equal(t, bot.Waiting, s.Phase)
		require.True(t, s.First)
		require.False(t, s.Call.Open())
	})
	t.Run("by the visit key of the appointment alone", func(t *testing.T) {
		c, b := wait(t, 10*time.Minute)
		guest := func(call string) bot.Actor { return bot.Actor{Role: bot.Patient, Conversation: "c_1", Call: call} }
		c.refused(bot.Forbidden, "c_1", guest("other"), bot.DoLate, bot.Args{Booking: b.ID, Option: "wait"})
		c.refused(bot.Forbidden, "c_1", guest(b.ID), bot.DoLate, bot.Args{Booking: "other", Option: "wait"})
		c.refused(bot.Forbidden, "c_1", guest(b.ID), bot.DoCancel, bot.Args{Booking: b.ID})
		require.Contains(t, bot.MayDo(guest(b.ID), *c.state("c_1")), bot.DoLate)
		c.do("c_1", guest(b.ID), bot.DoLate, bot.Args{Booking: b.ID, Option: "wait"})
		require.Equal(t, "wait", c.state("c_1").Bookings[0].Chosen)
	})
	t.Run("another doctor", func(t *testing.T) {
		c, b := wait(t, 10*time.Minute)
		c.do("c_1", patientOf("c_1"), bot.DoLate, bot.Args{Booking: b.ID, Option: "other"})
		s := c.state("c_1")
		require.Equal(t, bot.Waiting, s.Phase)
		require.True(t, s.First)
		require.EqualValues(t, "video", s.Purpose, "who takes it calls at once")
		c.do("c_1", igor, bot.DoClaim, bot.Args{})
		require.True(t, s.Call.Open())
	})
	t.Run("by phone", func(t *testing.T) {
		c, b := wait(t, 10*time.Minute)
		c.do("c_1", patientOf("c_1"), bot.DoLate, bot.Args{Booking: b.ID, Option: "phone"})
		s := c.state("c_1")
		require.Equal(t, bot.Parked, s.Phase)
		require.Equal(t, c.now.Add(time.Hour), s.CallBack.By)
	})
	t.Run("a new time", func(t *testing.T) {
		c, b := wait(t, 10*time.Minute)
		c.do("c_1", patientOf("c_1"), bot.DoLate, bot.Args{Booking: b.ID, Option: "new_time"})
		times := c.free(*c.state("c_1"), b.ID)
		c.do("c_1", patientOf("c_1"), bot.DoMove, bot.Args{Booking: b.ID, Time: times[3]})
		s := c.state("c_1")
		require.Equal(t, bot.Parked, s.Phase)
		require.Equal(t, bot.BookedFor, s.Bookings[0].State)
		require.False(t, s.Call.Open())
		require.Equal(t, 2, s.Bookings[0].Attempt)
		c.until(times[3])
		require.Equal(t, b.ID, s.Call.ID, "the link stays the same")
		require.Equal(t, 2, s.Call.Attempt)
		require.True(t, s.Call.Open())
	})
}

func TestAPatientWhoDoesNotCome(t *testing.T) {
	c, b := standing(t)
	c.refused(bot.NotNow, "c_1", vera, bot.DoNoShow, bot.Args{Booking: b.ID})
	c.enters("c_1", bot.Doctor)
	c.until(b.Start.Add(9 * time.Minute))
	c.refused(bot.NotNow, "c_1", vera, bot.DoNoShow, bot.Args{Booking: b.ID})
	c.until(b.Start.Add(10 * time.Minute))
	c.do("c_1", vera, bot.DoNoShow, bot.Args{Booking: b.ID})
	require.Equal(t, bot.ClosedDown, c.state("c_1").Phase)
	require.Equal(t, bot.Patient, last[bot.MissedBooking](t, c.journal["c_1"], bot.BookingMissed).By)

	t.Run("of whom nobody says so has missed it at its end", func(t *testing.T) {
		c, b := standing(t)
		c.enters("c_1", bot.Doctor)
		c.until(b.End())
		require.Equal(t, bot.ClosedDown, c.state("c_1").Phase)
		require.NotContains(t, c.kinds("c_1"), bot.BookingLate)
	})
	t.Run("but who writes is not left alone", func(t *testing.T) {
		c, b := standing(t)
		c.enters("c_1", bot.Doctor)
		c.do("c_1", patientOf("c_1"), bot.DoSend, bot.Args{Text: "I cannot get in."})
		c.until(b.End())
		require.Equal(t, bot.Consulting, c.state("c_1").Phase)
		require.False(t, c.state("c_1").OwedSince.IsZero())
	})
	t.Run("has missed nobody while the doctor is absent", func(t *testing.T) {
		c, b := standing(t)
		c.until(b.End())
		require.Equal(t, bot.Doctor, last[bot.MissedBooking](t, c.journal["c_1"], bot.BookingMissed).By)
		require.Equal(t, bot.Waiting, c.state("c_1").Phase)
	})
}

func TestARoomThatDoesNotCome(t *testing.T) {
	c, b := due(t)
	for c.now.Before(b.Start.Add(9 * time.Minute)) {
		call := c.state("c_1").Call
		c.do("c_1", system, bot.DoFailed, bot.Args{
			Call: call.ID, Attempt: call.Attempt, Failure: &bot.CallFailure{Kind: "unreachable"}, Retry: true,
		})
		c.until(c.now.Add(time.Minute))
	}
	require.Len(t, c.state("c_1").Bookings, 1)
	require.Equal(t, 0, c.state("c_1").Bookings[0].Late, "nobody is late where there is no room")
	c.until(b.Start.Add(10 * time.Minute))
	s := c.state("c_1")
	require.Equal(t, bot.System, last[bot.MissedBooking](t, c.journal["c_1"], bot.BookingMissed).By)
	require.Equal(t, bot.Waiting, s.Phase)
	require.True(t, s.First)
	require.False(t, s.Call.Open())
	require.Contains(t, c.kinds("c_1"), bot.LeadAlerted)
}

func TestARoomInWhichNobodyCanBeSeenIsKept(t *testing.T) {
	c, b := standing(t)
	c.do("c_1", system, bot.DoUnwatched, ofBooking(b))
	c.until(b.End())
	require.Contains(t, c.kinds("c_1"), bot.BookingKept)
	require.NotContains(t, c.kinds("c_1"), bot.BookingLate)
}

func TestADoctorOpensTheVisitEarly(t *testing.T) {
	c := newSurgery(t, bookFlow, vera, igor)
	b := c.booked("c_1", 0)
	args := bot.Args{Booking: b.ID}
	c.refused(bot.TooEarly, "c_1", vera, bot.DoBegin, args)
	c.until(b.Start.Add(-10 * time.Minute))
	c.refused(bot.Forbidden, "c_1", igor, bot.DoBegin, args)
	c.do("c_1", vera, bot.DoBegin, args)
	s := c.state("c_1")
	require.Equal(t, b.ID, s.Call.ID)
	require.Equal(t, b.End().Add(10*time.Minute), s.Call.Until)
	c.do("c_1", system, bot.DoMade, ofBooking(b))
	c.until(b.Start.Add(time.Minute))
	require.Equal(t, 0, s.Bookings[0].Late, "late is counted from the start that was promised")
	c.do("c_1", vera, bot.DoHangUp, bot.Args{})
	require.False(t, s.Call.Open())
	c.do("c_1", vera, bot.DoBegin, args)
	require.Equal(t, b.ID, s.Call.ID)
	require.Equal(t, 2, s.Call.Attempt, "a press of Join always works")
	c.do("c_1", system, bot.DoMade, bot.Args{Call: b.ID, Attempt: 2})
	c.enters("c_1", bot.Doctor)
	c.enters("c_1", bot.Patient)
	require.Empty(t, s.Bookings)
}

func TestACallOverTheNextAppointmentKeepsItsSeat(t *testing.T) {
	c := newSurgery(t, bookFlow, vera, bot.Actor{Role: bot.Doctor, Login: "doctor_8", Name: "Doctor Eight", Departments: []string{"gp"}, TrueConfID: "doctor8"})
	c.limits.GuestSeats = 1
	first := c.booked("c_1", 0)
	second := c.booked("c_2", 0)
	require.Equal(t, first.End(), second.Start, "one behind the other on a single seat")
	c.until(first.Start)
	c.do("c_1", system, bot.DoMade, ofBooking(first))
	c.enters("c_1", bot.Doctor)
	c.enters("c_1", bot.Patient)
	c.until(second.Start.Add(-time.Minute))
	b := c.state("c_2").Bookings[0]
	require.Equal(t, "seat", b.Lacks)
	require.Equal(t, "seats", last[bot.Alerted](t, c.journal["c_2"], bot.LeadAlerted).Why)
	c.until(second.Start)
	require.Equal(t, "seat", c.state("c_2").Call.Lacks, "it waits, and says so")
	c.do("c_1", vera, bot.DoHangUp, bot.Args{})
	c.do("c_1", system, bot.DoRemoved, ofBooking(first))
	c.do("c_2", system, bot.DoSeat, bot.Args{})
	require.Empty(t, c.state("c_2").Call.Lacks)
}

func TestRemindersComeOnceAndInTime(t *testing.T) {
	c := newSurgery(t, bookFlow, vera)
	a := c.asking("c_1")
	i := slices.IndexFunc(a.Options, func(o bot.Option) bool { return o.ID >= "2027-02-17" })
	c.do("c_1", patientOf("c_1"), bot.DoChoose, bot.Args{Step: a.Step, Option: a.Options[i].ID})
	b := c.state("c_1").Bookings[0]
	said := func() []string { return c.state("c_1").Bookings[0].Reminded }
	c.until(b.Start.Add(-24 * time.Hour))
	require.Equal(t, []string{"24h"}, said())
	c.now = b.Start.Add(-30 * time.Minute) // nothing ran meanwhile
	c.do("c_1", system, bot.DoWake, bot.Args{})
	require.Equal(t, []string{"24h", "2h"}, said())
	c.until(b.Start.Add(-time.Minute))
	require.Equal(t, []string{"24h", "2h", "15m"}, said())

	b = c.booked("c_2", 1)
	c.until(b.Start.Add(-time.Minute))
	require.Equal(t, []string{"15m"}, c.state("c_2").Bookings[0].Reminded, "what lay behind its making is left out")
}

func itoa(n int) string { return string(rune('0' + n)) }
