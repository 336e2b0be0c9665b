package main

import (
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/cmd/bedside/config"
)

// townFlow is a flow with a clinic's phone and a text; the phone is a fact of today,
// the text is the version's.
func townFlow(phone, text string) []byte {
	return fmt.Appendf(nil, `bedside: 1
languages: [en]
clinic: {name: {en: Town Clinic}, phone: %q, zone: Europe/London, alert: lead}
emergency: {phone: "999"}
departments:
  gp: {title: {en: doctor}, hours: always, answer_within: 10m, reply_within: 60m}
slots:
  name: {type: text, max: 80, fills: patient.name, label: {en: Name}, ask: {en: "What is your name?"}}
  more: {type: text, max: 80, label: {en: More}, ask: {en: %q}}
flows:
  visit: {start: hello, title: {en: Visit}}
parts:
  hello:
    - ask: name
    - ask: more
    - say: {en: "We call from {clinic.phone}."}
    - hand_over: gp
    - end: {en: "Goodbye"}
`, phone, text)
}

// flow is what a command about flows says, and its exit code.
func (v *town) flow(args ...string) (string, int) {
	v.t.Helper()
	var out, errs safeBuffer
	code := run(v.t.Context(), append(append([]string{"flow"}, args...), "-c", v.file), streams{in: os.Stdin, out: &out, err: &errs})
	return out.String() + errs.String(), code
}

// texts are all that the bot has said to a patient, one a line.
func (p *person) texts() string {
	var page struct{ Entries []frame }
	require.Equal(p.t, http.StatusOK, p.call("GET", "/api/v1/conversations/"+p.id+"/entries", nil, &page))
	var out []string
	for _, f := range page.Entries {
		out = append(out, f.body(p.t).Text)
	}
	return strings.Join(out, "\n")
}

func (v *town) newPatient() *person {
	p := newPerson(v.t, v.base("http", v.app.at.public))
	v.t.Cleanup(p.http.CloseIdleConnections)
	p.start()
	return p
}

// again starts the town anew, with whatever stands in its files, and brings a
// patient along.
func (v *town) again(p *person) {
	v.t.Helper()
	v.stop()
	v.start()
	p.base = v.base("http", v.app.at.public)
	http.DefaultClient.CloseIdleConnections()
}

