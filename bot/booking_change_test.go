package bot_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
)

// consulted is a patient who talks to vera.
func consulted(t *testing.T) *surgery {
	c := newSurgery(t, bookFlow, vera, igor)
	a := c.asking("c_1")
	c.do("c_1", patientOf("c_1"), bot.DoChoose, bot.Args{Step: a.Step, Option: "none"})
	require.Equal(t, bot.Waiting, c.state("c_1").Phase)
	c.do("c_1", vera, bot.DoClaim, bot.Args{})
	c.do("c_1", vera, bot.DoSend, bot.Args{Text: "Good day."})
	return c
}

func TestADoctorProposesATime(t *testing.T) {
	tomorrow := time.Date(2027, 2, 16, 16, 30, 0, 0, time.UTC) // in the evening: beside the doctor's hours
	propose := bot.Args{Time: tomorrow, Minutes: 20, Text: "Let us look at it again."}
	t.Run("the patient takes it", func(t *testing.T) {
		c := consulted(t)
		c.do("c_1", vera, bot.DoPropose, propose)
		p := last[bot.Proposal](t, c.journal["c_1"], bot.BookingProposed)
		require.Equal(t, "16 Feb 2027 19:30", p.Text, "as the patient's clock shows it")
		require.Equal(t, c.now.Add(24*time.Hour), p.Until)
		require.Equal(t, propose.Text, p.Words)
		require.NotEmpty(t, c.claims, "kept free for the patient")
		c.refused(bot.SlotTaken, "c_1", vera, bot.DoPropose, propose)
		c.do("c_1", patientOf("c_1"), bot.DoAcceptTime, bot.Args{Booking: p.Booking})
		s := c.state("c_1")
		require.Equal(t, bot.Consulting, s.Phase, "the doctor and the patient go on")
		require.Equal(t, bot.BookedFor, s.Bookings[0].State)
		require.Equal(t, 20*time.Minute, s.Bookings[0].Length)
		c.refused(bot.NotNow, "c_1", vera, bot.DoClose, bot.Args{})
		c.do("c_1", vera, bot.DoFinish, bot.Args{})
		require.Equal(t, bot.Parked, s.Phase)
	})
	t.Run("the patient does not", func(t *testing.T) {
		c := consulted(t)
		c.do("c_1", vera, bot.DoPropose, propose)
		id := c.state("c_1").Bookings[0].ID
		c.do("c_1", vera, bot.DoFinish, bot.Args{})
		require.Equal(t, bot.Parked, c.state("c_1").Phase, "it is kept free until they answer")
		c.do("c_1", patientOf("c_1"), bot.DoDeclineTime, bot.Args{Booking: id})
		require.Equal(t, bot.ClosedDown, c.state("c_1").Phase)
		require.Empty(t, c.claims)
	})
	t.Run("the patient says why not", func(t *testing.T) {
		c := consulted(t)
		c.do("c_1", vera, bot.DoPropose, propose)
		c.do("c_1", vera, bot.DoFinish, bot.Args{})
		c.do("c_1", patientOf("c_1"), bot.DoDeclineTime, bot.Args{Booking: c.state("c_1").Bookings[0].ID, Text: "I am at work."})
		require.Equal(t, bot.Waiting, c.state("c_1").Phase, "what is said is answered")
	})
	t.Run("nobody answers", func(t *testing.T) {
		c := consulted(t)
		c.do("c_1", vera, bot.DoPropose, propose)
		c.do("c_1", vera, bot.DoFinish, bot.Args{})
		c.until(c.now.Add(24 * time.Hour))
		require.Equal(t, "expired", last[bot.OfBooking](t, c.journal["c_1"], bot.BookingWithdrawn).Why)
		require.Equal(t, bot.ClosedDown, c.state("c_1").Phase)
		require.Empty(t, c.claims)
	})
	t.Run("the doctor takes it back", func(t *testing.T) {
		c := consulted(t)
		c.do("c_1", vera, bot.DoPropose, propose)
		c.do("c_1", vera, bot.DoCancel, bot.Args{Booking: c.state("c_1").Bookings[0].ID})
		require.Equal(t, "by_doctor", last[bot.OfBooking](t, c.journal["c_1"], bot.BookingWithdrawn).Why)
	})
	t.Run("what cannot be", func(t *testing.T) {
		c := consulted(t)
		for code, a := range map[bot.Code]bot.Args{
			bot.Invalid: {Time: c.now.Add(-time.Minute)},
		} {
			c.refused(code, "c_1", vera, bot.DoPropose, a)
		}
		c.refused(bot.Invalid, "c_1", vera, bot.DoPropose, bot.Args{Time: tomorrow, Minutes: 600})
		c.refused(bot.Invalid, "c_1", vera, bot.DoPropose, bot.Args{Time: tomorrow, Department: "eyes"})
		c.refused(bot.Invalid, "c_1", vera, bot.DoPropose, bot.Args{Time: c.now.Add(400 * 24 * time.Hour)})
		c.do("c_1", vera, bot.DoRelease, bot.Args{})
		c.do("c_1", igor, bot.DoClaim, bot.Args{})
		c.limits.GuestSeats = 1
		c.refused(bot.NeverFits, "c_1", igor, bot.DoPropose, propose)
	})
}

