package flows_test

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/flows"
)

const (
	paperEnglish = "# Personal data\n\nI agree.\n"
	paperRussian = "# Персональные данные\n\nСогласие.\n"
)

// verbs is the program of testdata/verbs.yaml, in which every verb stands.
func verbs(t testing.TB) *flows.Program {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "verbs.yaml"))
	require.NoError(t, err)
	p, problems := flows.Compile([]flows.File{
		{Path: "a/verbs.yaml", Data: data},
		{Path: "a/consents/privacy.en.md", Data: []byte(paperEnglish)},
		{Path: "a/consents/privacy.ru.md", Data: []byte(paperRussian)},
	})
	require.NotNil(t, p, "%v", problems)
	return p
}

// morning is the same Monday at ten, when the departments are open.
var morning = noon.Add(-2 * time.Hour)

// door begins at a door of verbs.yaml.
func door(t testing.TB, name, lang string) *talk {
	t.Helper()
	k := &talk{t: t, p: verbs(t), facts: flows.Facts{Now: morning}, memory: flows.Memory{Language: lang}}
	k.take(k.p.Begin(name, k.memory, k.facts))
	return k
}

func (k *talk) skip() {
	k.t.Helper()
	k.take(k.p.Answer(k.memory, flows.Input{Skip: true}, k.facts))
}

// kinds are the events of the last turn.
func (k *talk) kinds() (all []string) {
	for _, e := range k.events {
		all = append(all, e.Kind())
	}
	return all
}

// event is the last one of its type in the last turn.
func event[E flows.Event](k *talk) E {
	k.t.Helper()
	for i := len(k.events) - 1; i >= 0; i-- {
		if e, ok := k.events[i].(E); ok {
			return e
		}
	}
	var zero E
	require.Failf(k.t, "no such event", "%T among %v", zero, k.kinds())
	return zero
}

func TestSayHasButtonsThatDial(t *testing.T) {
	for lang, call := range map[string]string{"en": "Call ", "ru": "Позвонить "} {
		k := door(t, "usual", lang)
		require.Equal(t, []flows.Dial{{Call: "+7 495 000-00-00", Text: call + "+7 495 000-00-00"}, {Call: "112", Text: call + "112"}},
			event[flows.Said](k).Buttons)
	}
}

func TestSetWritesLiterals(t *testing.T) {
	k := door(t, "usual", "en")
	require.Equal(t, []string{"said", "filled", "filled", "filled", "filled", "asked"}, k.kinds())
	require.Equal(t, flows.Filled{At: flows.Place{Part: "hello", Step: 2}, Slot: "reason", Value: flows.TextValue("refill")}, k.events[1])
	require.Equal(t, flows.NumberValue(3), k.memory.Slots["score"])
	require.Equal(t, flows.BoolValue(true), k.memory.Slots["urgent"])
	require.Equal(t, flows.TextValue("2027-02-01"), k.memory.Slots["since"])
	require.Equal(t, "note", k.asked().Slot)
	require.False(t, k.asked().Back, "what was set is no answer to go back to")
}

func TestSetTakesOnlyWhatTheQuestionWould(t *testing.T) {
	for literal, fits := range map[string]bool{
		"{name: \"Ann\"}": true, "{name: 3}": false, "{name: \"much too long\"}": false,
		"{pain: 3}": true, "{pain: 11}": false, "{pain: \"3\"}": false,
		"{fever: true}": true, "{fever: \"yes\"}": false,
		"{who: me}": true, "{who: you}": false, "{who: [me]}": false,
		"{born: 1958-03-07}": true, "{born: \"7 March\"}": false,
		"{mail: \"a@b.cd\"}": true, "{mail: \"a\"}": false,
		"{ills: [cough, fever]}": true, "{ills: [rash]}": false, "{ills: cough}": false, "{photos: [a]}": false, "{chest: true}": true,
		"{nme: \"Ann\"}": false, "{}": false, "[name]": false,
	} {
		found := hello(t, "    - set: "+literal)
		require.Equal(t, fits, len(found) == 0, "%s: %v", literal, found)
	}
}

