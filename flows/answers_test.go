package flows_test

import (
	"encoding/json"
	"errors"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/flows"
)

// clinic is the head of small flows for tests.
const smallEmergency = "  emergency: [{say: {en: \"Call {emergency.phone}\"}}, {goto: bye}]\n"

const clinic = `bedside: 1
languages: [en]
clinic: {name: {en: "Clinic"}, phone: "+7 495 000-00-00", zone: Europe/Moscow}
emergency: {phone: "103"}
departments:
  gp: {title: {en: "doctor"}, hours: always}
slots:
  name: {type: text, max: 5, min: 2, label: {en: "Name"}, ask: {en: "Name?"}}
  born: {type: date, before: today, after: 1900-01-01, optional: true, label: {en: "Born"}, ask: {en: "Born?"}}
  visit: {type: date, after: today, label: {en: "Day"}, ask: {en: "Which day?"}}
  mail: {type: email, fills: patient.email, label: {en: "Mail"}, ask: {en: "Mail?"}}
  fever: {type: yes_no, label: {en: "Fever"}, ask: {en: "Fever?"}}
  pain: {type: number, min: 0, max: 10, label: {en: "Pain"}, ask: {en: "Pain?"}}
  who: {type: choice, label: {en: "Who"}, ask: {en: "Who?"}, options: [{id: me, text: {en: "Me"}}, {id: child, text: {en: "My child"}}]}
  ills: {type: choices, label: {en: "Ills"}, ask: {en: "What is the trouble?"}, options: [{id: fever, text: {en: "Fever"}}, {id: cough, text: {en: "Cough"}}, {id: speech, text: {en: "Slurred speech, a weak arm"}, red_flag: true}]}
  photos: {type: files, kinds: [photo], count: 2, size: 1MB, optional: true, label: {en: "Photo"}, ask: {en: "A photo?"}}
  chest: {type: yes_no, red_flag: true, label: {en: "Chest pain"}, ask: {en: "Chest pain?"}}
  scale: {type: number, min: 0, max: 10, show: scale, label: {en: "Pain"}, ask: {en: "How strong?"}}
flows:
  visit: {start: hello, title: {en: "Visit"}}
  other: {start: bye, title: {en: "Other"}}
parts:
  emergency: [{say: {en: "Call {emergency.phone}"}}, {goto: bye}]
  bye: [{end: {en: "Bye. Our phone: {clinic.phone}"}}]
`

func small(t testing.TB, hello string) *talk {
	t.Helper()
	return begin(t, compiled(t, clinic+"  hello:\n"+hello+"\n    - goto: bye\n"), "en")
}

func TestAnswersThatCannotBeTaken(t *testing.T) {
	for question, typed := range map[string][]string{
		"name":  {"", " ", "a", "abcdef", "\u202e\x00"},
		"born":  {"soon", "31.02.1990", "1.1.1800", "2027-02-15", "1.1.2030"},
		"visit": {"15.02.2027", "1.1.2027", "today"},
		"mail":  {"a", "a@b"},
		"fever": {"maybe", ""},
		"pain":  {"-1", "11", "much"},
		"who":   {"you", "", "m"},
	} {
		k := small(t, "    - ask: "+question)
		for _, s := range typed {
			require.Equal(t, flows.Invalid, k.refused(flows.Input{Text: s}).Code, "%s: %q", question, s)
		}
		require.Equal(t, flows.Invalid, k.refused(flows.Input{Option: "nothing"}).Code)
		require.Equal(t, flows.Invalid, k.refused(flows.Input{Options: []string{"me", "child"}}).Code)
		require.Equal(t, flows.Overtaken, k.refused(flows.Input{Step: "hello/9", Text: "x"}).Code)
		if question != "born" {
			require.Equal(t, flows.Invalid, k.refused(flows.Input{Skip: true}).Code)
		}
	}
}

func TestAnswersThatAreTaken(t *testing.T) {
	for _, c := range []struct {
		question string
		in       flows.Input
		want     flows.Value
		shown    string
	}{
		{"name", flows.Input{Text: " Ann "}, flows.TextValue("Ann"), "Ann"},
		{"born", flows.Input{Text: "7.3.58"}, flows.TextValue("1958-03-07"), "7 March 1958"},
		{"visit", flows.Input{Text: "16.02.27"}, flows.TextValue("2027-02-16"), "16 February 2027"},
		{"mail", flows.Input{Text: "a@Example.org"}, flows.TextValue("a@example.org"), "a@example.org"},
		{"fever", flows.Input{Text: "да"}, flows.BoolValue(true), "Yes"},
		{"fever", flows.Input{Option: "no"}, flows.BoolValue(false), "No"},
		{"fever", flows.Input{Options: []string{"yes"}}, flows.BoolValue(true), "Yes"},
		{"pain", flows.Input{Text: "3,5"}, flows.NumberValue(3.5), "3.5"},
		{"who", flows.Input{Text: "my child!"}, flows.TextValue("child"), "My child"},
		{"who", flows.Input{Options: []string{"me"}}, flows.TextValue("me"), "Me"},
	} {
		k := small(t, "    - ask: "+c.question)
		k.take(k.p.Answer(k.memory, c.in, k.facts))
		filled := k.events[0].(flows.Filled)
		require.True(t, c.want.Equal(filled.Value), "%s: %+v", c.question, filled.Value)
		require.Equal(t, c.shown, filled.Text)
	}
}

