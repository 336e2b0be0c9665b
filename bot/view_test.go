package bot_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/bot"
)

// wholeVisit is a journal with every kind of entry that a visit leaves.
func wholeVisit(t testing.TB) *world {
	w := newWorld(t)
	w.waiting()
	w.pass(w.limits.WaitRung)
	w.do(vera, bot.DoClaim, bot.Args{})
	w.do(patient, bot.DoDescribe, bot.Args{Attributes: map[string]string{"page": "a secret page"}})
	w.do(vera, bot.DoNote, bot.Args{Text: "a secret note"})
	w.do(vera, bot.DoEscalate, bot.Args{})
	args := w.ofCall()
	args.Failure, args.Retry = &bot.CallFailure{Kind: "unreachable", Detail: "a secret detail", Cure: "a secret cure"}, true
	w.do(system, bot.DoFailed, args)
	w.pass(2_000_000_000)
	w.do(system, bot.DoMade, w.ofCall())
	w.do(system, bot.DoRing, w.who(bot.Doctor))
	w.do(system, bot.DoSeen, w.who(bot.Patient))
	args = w.ofCall()
	args.Name = "a secret stranger"
	w.do(system, bot.DoStrange, args)
	w.do(system, bot.DoGone, w.who(bot.Patient))
	w.do(vera, bot.DoTransfer, bot.Args{To: "kids", Reason: "a secret reason"})
	w.do(system, bot.DoRemoved, w.ofCall())
	w.do(igor, bot.DoClaim, bot.Args{})
	w.do(igor, bot.DoFinish, bot.Args{Outcome: "a secret outcome"})
	return w
}

func TestThePatientSeesNothingThatIsNotForPatients(t *testing.T) {
	w := wholeVisit(t)
	links := bot.Links{Language: "en", Page: func(c string) string { return "https://clinic/join/" + c }}
	var mine uint64
	for _, e := range w.journal {
		seen, ok := bot.View(e, patient, links)
		if !ok {
			require.NotEqual(t, bot.ForAll, e.Audience, e.Kind)
			continue
		}
		require.Equal(t, mine, seen.Prev, "a patient without gaps must see none")
		mine = seen.Seq
		wire, err := json.Marshal(seen)
		require.NoError(t, err)
		for _, hidden := range []string{"secret", "doctor_1", "doctor_2", `"doctor1"`, "trueconf_id", `"key"`, "phase"} {
			require.NotContains(t, string(wire), hidden, e.Kind)
		}
	}
	require.Equal(t, w.s.LastAll, mine)
}

func TestStaffSeeTheRestWithoutGaps(t *testing.T) {
	w := wholeVisit(t)
	var last uint64
	all := ""
	for _, e := range w.journal {
		seen, ok := bot.View(e, vera, bot.Links{})
		if !ok {
			require.Equal(t, bot.ForSystem, e.Audience, e.Kind)
			continue
		}
		require.Equal(t, last, seen.Prev)
		last = seen.Seq
		wire, err := json.Marshal(seen)
		require.NoError(t, err)
		all += string(wire)
	}
	require.Equal(t, w.s.LastStaff, last)
	for _, shown := range []string{"secret note", "secret detail", "secret cure", "secret stranger", "secret reason", "secret outcome", "secret page"} {
		require.Contains(t, all, shown)
	}
}

func TestTheInvitationIsRenderedForItsReader(t *testing.T) {
	w := newWorld(t)
	w.call()
	ready := w.journal[len(w.journal)-1]
	require.JSONEq(t, `{"call":"call_1","attempt":1}`, string(ready.Body))
	seen, ok := bot.View(ready, patient, bot.Links{
		Language: "ru",
		Page:     func(c string) string { return "https://clinic/join/" + c + "#key" },
		Join:     func(c string) (string, string) { return "POST", "/join/" + c },
	})
	require.True(t, ok)
	wire, err := json.Marshal(seen.Body)
	require.NoError(t, err)
	require.JSONEq(t, `{"call":"call_1","attempt":1,"text":"Видеозвонок готов.","link":"https://clinic/join/call_1#key",
		"join":{"method":"POST","href":"/join/call_1"}}`, string(wire))
}
