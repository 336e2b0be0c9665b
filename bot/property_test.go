package bot_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bedside/bot"
	"bedside/flows"
)

// Any order of commands, by anybody, keeps what the design promises.
func TestAnyOrderOfCommandsKeepsThePromises(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := newWorld(t)
		if rapid.IntRange(0, 3).Draw(r, "clinic") > 0 {
			w = newClinic(t)
		}
		if rapid.Bool().Draw(r, "signed") {
			w.startSigned("person_1", map[string]string{"name": strings.Repeat("A", rapid.SampledFrom([]int{3, 5000}).Draw(r, "name"))})
		} else {
			w.start()
		}
		for range rapid.IntRange(1, 60).Draw(r, "steps") {
			w.onDuty = rapid.IntRange(0, 4).Draw(r, "on duty") > 0
			switch rapid.IntRange(0, 7).Draw(r, "time") {
			case 0:
				toDeadline(r, w)
				continue
			case 1:
				w.now = w.now.Add(time.Duration(rapid.Int64Range(0, int64(40*time.Minute)).Draw(r, "pass")))
				step(r, w, system, bot.DoWake, bot.Args{})
				continue
			}
			a, do, args := anyCommand(r, w)
			step(r, w, a, do, args)
		}
	})
}

// toDeadline lets time pass until the conversation is woken, which is never for
// nothing.
func toDeadline(r require.TestingT, w *world) {
	at := bot.Wake(w.s, w.limits, w.program)
	if at.IsZero() {
		return
	}
	if at.After(w.now) {
		w.now = at
	}
	seq := w.s.Seq
	step(r, w, system, bot.DoWake, bot.Args{})
	require.Greater(r, w.s.Seq, seq, "a deadline of %s at which nothing happens", w.s.Phase)
}

