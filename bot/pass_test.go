package bot_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
)

// Given back to the queue of a department that has closed meanwhile, a patient is
// asked what the flow asks of everybody who comes to a closed door.
func TestGivenBackToAClosedDepartmentTheFlowSpeaks(t *testing.T) {
	for name, back := range map[string]func(*world) []bot.Entry{
		"released": func(w *world) []bot.Entry { return w.do(vera, bot.DoRelease, bot.Args{}) },
		"silent": func(w *world) []bot.Entry {
			w.now = w.now.Add(-5 * time.Minute)
			w.do(patient, bot.DoSend, bot.Args{Text: "Are you there?"})
			return w.wakes(5 * time.Minute)
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newClinic(t)
			w.queued()
			w.do(vera, bot.DoClaim, bot.Args{})
			w.do(vera, bot.DoSend, bot.Args{Text: "Good evening."})
			since := w.s.WaitingSince
			w.now = time.Date(2027, 2, 15, 18, 0, 0, 0, time.UTC) // nine in the evening of the clinic
			got := kinds(back(w))
			require.Contains(t, got, bot.LeadAlerted)
			require.Equal(t, bot.Waiting, w.s.Phase)
			require.Equal(t, since, w.s.WaitingSince, "the place is kept")
			require.Equal(t, "shut/2", w.s.Asked.Step)
			w.pick("call")
			w.type_("+79161234567")
			require.Equal(t, bot.Parked, w.s.Phase)
			require.Equal(t, "gp", w.s.CallBack.Department)
		})
	}
}

func TestGivenBackWhereNobodyIsTheFlowSpeaks(t *testing.T) {
	w := newClinic(t)
	w.queued()
	w.do(vera, bot.DoClaim, bot.Args{})
	w.onDuty = false
	w.do(vera, bot.DoRelease, bot.Args{})
	require.Equal(t, "shut/2", w.s.Asked.Step)
	require.Equal(t, []string{"gp"}, w.s.Offered(), "whoever comes may take the patient all the same")
	w.onDuty = true
	w.do(vera, bot.DoClaim, bot.Args{})
	require.Nil(t, w.s.Asked)
	require.Equal(t, bot.Consulting, w.s.Phase)
}

// What nobody answers becomes a promise without the answer, as a rung's question.
func TestAClosedDoorUnansweredStillPromises(t *testing.T) {
	w := newClinic(t)
	w.queued()
	w.do(vera, bot.DoClaim, bot.Args{})
	w.now = time.Date(2027, 2, 15, 18, 0, 0, 0, time.UTC)
	w.do(vera, bot.DoRelease, bot.Args{})
	w.wakes(30 * time.Minute) // its ladder goes on as well
	require.NotNil(t, w.s.CallBack)
	require.True(t, w.s.CallBack.PlaceKept)
}

// To another department it is that one's door that counts.
func TestTransferredTheOtherDoorCounts(t *testing.T) {
	w := newClinic(t)
	w.queued()
	w.do(vera, bot.DoClaim, bot.Args{})
	w.now = time.Date(2027, 2, 15, 18, 0, 0, 0, time.UTC)
	w.do(vera, bot.DoTransfer, bot.Args{To: "duty"})
	require.Nil(t, w.s.Asked)
	require.Equal(t, []string{"duty"}, w.s.Offered())
}

func TestReopenedByWordsAfterHoursTheFlowSpeaks(t *testing.T) {
	w := newClinic(t)
	w.queued()
	w.do(vera, bot.DoClaim, bot.Args{})
	w.do(vera, bot.DoClose, bot.Args{})
	w.now = time.Date(2027, 2, 15, 18, 0, 0, 0, time.UTC)
	w.type_("It is worse.")
	require.Equal(t, bot.Waiting, w.s.Phase)
	require.Equal(t, "shut/2", w.s.Asked.Step)
	w.type_("I have a chest pain")
	require.Equal(t, "emergency/2", w.s.Asked.Step)
	require.Equal(t, replay(t, w), w.s)
}