// What is published is served, whatever stands in the files and however often the
// server starts; a running conversation keeps its texts and hears of today's facts.
func TestPublishing(t *testing.T) {
	v := newTown(t, map[string]string{})
	v.put("flow.yaml", townFlow("+44 1", "First version?"))
	v.start()
	defer http.DefaultClient.CloseIdleConnections()
	old := v.newPatient()
	old.do(fields{"do": "send", "text": "Patient One"})
	require.Contains(t, old.texts(), "First version?")

	v.put("flow.yaml", townFlow("+44 2", "Second version?"))
	v.again(old)
	next := v.newPatient()
	next.do(fields{"do": "send", "text": "Patient Two"})
	require.Contains(t, next.texts(), "First version?", "nothing is served that nobody has published, not after a restart either")
	require.Contains(t, v.log.String(), "flow: published")

	said, code := v.flow("diff")
	require.Equal(t, exitDone, code, said)
	require.Contains(t, said, `At once, for running conversations too:
    clinic, phone is “+44 2” (was “+44 1”)
  For conversations that begin from then on:
    slot more, question in en is “Second version?” (was “First version?”)
Open conversations keep their version:
  version 1, hello/2: 2
`)
	said, code = v.flow("publish", "--note", "a second question")
	require.Equal(t, exitDone, code, said)
	require.Contains(t, said, "Published: version 2 (")
	require.Equal(t, "2", v.metric("bedside_flow_version"))
	said, code = v.flow("publish")
	require.Equal(t, exitDone, code)
	require.Contains(t, said, "Nothing has changed: version 2 is what is served.")

	v.again(old)
	third := v.newPatient()
	third.do(fields{"do": "send", "text": "Patient Three"})
	require.Contains(t, third.texts(), "Second version?")
	old.do(fields{"do": "send", "text": "enough"})
	require.NotContains(t, old.texts(), "Second version?", "its own version, across the restart")
	require.Contains(t, old.texts(), "We call from +44 2.", "the clinic's number is today's")

	t.Run("a broken version changes nothing and is shown", func(t *testing.T) {
		v.put("flow.yaml", []byte("bedside: 1\n"))
		said, code := v.flow("publish")
		require.Equal(t, exitFailed, code)
		require.Contains(t, said, "flow.yaml:1:1: error missing-key")
		require.Contains(t, said, "Not published: version 2 stays.")
		require.Equal(t, "1", v.metric("bedside_flow_rejected"))
		require.Eventually(t, func() bool {
			return strings.Contains(v.log.String(), "flow: the files have errors; what is served stays")
		}, 10*time.Second, 20*time.Millisecond, "the watch says so too")
		v.again(old)
		require.Equal(t, "2", v.metric("bedside_flow_version"), "a start needs no files")
	})
	t.Run("an older one is served again", func(t *testing.T) {
		said, code := v.flow("rollback", "1", "--note", "too long")
		require.Equal(t, exitDone, code, said)
		require.Contains(t, said, "is version 1 again")
		back := v.newPatient()
		back.do(fields{"do": "send", "text": "Patient Four"})
		require.Contains(t, back.texts(), "First version?")
		said, code = v.flow("history")
		require.Equal(t, exitDone, code, said)
		require.Regexp(t, `(?m)^3 +[0-9a-f]{12} .*version 1 again +too long$`, said)
		require.Regexp(t, `(?m)^2 +[0-9a-f]{12} .* +a second question$`, said)
		require.Regexp(t, `(?m)^1 +[0-9a-f]{12} .* at the start`, said)
	})
	t.Run("what is asked wrongly is said", func(t *testing.T) {
		v.put("flow.yaml", townFlow("+44 3", "Third version?"))
		for _, c := range []struct{ args, says string }{
			{"rollback 99", "there is no such version: 99"},
			{"rollback abcdefabcdef", "there is no such version"},
			{"publish --at tomorrow", `--at "tomorrow" is no moment; write it like "2027-03-01 06:00"`},
			{"publish --at 2020-01-01T00:00:00Z", "has passed"},
			{"publish --withdraw", "no version is planned"},
			{"publish --withdraw --note x", "--withdraw takes neither"},
			{"publish --at=", `--at "" is no moment`},
			{"publish --withdraw --at=", "--withdraw takes neither"},
			{"publish --note " + strings.Repeat("x", 400), "longer than 300 characters"},
		} {
			said, code := v.flow(strings.Fields(c.args)...)
			require.Equal(t, exitUsage, code, "%s: %s", c.args, said)
			require.Contains(t, said, c.says)
		}
	})
	t.Run("a planned version waits for its time, across restarts", func(t *testing.T) {
		said, code := v.flow("publish", "--at", time.Now().Add(time.Hour).Format(time.RFC3339), "--note", "for the winter")
		require.Equal(t, exitDone, code, said)
		require.Contains(t, said, "Planned for ")
		v.again(old)
		require.Equal(t, "3", v.metric("bedside_flow_version"))
		said, _ = v.flow("history")
		require.Contains(t, said, ": for the winter")
		said, code = v.flow("publish", "--at", time.Now().Add(2*time.Hour).Format(time.RFC3339))
		require.Equal(t, exitUsage, code)
		require.Contains(t, said, "a version is planned already")
		said, code = v.flow("publish", "--withdraw")
		require.Equal(t, exitDone, code, said)

		said, code = v.flow("publish", "--at", time.Now().Add(2*time.Second).Format(time.RFC3339))
		require.Equal(t, exitDone, code, said)
		v.put("flow.yaml", []byte("bedside: 1\n")) // what was planned is kept as it was
		v.again(old)
		require.Eventually(t, func() bool { return v.metric("bedside_flow_version") == "4" }, 10*time.Second, 50*time.Millisecond)
		late := v.newPatient()
		late.do(fields{"do": "send", "text": "Patient Five"})
		require.Contains(t, late.texts(), "Third version?")
	})
	t.Run("where no server runs", func(t *testing.T) {
		v.stop()
		v.put("flow.yaml", townFlow("+44 4", "Fourth version?"))
		said, code := v.flow("diff")
		require.Equal(t, exitDone, code, said)
		require.Contains(t, said, "question in en is “Fourth version?” (was “Third version?”)\nNo server runs")
		v.put("broken.yaml", []byte("bedside: 1\n"))
		said, code = v.flow("diff", filepath.Join(v.folder, "broken.yaml"))
		require.Equal(t, exitFailed, code, said)
		require.Contains(t, said, "part hello is gone (5 steps)")
		said, code = v.flow("diff", filepath.Join(v.folder, "nowhere.yaml"))
		require.Equal(t, exitUsage, code, said)
		require.Contains(t, said, "nowhere.yaml: there is no such file")
		said, code = v.flow("publish")
		require.Equal(t, exitDone, code, said)
		require.Contains(t, said, "Published: version 5")
		v.again(old)
		fourth := v.newPatient()
		fourth.do(fields{"do": "send", "text": "Patient Six"})
		require.Contains(t, fourth.texts(), "Fourth version?")
	})
}