func TestATimeIsMovedWherePatientsBookNothing(t *testing.T) {
	lab := strings.Replace(bookFlow, "departments:\n", "departments:\n  lab: {title: {en: laboratory, ru: лаборатория}, hours: week}\n", 1)
	c := newSurgery(t, lab, vera)
	c.do("c_1", patientOf("c_1"), bot.DoChoose, bot.Args{Step: c.asking("c_1").Step, Option: "none"})
	c.do("c_1", vera, bot.DoClaim, bot.Args{})
	c.do("c_1", vera, bot.DoPropose, bot.Args{Time: c.now.Add(26 * time.Hour), Department: "lab", Minutes: 20})
	free := c.free(*c.state("c_1"), c.state("c_1").Bookings[0].ID)
	require.True(t, slices.ContainsFunc(free, func(at time.Time) bool { return at.After(c.now.Add(time.Hour)) }))
}

func TestAnAppointmentIsMoved(t *testing.T) {
	c := newSurgery(t, bookFlow, vera)
	b := c.booked("c_1", 0)
	c.booked("c_2", 0)
	c.do("c_1", system, bot.DoRoomBooked, bot.Args{Booking: b.ID, Attempt: 1})
	free := c.free(*c.state("c_1"), b.ID)
	require.NotContains(t, free, b.Start)
	require.NotContains(t, free, b.End(), "another's")
	move := bot.Args{Booking: b.ID, Time: free[0]}
	c.refused(bot.SlotTaken, "c_1", patientOf("c_1"), bot.DoMove, bot.Args{Booking: b.ID, Time: b.End()})
	c.refused(bot.SlotTaken, "c_1", patientOf("c_1"), bot.DoMove, bot.Args{Booking: b.ID, Time: free[0].Add(time.Minute)})
	c.do("c_1", patientOf("c_1"), bot.DoMove, move)
	moved := c.state("c_1").Bookings[0]
	require.Equal(t, []any{b.ID, 1, 2, false}, []any{moved.ID, moved.Seq, moved.Attempt, moved.RoomStands})
	wishes := bot.Wishes(*c.state("c_1"))
	require.True(t, slices.ContainsFunc(wishes, func(w bot.Wish) bool { return w.Deed == bot.ScheduleRoom && w.Room.Attempt == 2 }))
	require.True(t, slices.ContainsFunc(wishes, func(w bot.Wish) bool { return w.Deed == bot.RemoveRoom && w.Room.Attempt == 1 }))

	evening := time.Date(2027, 2, 15, 18, 10, 0, 0, time.UTC)
	c.refused(bot.SlotTaken, "c_1", patientOf("c_1"), bot.DoMove, bot.Args{Booking: b.ID, Time: evening})
	c.do("c_1", vera, bot.DoMove, bot.Args{Booking: b.ID, Time: evening})
	require.Equal(t, 2, c.state("c_1").Bookings[0].Seq, "the clinic is not bound by its hours")
	c.do("c_1", vera, bot.DoMove, bot.Args{Booking: b.ID, Time: evening.Add(10 * time.Minute)})
	require.Equal(t, 3, c.state("c_1").Bookings[0].Seq, "its own time is not in its way")
	require.Empty(t, c.do("c_1", vera, bot.DoMove, bot.Args{Booking: b.ID, Time: evening.Add(10 * time.Minute)}), "there already")
}

