package bot_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/bot"
)

// Who may what: one row an actor, one column a command, y for yes. The
// conversation is doctor_1's (department gp) where it is consulting.
func TestWhoMayWhat(t *testing.T) {
	state := func(p bot.Phase) bot.State {
		s := bot.State{ID: "c_1", Phase: p, Department: "gp", Call: &bot.Call{ID: "call_1", State: bot.CallStands}}
		if p == bot.Consulting {
			s.Doctor, s.HadBy = "doctor_1", []string{"doctor_1"}
		}
		if p == bot.ClosedDown {
			s.HadBy = []string{"doctor_1"}
		}
		return s
	}
	actors := map[string]bot.Actor{
		"patient":   {Role: bot.Patient, Conversation: "c_1"},
		"stranger":  {Role: bot.Patient, Conversation: "c_2"},
		"visit key": {Role: bot.Patient, Conversation: "c_1", Call: "call_1"},
		"old key":   {Role: bot.Patient, Conversation: "c_1", Call: "call_0"},
		"own":       {Role: bot.Doctor, Login: "doctor_1", Departments: []string{"gp"}},
		"colleague": {Role: bot.Doctor, Login: "doctor_2", Departments: []string{"gp"}},
		"other":     {Role: bot.Doctor, Login: "doctor_3", Departments: []string{"kids"}},
		"admin":     {Role: bot.Admin, Login: "admin"},
		"auditor":   {Role: bot.Auditor, Login: "auditor"},
		"nobody":    {},
	}
	commands := []bot.Do{
		bot.DoSend, bot.DoChoose, bot.DoSkip, bot.DoClose, bot.DoRead, bot.DoJoin, bot.DoSpeak, bot.DoClaim, bot.DoNote,
		bot.DoEscalate, bot.DoHangUp, bot.DoFinish, bot.DoRelease, bot.DoTransfer, bot.DoWake, bot.DoMade,
	}
	table := map[bot.Phase]string{
		bot.Waiting: `
			patient    y y y y y y y . . . . . . . . .
			stranger   . . . . . . . . . . . . . . . .
			visit key  . . . . . y . . . . . . . . . .
			old key    . . . . . . . . . . . . . . . .
			own        . . . . y . . y y . . . . . . .
			colleague  . . . . y . . y y . . . . . . .
			other      . . . . . . . . . . . . . . . .
			admin      . . . . . . . . . . . . . . . .
			auditor    . . . . . . . . . . . . . . . .
			nobody     . . . . . . . . . . . . . . . .`,
		bot.Consulting: `
			patient    y y y y y y y . . . . . . . . .
			visit key  . . . . . y . . . . . . . . . .
			own        y . . y y y . y y y y y y y . .
			colleague  . . . . . . . y . . . . . . . .
			other      . . . . . . . . . . . . . . . .
			admin      . . . . . . . . . . . . . . . .`,
		bot.ClosedDown: `
			patient    y y y y y y y . . . . . . . . .
			own        . . . . y . . y . . . . . . . .
			colleague  . . . . . . . . . . . . . . . .`,
	}
	for phase, rows := range table {
		for row := range strings.SplitSeq(strings.TrimSpace(rows), "\n") {
			cells := strings.Fields(row)
			n := len(cells) - len(commands)
			name := strings.Join(cells[:n], " ")
			a, ok := actors[name]
			require.True(t, ok, name)
			for i, do := range commands {
				require.Equal(t, cells[n+i] == "y", bot.May(a, do, state(phase)), "%s: %s in %s", name, do, phase)
			}
		}
	}
}

func TestAStrangerLearnsNothing(t *testing.T) {
	w := newWorld(t)
	w.consulting()
	other := bot.Actor{Role: bot.Doctor, Login: "doctor_9", Departments: []string{"eyes"}}
	for _, do := range []bot.Do{bot.DoSend, bot.DoClaim, bot.DoEscalate, bot.DoFinish} {
		w.refused(bot.Unknown, other, do, bot.Args{Text: "x"})
	}
	w.refused(bot.Unknown, bot.Actor{Role: bot.Patient, Conversation: "c_2"}, bot.DoSend, bot.Args{Text: "x"})
	w.refused(bot.Forbidden, patient, bot.DoClaim, bot.Args{})
	w.refused(bot.Malformed, patient, "dance", bot.Args{})
}

func TestWhatAClientIsOffered(t *testing.T) {
	w := newWorld(t)
	w.start()
	require.Equal(t, []bot.Do{bot.DoChoose, bot.DoClose, bot.DoElsewhere, bot.DoContact, bot.DoSend, bot.DoSpeak}, bot.MayDo(patient, w.s))
	w = newWorld(t)
	w.waiting()
	require.Equal(t, []bot.Do{bot.DoClaim, bot.DoNote}, bot.MayDo(igor, w.s))
	w.do(igor, bot.DoClaim, bot.Args{})
	w.do(igor, bot.DoEscalate, bot.Args{})
	w.do(system, bot.DoMade, w.ofCall())
	require.Contains(t, bot.MayDo(igor, w.s), bot.DoHangUp)
	require.Contains(t, bot.MayDo(patient, w.s), bot.DoJoin)
}
