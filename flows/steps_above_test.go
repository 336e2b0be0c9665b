package flows_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/flows"
)

// waiting is a conversation that waits for a doctor of gp.
func waiting(t testing.TB, lang string) *talk {
	t.Helper()
	k := door(t, "wait", lang)
	k.skip()
	require.Equal(t, flows.WaitHandOver, k.memory.Waits)
	return k
}

func (k *talk) climb(n int) {
	k.t.Helper()
	k.take(k.p.Climb(k.memory, k.facts, n, false))
}

func (k *talk) raise() {
	k.t.Helper()
	k.take(k.p.Raise(k.memory, k.facts, "word"))
}

func TestRungsThatOnlySayInterruptNothing(t *testing.T) {
	for lang, want := range map[string]string{"en": "We have called more.", "ru": "Позвали ещё."} {
		k := waiting(t, lang)
		before := k.memory
		k.climb(1)
		require.Equal(t, []string{"reached", "said"}, k.kinds())
		k.climb(2)
		at := flows.Place{Part: "ladder.doctor", Step: 2}
		require.Equal(t, []flows.Event{
			flows.Reached{At: at, Rung: 2, Also: []string{"duty"}, Alert: "lead"}, flows.Said{At: at, Text: want},
		}, k.events)
		require.Equal(t, before, k.memory)
	}
}

func TestARungAsksAboveTheWait(t *testing.T) {
	for lang, want := range map[string]string{"en": "What now?", "ru": "Как поступим?"} {
		k := waiting(t, lang)
		before := k.memory
		k.climb(3)
		require.True(t, event[flows.Reached](k).Leads)
		require.Equal(t, want, k.asked().Text)
		require.Equal(t, "ladder.doctor/3", k.memory.At.String())
		require.Equal(t, before.Standing, k.memory.Base())

		asking := k.memory
		k.climb(4) // alerts, and leaves the question as it is
		require.Equal(t, []string{"reached"}, k.kinds())
		require.Equal(t, asking, k.memory)

		k.press("wait")
		require.Equal(t, []string{"chosen", "dropped"}, k.kinds())
		require.Equal(t, before, k.memory)
	}
}

func TestALaterRungTakesThePlaceOfAnEarlierQuestion(t *testing.T) {
	k := waiting(t, "en")
	before := k.memory
	k.climb(3)
	k.press("book")
	require.Equal(t, "booking/1", k.memory.At.String())
	k.climb(5)
	require.Equal(t, []string{"reached", "called", "called", "asked"}, k.kinds())
	require.Equal(t, before.Standing, *k.memory.Below)
	require.False(t, k.asked().Back, "the answers of the earlier rung are behind")
}

func TestQuietRungsLeaveTheStanding(t *testing.T) {
	k := waiting(t, "en")
	before := k.memory
	for n := range 5 {
		k.take(k.p.Climb(k.memory, k.facts, n+1, true))
		require.Equal(t, []string{"reached"}, k.kinds())
		require.True(t, event[flows.Reached](k).Quiet)
		require.Equal(t, before, k.memory)
	}
	for _, n := range []int{0, 6, -1} {
		_, err := k.p.Climb(k.memory, k.facts, n, false)
		require.ErrorIs(t, err, flows.ErrNoRung)
	}
	k.raise()
	k.climb(3)
	require.True(t, event[flows.Reached](k).Quiet, "nothing asks while the emergency does")
	_, err := k.p.Climb(flows.Memory{}, k.facts, 1, false)
	require.ErrorContains(t, err, flows.NotAsking)
}

func TestARungMayEndTheWait(t *testing.T) {
	k := door(t, "short", "en")
	k.climb(1)
	require.Equal(t, "Call +7 495 000-00-00.", event[flows.Ended](k).Text)
	require.Equal(t, flows.WaitEnd, k.memory.Waits)
	require.Nil(t, k.memory.Below)
}

