package flows_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/flows"
)

// inserts begins a flow of two languages in which one department keeps hours.
func inserts(t *testing.T, lang string, facts flows.Facts, hello string) *talk {
	t.Helper()
	source := strings.NewReplacer("languages: [ru, en]", "languages: [ru, en]\nladders:\n  doctor:\n"+
		"    - {after: 1m, say: {ru: \"{department.title}. Вы {queue.position}-й в очереди, примерно {queue.wait}.\", en: \"You are number {queue.position}, about {queue.wait}.\"}}\n"+
		"    - {after: 300d, end: {ru: \"{clinic.phone}\", en: \"{clinic.phone}\"}}\n").
		Replace(referenceSource(t)) + hello
	k := &talk{t: t, p: compiled(t, source), facts: facts, memory: flows.Memory{Language: lang}}
	k.take(k.p.Begin("", k.memory, k.facts))
	return k
}

// referenceSource is the reference's clinic with a flow that begins in `hello`.
func referenceSource(t testing.TB) string {
	t.Helper()
	for _, file := range referenceFiles(t) {
		if facts, _, found := strings.Cut(string(file.Data), "consents:\n"); found {
			return facts + `
slots:
  name: {type: text, fills: patient.name, label: {ru: "Имя", en: "Name"}, ask: {ru: "Имя?", en: "Name?"}}
flows:
  visit: {start: hello, title: {ru: "Врач", en: "A doctor"}}
parts:
  emergency:
    - end: {ru: "{emergency.phone}", en: "{emergency.phone}"}
`
		}
	}
	t.Fatal("no reference")
	return ""
}

const waitingFlow = `  hello:
    - hand_over: gp
      tell: {ru: "Передаю: {department.title}. Открыто до {department.closes}. Ждать примерно {queue.wait}.", en: "Handing over to a {department.title}, open until {department.closes}."}
      ladder: doctor
      closed: shut
      nobody: shut
    - end: {ru: "Всё", en: "Done"}
  shut:
    - end: {ru: "Врачей нет. Откроемся {department.opens}. Или 112.", en: "Nobody is here. We open {department.opens}. Or 112."}
`

func at(t *testing.T, when string) flows.Facts { return flows.Facts{Now: moscow(t, when)} }

func TestADepartmentSaysWhenItOpens(t *testing.T) {
	k := inserts(t, "ru", at(t, "2027-01-04 10:00"), waitingFlow)
	require.Equal(t, "Врачей нет. Откроемся 09.01.2027 09:00. Или 112.", k.events[1].(flows.Ended).Text)
	k = inserts(t, "en", at(t, "2027-01-04 10:00"), waitingFlow)
	require.Equal(t, "Nobody is here. We open 9 Jan 2027 09:00. Or 112.", k.events[1].(flows.Ended).Text)

	facts := at(t, "2027-02-15 10:00")
	facts.OnDuty = func(string) bool { return false }
	k = inserts(t, "ru", facts, waitingFlow)
	require.Equal(t, "Врачей нет. Откроемся 15.02.2027 13:00. Или 112.", k.events[1].(flows.Ended).Text, "open by the clock: when it opens next")
	k = inserts(t, "ru", facts, strings.Replace(waitingFlow, "hand_over: gp", "hand_over: duty", 1))
	require.Equal(t, "Врачей нет. Или 112.", k.events[1].(flows.Ended).Text, "what is always open has no such moment")
}

func TestThoseWhoWaitHearTheirPlace(t *testing.T) {
	facts := at(t, "2027-02-15 10:00")
	for lang, wants := range map[string][4]string{
		"ru": {"Передаю: терапевт. Открыто до 15.02.2027 12:00.", "терапевт. Вы 3-й в очереди, примерно 2 минуты.", "терапевт. Вы 3-й в очереди.", "терапевт."},
		"en": {"Handing over to a general practitioner, open until 15 Feb 2027 12:00.", "You are number 3, about 2 minutes.", "You are number 3.", "We will answer soon."},
	} {
		k := inserts(t, lang, facts, waitingFlow)
		require.Equal(t, wants[0], k.events[0].(flows.HandedOver).Tell)
		for i, queue := range []flows.Queue{{Position: 3, Wait: 2 * time.Minute}, {Position: 3}, {}} {
			k.facts.Queue = queue
			turn, err := k.p.Climb(k.memory, k.facts, 1, false)
			require.NoError(t, err)
			require.Equal(t, wants[i+1], turn.Events[1].(flows.Said).Text)
		}
	}
}

