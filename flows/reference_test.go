package flows_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/flows"
)

// These are the conversations of reference.test.yaml as far as the flow alone
// carries them: up to a wait, what runs above it, and the last word. The whole
// of them is played by bot/rehearse.

func reference(t testing.TB) *flows.Program {
	t.Helper()
	p, problems := flows.Compile(referenceFiles(t))
	require.Empty(t, problems)
	return p
}

// clinicTalk begins at the reference's usual door, with a doctor in every
// department, and agrees to what comes first.
func clinicTalk(t testing.TB, lang string, patient map[string]string) *talk {
	t.Helper()
	k := &talk{t: t, p: reference(t), facts: flows.Facts{Now: morning, Patient: patient}, memory: flows.Memory{Language: lang}}
	k.facts.OnDuty = func(string) bool { return true }
	k.take(k.p.Begin("", k.memory, k.facts))
	require.Equal(t, "privacy", k.asked().Consent.ID)
	k.press("agree")
	return k
}

// answers are given in their order, each to the slot that it names.
func (k *talk) answers(all ...any) {
	k.t.Helper()
	for i := 0; i < len(all); i += 2 {
		slot := all[i].(string)
		require.Equal(k.t, slot, k.asked().Slot)
		in := flows.Input{Step: k.memory.At.String()}
		switch v := all[i+1].(type) {
		case string:
			in.Text = v
		case []string:
			in.Options = v
		case flows.Attached:
			in.Files = []flows.Attached{v}
		case nil:
			in.Skip = true
		}
		k.take(k.p.Answer(k.memory, in, k.facts))
	}
}

// waits is the hand-over at which the flow stands.
func (k *talk) waits(at string) flows.HandedOver {
	k.t.Helper()
	require.Equal(k.t, at, k.memory.At.String())
	require.Equal(k.t, flows.WaitHandOver, k.memory.Waits)
	return event[flows.HandedOver](k)
}

// TestTheReferencesTriage answers the triage in every way that matters.
func TestTheReferencesTriage(t *testing.T) {
	for name, c := range map[string]struct {
		answers    []any
		at         string
		department string
		purpose    flows.Purpose
		priority   flows.Priority
	}{
		"an adult with a rash": {
			[]any{"who", "мне", "name", "Пациентка Первая", "born", "7 марта 58", "symptoms", []string{"fever", "rash"}, "rash_photo", nil, "pain", "3"},
			"route/1", "gp", flows.ForChat, ""},
		"an adult without": {
			[]any{"who", "мне", "name", "Пациент", "born", "1.01.1950", "symptoms", "кашель", "pain", "0"},
			"route/1", "gp", flows.ForChat, ""},
		"strong pain, though a child's": {
			[]any{"who", "моему ребёнку", "name", "Ребёнок", "born", "01.09.2017", "symptoms", []string{"other"}, "pain", "9"},
			"route_urgent/1", "gp", flows.ForVideo, flows.Urgent},
		"a small child is not asked for a number": {
			[]any{"who", "моему ребёнку", "name", "Ребёнок", "born", "01.06.2024", "symptoms", []string{"cough"}},
			"route_child/1", "kids", flows.ForChat, ""},
		"somebody under eighteen, for themselves": {
			[]any{"who", "мне", "name", "Пациент", "born", "01.06.2012", "symptoms", []string{"cough"}, "pain", "1"},
			"route_child/1", "kids", flows.ForChat, ""},
	} {
		k := clinicTalk(t, "ru", nil)
		k.press("doctor")
		k.answers("chest_pain", "нет", "breathless", "нет")
		k.answers(c.answers...)
		require.Equal(t, "remote_care", k.asked().Consent.ID, name)
		k.press("agree")
		e := k.waits(c.at)
		require.Equal(t, []any{c.department, c.purpose, c.priority}, []any{e.Department, e.Purpose, e.Priority}, name)
		require.NotEmpty(t, e.Rungs)
	}
}

func TestTheReferencesRedFlags(t *testing.T) {
	k := clinicTalk(t, "ru", nil)
	k.press("doctor")
	k.answers("chest_pain", "да")
	require.Equal(t, "Это может быть опасно. Звоните 103 прямо сейчас.", event[flows.Said](k).Text)
	require.Equal(t, []flows.Dial{{Call: "103", Text: "Позвонить 103"}}, event[flows.Said](k).Buttons)
	k.press("mistake")
	require.Equal(t, "breathless", k.asked().Slot, "behind the question")
	k.answers("breathless", "нет", "who", "мне", "name", "Пациент", "born", "1950-01-01", "symptoms", []string{"fever", "speech"})
	require.Equal(t, "symptoms", event[flows.Raised](k).Slot)
	k.press("stay")
	require.Equal(t, flows.Urgent, k.waits("duty_now/1").Priority)
}