func TestConsentIsAskedWithItsDocument(t *testing.T) {
	for lang, want := range map[string]struct{ title, paper, agree string }{
		"en": {"Personal data", paperEnglish, "I agree"},
		"ru": {"Персональные данные", paperRussian, "Даю согласие"},
	} {
		k := door(t, "consent", lang)
		k.skip()
		q, sum := k.asked(), sha256.Sum256([]byte(want.paper))
		hash := hex.EncodeToString(sum[:])
		require.Equal(t, "consent", q.Type)
		require.Equal(t, want.title, q.Text)
		require.Equal(t, &flows.Paper{ID: "privacy", Title: want.title, Document: want.paper, Version: "2", Hash: hash}, q.Consent)
		require.Equal(t, flows.Option{ID: "agree", Text: want.agree}, q.Options[0])
		require.Equal(t, "refuse", q.Options[1].ID)
		require.True(t, q.Back)
		for _, in := range []flows.Input{{Text: "yes"}, {Text: ""}, {Option: "x"}, {Skip: true}, {Options: []string{"agree", "refuse"}}} {
			require.Equal(t, flows.Invalid, k.refused(in).Code)
		}

		k.press("agree")
		require.Equal(t, []string{"consented", "ended"}, k.kinds(), "it is asked once")
		require.Equal(t, flows.Consented{At: flows.Place{Part: "consented", Step: 2}, Consent: "privacy", Version: "2", Hash: hash, Agreed: true, Text: want.agree}, k.events[0])
		require.Equal(t, map[string]string{"privacy": "2"}, k.memory.Consents)
		require.Empty(t, k.memory.Trail, "nobody goes back behind what was agreed")
	}
}

func TestConsentRefusedLeadsAway(t *testing.T) {
	k := door(t, "consent", "ru")
	k.skip()
	k.text("не даю согласия")
	require.False(t, event[flows.Consented](k).Agreed)
	require.Equal(t, "Наш телефон +7 495 000-00-00.", event[flows.Ended](k).Text)
	require.Empty(t, k.memory.Consents)
}

func TestConsentOfAnEarlierConversationHolds(t *testing.T) {
	for name, c := range map[string]struct {
		agreed flows.Agreed
		asked  bool
	}{
		"within":        {flows.Agreed{Version: "2", At: morning.Add(-29 * 24 * time.Hour)}, false},
		"too long ago":  {flows.Agreed{Version: "2", At: morning.Add(-30 * 24 * time.Hour)}, true},
		"other version": {flows.Agreed{Version: "1", At: noon}, true},
	} {
		k := door(t, "consent", "en")
		k.facts.Consents = map[string]flows.Agreed{"privacy": c.agreed}
		k.skip()
		require.Equal(t, c.asked, k.memory.Waits == flows.WaitAnswer, name)
		if !c.asked {
			known := event[flows.Consented](k)
			require.True(t, known.Known && known.Agreed && known.Text == "", name)
		}
	}
}

func TestFragmentsComeBack(t *testing.T) {
	k := door(t, "fragment", "en")
	require.Equal(t, []string{"called", "called", "asked"}, k.kinds())
	require.Equal(t, flows.Called{At: flows.Place{Part: "contacted", Step: 1}, Back: flows.Place{Part: "contacted", Step: 2}}, k.events[0])
	require.Equal(t, "fragment.who/1", k.memory.At.String())
	require.Len(t, k.memory.Returns, 2)
	k.text("Ann")
	require.Equal(t, []string{"filled", "returned", "asked"}, k.kinds())
	require.Equal(t, "fragment.contact/2", k.memory.At.String())
	k.text("+7 916 123-45-67")
	require.Equal(t, []string{"filled", "returned", "asked"}, k.kinds())
	require.Equal(t, "contacted/2", k.memory.At.String())
	require.Empty(t, k.memory.Returns)
	k.text("yes")
	require.Equal(t, "fragment.who/2", k.memory.At.String(), "the name is known, the note is asked this time")
	k.skip()
	require.Equal(t, []string{"skipped", "returned", "ended"}, k.kinds())
	require.True(t, event[flows.Ended](k).Rate)
}

