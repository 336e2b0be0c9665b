package bot_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/flows"
)

// renamed is the clinic after it has renamed its departments.
func renamed(t *testing.T) *flows.Program {
	p, problems := flows.Compile([]flows.File{{Path: "visit.yaml", Data: []byte(strings.ReplaceAll(visitFlow, "gp", "family"))}})
	require.NotNil(t, p, "%v", problems)
	return p
}

func TestADoctorWhoIsGoneLosesThePatientToTheQueue(t *testing.T) {
	w := newWorld(t)
	w.call()
	w.staff = map[string]bot.Actor{"doctor_2": igor}
	require.False(t, bot.Stranded(w.s, w.staff, w.program))
	w.pass(0)
	require.Equal(t, bot.Consulting, w.s.Phase)

	w.staff = map[string]bot.Actor{"doctor_1": vera}
	require.True(t, bot.Stranded(w.s, w.staff, w.program))
	w.pass(0)
	require.Equal(t, bot.Waiting, w.s.Phase)
	require.False(t, w.s.Call.Open())
	require.Equal(t, bot.LeadAlerted, w.journal[len(w.journal)-1].Kind)
	w.do(vera, bot.DoClaim, bot.Args{})
}

func TestADepartmentThatIsGoneHandsItsPatientsOn(t *testing.T) {
	w := newWorld(t)
	w.waiting()
	rank := w.s.WaitingSince
	w.live = renamed(t)
	require.True(t, bot.Stranded(w.s, nil, w.live))
	w.pass(time.Minute)
	require.Equal(t, "family", w.s.Department)
	require.Equal(t, rank, w.s.WaitingSince, "the place is kept")
	require.False(t, bot.Stranded(w.s, nil, w.live))
	w.do(bot.Actor{Role: bot.Doctor, Login: "doctor_3", Departments: []string{"family"}}, bot.DoClaim, bot.Args{})
}

func TestARunningFlowHandsOverToADepartmentOfToday(t *testing.T) {
	w := newWorld(t)
	w.live = renamed(t)
	w.waiting()
	require.Equal(t, "family", w.s.Department)
}

func TestAFlowThatCannotBePlayedLeadsStraightToADoctor(t *testing.T) {
	for name, press := range map[string]func(*world){
		"choosing": func(w *world) { w.do(patient, bot.DoChoose, bot.Args{Step: w.s.Asked.Step, Option: "doctor"}) },
		"typing":   func(w *world) { w.do(patient, bot.DoSend, bot.Args{Text: "A doctor"}) },
	} {
		w := newWorld(t)
		w.start()
		w.live, w.program = w.program, nil
		press(w)
		require.Equal(t, bot.Waiting, w.s.Phase, name)
		require.Equal(t, "gp", w.s.Department, name)
		require.Contains(t, string(w.journal[3].Body), "A doctor", "what was said is kept")
		w.do(igor, bot.DoClaim, bot.Args{})
		w.do(igor, bot.DoSend, bot.Args{Text: "Good morning"})
		w.do(igor, bot.DoFinish, bot.Args{})
		require.Equal(t, bot.ClosedDown, w.s.Phase, name)
	}
}

func TestAPatientLeftAloneInTheRoomIsOwedAnAnswer(t *testing.T) {
	w := newWorld(t)
	w.call()
	w.do(igor, bot.DoSend, bot.Args{Text: "Shall we talk?"})
	w.do(system, bot.DoSeen, w.who(bot.Patient))
	w.do(system, bot.DoSeen, w.who(bot.Doctor))
	w.now = w.now.Add(20 * time.Minute)
	w.do(system, bot.DoGone, w.who(bot.Doctor))
	require.Equal(t, w.now, w.s.OwedSince)
	w.do(system, bot.DoGone, w.who(bot.Patient))
	require.True(t, w.s.OwedSince.IsZero(), "nobody is alone there any more")

	w.do(system, bot.DoSeen, w.who(bot.Patient))
	w.do(system, bot.DoSeen, w.who(bot.Doctor))
	w.do(patient, bot.DoSend, bot.Args{Text: "I cannot hear you"})
	w.pass(30 * time.Minute)
	require.Equal(t, bot.Consulting, w.s.Phase, "both are in the call")
	w.do(system, bot.DoGone, w.who(bot.Doctor))
	w.do(system, bot.DoGone, w.who(bot.Patient))
	w.pass(4 * time.Minute)
	require.Equal(t, bot.Waiting, w.s.Phase, "what was written wants its answer")
}

func TestARoomThatBreaksAgainAndAgainIsLeftToRestAndGivenUp(t *testing.T) {
	w := newWorld(t)
	w.call()
	w.do(igor, bot.DoSend, bot.Args{Text: "Shall we talk?"})
	begun := w.now
	breaks := 0
	for w.s.Call.Open() {
		args := w.ofCall()
		args.Why = "gone"
		w.do(system, bot.DoBroken, args)
		breaks++
		mend := bot.Wishes(w.s)[0]
		require.Equal(t, bot.MendRoom, mend.Deed)
		if wait := mend.NotYet.Sub(w.now); wait > 0 {
			w.pass(wait)
		}
		if w.s.Call.Open() {
			w.do(system, bot.DoMade, w.ofCall())
		}
	}
	require.Equal(t, bot.EndFailed, w.s.Call.EndWhy)
	require.Contains(t, w.s.Memory.Slots, "name", "the conversation itself goes on")
	require.GreaterOrEqual(t, w.now.Sub(begun), w.limits.GiveUpAfter)
	require.Less(t, breaks, 40, "thirty seconds apart in the end")
}