func TestASkippedQuestionIsNotAskedAgain(t *testing.T) {
	k := small(t, "    - ask: born\n    - ask: name\n    - ask: born\n    - say: {en: \"no date\"}\n      if: not known(born)")
	require.Equal(t, "2027-02-15", k.asked().Before)
	require.Equal(t, "1900-01-01", k.asked().After)
	k.take(k.p.Answer(k.memory, flows.Input{Skip: true}, k.facts))
	k.text("Ann")
	require.Equal(t, []string{"filled", "said", "ended"}, kinds(k.events))
	require.Len(t, k.p.Card(k.memory, k.facts, nil, "en"), 1, "what was skipped is not on the card")
}

func TestAgainAsksWhatIsKnown(t *testing.T) {
	k := small(t, "    - ask: name\n    - ask: name\n      again: true")
	k.text("Ann")
	require.Equal(t, "hello/2", k.asked().At.String())
	k.text("Bea")
	require.Equal(t, flows.TextValue("Bea"), k.memory.Slots["name"])
}

func TestBranchesFollowTheAnswerEvenWhereItIsKnown(t *testing.T) {
	source := clinic + `  hello:
    - ask: fever
    - ask: who
      then: {child: kids}
    - goto: second
  kids: [{goto: second}]
  second:
    - ask: fever
      if_yes: hot
      if_no: cold
  hot: [{end: {en: "hot 112"}}]
  cold: [{end: {en: "cold 112"}}]
`
	for answer, last := range map[string]string{"yes": "hot", "no": "cold"} {
		k := begin(t, compiled(t, source), "en")
		k.press(answer)
		k.press("child")
		require.Equal(t, last+" 112", k.events[len(k.events)-1].(flows.Ended).Text)
	}
}

func TestNothingIsTakenWhereNothingIsAsked(t *testing.T) {
	k := small(t, "    - hand_over: gp")
	require.Equal(t, flows.NotAsking, k.refused(flows.Input{Text: "hello?"}).Code)
	_, err := k.p.Again(k.memory, k.facts)
	var refusal *flows.Refusal
	require.ErrorAs(t, err, &refusal)
	k.take(k.p.GoOn(k.memory, k.facts))
	_, err = k.p.GoOn(k.memory, k.facts)
	require.ErrorAs(t, err, &refusal)
	require.Equal(t, flows.NotAsking, refusal.Code)
}

func TestAMemoryOfAnotherVersionIsAnError(t *testing.T) {
	p := visit(t)
	for _, m := range []flows.Memory{
		{Standing: flows.Standing{At: flows.Place{Part: "gone", Step: 1}, Waits: flows.WaitAnswer}},
		{Standing: flows.Standing{At: flows.Place{Part: "hello", Step: 99}, Waits: flows.WaitAnswer}},
		{Standing: flows.Standing{At: flows.Place{Part: "hello", Step: 1}, Waits: flows.WaitAnswer}},
	} {
		_, err := p.Answer(m, flows.Input{Text: "x"}, flows.Facts{Now: noon})
		require.ErrorIs(t, err, flows.ErrLost)
		_, err = p.Again(m, flows.Facts{Now: noon})
		require.ErrorIs(t, err, flows.ErrLost)
		m.Waits = flows.WaitHandOver
		_, err = p.GoOn(m, flows.Facts{Now: noon})
		require.ErrorIs(t, err, flows.ErrLost)
	}
	_, err := p.Begin("nowhere", flows.Memory{}, flows.Facts{Now: noon})
	require.ErrorIs(t, err, flows.ErrNoDoor)
}

func TestWhatAnIdentityVouchesForIsNotAsked(t *testing.T) {
	p := visit(t)
	facts := flows.Facts{Now: noon, Patient: map[string]string{"name": "Known Patient", "born": "1958-03-07", "phone": "none"}}
	k := &talk{t: t, p: p, facts: facts, memory: flows.Memory{Language: "en"}}
	k.take(p.Begin("", k.memory, facts))
	require.Equal(t, []string{"filled", "filled", "said", "asked"}, kinds(k.events))
	require.Empty(t, k.events[0].(flows.Filled).Text, "nobody has said it")
	k.press("result")
	require.Equal(t, "phone", k.asked().Slot, "what no slot could take is asked")
}