func TestAnAppointmentIsCancelled(t *testing.T) {
	c := newSurgery(t, bookFlow, vera)
	b := c.booked("c_1", 0)
	c.do("c_1", vera, bot.DoCancel, bot.Args{Booking: b.ID, Reason: "Ill."})
	require.Equal(t, bot.Waiting, c.state("c_1").Phase, "what the clinic takes away it makes good")
	require.Equal(t, bot.CancelledBooking{Booking: b.ID, Reason: "Ill.", Seq: 1}, last[bot.CancelledBooking](t, c.journal["c_1"], bot.BookingCancelled))
	c.refused(bot.NotNow, "c_1", patientOf("c_1"), bot.DoCancel, bot.Args{Booking: b.ID})

	t.Run("during the visit", func(t *testing.T) {
		c, b := standing(t)
		c.do("c_1", patientOf("c_1"), bot.DoCancel, bot.Args{Booking: b.ID})
		require.False(t, c.state("c_1").Call.Open())
		require.Empty(t, c.state("c_1").Bookings)
	})
}

func TestAnAppointmentIsGivenToAnotherDoctor(t *testing.T) {
	c := newSurgery(t, bookFlow, vera, igor)
	c.limits.GuestSeats = 3
	b := c.booked("c_1", 0)
	c.refused(bot.Invalid, "c_1", vera, bot.DoReassign, bot.Args{Booking: b.ID, To: "nobody"})
	delete(c.staff, vera.Login)
	c.do("c_1", system, bot.DoWake, bot.Args{})
	require.Len(t, c.state("c_1").Tasks, 1, "the clinic is to find another doctor")
	require.Equal(t, bot.TaskBooking, c.state("c_1").Tasks[0].Kind)
	require.Empty(t, c.do("c_1", system, bot.DoWake, bot.Args{}), "once")
	c.do("c_1", igor, bot.DoReassign, bot.Args{Booking: b.ID, To: igor.Login})
	s := c.state("c_1")
	now := s.Bookings[0]
	require.Equal(t, []any{igor.Login, bot.ByPage, 1, 2}, []any{now.Doctor, now.How, now.Seq, now.Attempt})
	require.Len(t, now.Seats, 2, "a doctor by page takes a seat of their own")
	require.Empty(t, s.Tasks)
	c.until(b.Start)
	require.Equal(t, igor.Login, s.Doctor)
	require.Equal(t, bot.Room{Call: b.ID, Attempt: 2}, s.Call.Room())

	other := c.booked("c_2", 3)
	c.staff[vera.Login] = vera
	c.do("c_2", igor, bot.DoReassign, bot.Args{Booking: other.ID, To: vera.Login})
	delete(c.staff, vera.Login)
	busy := c.booked("c_3", 0)
	c.staff[vera.Login] = vera
	c.do("c_3", igor, bot.DoMove, bot.Args{Booking: busy.ID, Time: other.Start})
	c.refused(bot.SlotTaken, "c_3", igor, bot.DoReassign, bot.Args{Booking: busy.ID, To: vera.Login})
}
