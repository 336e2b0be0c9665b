package bot_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
)

// A doctor who is kept out leaves appointments behind: each is a task for the lead,
// once, and again when whoever took it over goes too.
func TestAnAppointmentWithADoctorWhoIsGoneIsATask(t *testing.T) {
	w := newWorld(t)
	w.staff = map[string]bot.Actor{vera.Login: vera, igor.Login: igor}
	w.consulting()
	made := bot.Booked{
		Booking: "booking_1", Department: "gp", Doctor: igor.Login, DoctorName: igor.Name, Start: noon.Add(48 * time.Hour), Length: 1200, Beside: true,
	}
	w.writes(bot.BookingMade, made)
	require.False(t, bot.Stranded(w.s, w.staff, w.program))
	delete(w.staff, igor.Login)
	require.True(t, bot.Stranded(w.s, w.staff, w.program))
	got := w.do(system, bot.DoWake, bot.Args{})
	require.Equal(t, 1, count(got, bot.TaskRaised))
	require.Equal(t, 1, count(got, bot.DoctorReleased))
	require.Equal(t, "booking_1", w.s.Tasks[0].Booking)
	require.Contains(t, lists(w.s), bot.ListTasks)
	require.False(t, bot.Stranded(w.s, w.staff, w.program), "it is somebody's now")
	w.writes(bot.BookingReassigned, bot.ReassignedBooking{Booking: "booking_1", Doctor: vera.Login, DoctorName: vera.Name})
	delete(w.staff, vera.Login)
	got = w.do(system, bot.DoWake, bot.Args{})
	require.Equal(t, 1, count(got, bot.TaskRaised))
}

func TestAnOfferToADoctorWhoIsGoneGoesToTheNext(t *testing.T) {
	w := newWorld(t)
	w.staff = map[string]bot.Actor{"doctor_1": doctor(1), "doctor_2": doctor(2)}
	w.waiting()
	w.crew(here(doctor(1)), here(doctor(2)))
	w.do(system, bot.DoOffer, bot.Args{})
	require.Equal(t, "doctor_1", w.rung())
	delete(w.staff, "doctor_1")
	w.crew(here(doctor(2)))
	require.True(t, bot.Stranded(w.s, w.staff, w.program))
	w.do(system, bot.DoWake, bot.Args{})
	require.Equal(t, "doctor_2", w.rung())
}

// writes puts an entry of the system's into the journal, however it came about.
func (w *world) writes(k bot.Kind, body any) {
	w.t.Helper()
	b, err := json.Marshal(body)
	require.NoError(w.t, err)
	e := bot.Entry{V: bot.Format, Seq: w.s.Seq + 1, At: w.now, Kind: k, By: bot.By{Role: bot.System}, Audience: bot.ForStaff, Body: b}
	w.s, err = bot.Apply(w.s, e)
	require.NoError(w.t, err)
	w.journal = append(w.journal, e)
}
