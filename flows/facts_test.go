package flows_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/flows"
)

// referenceFacts are the sections of the reference that say what holds today,
// with the least of a flow behind them.
func referenceFacts(t testing.TB) *flows.Program {
	t.Helper()
	data, err := os.ReadFile("testdata/reference/reference.yaml")
	require.NoError(t, err)
	facts, _, found := strings.Cut(string(data), "consents:\n")
	require.True(t, found)
	return compiled(t, facts+`
slots:
  name: {type: text, fills: patient.name, label: {ru: "Имя", en: "Name"}, ask: {ru: "Имя?", en: "Name?"}}
flows:
  visit: {start: hello, title: {ru: "Врач", en: "A doctor"}}
parts:
  hello:
    - ask: name
    - end: {ru: "{clinic.phone}", en: "{clinic.phone}"}
  emergency:
    - end: {ru: "{emergency.phone}", en: "{emergency.phone}"}
`)
}

func moscow(t testing.TB, at string) time.Time {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Moscow")
	require.NoError(t, err)
	when, err := time.ParseInLocation("2006-01-02 15:04", at, zone)
	require.NoError(t, err)
	return when
}

// TestTheReferencesClinicIsRead: its clinic reads without a problem and says
// what its own tests rely on.
func TestTheReferencesClinicIsRead(t *testing.T) {
	p := referenceFacts(t)
	gp, ok := p.Department("gp")
	require.True(t, ok)
	require.Equal(t, flows.LeastBusy, gp.Offer)
	require.True(t, gp.SameDoctor)
	require.Equal(t, flows.Booking{Length: 20 * time.Minute, From: 2 * time.Hour, Until: 14 * 24 * time.Hour}, gp.Booking)

	require.True(t, gp.OpenAt(moscow(t, "2027-02-15 10:00")))
	require.False(t, gp.OpenAt(moscow(t, "2027-02-15 12:30")), "lunch")
	require.False(t, gp.OpenAt(moscow(t, "2027-01-04 10:00")), "a holiday")
	require.False(t, gp.OpenAt(moscow(t, "2027-02-22 15:00")), "a short day")
	opens, ok := gp.Opens(moscow(t, "2027-01-04 10:00"))
	require.True(t, ok)
	require.True(t, moscow(t, "2027-01-09 09:00").Equal(opens))
	closes, ok := gp.Closes(moscow(t, "2027-02-22 10:00"))
	require.True(t, ok)
	require.True(t, moscow(t, "2027-02-22 14:00").Equal(closes))
	for at, by := range map[string]string{"2027-02-15 10:00": "2027-02-15 12:00", "2027-02-15 11:30": "2027-02-15 14:30", "2027-02-15 10:20": "2027-02-15 13:20"} {
		require.True(t, moscow(t, by).Equal(gp.AddOpen(moscow(t, at), 2*time.Hour)), at)
	}

	duty, _ := p.Department("duty")
	require.Equal(t, flows.LongestIdle, duty.Offer)
	require.True(t, duty.OpenAt(moscow(t, "2027-01-01 03:00")))
	_, ok = duty.Opens(noon)
	require.False(t, ok, "what is always open opens never")
	require.Equal(t, noon.Add(time.Hour), duty.AddOpen(noon, time.Hour))
	require.True(t, flows.Department{}.OpenAt(noon))
}

func TestTheReferencesEmergencyWordsAreHeard(t *testing.T) {
	p := referenceFacts(t)
	facts := p.EmergencyFacts()
	require.Equal(t, "duty", facts.OfferTo)
	require.Equal(t, []string{"name"}, facts.NotIn)
	require.Contains(t, facts.Words["ru"], "задыха*")
	for _, said := range []string{"я не могу дышать", "Теряю сознание", "БОЛЬ В ГРУДИ!", "I cant breathe", "suicidal"} {
		require.True(t, p.Hears(said, ""), said)
		require.True(t, p.Hears(said, "born"), said)
		require.False(t, p.Hears(said, "name"), said)
	}
	require.False(t, p.Hears("кашель третий день", ""))
	require.False(t, visit(t).Hears("не могу дышать", ""), "a flow without words hears none")
}