// With on_save a sound version is served two seconds after it was saved, and a
// broken one never.
func TestPublishedWhenSaved(t *testing.T) {
	v := newTown(t, map[string]string{"flows": "{path: flow.yaml, publish: on_save}"})
	v.start()
	defer http.DefaultClient.CloseIdleConnections()
	v.put("flow.yaml", townFlow("+44 1", "Saved?"))
	require.Eventually(t, func() bool { return v.metric("bedside_flow_version") == "2" }, 15*time.Second, 50*time.Millisecond)
	p := v.newPatient()
	p.do(fields{"do": "send", "text": "Patient One"})
	require.Contains(t, p.texts(), "Saved?")
	v.put("flow.yaml", []byte("bedside: 1\n"))
	require.Eventually(t, func() bool { return v.metric("bedside_flow_rejected") == "1" }, 15*time.Second, 50*time.Millisecond)
	require.Equal(t, "2", v.metric("bedside_flow_version"))
}

// Who goes back to an older version is not served the newer one again by a restart,
// a reload or the watch, for the files are still there; only by hand.
func TestWhatWasUndoneIsNotPublishedByItself(t *testing.T) {
	v := newTown(t, map[string]string{"flows": "{path: flow.yaml, publish: on_save}"})
	v.put("flow.yaml", townFlow("+44 1", "Good?"))
	v.start()
	defer http.DefaultClient.CloseIdleConnections()
	v.put("flow.yaml", townFlow("+44 1", "Harmful?"))
	said, code := v.flow("publish")
	require.Equal(t, exitDone, code, said)
	said, code = v.flow("rollback", "1")
	require.Equal(t, exitDone, code, said)
	v.app.flows.saved(t.Context())
	require.Equal(t, "3", v.metric("bedside_flow_version"))
	said, code = v.reload()
	require.Equal(t, exitDone, code, said)
	require.Equal(t, "3", v.metric("bedside_flow_version"))
	v.stop()
	v.start()
	http.DefaultClient.CloseIdleConnections()
	require.Equal(t, "3", v.metric("bedside_flow_version"))
	require.Contains(t, string(v.app.today.Live("clinic").Sources()[0].Data), "Good?")
	require.Contains(t, v.log.String(), "are not published by themselves; change them, or serve them with bedside flow publish\" rollback=3 to=1")
	said, code = v.flow("publish")
	require.Equal(t, exitDone, code, said)
	require.Equal(t, "4", v.metric("bedside_flow_version"))
	v.put("flow.yaml", townFlow("+44 1", "Mended?"))
	v.app.flows.saved(t.Context())
	require.Equal(t, "5", v.metric("bedside_flow_version"), "new files are published again")
}

// A site that is given a flow of its own is served it at once; the others go on
// with what is published.
func TestASiteWithAFlowOfItsOwn(t *testing.T) {
	v := newTown(t, nil)
	v.put("flow.yaml", townFlow("+44 1", "Everybody?"))
	v.put("own.yaml", townFlow("+44 9", "Own?"))
	v.start()
	defer http.DefaultClient.CloseIdleConnections()
	v.put("flow.yaml", townFlow("+44 1", "Not published?"))
	v.write(map[string]string{"sites": `[{name: clinic, origins: ["http://localhost:2"]}, {name: kids, origins: ["http://localhost:3"], flows: own.yaml}]`})
	said, code := v.reload()
	require.Equal(t, exitDone, code, said)
	require.Equal(t, "2", v.metric("bedside_flow_version"))
	own, everybody := v.app.today.Live("kids"), v.app.today.Live("clinic")
	require.Equal(t, "+44 9", own.Clinic().Phone)
	require.Equal(t, "+44 1", everybody.Clinic().Phone)
	require.NotContains(t, string(everybody.Sources()[0].Data), "Not published?")
}

