package bot_test

import (
	"bytes"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/flows"
)

// Whoever takes an emergency over and says nothing gives it back as one.
func TestAnEmergencyTakenOverInSilenceComesBack(t *testing.T) {
	w := newClinic(t)
	w.queued()
	igor := bot.Actor{Role: bot.Doctor, Login: "doctor_1", Name: "Doctor One", Departments: []string{"gp"}}
	w.do(igor, bot.DoClaim, bot.Args{})
	w.do(igor, bot.DoSend, bot.Args{Text: "Good day"})
	w.type_("chest pain")
	w.wakes(time.Minute)
	require.Equal(t, "duty", w.s.Offered()[0])
	w.do(guard, bot.DoClaim, bot.Args{})
	require.Equal(t, guard.Login, w.s.Doctor)
	for w.s.Phase == bot.Consulting {
		w.wakes(time.Minute)
	}
	require.Equal(t, flows.Emergency, w.s.Urgency())
	require.Equal(t, "duty", w.s.Offered()[0])
}

// After a day without a process the lead is woken once, and then as ever.
func TestALeadIsNotFloodedAfterAStop(t *testing.T) {
	w := newClinic(t)
	w.agreed()
	w.type_("chest pain")
	w.now = w.now.Add(20 * time.Hour)
	require.Equal(t, 1, count(w.do(system, bot.DoWake, bot.Args{}), bot.LeadAlerted))
	next := bot.Wake(w.s, w.limits, w.program)
	require.True(t, next.After(w.now))
	require.LessOrEqual(t, next.Sub(w.now), time.Hour)
}

// A department that is gone from today's flow answers no emergency: another is rung.
func TestAnEmergencyOfADepartmentThatIsGone(t *testing.T) {
	w := newClinic(t)
	w.agreed()
	w.type_("chest pain")
	require.Equal(t, "duty", w.s.Emergency.Department)
	data, err := os.ReadFile("testdata/clinic.yaml")
	require.NoError(t, err)
	data = bytes.ReplaceAll(data, []byte("duty"), []byte("night"))
	live, problems := flows.Compile([]flows.File{{Path: "clinic.yaml", Data: data}, {Path: "privacy.md", Data: []byte("We keep what you write.\n")}})
	require.NotNil(t, live, "%v", problems)
	require.True(t, bot.Stranded(w.s, nil, live))
	w.live = live
	w.do(system, bot.DoWake, bot.Args{})
	require.Equal(t, "night", w.s.Emergency.Department)
	require.False(t, bot.Stranded(w.s, nil, live))
}
