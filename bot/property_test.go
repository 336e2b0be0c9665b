package bot_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bedside/bot"
)

// Any order of commands, by anybody, keeps what the design promises.
func TestAnyOrderOfCommandsKeepsThePromises(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := newWorld(t)
		w.start()
		for range rapid.IntRange(1, 60).Draw(r, "steps") {
			if rapid.IntRange(0, 3).Draw(r, "time") == 0 {
				w.now = w.now.Add(time.Duration(rapid.Int64Range(0, int64(40*time.Minute)).Draw(r, "pass")))
				step(r, w, system, bot.DoWake, bot.Args{})
				continue
			}
			a, do, args := anyCommand(r, w)
			step(r, w, a, do, args)
		}
	})
}

// step tries one command and checks everything that must hold.
func step(r *rapid.T, w *world, a bot.Actor, do bot.Do, args bot.Args) {
	seq, at := w.s.Seq, w.s.At
	c := bot.Command{Conversation: "c_1", Key: "k", Do: do, Actor: a, Args: args}
	ids := w.ids
	first, err := w.decider.Decide(w.s, c, w.facts())
	w.ids = ids
	again, _ := w.decider.Decide(w.s, c, w.facts())
	require.Equal(r, replay(r, w), w.s, "%s changed its argument", do)
	require.Equal(r, first, again, "the same question has the same answer")
	if err != nil {
		var refusal *bot.Refusal
		require.True(r, errors.As(err, &refusal), "%s: %v", do, err)
		require.NotEmpty(r, refusal.Message)
		return
	}
	for i, e := range first.Entries {
		require.Equal(r, seq+uint64(i)+1, e.Seq)
		require.False(r, e.At.Before(at), "time ran backwards")
		back, err := bot.DecodeEntry(e.Encode())
		require.NoError(r, err)
		w.s, err = bot.Apply(w.s, back)
		require.NoError(r, err)
		w.journal = append(w.journal, back)
		at = e.At
	}
	require.Equal(r, w.s, first.State, "the journal folds to the decided state")
	promises(r, w, do)
}

// replay folds the journal's bytes, as a restart would.
func replay(r *rapid.T, w *world) bot.State {
	s := bot.State{ID: "c_1"}
	for _, e := range w.journal {
		back, err := bot.DecodeEntry(e.Encode())
		require.NoError(r, err)
		s, err = bot.Apply(s, back)
		require.NoError(r, err)
	}
	return s
}

func promises(r *rapid.T, w *world, do bot.Do) {
	s := w.s
	require.Equal(r, replay(r, w), s, "the state is the fold of the journal")
	wake := bot.Wake(s, w.limits, w.program)
	switch s.Phase {
	case bot.ClosedDown:
		require.False(r, s.Call.Open(), "nothing goes on in a closed conversation")
		require.Empty(r, s.Doctor)
	case bot.Consulting:
		require.NotEmpty(r, s.Doctor)
		if !s.OwedSince.IsZero() && !s.Call.Open() {
			require.False(r, wake.IsZero(), "an unanswered patient has a deadline after %s", do)
		}
	default:
		require.False(r, wake.IsZero(), "%s without a deadline after %s", s.Phase, do)
	}
	if s.Call.Open() {
		require.True(r, s.Rooms[s.Call.Room()], "an open call has a room to remove one day")
		require.False(r, wake.IsZero() && len(bot.Wishes(s)) == 0, "a call that nobody looks after")
	} else {
		require.Len(r, bot.Wishes(s), len(s.Rooms), "every room of the past is to be removed")
	}
}

func anyCommand(r *rapid.T, w *world) (bot.Actor, bot.Do, bot.Args) {
	people := []bot.Do{
		bot.DoSend, bot.DoChoose, bot.DoSkip, bot.DoClose, bot.DoClaim, bot.DoEscalate, bot.DoNewRoom, bot.DoHangUp,
		bot.DoFinish, bot.DoRelease, bot.DoTransfer, bot.DoNote, bot.DoNothing,
	}
	news := []bot.Do{
		bot.DoMade, bot.DoFailed, bot.DoSeen, bot.DoGone, bot.DoStrange, bot.DoUnwatched, bot.DoWatched,
		bot.DoBroken, bot.DoRenew, bot.DoRing, bot.DoRemoved, bot.DoWake,
	}
	args := bot.Args{
		Text: rapid.SampledFrom([]string{"hello", "3", "Patient One", ""}).Draw(r, "text"),
		How:  rapid.SampledFrom([]bot.How{"", bot.ByApp, bot.ByPage}).Draw(r, "how"),
		To:   rapid.SampledFrom([]string{"gp", "kids", "none"}).Draw(r, "to"),
		Who:  rapid.SampledFrom([]bot.Role{bot.Patient, bot.Doctor}).Draw(r, "who"),
		Call: "call_1", Attempt: rapid.IntRange(1, 3).Draw(r, "attempt"),
	}
	if w.s.Asked != nil {
		args.Step = w.s.Asked.Step
		args.Option = rapid.SampledFrom([]string{"doctor", "doctor", "leave"}).Draw(r, "option")
	}
	if rapid.IntRange(0, 2).Draw(r, "news") == 0 {
		if w.s.Call != nil && rapid.Bool().Draw(r, "fresh") {
			args.Call, args.Attempt = w.s.Call.ID, w.s.Call.Attempt
		}
		args.Failure, args.Retry = &bot.CallFailure{Kind: "unreachable"}, rapid.Bool().Draw(r, "retry")
		return system, rapid.SampledFrom(news).Draw(r, "do"), args
	}
	a := rapid.SampledFrom([]bot.Actor{patient, patient, vera, igor}).Draw(r, "actor")
	return a, rapid.SampledFrom(people).Draw(r, "do"), args
}