func TestAPromiseFromARungSettles(t *testing.T) {
	k := waiting(t, "en")
	k.climb(5)
	k.text("Ann")
	k.text("+7 916 123-45-67")
	require.Equal(t, []string{"filled", "returned", "promised", "ended"}, k.kinds())
	require.Nil(t, k.memory.Below)
	require.Equal(t, flows.WaitEnd, k.memory.Base().Waits)
}

// TestAPromiseWithoutItsAnswer: a rung asks for a number, nobody answers, and
// the call-back is promised all the same.
func TestAPromiseWithoutItsAnswer(t *testing.T) {
	for name, c := range map[string]struct {
		lead  func(k *talk)
		phone string
		at    string
	}{
		"asked for the name":   {func(k *talk) { k.climb(5) }, "", "callback/2"},
		"asked what to do":     {func(k *talk) { k.climb(3) }, "", "callback/2"},
		"asked for a time":     {func(k *talk) { k.climb(3); k.press("book") }, "", "callback/2"},
		"asked for the number": {func(k *talk) { k.climb(5); k.text("Ann") }, "+74950000001", "callback/2"},
	} {
		k := waiting(t, "en")
		before := k.memory.Standing
		c.lead(k)
		k.facts.Now = moscow(t, "2027-02-15 11:30")
		if c.phone != "" {
			k.facts.Patient = map[string]string{"phone": c.phone}
		}
		k.take(k.p.Promise(k.memory, k.facts))
		promised := event[flows.Promised](k)
		require.Equal(t, []any{"gp", c.phone, true, c.at}, []any{promised.Department, promised.Phone, promised.PlaceKept, promised.At.String()}, name)
		require.True(t, promised.By.Equal(moscow(t, "2027-02-15 14:30")), name)
		require.Equal(t, before, k.memory.Standing, name)
		require.True(t, promised.By.Equal(k.memory.CallBack), name)
	}
	k := waiting(t, "en")
	_, err := k.p.Promise(k.memory, k.facts)
	require.ErrorContains(t, err, flows.NotAsking, "nothing is asked")
}

func TestADoctorTakesAwayWhatRunsAbove(t *testing.T) {
	k := waiting(t, "en")
	before := k.memory
	k.take(k.p.Drop(k.memory, k.facts))
	require.Empty(t, k.events)
	k.climb(3)
	k.raise()
	k.take(k.p.Drop(k.memory, k.facts))
	require.Equal(t, []string{"dropped"}, k.kinds())
	require.Equal(t, before, k.memory)

	k.climb(3)
	k.take(k.p.GoOn(k.memory, k.facts))
	require.Equal(t, []string{"dropped", "ended"}, k.kinds())
	require.Equal(t, "Thank you", event[flows.Ended](k).Text)
	_, err := k.p.GoOn(k.memory, k.facts)
	require.ErrorContains(t, err, flows.NotAsking)
}

// TestAFalseAlarmGivesThePlaceBack raises the emergency at every kind of
// standing, and resumes.
func TestAFalseAlarmGivesThePlaceBack(t *testing.T) {
	for name, lead := range map[string]func() *talk{
		"a question":        func() *talk { return door(t, "usual", "ru") },
		"a choose":          func() *talk { k := door(t, "usual", "ru"); k.skip(); k.text("да"); return k },
		"a consent":         func() *talk { k := door(t, "consent", "ru"); k.skip(); return k },
		"in a fragment":     func() *talk { k := door(t, "fragment", "ru"); k.text("Аня"); return k },
		"a wait":            func() *talk { return waiting(t, "ru") },
		"a rung's question": func() *talk { k := waiting(t, "ru"); k.climb(3); return k },
		"a rung's part":     func() *talk { k := waiting(t, "ru"); k.climb(5); k.text("Аня"); return k },
		"the end":           func() *talk { k := door(t, "short", "ru"); k.climb(1); return k },
		"closed by silence": func() *talk { k := door(t, "usual", "ru"); k.take(k.p.Silent(k.memory, k.facts, 2)); return k },
		"times of an offer": func() *talk {
			k := door(t, "booking", "ru")
			k.facts.Free = moscowTimes(t, "2027-02-16 11:00")
			k.text("Аня")
			return k
		},
		"an answer gone back": func() *talk { k := door(t, "usual", "ru"); k.skip(); k.take(k.p.Back(k.memory, k.facts)); return k },
	} {
		k := lead()
		before := k.memory
		k.raise()
		require.Equal(t, flows.Raised{At: flows.Place{Part: "emergency", Step: 1}, By: "word"}, k.events[0], name)
		require.Equal(t, "Как вы?", k.asked().Text, name)
		require.Equal(t, before.Standing, *k.memory.Below, name)
		k.raise() // the same words again: the part anew, once
		require.Equal(t, before.Standing, *k.memory.Below, name)
		k.press("mistake")
		require.Equal(t, "resumed", k.events[1].Kind(), name)
		require.Equal(t, before, k.memory, name)
		require.Equal(t, before.Waits == flows.WaitAnswer, len(k.events) == 3, name)
	}
}