// A version whose conversations do not hold is served neither at the start nor
// later, and what went otherwise is said at its line.
func TestTestsMustHold(t *testing.T) {
	v := newTown(t, nil)
	v.put("flow.yaml", townFlow("+44 1", "First version?"))
	test := func(says string) []byte {
		return fmt.Appendf(nil, `bedside: 1
of: [flow.yaml]
now: "2027-02-15 10:00"
on_duty: {doctor_1: [gp]}
cases:
  - case: a patient tells two things
    talk:
      - answer: {name: "Patient One"}
      - expect: {asking: more, said: %q}
`, says)
	}
	v.put("flow.test.yaml", test("Another version?"))
	r, err := config.Read(v.file)
	require.NoError(t, err)
	_, err = openApp(r, slog.New(slog.DiscardHandler), nil)
	require.ErrorContains(t, err, "the conversation `a patient tells two things` does not hold")
	require.NoDirExists(t, filepath.Join(v.folder, "data"), "nothing was begun")
	v.put("flow.test.yaml", test("First version?"))
	v.start()
	defer http.DefaultClient.CloseIdleConnections()
	v.put("flow.yaml", townFlow("+44 1", "Second version?"))
	said, code := v.flow("publish")
	require.Equal(t, exitFailed, code)
	require.Regexp(t, `flow.test.yaml:9:\d+: error test: the conversation .a patient tells two things. does not hold`, said)
	require.Contains(t, said, "Not published: version 1 stays.")
	v.put("flow.test.yaml", test("Second version?"))
	said, code = v.flow("publish")
	require.Equal(t, exitDone, code, said)
}

// holidayFlow asks one question and then leads by the clinic's hours.
func holidayFlow(holidays, shut string) []byte {
	return fmt.Appendf(nil, `bedside: 1
languages: [en]
clinic: {name: {en: Town Clinic}, phone: "+44 1", zone: Europe/London, alert: lead}
emergency: {phone: "999"}
holidays: {town: %s}
hours: {clinic: {mon-sun: "00:00-24:00", holidays: town}}
departments:
  gp: {title: {en: doctor}, hours: clinic, answer_within: 10m, reply_within: 60m}
slots:
  name: {type: text, max: 80, fills: patient.name, label: {en: Name}, ask: {en: "What is your name?"}}
ladders:
  doctor: [{after: 10m, say: {en: "Call {clinic.phone}."}}]
flows:
  visit: {start: hello, title: {en: Visit}}
parts:
  hello:
    - ask: name
    - hand_over: gp
      ladder: doctor
      closed: shut
      nobody: shut
    - end: {en: "Goodbye"}
  shut:
    - end: {en: %q}
`, holidays, shut)
}

// A holiday is a fact of today and holds for who is in the middle; a text is the
// version's and does not. Both are changed under one running conversation.
func TestAHolidayAndATextUnderARunningConversation(t *testing.T) {
	v := newTown(t, nil)
	london, err := time.LoadLocation("Europe/London")
	require.NoError(t, err)
	day := func(days int) string { return time.Now().In(london).AddDate(0, 0, days).Format("2006-01-02") }
	v.put("flow.yaml", holidayFlow("{"+day(200)+": closed}", "Closed, says the old text. Call {clinic.phone} or {emergency.phone}."))
	v.start()
	defer http.DefaultClient.CloseIdleConnections()
	p := v.newPatient()
	v.put("flow.yaml", holidayFlow("{"+day(-1)+".."+day(1)+": closed, "+day(200)+": closed}", "Closed, says the new text. Call {clinic.phone} or {emergency.phone}."))
	said, code := v.flow("publish")
	require.Equal(t, exitDone, code, said)
	v.again(p)
	p.do(fields{"do": "send", "text": "Patient One"})
	require.Contains(t, p.texts(), "Closed, says the old text.")
	next := v.newPatient()
	next.do(fields{"do": "send", "text": "Patient Two"})
	require.Contains(t, next.texts(), "Closed, says the new text.")
}
