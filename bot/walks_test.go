package bot_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/flows"
)

// Long walks of people who mostly do what they are asked come where random
// commands do not: every promise holds on the way.
func TestLongWalksKeepThePromises(t *testing.T) {
	walks := 200
	if testing.Short() {
		walks = 20
	}
	seen := map[bot.Kind]bool{}
	for seed := range uint64(walks) {
		w := newClinic(t)
		chance := rand.New(rand.NewPCG(seed, 1))
		w.free = chance.IntN(3) > 0
		w.long = true
		w.start()
		for range 80 {
			walk(t, w, chance)
		}
		require.Equal(t, replay(t, w), w.s, "the state is the fold of the journal")
		for _, e := range w.journal {
			seen[e.Kind] = true
		}
		if t.Failed() {
			t.Fatalf("with the seed %d: %v", seed, kinds(w.journal))
		}
	}
	if testing.Short() {
		return
	}
	for _, k := range []bot.Kind{
		bot.EmergencyRaised, bot.EmergencyOffered, bot.EmergencyEnded, bot.CallbackPromised, bot.CallbackDone,
		bot.CallbackFailed, bot.CallbackMissed, bot.BookingMade, bot.ConversationParked,
		bot.VideoDeclined, bot.WaitReached, bot.WaitReminded, bot.RatingGiven, bot.AnswerTakenBack, bot.ConversationReopened, bot.ConversationResumed,
	} {
		if !seen[k] {
			t.Errorf("no walk came to %s", k)
		}
	}
}

// walk is one step: time passes, or somebody does something that makes sense, or
// anything at all.
func walk(t *testing.T, w *world, chance *rand.Rand) {
	w.onDuty = chance.IntN(6) > 0
	switch chance.IntN(8) {
	case 0, 1:
		toDeadline(t, w)
		return
	case 2:
		w.now = w.now.Add(time.Duration(chance.Int64N(int64(2 * time.Hour))))
		step(t, w, system, bot.DoWake, bot.Args{})
		return
	}
	a := []bot.Actor{patient, patient, patient, vera, igor, guard, lead}[chance.IntN(7)]
	args := bot.Args{Stars: 1 + chance.IntN(5), To: []string{"gp", "duty"}[chance.IntN(2)], Reason: "words"}
	args.Text = []string{"Patient One", "hello", "+79161234567", "chest pain", "3"}[chance.IntN(5)]
	may := slices.DeleteFunc(bot.MayDo(a, w.s), func(do bot.Do) bool {
		return do == bot.DoAttach || do == bot.DoContact || do == bot.DoClose && chance.IntN(8) > 0
	})
	if asked := w.s.Asked; asked != nil {
		args.Step = asked.Step
		if len(asked.Options) > 0 {
			args.Option = asked.Options[chance.IntN(len(asked.Options))].ID
		}
		if a.Role == bot.Patient && slices.Contains(may, bot.DoChoose) && chance.IntN(3) > 0 {
			may = []bot.Do{bot.DoChoose}
		}
		if a.Role == bot.Patient && (asked.Type == "phone" || asked.Type == "text") && chance.IntN(4) > 0 {
			args.Text = "+79161234567" // is a name as well
			may = []bot.Do{bot.DoSend}
		}
	}
	if w.s.Declinable && chance.IntN(2) > 0 {
		args.Step = w.s.QueueStep
	}
	if c := w.s.Call; c != nil {
		args.Call, args.Attempt = c.ID, c.Attempt
	}
	if len(may) > 0 {
		do := may[chance.IntN(len(may))]
		want, stepped := stepped(w, do, args)
		step(t, w, a, do, args)
		if stepped {
			require.Equal(t, want, w.s.Memory, "the journal folds to where the flow has stepped")
		}
	}
}

// stepped is where the flow stands after an answer, by the flow alone; false where
// it takes none.
func stepped(w *world, do bot.Do, args bot.Args) (flows.Memory, bool) {
	f := w.facts()
	facts := flows.Facts{Now: f.Now, Live: f.Live, Patient: w.s.Patient, OnDuty: f.OnDuty, Free: f.Free}
	asked := w.s.Asked
	var turn flows.Turn
	var err error
	switch {
	case do == bot.DoChoose && asked != nil && args.Option != "":
		turn, err = w.program.Answer(w.s.Memory, flows.Input{Step: args.Step, Option: args.Option}, facts)
	case do == bot.DoBack:
		turn, err = w.program.Back(w.s.Memory, facts)
	default:
		return flows.Memory{}, false
	}
	if err != nil {
		return flows.Memory{}, false
	}
	m := w.s.Memory
	for _, e := range turn.Events {
		m = m.After(e)
	}
	m.Booking, m.CallBack = m.Booking.UTC(), m.CallBack.UTC()
	return m, true
}
