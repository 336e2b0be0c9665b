package flows_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bedside/flows"
)

// walker is a conversation with a random program, folded twice: as the events
// come, and from their JSON.
type walker struct {
	rt             *rapid.T
	p              *flows.Program
	facts          flows.Facts
	live, replayed flows.Memory
	asked          flows.Asked // the last question
}

func beginWalk(rt *rapid.T) *walker {
	w := &walker{rt: rt, p: randomProgram(rt)}
	w.facts = flows.Facts{Now: morning.Add(time.Duration(rapid.IntRange(0, 23).Draw(rt, "hour")) * time.Hour)}
	if rapid.Bool().Draw(rt, "duty") {
		on := rapid.Bool().Draw(rt, "on")
		w.facts.OnDuty = func(string) bool { return on }
	}
	if rapid.Bool().Draw(rt, "free") {
		w.facts.Free = func(string) []time.Time {
			return []time.Time{w.facts.Now.Add(3 * time.Hour), w.facts.Now.Add(4 * time.Hour)}
		}
	}
	if rapid.Bool().Draw(rt, "known") {
		w.facts.Patient = map[string]string{"name": "Known Patient", "phone": "+79161234567"}
	}
	w.live.Language = rapid.SampledFrom([]string{"en", "ru", ""}).Draw(rt, "language")
	w.replayed = w.live
	w.take(w.p.Begin("", w.live, w.facts))
	return w
}

// take folds a turn, and holds what every turn promises. It says whether the
// turn was made.
func (w *walker) take(turn flows.Turn, err error) bool {
	var refusal *flows.Refusal
	if errors.As(err, &refusal) {
		require.NotEmpty(w.rt, refusal.Message)
		return false
	}
	require.NoError(w.rt, err)
	questions := 0
	for _, e := range turn.Events {
		w.live, w.replayed = w.live.After(e), w.replayed.After(journey(w.rt, e))
		if q, ok := e.(flows.Asked); ok {
			w.asked = q
			questions++
		}
	}
	require.LessOrEqual(w.rt, questions, 1, "a turn asks once at most")
	require.Equal(w.rt, []any{turn.At, turn.Waits}, []any{w.live.At, w.live.Waits})
	if _, dropped := last(turn.Events).(flows.Dropped); !dropped { // a doctor who comes in an emergency may leave a flow between two steps
		require.NotEqual(w.rt, flows.WaitNothing, turn.Waits, "a flow never stands still without a reason")
	}
	require.Equal(w.rt, w.live, w.replayed)
	var stored flows.Memory
	data, err := json.Marshal(w.live)
	require.NoError(w.rt, err)
	require.NoError(w.rt, json.Unmarshal(data, &stored))
	require.Equal(w.rt, w.live, stored)
	return true
}

func last(events []flows.Event) flows.Event {
	if len(events) == 0 {
		return flows.Dropped{}
	}
	return events[len(events)-1]
}

// input answers the last question, mostly in a way that fits.
func (w *walker) input() flows.Input {
	if rapid.IntRange(0, 5).Draw(w.rt, "noise") == 0 {
		return flows.Input{Text: rapid.SampledFrom(typed).Draw(w.rt, "typed"), Option: rapid.SampledFrom([]string{"", "a", "none", "?"}).Draw(w.rt, "option")}
	}
	switch {
	case w.asked.Type == "files" && rapid.Bool().Draw(w.rt, "attached"):
		return flows.Input{Files: []flows.Attached{{ID: "f1", Kind: "photo", Size: 1000}}}
	case w.asked.Type == "choices":
		return flows.Input{Options: rapid.SampledFrom([][]string{{"cough"}, {"cough", "speech"}}).Draw(w.rt, "chosen")}
	case len(w.asked.Options) > 0:
		return flows.Input{Step: w.live.At.String(), Option: rapid.SampledFrom(w.asked.Options).Draw(w.rt, "pressed").ID}
	}
	fitting := map[string]string{"text": "Ann", "phone": "+7 916 123-45-67", "date": "7.03.1958", "number": "3"}
	if w.asked.Optional && rapid.Bool().Draw(w.rt, "skip") {
		return flows.Input{Skip: true}
	}
	return flows.Input{Text: fitting[w.asked.Type]}
}

