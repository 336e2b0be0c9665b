package engine_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/engine"
)

// A doctor whose appointment has been given to a colleague gets it out of the calendar
// again; the colleague, whoever else may see it, and the patient have it in theirs.
func TestTheCalendarOfADoctorWhoseAppointmentIsGivenAway(t *testing.T) {
	admin := bot.Actor{Role: bot.Admin, Login: "admin"}
	h := newPractice(t, func(o *engine.Options) {
		o.Limits = func() bot.Limits { l := bot.Defaults(); l.GuestSeats = 4; return l }
		o.Staff = func(context.Context) map[string]bot.Actor {
			return map[string]bot.Actor{vera.Login: vera, igor.Login: igor}
		}
	})
	a, b := h.booked("one", 0)
	was, is := vera, igor
	if b.Doctor == igor.Login {
		was, is = igor, vera
	}
	cancelled := func(who bot.Actor, want bool, sequence int) {
		t.Helper()
		got, err := h.e.Appointment(t.Context(), who, b.ID, "", "en")
		require.NoError(t, err)
		require.Equal(t, want, got.Visit.Cancelled)
		require.Equal(t, sequence, got.Visit.Sequence)
	}
	cancelled(was, false, 0)
	cancelled(is, false, 0)
	h.do(admin, a.Conversation, bot.DoReassign, bot.Args{Booking: b.ID, To: is.Login})
	cancelled(was, true, 1)
	cancelled(is, false, 1)
	cancelled(a, false, 1)
	cancelled(admin, false, 1)
	h.do(admin, a.Conversation, bot.DoReassign, bot.Args{Booking: b.ID, To: was.Login})
	cancelled(was, false, 2)
	cancelled(is, true, 2)
}

// What a calendar is told of an appointment is what was booked, and of one that is
// off that it is, each with its sequence and from the clinic's own address.
func TestAnAppointmentForACalendar(t *testing.T) {
	h := newPractice(t, func(o *engine.Options) { o.From = "visits@clinic.example" })
	a, b := h.booked("one", 0)
	guest := bot.Actor{Role: bot.Patient, Conversation: a.Conversation, Call: b.ID}
	for _, who := range []bot.Actor{a, guest, vera} {
		got, err := h.e.Appointment(t.Context(), who, b.ID, "", "ru")
		require.NoError(t, err)
		require.Equal(t, b, got.Booking)
		e := got.Visit.Event()
		require.True(t, e.Start.Equal(b.Start))
		require.Equal(t, 30*time.Minute, e.End.Sub(e.Start))
		require.Zero(t, e.Sequence)
		require.False(t, e.Cancelled)
		require.Equal(t, "visits@clinic.example", e.Organizer.Email)
		require.Contains(t, e.Title, "Rassvet Clinic")
		require.Equal(t, who.Role == bot.Doctor, got.Visit.ForDoctor)
	}
	other, _ := h.booked("two", 0)
	guest.Call = "another"
	for _, who := range []bot.Actor{other, guest, {Role: bot.Doctor, Login: "stranger", Departments: []string{"nowhere"}}} {
		_, err := h.e.Appointment(t.Context(), who, b.ID, "", "en")
		requireCode(t, bot.NoCall, err)
	}

	h.do(a, a.Conversation, bot.DoCancel, bot.Args{Booking: b.ID})
	got, err := h.e.Appointment(t.Context(), a, b.ID, "", "")
	require.NoError(t, err)
	require.True(t, got.Visit.Cancelled)
	require.Equal(t, 1, got.Visit.Sequence)
	require.True(t, got.Visit.Start.Equal(b.Start))
}
