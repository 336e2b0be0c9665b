//go:build browser

package e2e

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// recorder writes down what is put into the page's live region, each piece with
// the language in which it is read out.
const recorder = `(() => {
	const heard = (window.heard = []);
	new MutationObserver((changes) => {
		for (const c of changes) for (const n of c.addedNodes) {
			if (!c.target.matches?.(".voice")) continue;
			heard.push([...n.querySelectorAll("span")].map((s) => "[" + s.lang + "] " + s.textContent.trim()).join(" "));
		}
	}).observe(document, { childList: true, subtree: true });
})()`

// listens has every page that is opened from here on recorded.
func (p *person) listens() {
	p.t.Helper()
	_, err := chromedp.Call(p.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: recorder})
	require.NoError(p.t, err)
}

// told waits until the region has said words, after what was looked at before,
// and gives all that came.
func (p *person) told(h *house, words string) []string {
	p.t.Helper()
	p.until(h.bedside, "hears "+words, `window.heard?.some((l) => l.includes(`+quote(words)+`))`)
	lines, err := ask[[]string](p, h.bedside, `window.heard.splice(0)`)
	require.NoError(p.t, err)
	return lines
}

// holdsStill proves that nobody has moved the focus away from the composer, and
// that there is one live region.
func (p *person) holdsStill(h *house) {
	p.t.Helper()
	p.until(h.bedside, "keeps the focus", `document.activeElement?.matches(".composer textarea")`)
	regions, err := ask[[]string](p, h.bedside, `[...document.querySelectorAll("[aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log], [role=timer], [role=marquee], output")].map((e) => e.outerHTML.slice(0, 80))`)
	require.NoError(p.t, err)
	require.Len(p.t, regions, 1, "one region speaks")
}

// What a blind patient hears of a whole visit, two reloads, a refusal and another
// language included: everything new once, in order, with its sender; of the
// history only how much of it is new, and where things stand.
func TestWhatAPatientHears(t *testing.T) {
	t.Parallel() // one of the long ones
	h := served(t)
	panel := "http://" + h.bedside + "/widget/?site=clinic"
	patient, doctor := sit(t, "patient", look{}), sit(t, "doctor", look{})
	patient.listens()
	var log []string
	part := func(name string, lines []string) { log = append(log, "== "+name, strings.Join(lines, "\n"), "") }

	patient.open(panel)
	part("the chat is opened", patient.told(h, "How can we help?"))
	patient.press(h.bedside, `[data-option="doctor"]`)
	part("a choice", patient.told(h, "What is your name?"))
	patient.types(h.bedside, ".composer", strings.Repeat("long ", 20))
	part("an answer that does not do", patient.told(h, "80"))
	patient.writes(h.bedside, "")
	patient.types(h.bedside, ".composer", "Patient One")
	part("an answer that does", patient.told(h, "What is the trouble?"))
	patient.open(panel)
	part("a reload in the middle of the questions", patient.told(h, "What is the trouble?"))
	patient.press(h.bedside, `[data-option="pain"]`)
	part("the next", patient.told(h, "three days?"))
	patient.press(h.bedside, `[data-option="yes"]`)
	part("one that may be skipped", patient.told(h, "skip this"))
	patient.press(h.bedside, ".skip")
	part("the queue", patient.told(h, "your place is kept"))

	patient.focusOn(h, ".composer textarea")
	doctor.signsIn(h)
	doctor.takes(h)
	part("a doctor comes", patient.told(h, "has taken over"))
	for _, words := range []string{"Good day!", "I have read what you wrote.", "Говорите ли вы по-русски?"} {
		doctor.types(h.bedside, write, words)
	}
	part("three messages at once", patient.told(h, "по-русски"))
	patient.holdsStill(h)
	patient.open(h.page) // elsewhere on the clinic's site
	doctor.types(h.bedside, write, "I am still here.")
	doctor.types(h.bedside, write, "Where did it begin?")
	doctor.missing(h.bedside, "[data-fate]")
	patient.open(panel)
	part("back from another page", patient.told(h, "Here is your conversation"))
	patient.focusOn(h, ".composer textarea")
	patient.types(h.bedside, ".composer", "Yes, I do.")
	doctor.reads(h.bedside, "Yes, I do.")
	doctor.press(h.bedside, `[data-act="escalate"]`)
	part("a call", patient.told(h, "Join"))
	patient.holdsStill(h)

	patient.open(panel)
	part("a reload while the call waits", patient.told(h, "Here is your conversation"))
	patient.press(h.bedside, ".call-card .join")
	part("the patient joins", patient.told(h, "You joined"))
	doctor.press(h.bedside, `[data-act="join"]`)
	part("the doctor joins", patient.told(h, "Doctor Two joined"))
	patient.press(h.bedside, ".speak")
	part("another language", patient.told(h, "Русский"))
	doctor.press(h.bedside, `[data-act="hang-up"]`)
	ended := patient.told(h, "Видеозвонок закончен.")
	for i := range ended { // said where both were seen inside for a second
		ended[i] = strings.TrimSuffix(ended[i], " Вы говорили меньше минуты.")
	}
	part("the end of the call", ended)
	doctor.press(h.bedside, `[data-act="finish"]`)
	doctor.press(h.bedside, `[data-act="sure"]`)
	part("the end of the conversation", patient.told(h, "разговор закончен"))
	patient.open(panel)
	part("a reload when it is over", patient.told(h, "Вот ваш разговор"))
	golden(t, "heard.golden", strings.Join(log, "\n"))
}

func (p *person) focusOn(h *house, selector string) {
	p.t.Helper()
	_, err := ask[bool](p, h.bedside, `(document.querySelector(`+quote(selector)+`).focus(), true)`)
	require.NoError(p.t, err)
}

// golden holds a text to the one that was looked at; BEDSIDE_UPDATE=1 writes it.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := "testdata/" + name
	if os.Getenv("BEDSIDE_UPDATE") != "" {
		require.NoError(t, os.WriteFile(path, []byte(got), 0o600))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), got, "if this is what should be heard, write it with BEDSIDE_UPDATE=1")
}

// Many messages, and a server that restarts among them: each is heard once, in
// its order.
func TestManyMessagesAreHeardInOrder(t *testing.T) {
	h := served(t)
	patient, doctor := sit(t, "patient", look{width: 390, height: 844}), sit(t, "doctor", look{})
	patient.listens()
	patient.open("http://" + h.bedside + "/widget/?site=clinic")
	patient.answersAll(h, "Patient One")
	doctor.signsIn(h)
	doctor.takes(h)
	patient.told(h, "has taken over")
	var want []string
	say := func(from, to int) {
		for i := from; i <= to; i++ {
			words := "Number " + strconv.Itoa(i) + "."
			want = append(want, "[en] Doctor Two: [en] "+words)
			doctor.types(h.bedside, write, words)
		}
	}
	say(1, 8)
	h.server.stop()
	say(9, 16)
	h.server = run(t, "serve", "-c", h.config)
	h.server.ready(h.bedside[strings.LastIndex(h.bedside, ":")+1:])
	say(17, 24)
	var heard []string
	for _, l := range patient.told(h, "Number 24.") {
		if strings.Contains(l, "Number") {
			heard = append(heard, l)
		}
	}
	require.Equal(t, want, heard)
}