func TestAFragmentIsPassedOverWhole(t *testing.T) {
	p := verbs(t)
	k := &talk{t: t, p: p, facts: flows.Facts{Now: noon}, memory: flows.Memory{Slots: map[string]flows.Value{"name": flows.TextValue("Ann")}}}
	k.take(p.Begin("fragment", k.memory, k.facts))
	require.Equal(t, []string{"asked"}, k.kinds())
	require.Equal(t, "urgent", k.asked().Slot)
}

func TestHandOverNamesWhatTheWaitNeeds(t *testing.T) {
	k := door(t, "wait", "ru")
	k.text("кашель")
	require.Equal(t, flows.HandedOver{
		At: flows.Place{Part: "wait", Step: 2}, Department: "gp", Tell: "Идёт врач.", Summary: []string{"note"},
		Rungs: []time.Duration{time.Minute, 3 * time.Minute, 5 * time.Minute, 10 * time.Minute, 20 * time.Minute},
	}, event[flows.HandedOver](k))
}

func TestAWaitThatCannotBegin(t *testing.T) {
	night := noon.Add(10 * time.Hour)
	for name, c := range map[string]struct {
		now    time.Time
		onDuty func(string) bool
		kinds  []string
		why    string
	}{
		"open":                  {morning, func(string) bool { return true }, []string{"skipped", "handed_over"}, ""},
		"nobody says who there": {morning, nil, []string{"skipped", "handed_over"}, ""},
		"closed":                {night, nil, []string{"skipped", "unmet", "asked"}, "closed"},
		"closed comes first":    {night, func(string) bool { return false }, []string{"skipped", "unmet", "asked"}, "closed"},
		"nobody":                {morning, func(d string) bool { return d != "gp" }, []string{"skipped", "unmet", "handed_over"}, "nobody"},
		"nobody, and no way":    {morning, func(string) bool { return false }, []string{"skipped", "unmet", "handed_over"}, "nobody"},
	} {
		k := door(t, "wait", "en")
		k.facts.Now, k.facts.OnDuty = c.now, c.onDuty
		k.skip()
		require.Equal(t, c.kinds, k.kinds(), name)
		if c.why != "" {
			require.Equal(t, flows.Unmet{At: flows.Place{Part: "wait", Step: 2}, Department: "gp", Why: c.why}, k.events[1], name)
			require.Equal(t, "gp", k.memory.Department)
		}
	}
}

func TestVideoCanBeDeclined(t *testing.T) {
	k := door(t, "video", "en")
	e := event[flows.HandedOver](k)
	require.Equal(t, flows.ForVideo, e.Purpose)
	require.True(t, e.Declinable)
	k.take(k.p.Climb(k.memory, k.facts, 3, false))
	k.take(k.p.Decline(k.memory, k.facts))
	require.Equal(t, []string{"dropped", "declined", "asked"}, k.kinds())
	require.Equal(t, "wait/1", k.memory.At.String())

	k.skip()
	_, err := k.p.Decline(k.memory, k.facts)
	var refusal *flows.Refusal
	require.ErrorAs(t, err, &refusal, "a chat cannot be declined")
	require.Equal(t, flows.NotAsking, refusal.Code)
}

// moscowTimes are times on the clinic's clock.
func moscowTimes(t testing.TB, at ...string) func(string) []time.Time {
	t.Helper()
	var times []time.Time
	for _, s := range at {
		times = append(times, moscow(t, s).UTC())
	}
	return func(string) []time.Time { return times }
}