func TestAnEmergencyThatIsOneTakesThePlace(t *testing.T) {
	k := waiting(t, "en")
	k.raise()
	k.press("stay")
	e := event[flows.HandedOver](k)
	require.Equal(t, []any{"duty", flows.Urgent}, []any{e.Department, e.Priority})
	require.Nil(t, k.memory.Below)
	k.take(k.p.GoOn(k.memory, k.facts))
	require.Equal(t, "Get well", event[flows.Ended](k).Text)
}

// TestAGotoRaises: a step leads to the part, and a false alarm goes on behind
// it, or asks again what had led there.
func TestAGotoRaises(t *testing.T) {
	k := door(t, "alarm", "en")
	k.text("yes")
	raised := event[flows.Raised](k)
	require.Equal(t, []string{"flow", "alarm/1"}, []string{raised.By, raised.From.String()})
	k.press("mistake")
	require.Equal(t, "alarm/2", k.memory.At.String(), "behind the question")
	k.press("raise")
	k.press("mistake")
	require.Equal(t, "alarm/2", k.memory.At.String(), "the choose asks again")
	k.press("more")
	require.Equal(t, "alarm/3", event[flows.Raised](k).From.String())
	k.press("mistake")
	require.Equal(t, "All is well. +7 495 000-00-00", event[flows.Ended](k).Text)

	k = waiting(t, "en")
	before := k.memory
	k.climb(3)
	k.press("worse")
	require.Equal(t, "ladder.doctor/3", k.memory.Below.At.String())
	k.press("mistake")
	require.Equal(t, []string{"chosen", "resumed", "dropped"}, k.kinds())
	require.Equal(t, before, k.memory)
}

// TestARedFlagRaises: the answer is kept, the part begins, and a false alarm
// goes on where the answer leads.
func TestARedFlagRaises(t *testing.T) {
	for lang, call := range map[string]string{"en": "Call 103.", "ru": "Звоните 103."} {
		k := door(t, "flags", lang)
		k.press("no")
		require.Equal(t, []string{"filled", "asked"}, k.kinds())
		require.False(t, event[flows.Filled](k).Red)

		k = door(t, "flags", lang)
		k.press("yes")
		require.Equal(t, []string{"filled", "raised", "said", "asked"}, k.kinds())
		require.True(t, event[flows.Filled](k).Red)
		require.Equal(t, flows.Raised{At: flows.Place{Part: "emergency", Step: 1}, By: "red_flag", Slot: "chest"}, k.events[1])
		require.Equal(t, call, event[flows.Said](k).Text)
		require.Equal(t, flows.BoolValue(true), k.memory.Slots["chest"])
		require.False(t, k.asked().Back)
		k.press("mistake")
		require.Equal(t, []string{"chosen", "resumed", "asked"}, k.kinds())
		require.Equal(t, "flagged/1", k.memory.At.String())

		k.take(k.p.Answer(k.memory, flows.Input{Options: []string{"cough", "speech"}}, k.facts))
		require.Equal(t, "ills", event[flows.Raised](k).Slot)
		k.press("mistake")
		require.Equal(t, flows.WaitEnd, k.memory.Waits)
	}
}