func TestTheReferencesRepeatPrescription(t *testing.T) {
	k := clinicTalk(t, "en", map[string]string{"name": "Patient One", "phone": "+79161234567"})
	k.press("repeat")
	k.answers("medicine", "metformin 500", "changed", "no", "born", "5 May 1961", "pack_photo", flows.Attached{ID: "pack", Kind: "photo", Size: 1 << 20})
	k.press("agree")
	e := k.waits("repeat/8")
	require.Equal(t, []string{"medicine", "pack_photo", "changed"}, e.Summary)
	require.Equal(t, []time.Duration{time.Minute, 3 * time.Minute, 5 * time.Minute, 20 * time.Minute}, e.Rungs)

	before := k.memory
	k.facts.Queue = flows.Queue{Position: 2, Wait: 5 * time.Minute}
	k.climb(1)
	require.Contains(t, event[flows.Said](k).Text, "You are number 2")
	k.climb(2)
	require.Equal(t, []string{"duty"}, event[flows.Reached](k).Also)
	k.climb(3)
	k.press("wait")
	require.Equal(t, before, k.memory)
	k.facts.Now = morning.Add(20 * time.Minute)
	k.climb(4)
	promised := event[flows.Promised](k)
	require.True(t, promised.By.Equal(moscow(t, "2027-02-15 13:20")))
	require.Equal(t, "Patient One, we will call +79161234567 by 15 Feb 2027 13:20.", promised.Tell)
	require.Contains(t, event[flows.Ended](k).Text, "103")
}

func TestTheReferencesRepeatThatBecomesATriage(t *testing.T) {
	k := clinicTalk(t, "ru", nil)
	k.press("repeat")
	k.answers("medicine", "метформин 500", "changed", "да", "chest_pain", "нет")
	require.Equal(t, "breathless", k.asked().Slot)
	require.Equal(t, flows.TextValue("refill"), k.memory.Slots["reason"])
}

func TestTheReferencesClosedDoors(t *testing.T) {
	k := clinicTalk(t, "ru", nil)
	k.facts.Now = moscow(t, "2027-01-04 10:00")
	k.press("doctor")
	k.answers("chest_pain", "нет", "breathless", "нет", "who", "мне", "name", "Пациентка", "born", "7.03.1958", "symptoms", []string{"cough"}, "pain", "2")
	k.press("agree")
	require.Equal(t, "closed", event[flows.Unmet](k).Why)
	require.Contains(t, event[flows.Said](k).Text, "09.01.2027 09:00", "1-8 January are holidays; the 9th is a Saturday")
	k.press("leave")
	require.Contains(t, event[flows.Ended](k).Text, "+7 495 000-00-00")

	refused := clinicTalk(t, "ru", nil)
	refused.memory = flows.Memory{Language: "ru"}
	refused.take(refused.p.Begin("repeat", refused.memory, refused.facts))
	refused.press("refuse")
	require.Contains(t, event[flows.Ended](refused).Text, "+7 495 000-00-00", "no consent, no dead end")
}

func TestTheReferencesBooking(t *testing.T) {
	k := clinicTalk(t, "ru", map[string]string{"name": "Пациентка Первая", "phone": "+79161234567"})
	k.facts.Free = moscowTimes(t, "2027-02-16 11:00", "2027-02-16 11:20")
	k.press("book")
	require.Equal(t, "times", k.asked().Type, "a name that the clinic's site vouches for is not asked")
	k.text("завтра в 11")
	require.Equal(t, 20*time.Minute, event[flows.Booked](k).Length)
	require.Contains(t, event[flows.Ended](k).Text, "16.02.2027 11:00")

	k = clinicTalk(t, "ru", nil)
	k.facts.Free = func(string) []time.Time { return nil }
	k.press("book")
	k.answers("name", "Пациентка", "phone", "8 916 123 45 67")
	require.True(t, event[flows.Promised](k).By.Equal(moscow(t, "2027-02-15 12:00")), "nothing free becomes a call-back")
}