func TestBookOffersTimes(t *testing.T) {
	for lang, want := range map[string]struct{ question, text, none string }{
		"en": {"Which time suits you?", "16 Feb 2027 11:00", "None of these"},
		"ru": {"Какое время вам подходит?", "16.02.2027 11:00", "Ничего не подходит"},
	} {
		k := door(t, "booking", lang)
		k.facts.Free = moscowTimes(t, "2027-02-16 11:00", "2027-02-16 11:20")
		k.text("Ann")
		q := k.asked()
		require.Equal(t, "times", q.Type)
		require.Equal(t, want.question, q.Text)
		require.Equal(t, []flows.Option{{ID: "2027-02-16T11:00:00+03:00", Text: want.text}, {ID: "2027-02-16T11:20:00+03:00", Text: want.text[:len(want.text)-2] + "20"}, {ID: "none", Text: want.none}}, q.Options)
		for _, in := range []flows.Input{{Option: "2027-02-16T12:00:00+03:00"}, {Option: "soon"}, {Skip: true}, {Text: "16 февраля"}, {Text: "?"}} {
			require.Equal(t, flows.Invalid, k.refused(in).Code, in)
		}
		k.press("2027-02-16T08:00:00Z")
		booked := event[flows.Booked](k)
		require.Equal(t, []any{"gp", 20 * time.Minute, want.text}, []any{booked.Department, booked.Length, booked.Text})
		require.True(t, booked.Start.Equal(k.memory.Booking) && booked.Start.Equal(moscow(t, "2027-02-16 11:00")))
		require.Equal(t, flows.WaitEnd, k.memory.Waits)
	}
}

func TestBookTakesATimeAsPeopleTypeIt(t *testing.T) {
	offered := moscowTimes(t, "2027-02-15 15:00", "2027-02-16 11:00", "2027-02-16 11:30", "2027-02-17 11:00", "2028-01-10 09:00")
	for typed, want := range map[string]string{
		"завтра в 11": "2027-02-16 11:00", "Завтра в 11:30!": "2027-02-16 11:30", "tomorrow at 11": "2027-02-16 11:00", "сегодня": "2027-02-15 15:00",
		"16.02 11:30": "2027-02-16 11:30", "17.02.2027": "2027-02-17 11:00", "17/2": "2027-02-17 11:00", "в 15": "2027-02-15 15:00",
		"15:00": "2027-02-15 15:00", "послезавтра, 11": "2027-02-17 11:00", "10.01": "2028-01-10 09:00", "16.02.2027 11:00": "2027-02-16 11:00",
		"завтра": "", "в 11": "", "11": "", "завтра в 12": "", "когда-нибудь": "", "99.99": "", "31.02": "", "": "",
	} {
		k := door(t, "booking", "ru")
		k.facts.Free = offered
		k.text("Ann")
		if want == "" {
			k.refused(flows.Input{Text: typed})
			continue
		}
		k.text(typed)
		require.True(t, moscow(t, want).Equal(event[flows.Booked](k).Start), typed)
	}
}

func TestBookWithNothingFreeLeadsOn(t *testing.T) {
	k := door(t, "booking", "en")
	k.text("Ann")
	require.Equal(t, []string{"filled", "called", "called", "returned", "asked"}, k.kinds())
	require.Equal(t, "phone", k.asked().Slot)

	k = door(t, "booking", "en")
	k.facts.Free = moscowTimes(t, "2027-02-16 11:00")
	k.text("Ann")
	k.text("none of these")
	require.Equal(t, "none", event[flows.Chosen](k).Option)
	require.Equal(t, "phone", k.asked().Slot)
}

func TestCallBackCountsOpeningHours(t *testing.T) {
	for lang, tell := range map[string]string{"en": "We call +79161234567.", "ru": "Позвоним +79161234567."} {
		k := door(t, "callback", lang)
		k.facts.Now = moscow(t, "2027-02-15 11:30")
		k.text("Ann")
		k.text("8 916 123-45-67")
		promised := event[flows.Promised](k)
		require.Equal(t, []any{"gp", "+79161234567", tell, false}, []any{promised.Department, promised.Phone, promised.Tell, promised.PlaceKept})
		require.True(t, promised.By.Equal(moscow(t, "2027-02-15 14:30")), "lunch does not count")
		require.True(t, promised.By.Equal(k.memory.CallBack))
	}
}