// TestARedFlagCanBeTakenBack: behind the false alarm the patient may go back to
// the question, and is no longer in danger by it.
func TestARedFlagCanBeTakenBack(t *testing.T) {
	k := door(t, "flags", "en")
	before := k.memory
	k.press("yes")
	k.press("mistake")
	k.take(k.p.Back(k.memory, k.facts))
	require.Equal(t, before, k.memory)
	require.Equal(t, "chest", event[flows.WentBack](k).Slot)
}

func TestAProgramWithoutThePart(t *testing.T) {
	k := begin(t, visit(t), "en")
	_, err := k.p.Raise(k.memory, k.facts, "word")
	require.ErrorIs(t, err, flows.ErrNoEmergency)
	require.Empty(t, k.p.Silence())
	_, err = k.p.Silent(k.memory, k.facts, 1)
	require.ErrorIs(t, err, flows.ErrNoRung)
}

func TestSilenceRemindsAndCloses(t *testing.T) {
	for lang, want := range map[string][2]string{
		"en": {"Still there?", "Closed. Write, and it goes on."}, "ru": {"Вы здесь?", "Закрыто. Напишите, и продолжим."},
	} {
		k := door(t, "usual", lang)
		require.Equal(t, []time.Duration{5 * time.Minute, time.Hour}, k.p.Silence())
		before := k.memory
		k.take(k.p.Silent(k.memory, k.facts, 1))
		require.Equal(t, []flows.Event{flows.Said{At: flows.Place{Part: "silence", Step: 1}, Text: want[0]}}, k.events)
		k.take(k.p.Silent(k.memory, k.facts, 2))
		require.Equal(t, []flows.Event{flows.Ended{At: flows.Place{Part: "silence", Step: 2}, Text: want[1], Silence: true}}, k.events)
		require.Equal(t, before, k.memory, "who writes again finds the question")
		k.take(k.p.Again(k.memory, k.facts))
		require.Equal(t, "note", k.asked().Slot)
	}
}

func TestBackTakesTheLastAnswerAway(t *testing.T) {
	k := door(t, "usual", "en")
	var before []flows.Memory
	for _, answer := range []func(){k.skip, func() { k.text("yes") }, func() { k.press("again") }, func() { k.text("yes") }} {
		before = append(before, k.memory)
		answer()
	}
	for i := len(before) - 1; i >= 0; i-- {
		require.True(t, k.asked().Back)
		k.take(k.p.Back(k.memory, k.facts))
		require.Equal(t, before[i], k.memory)
		require.Equal(t, "went_back", k.events[0].Kind())
	}
	require.Equal(t, "note", event[flows.WentBack](k).Slot)
	_, err := k.p.Back(k.memory, k.facts)
	require.ErrorContains(t, err, flows.NotAsking)
}

// TestAgainAsksInTheLanguageOfTheMemory: every kind of question, in the flow
// and above it.
func TestAgainAsksInTheLanguageOfTheMemory(t *testing.T) {
	for want, lead := range map[string]func() *talk{
		"Заметка?":            func() *talk { return door(t, "usual", "en") },
		"Срочно?":             func() *talk { k := door(t, "usual", "en"); k.skip(); return k },
		"Персональные данные": func() *talk { k := door(t, "consent", "en"); k.skip(); return k },
		"Какое время вам подходит?": func() *talk {
			k := door(t, "booking", "en")
			k.facts.Free = moscowTimes(t, "2027-02-16 11:00")
			k.text("Ann")
			return k
		},
		"Как поступим?": func() *talk { k := waiting(t, "en"); k.climb(3); return k },
		"Как вы?":       func() *talk { k := waiting(t, "en"); k.raise(); return k },
		"Телефон?":      func() *talk { k := waiting(t, "en"); k.climb(5); k.text("Ann"); return k },
	} {
		k := lead()
		k.memory.Language = "ru"
		before := k.memory
		k.take(k.p.Again(k.memory, k.facts))
		require.Equal(t, want, k.asked().Text)
		require.Equal(t, before, k.memory)
		for _, o := range k.asked().Options {
			require.Regexp(t, `[А-я]|\d`, o.Text)
		}
	}
}