// step tries one command and checks everything that must hold.
func step(r require.TestingT, w *world, a bot.Actor, do bot.Do, args bot.Args) {
	seq, at := w.s.Seq, w.s.At
	c := bot.Command{Conversation: "c_1", Key: "k", Do: do, Actor: a, Args: args}
	ids := w.ids
	first, err := w.decider.Decide(w.s, c, w.facts())
	w.ids = ids
	again, _ := w.decider.Decide(w.s, c, w.facts())
	require.Equal(r, w.replayed(r), w.s, "%s changed its argument", do)
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
func replay(r require.TestingT, w *world) bot.State {
	s := bot.State{ID: "c_1"}
	for _, e := range w.journal {
		back, err := bot.DecodeEntry(e.Encode())
		require.NoError(r, err)
		s, err = bot.Apply(s, back)
		require.NoError(r, err)
	}
	return s
}

// replayed is replay, save for long walks, which do it at their end alone.
func (w *world) replayed(r require.TestingT) bot.State {
	if w.long {
		return w.s
	}
	return replay(r, w)
}

func promises(r require.TestingT, w *world, do bot.Do) {
	s := w.s
	require.Equal(r, w.replayed(r), s, "the state is the fold of the journal")
	for name, fact := range s.Vouched {
		require.Equal(r, fact, s.Patient[name], "what is vouched for stays the person's after %s", do)
	}
	require.Equal(r, s.Person != "", bot.SummaryOf(s).Signed)
	wake := bot.Wake(s, w.limits, w.program)
	switch s.Phase {
	case bot.ClosedDown:
		require.False(r, s.Call.Open(), "nothing goes on in a closed conversation")
		require.Empty(r, s.Doctor)
	case bot.Consulting:
		require.NotEmpty(r, s.Doctor)
		require.False(r, unanswered(w.journal) && s.OwedSince.IsZero(), "the patient's words are owed nothing after %s", do)
		if !s.OwedSince.IsZero() && !s.Call.Open() {
			require.False(r, wake.IsZero(), "an unanswered patient has a deadline after %s", do)
		}
	default:
		require.False(r, wake.IsZero(), "%s without a deadline after %s", s.Phase, do)
	}
	promisesOfWaits(r, s, wake, do)
	require.Equal(r, s.Language, s.Memory.Language, "the flow speaks as the conversation does")
	if s.Asked != nil {
		require.Equal(r, s.Language, s.Asked.Lang, "the open question is in the language of today")
	}
	if s.Call.Open() {
		require.True(r, s.Rooms[s.Call.Room()], "an open call has a room to remove one day")
		require.False(r, wake.IsZero() && len(bot.Wishes(s)) == 0, "a call that nobody looks after")
	} else {
		require.Len(r, bot.Wishes(s), len(s.Rooms), "every room of the past is to be removed")
	}
}

// promisesOfWaits are those beside the phase.
func promisesOfWaits(r require.TestingT, s bot.State, wake time.Time, do bot.Do) {
	lists := map[string]bool{}
	for _, l := range bot.HeadOf(s).Lists {
		lists[l.List] = true
	}
	for _, department := range s.Offered() {
		require.True(r, lists[bot.ListWaiting(department)], "offered to %s and in no list of it after %s", department, do)
	}
	if s.Asked != nil {
		require.NotContains(r, []bot.Phase{bot.Consulting, bot.ClosedDown}, s.Phase, "a question that nobody can answer after %s", do)
		require.Equal(r, flows.WaitAnswer, s.Memory.Waits)
		require.Equal(r, s.Memory.At.String(), s.Asked.Step)
	}
	switch {
	case s.Phase == bot.ClosedDown:
		require.Nil(r, s.Emergency)
		require.False(r, s.Promised(), "a promise that nobody keeps")
		return
	case s.Phase == bot.Parked:
		require.True(r, s.Promised() || s.Emergency != nil, "parked for nothing after %s", do)
	}
	if s.Emergency != nil {
		require.False(r, wake.IsZero(), "an emergency without a deadline after %s", do)
		require.Equal(r, flows.Emergency, s.Urgency())
		if s.Phase != bot.Consulting {
			require.Equal(r, s.Emergency.Department, s.Offered()[0])
			require.Positive(r, s.Emergency.Alerts, "an emergency of which nobody has heard after %s", do)
		}
	}
	if s.CallBack != nil {
		require.True(r, lists[bot.ListCallbacks(s.CallBack.Department)])
		require.False(r, wake.IsZero() || s.CallBack.Missed == 0 && wake.After(s.CallBack.By), "a call that nobody misses after %s", do)
	}
	b := s.NextBooking()
	require.False(r, b != nil && wake.After(b.Start), "an appointment that passes unseen after %s", do)
}

// unanswered reports whether the patient's last words came behind the doctor's
// last and nobody has said that they want no answer.
func unanswered(journal []bot.Entry) bool {
	for _, e := range slices.Backward(journal) {
		switch {
		case e.Kind == bot.MessageSent:
			return e.By.Role == bot.Patient
		case e.Kind == bot.DoctorExcused || e.Kind == bot.DoctorAssigned || e.Kind == bot.VideoRefused:
			return false
		}
	}
	return false
}

func anyCommand(r *rapid.T, w *world) (bot.Actor, bot.Do, bot.Args) {
	people := []bot.Do{
		bot.DoSend, bot.DoChoose, bot.DoSkip, bot.DoSpeak, bot.DoDescribe, bot.DoClose, bot.DoClaim, bot.DoEscalate, bot.DoNewRoom, bot.DoHangUp,
		bot.DoFinish, bot.DoRelease, bot.DoTransfer, bot.DoNote, bot.DoNothing, bot.DoRingAgain,
		bot.DoElsewhere, bot.DoOnlyHere, bot.DoBack, bot.DoRate, bot.DoChoose, bot.DoChoose, bot.DoSend,
		bot.DoCallbackDone, bot.DoCallbackFailed, bot.DoEndEmergency,
		bot.DoAskVideo, bot.DoRefuseVideo, bot.DoDeclineCall, bot.DoExtend, bot.DoDevices,
	}
	news := []bot.Do{
		bot.DoMade, bot.DoFailed, bot.DoSeen, bot.DoGone, bot.DoStrange, bot.DoUnwatched, bot.DoWatched,
		bot.DoBroken, bot.DoRenew, bot.DoRing, bot.DoRemoved, bot.DoCrowded, bot.DoWake, bot.DoSeat,
	}
	args := bot.Args{
		Text:     rapid.SampledFrom([]string{"hello", "3", "Patient One", "", "+79161234567", "chest pain"}).Draw(r, "text"),
		How:      rapid.SampledFrom([]bot.How{"", bot.ByApp, bot.ByPage}).Draw(r, "how"),
		Language: rapid.SampledFrom([]string{"en", "ru", "ru-RU", "de", ""}).Draw(r, "language"),
		To:       rapid.SampledFrom([]string{"gp", "kids", "none"}).Draw(r, "to"),
		Who:      rapid.SampledFrom([]bot.Role{bot.Patient, bot.Doctor}).Draw(r, "who"),
		Call:     "call_1", Attempt: rapid.IntRange(1, 3).Draw(r, "attempt"),

		Attributes: rapid.SampledFrom([]map[string]string{nil, {"page": "Prices"}, {"": "x"}}).Draw(r, "attributes"),
	}
	if w.s.Asked != nil {
		args.Step = w.s.Asked.Step
		options := []string{"doctor", "nonsense"}
		for _, o := range w.s.Asked.Options {
			options = append(options, o.ID, o.ID)
		}
		args.Option = rapid.SampledFrom(options).Draw(r, "option")
	}
	if w.s.Declinable && rapid.Bool().Draw(r, "declines") {
		args.Step = w.s.QueueStep
	}
	if rapid.Bool().Draw(r, "seats taken") { // by another conversation
		w.claimed = claimedBy(map[string]string{"seat live/1": "c_2"})
	} else {
		w.claimed = nil
	}
	args.Minutes = rapid.SampledFrom([]int{0, 10, 500}).Draw(r, "minutes")
	args.Devices = &bot.Devices{Camera: "ok", Microphone: "ok", Speaker: "ok", Connection: "ok", Browser: "ok", Way: "page"}
	args.Stars = rapid.IntRange(0, 5).Draw(r, "stars")
	if rapid.IntRange(0, 2).Draw(r, "news") == 0 {
		if w.s.Call != nil && rapid.Bool().Draw(r, "fresh") {
			args.Call, args.Attempt = w.s.Call.ID, w.s.Call.Attempt
		}
		args.Failure, args.Retry = &bot.CallFailure{Kind: "unreachable"}, rapid.Bool().Draw(r, "retry")
		return system, rapid.SampledFrom(news).Draw(r, "do"), args
	}
	a := rapid.SampledFrom([]bot.Actor{patient, patient, patient, vera, igor, guard, lead}).Draw(r, "actor")
	return a, rapid.SampledFrom(people).Draw(r, "do"), args
}