// TestNightsAreOpenPastMidnight reads hours that the reference does not use.
func TestNightsAreOpenPastMidnight(t *testing.T) {
	p := compiled(t, strings.Replace(clinic, "hours: always", "hours: night", 1)+
		"  hello: [{goto: bye}]\nhours:\n  night: {fri-mon: \"20:00-08:00\", wed: [\"8:00-12:00\", \"13:00-24:00\"], thu: closed}\n")
	gp, _ := p.Department("gp")
	for at, open := range map[string]bool{
		"2027-02-15 20:00": true, "2027-02-16 07:59": true, "2027-02-16 20:00": false, // Monday's night, none of Tuesday's
		"2027-02-17 23:59": true, "2027-02-18 00:00": false, "2027-02-19 20:00": true, "2027-02-21 23:00": true,
	} {
		require.Equal(t, open, gp.OpenAt(moscow(t, at)), at)
	}
}

// TestFactsThatCannotBeMeant holds what an author is told about facts.
func TestFactsThatCannotBeMeant(t *testing.T) {
	for section, want := range map[string]string{
		"hours: {day: {mon: \"9-18\"}}":                                                                  "bad-value: this is no span of hours",
		"hours: {day: {mon: \"09:00-25:00\"}}":                                                           "bad-value: `09:00-25:00` is no span of a day",
		"hours: {day: {mon: \"09:00-09:00\"}}":                                                           "the whole day is \"00:00-24:00\"",
		"hours: {day: {mon: [\"09:00-13:00\", \"12:00-18:00\"]}}":                                        "bad-value: two spans of one day overlap",
		"hours: {day: {mon-fri: \"09:00-18:00\", fri: \"09:00-14:00\"}}":                                 "defined-twice: fri stands twice",
		"hours: {day: {mno: \"09:00-18:00\"}}":                                                           "unknown-key: `mno` is no day of the week, did you mean `mon`?",
		"hours: {always: {mon: \"09:00-18:00\"}}":                                                        "reserved-id",
		"hours: {day: [mon]}":                                                                            "wrong-type",
		"holidays: {ru: {2027-02-30: closed}}":                                                           "bad-value: `2027-02-30` is no day",
		"holidays: {ru: {2027-01-08..2027-01-01: closed}}":                                               "ends before it begins",
		"holidays: {ru: {2027-01-01..2037-01-01: closed}}":                                               "is longer than 400 days",
		"holidays: {ru: {2027-01-01..2027-01-08: closed, 2027-01-07: closed}}":                           "defined-twice: 2027-01-07 stands twice",
		"holidays: {ru: {2027-01-01: shut}}":                                                             "bad-value: this is no span",
		"departments: {gp: {title: {en: \"x\"}, hours: day}}":                                            "unknown-hours: there is no entry of `hours` `day`",
		"departments: {gp: {title: {en: \"x\"}, offer: least}}":                                          "bad-value: `offer` cannot be `least`",
		"departments: {gp: {title: {en: \"x\"}, prefer: me}}":                                            "bad-value: `prefer` cannot be `me`",
		"departments: {gp: {title: {en: \"x\"}, booking: {from: 2h}}}":                                   "missing-key: `booking` has no `length`",
		"departments: {gp: {title: {en: \"x\"}, booking: {length: 1h, from: 2h, until: 2h}}}":            "no time lies between",
		"emergency: {phone: \"103\", offer_to: dutty}\ndepartments: {duty: {title: {en: \"x\"}}}":        "unknown-department: there is no department `dutty`, did you mean `duty`?",
		"emergency: {phone: \"103\", not_in: [nme]}\nslots: {name: {type: text, label: {en: \"Name\"}}}": "unknown-slot: there is no slot `nme`, did you mean `name`?",
		"emergency: {phone: \"103\", words: {ru: [\"x\"]}}":                                              "unknown-language",
		"emergency: {phone: \"103\", words: {}}":                                                         "missing-translation: the list of emergency words is missing in `en`",
		"emergency: {phone: \"103\", words: {en: [\"*\"]}}":                                              "a * stands for any ending",
		"emergency: {phone: \"103\", words: {en: [\"su*\"]}}":                                            "fewer than three letters",
		"emergency: {phone: \"103\", words: {en: [\"!\"]}}":                                              "there is no word",
		"emergency: {phone: \"103\", words: {en: [yes, no]}}":                                            "",
		"emergency: {phone: \"103\", words: {en: help}}":                                                 "wrong-type",
	} {
		_, problems := flows.Compile([]flows.File{{Path: "x.yaml", Data: []byte("bedside: 1\nlanguages: [en]\n" + section + "\n")}})
		require.Contains(t, lines(problems), want, section)
	}
}