func TestFactsOfTodayAreLive(t *testing.T) {
	pinned := visit(t)
	data, err := os.ReadFile("testdata/visit.yaml")
	require.NoError(t, err)
	today := strings.NewReplacer("Rassvet Clinic", "Zarya Clinic", `phone: "103"`, `phone: "112"`,
		`en: "general practitioner"`, `en: "family doctor"`, "How can we help?", "What now?").Replace(string(data))
	live := compiled(t, today)
	k := &talk{t: t, p: pinned, facts: flows.Facts{Now: noon, Live: live}, memory: flows.Memory{Language: "en"}}
	k.take(pinned.Begin("", k.memory, k.facts))
	require.Contains(t, k.events[0].(flows.Said).Text, "Zarya Clinic")
	require.Equal(t, "How can we help?", k.asked().Text, "texts are pinned")
	for _, s := range []string{"unwell", "Ann", "7.3.58", "+79161234567", "cough", "9"} {
		k.text(s)
	}
	require.Contains(t, k.events[1].(flows.Said).Text, "112")
	require.Contains(t, k.events[2].(flows.HandedOver).Tell, "family doctor")
}

func TestTodayIsTheClinicsDay(t *testing.T) {
	k := small(t, "    - ask: visit")
	k.facts.Now = time.Date(2027, 2, 15, 22, 0, 0, 0, time.UTC) // the 16th in Moscow
	require.Equal(t, flows.Invalid, k.refused(flows.Input{Text: "16.02.2027"}).Code)
	k.text("17.02.2027")
}

func TestTheCard(t *testing.T) {
	k := begin(t, visit(t), "en")
	for _, s := range []string{"unwell", "Ann", "7.3.58", "+79161234567", "cough", "3,5"} {
		k.text(s)
	}
	card := k.p.Card(k.memory, k.facts, []string{"pain", "gone", "pain", "symptoms"}, "ru-RU")
	require.Equal(t, []flows.CardLine{
		{"pain", "Боль", "3,5"}, {"symptoms", "Жалобы", "cough"}, {"reason", "Повод", "Плохо себя чувствую"},
		{"name", "Имя", "Ann"}, {"born", "Дата рождения", "7 марта 1958"}, {"phone", "Телефон", "+79161234567"},
	}, card)
	slot, ok := k.p.Slot("reason")
	require.True(t, ok)
	require.Equal(t, "I feel unwell", k.memory.Slots["reason"].Shown(slot, "en"))
	require.Empty(t, flows.Value{}.Shown(slot, "en"))
	require.Empty(t, k.p.Card(flows.Memory{}, k.facts, []string{"pain"}, ""))
}

func TestRefusalsSpeakThePatientsLanguage(t *testing.T) {
	for lang, want := range map[string]string{"en": "Please choose", "ru": "Выберите", "de": "Please choose"} {
		k := begin(t, visit(t), lang)
		require.Contains(t, k.refused(flows.Input{Text: "?"}).Message, want)
	}
}

// TestOneProgramServesMany is for the race detector.
func TestOneProgramServesMany(t *testing.T) {
	p := visit(t)
	var group sync.WaitGroup
	for range 16 {
		group.Go(func() {
			m := flows.Memory{Language: "ru"}
			turn, err := p.Begin("", m, flows.Facts{Now: noon})
			for _, s := range []string{"unwell", "Ann", "7.3.58", "+79161234567", "cough", "9", ""} {
				if err != nil {
					break
				}
				for _, e := range turn.Events {
					m = m.After(e)
				}
				turn, err = p.Answer(m, flows.Input{Text: s}, flows.Facts{Now: noon, Live: p})
			}
			if r := (*flows.Refusal)(nil); !errors.As(err, &r) || r.Code != flows.NotAsking {
				t.Errorf("stopped by %v at %s", err, m.At)
			}
		})
	}
	group.Wait()
}

func kinds(events []flows.Event) (all []string) {
	for _, e := range events {
		all = append(all, e.Kind())
	}
	return all
}

func TestASkipTravelsAsNull(t *testing.T) {
	m := flows.Memory{}.After(flows.Skipped{At: flows.Place{Part: "hello", Step: 1}, Slot: "pain"})
	data, err := json.Marshal(m)
	require.NoError(t, err)
	require.JSONEq(t, `{"at": "hello/1", "slots": {"pain": null}}`, string(data))
}