func TestMomentsAreInThePatientsZone(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	istanbul, err := time.LoadLocation("Europe/Istanbul")
	require.NoError(t, err)
	for zone, want := range map[*time.Location]string{
		nil: "9 Jan 2027 09:00", istanbul: "9 Jan 2027 09:00", berlin: "9 Jan 2027 07:00 (UTC+1)", time.UTC: "9 Jan 2027 06:00 (UTC+0)",
	} {
		facts := at(t, "2027-01-04 10:00")
		facts.Zone = zone
		k := inserts(t, "en", facts, waitingFlow)
		require.Equal(t, "Nobody is here. We open "+want+". Or 112.", k.events[1].(flows.Ended).Text)
	}
}

func TestPromisesSayTheirMoment(t *testing.T) {
	k := inserts(t, "ru", at(t, "2027-02-15 11:30"), `  hello:
    - callback: gp
      within: 2h
      tell: {ru: "{department.title} перезвонит до {callback.by}.", en: "{callback.by}"}
    - end: {ru: "До {callback.by}!", en: "{callback.by}"}
`)
	require.Equal(t, "терапевт перезвонит до 15.02.2027 14:30.", k.events[0].(flows.Promised).Tell)
	require.Equal(t, "До 15.02.2027 14:30!", k.events[1].(flows.Ended).Text)

	facts := at(t, "2027-02-15 10:00")
	facts.Free = func(string) []time.Time { return []time.Time{moscow(t, "2027-02-16 11:00")} }
	k = inserts(t, "ru", facts, `  hello:
    - book: gp
      none: bye
    - end: {ru: "Записали: {booking.when}.", en: "{booking.when}"}
  bye: [{end: {ru: "Пока 112", en: "Bye 112"}}]
`)
	k.press(k.asked().Options[0].ID)
	require.Equal(t, "Записали: 16.02.2027 11:00.", k.events[1].(flows.Ended).Text)
}

// TestInsertsStandWhereTheyMeanSomething: an insert is refused where not every
// way makes it known.
func TestInsertsStandWhereTheyMeanSomething(t *testing.T) {
	for hello, want := range map[string]string{
		"  hello:\n    - callback: gp\n      within: 2h\n      tell: {ru: \"{queue.wait}\", en: \"x\"}\n    - end: {ru: \"x\", en: \"x\"}\n": "{queue.wait} has a meaning only for somebody who waits",
		"  hello:\n    - book: gp\n      none: bye\n    - goto: bye\n  bye: [{end: {ru: \"{booking.when}\", en: \"x\"}}]\n":                  "{booking.when} may stand for nothing here",
		"  hello:\n    - callback: gp\n      within: 2h\n      if: known(name)\n    - end: {ru: \"{callback.by}\", en: \"x\"}\n":             "{callback.by} may stand for nothing here",
		strings.Replace(waitingFlow, "- hand_over: gp", "- goto: shut\n      if: known(name)\n    - hand_over: gp", 1):                       "{department.opens} may stand for nothing here",
		"  hello: [{end: {ru: \"x\", en: \"x\"}}]\nsilence:\n  - {after: 1m, end: {ru: \"{name}\", en: \"x\"}}\n":                            "`name` may be empty here, leave it out, for a patient can fall silent",
		"  hello: [{end: {ru: \"x\", en: \"x\"}}]\nsilence:\n  - {after: 1m, end: {ru: \"{queue.wait}\", en: \"x\"}}\n":                      "{queue.wait} has a meaning only for somebody who waits",
		"  hello: [{end: {ru: \"x\", en: \"x\"}}]\nsilence:\n  - {after: 1m, end: {ru: \"{department.title}\", en: \"x\"}}\n":                "{department.title} may stand for nothing here",
	} {
		source := referenceSource(t) + hello + "ladders:\n  doctor: [{after: 1m, end: {ru: \"x\", en: \"x\"}}]\n"
		_, problems := flows.Compile([]flows.File{{Path: "x.yaml", Data: []byte(source)}})
		require.Contains(t, lines(problems), want, hello)
	}
}
