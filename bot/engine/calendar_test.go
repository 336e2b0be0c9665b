package engine_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/engine"
)

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