// anything does one of all that can happen to a conversation.
func (w *walker) anything() {
	m, f := w.live, w.facts
	if m.Waits == flows.WaitNothing {
		return // a doctor has it
	}
	do := rapid.SampledFrom([]func() (flows.Turn, error){
		func() (flows.Turn, error) { return w.p.Answer(m, w.input(), f) },
		func() (flows.Turn, error) { return w.p.Answer(m, w.input(), f) },
		func() (flows.Turn, error) { return w.p.Answer(m, w.input(), f) },
		func() (flows.Turn, error) { return w.p.Back(m, f) },
		func() (flows.Turn, error) { return w.p.Again(m, f) },
		func() (flows.Turn, error) { return w.p.Raise(m, f, "word") },
		func() (flows.Turn, error) {
			return w.p.Climb(m, f, rapid.IntRange(1, 4).Draw(w.rt, "rung"), rapid.IntRange(0, 4).Draw(w.rt, "quiet") == 0)
		},
		func() (flows.Turn, error) { return w.p.Promise(m, f) },
		func() (flows.Turn, error) { return w.p.Drop(m, f) },
		func() (flows.Turn, error) { return w.p.Decline(m, f) },
		func() (flows.Turn, error) { return w.p.GoOn(m, f) },
		func() (flows.Turn, error) { return w.p.Silent(m, f, rapid.IntRange(1, 2).Draw(w.rt, "reminder")) },
	}).Draw(w.rt, "do")
	before, _ := json.Marshal(m)
	w.take(do())
	after, _ := json.Marshal(m)
	require.JSONEq(w.rt, string(before), string(after), "a memory that was given is never changed")
}

// TestWhateverHappensFolds walks at random through random programs.
func TestWhateverHappensFolds(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := beginWalk(rt)
		for range 25 {
			w.anything()
		}
	})
}

// TestBackBringsBackWhatWas answers some questions and takes the answers away
// again, one by one.
func TestBackBringsBackWhatWas(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := beginWalk(rt)
		var before []flows.Memory
		for range rapid.IntRange(0, 12).Draw(rt, "answers") {
			was := w.live
			if w.live.Waits != flows.WaitAnswer || !w.take(w.p.Answer(w.live, w.input(), w.facts)) {
				continue
			}
			if len(w.live.Trail) <= len(was.Trail) || w.live.Above != was.Above {
				before = nil // a promise, a consent or an emergency: nobody goes back behind it
				continue
			}
			before = append(before, was)
		}
		require.LessOrEqual(rt, len(before), len(w.live.Trail))
		for i := len(before) - 1; i >= 0 && w.live.Waits == flows.WaitAnswer; i-- {
			require.True(rt, w.take(w.p.Back(w.live, w.facts)))
			require.Equal(rt, before[i].Standing, w.live.Standing)
			require.Equal(rt, before[i].Slots, w.live.Slots)
		}
	})
}

// TestAnAlarmAnywhereLeavesTheStanding raises the emergency after anything,
// and takes it for a mistake.
func TestAnAlarmAnywhereLeavesTheStanding(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := beginWalk(rt)
		for range rapid.IntRange(0, 12).Draw(rt, "before") {
			w.anything()
		}
		if w.live.Above == flows.AboveEmergency || w.live.Waits == flows.WaitNothing {
			return
		}
		before := w.live
		if before.Waits == flows.WaitAnswer {
			w.take(w.p.Again(w.live, w.facts))
			if _, met := before.Slots[w.asked.Slot]; met {
				return // it was answered in an earlier alarm, and is passed over
			}
		}
		require.True(rt, w.take(w.p.Raise(w.live, w.facts, "word")))
		if rapid.Bool().Draw(rt, "twice") {
			require.True(rt, w.take(w.p.Raise(w.live, w.facts, "word")))
		}
		require.True(rt, w.take(w.p.Answer(w.live, flows.Input{Option: "mistake"}, w.facts)))
		require.Equal(rt, before, w.live)
	})
}
