package bot_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
)

// A patient who says no to the call of their appointment has missed nobody, and nobody
// has missed them: until its end Join brings them back, then it counts as cancelled by
// them. What they write is owed an answer meanwhile.
func TestAPatientDeclinesABookedCall(t *testing.T) {
	decline := func(t *testing.T) (*surgery, bot.Booking) {
		c, b := standing(t)
		c.until(b.Start.Add(time.Minute))
		c.do("c_1", patientOf("c_1"), bot.DoDeclineCall, bot.Args{})
		require.False(t, c.state("c_1").Call.Open())
		return c, b
	}
	t.Run("cancelled by them at its end", func(t *testing.T) {
		c, b := decline(t)
		c.do("c_1", vera, bot.DoSend, bot.Args{Text: "Good day."})
		c.until(b.End().Add(-time.Second))
		require.Len(t, c.state("c_1").Bookings, 1)
		require.NotContains(t, c.kinds("c_1"), bot.BookingLate, "nobody waits for the doctor")
		require.NotContains(t, c.kinds("c_1"), bot.LeadAlerted)
		c.until(b.End())
		require.Empty(t, c.state("c_1").Bookings)
		require.NotContains(t, c.kinds("c_1"), bot.BookingMissed)
		require.Equal(t, bot.Patient, last[bot.CancelledBooking](t, c.journal["c_1"], bot.BookingCancelled).By)
	})
	t.Run("comes back by Join", func(t *testing.T) {
		c, b := decline(t)
		c.do("c_1", patientOf("c_1"), bot.DoBegin, bot.Args{Booking: b.ID})
		s := c.state("c_1")
		require.True(t, s.Call.Open())
		c.do("c_1", system, bot.DoMade, bot.Args{Call: b.ID, Attempt: s.Call.Attempt})
		c.enters("c_1", bot.Patient)
		c.enters("c_1", bot.Doctor)
		require.Contains(t, c.kinds("c_1"), bot.BookingKept)
	})
	t.Run("comes back, and then the doctor is late", func(t *testing.T) {
		c, b := decline(t)
		c.do("c_1", patientOf("c_1"), bot.DoBegin, bot.Args{Booking: b.ID})
		c.do("c_1", system, bot.DoMade, bot.Args{Call: b.ID, Attempt: c.state("c_1").Call.Attempt})
		c.until(c.now.Add(2 * time.Minute))
		require.Contains(t, c.kinds("c_1"), bot.BookingLate)
	})
	t.Run("while the room is being made", func(t *testing.T) {
		c, b := due(t)
		c.do("c_1", patientOf("c_1"), bot.DoDeclineCall, bot.Args{})
		c.do("c_1", vera, bot.DoSend, bot.Args{Text: "Good day."})
		c.until(b.End())
		require.NotContains(t, c.kinds("c_1"), bot.BookingMissed)
	})
	t.Run("their words are owed an answer", func(t *testing.T) {
		c, b := standing(t)
		c.do("c_1", patientOf("c_1"), bot.DoDeclineCall, bot.Args{Text: "I would rather write."})
		c.until(b.Start.Add(4 * time.Minute))
		require.Contains(t, c.kinds("c_1"), bot.DoctorReleased, "reply_within runs again")
	})
	t.Run("the doctor says so", func(t *testing.T) {
		c, b := decline(t)
		c.do("c_1", vera, bot.DoNoShow, bot.Args{Booking: b.ID})
		require.Empty(t, c.state("c_1").Bookings)
		require.NotContains(t, c.kinds("c_1"), bot.BookingMissed)
	})
}

// A time that somebody has proposed who is here no more is taken back where the clinic
// notices first, and is with another doctor, or refused, where the patient does.
func TestAProposalOfADoctorWhoIsGone(t *testing.T) {
	proposed := func(t *testing.T, doctors ...bot.Actor) (*surgery, bot.Booking) {
		c := newSurgery(t, bookFlow, doctors...)
		c.asking("c_1")
		c.do("c_1", patientOf("c_1"), bot.DoChoose, bot.Args{Step: c.state("c_1").Asked.Step, Option: "none"})
		if c.state("c_1").Phase != bot.Waiting {
			c.do("c_1", patientOf("c_1"), bot.DoSend, bot.Args{Text: "It hurts."})
		}
		c.do("c_1", vera, bot.DoClaim, bot.Args{})
		c.do("c_1", vera, bot.DoPropose, bot.Args{Time: c.now.Add(3 * time.Hour).Truncate(time.Hour)})
		require.Len(t, c.state("c_1").Bookings, 1)
		delete(c.staff, vera.Login)
		return c, c.state("c_1").Bookings[0]
	}
	t.Run("taken back", func(t *testing.T) {
		c, b := proposed(t, vera, igor)
		require.True(t, bot.Stranded(*c.state("c_1"), c.staff, c.program))
		c.do("c_1", system, bot.DoWake, bot.Args{})
		require.Empty(t, c.state("c_1").Bookings)
		require.Equal(t, bot.OfBooking{Booking: b.ID, Why: "by_doctor"}, last[bot.OfBooking](t, c.journal["c_1"], bot.BookingWithdrawn))
		require.Equal(t, bot.Waiting, c.state("c_1").Phase)
		require.False(t, bot.Stranded(*c.state("c_1"), c.staff, c.program))
	})
	t.Run("with another", func(t *testing.T) {
		c, b := proposed(t, vera, igor)
		c.do("c_1", patientOf("c_1"), bot.DoAcceptTime, bot.Args{Booking: b.ID})
		got := c.state("c_1").BookingOf(b.ID)
		require.Equal(t, igor.Login, got.Doctor)
		require.Equal(t, bot.BookedFor, got.State)
		require.NotContains(t, c.kinds("c_1"), bot.TaskRaised)
	})
	t.Run("refused", func(t *testing.T) {
		c, b := proposed(t, vera)
		c.refused(bot.SlotTaken, "c_1", patientOf("c_1"), bot.DoAcceptTime, bot.Args{Booking: b.ID})
	})
}

// A long appointment that takes an open call for its own, or whose call is asked for
// anew, is not cut off by the usual limit of a call.
func TestACallLastsAsLongAsItsAppointment(t *testing.T) {
	c := newSurgery(t, bookFlow, vera, igor)
	c.limits.CallLimit = 15 * time.Minute
	b := c.booked("c_1", 0)
	c.do("c_1", patientOf("c_1"), bot.DoSend, bot.Args{Text: "It hurts now."})
	c.do("c_1", igor, bot.DoClaim, bot.Args{})
	c.do("c_1", igor, bot.DoSend, bot.Args{Text: "Good day."})
	c.until(b.Start.Add(-time.Second))
	c.do("c_1", igor, bot.DoEscalate, bot.Args{How: bot.ByPage})
	c.until(b.Start)
	s := c.state("c_1")
	require.True(t, s.Call.Named(b.ID))
	require.Equal(t, b.End().Add(10*time.Minute), s.Call.Until, "also where its room does not stand yet")
	c.do("c_1", igor, bot.DoHangUp, bot.Args{})
	c.do("c_1", igor, bot.DoEscalate, bot.Args{How: bot.ByPage})
	require.Equal(t, b.End().Add(10*time.Minute), s.Call.Until)
}
