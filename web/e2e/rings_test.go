//go:build browser

package e2e

import (
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// bellEars counts the tones that a page makes and the times that it shakes, notes
// every title, and lets the person look away.
const bellEars = `
	window.tones = 0; window.shakes = 0; window.titles = new Set(); window.away = false;
	const start = OscillatorNode.prototype.start;
	OscillatorNode.prototype.start = function (...args) { window.tones++; return start.apply(this, args); };
	navigator.vibrate = (p) => { if (p.length) window.shakes++; return true; };
	document.hasFocus = () => !window.away;
	addEventListener("DOMContentLoaded", () => new MutationObserver(() => titles.add(document.title)).observe(document.querySelector("title"), { childList: true }));`

func (p *person) does(host, script string) {
	p.t.Helper()
	_, err := ask[bool](p, host, "("+script+", true)")
	require.NoError(p.t, err)
}

func (p *person) tones(h *house) int {
	p.t.Helper()
	n, err := ask[int](p, h.bedside, "window.tones")
	require.NoError(p.t, err)
	return n
}

// Whoever looks elsewhere is fetched: softly for a doctor, by a ring that comes
// again for a call, until it is joined. Who has the chat before them hears
// nothing, and neither does who has turned the sound off.
func TestRings(t *testing.T) {
	h := served(t)
	p, doctor := sit(t, "patient", look{width: 390, height: 844}), sit(t, "doctor", look{})
	_, err := chromedp.Call(p.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: bellEars})
	require.NoError(t, err)
	panel := "http://" + h.bedside + "/widget/?site=clinic"
	p.open(panel)
	p.answersAll(h, "Patient One") // the presses wake the bell
	p.does(h.bedside, "away = true")
	doctor.signsIn(h)
	doctor.takes(h)
	p.until(h.bedside, "hears that a doctor has come", "tones === 2 && shakes === 1")
	p.does(h.bedside, "away = false")
	doctor.types(h.bedside, write, "Good day!")
	p.reads(h.bedside, "Good day!")
	require.Equal(t, 2, p.tones(h), "who looks is not rung")

	p.does(h.bedside, "away = true")
	doctor.press(h.bedside, `[data-act="escalate"]`)
	p.until(h.bedside, "hears the call ring again and again", "tones >= 2 + 3 * 4 && shakes >= 4")
	p.until(h.bedside, "reads it in the title", `titles.has("Video call!") && titles.has("Harbour Clinic")`)
	p.press(h.bedside, ".call-card .join")
	p.sees(h.bedside, ".call-frame")
	p.until(h.bedside, "has its title again", `document.title === "Harbour Clinic"`)
	rung := p.tones(h)
	doctor.press(h.bedside, `[data-act="hang-up"]`)
	p.missing(h.bedside, ".call-frame")

	p.press(h.bedside, ".menu-button")
	p.press(h.bedside, `.menu [data-act="mute"]`)
	p.reads(h.bedside, "Turn the sound on")
	p.open(panel) // it is remembered
	p.press(h.bedside, ".menu-button")
	p.reads(h.bedside, "Turn the sound on")
	p.press(h.bedside, ".menu-button")
	p.does(h.bedside, "(away = true, titles.clear())")
	doctor.press(h.bedside, `[data-act="escalate"]`)
	p.until(h.bedside, "reads it in the title all the same", `titles.has("Video call!")`)
	require.Zero(t, p.tones(h), "the sound is off")
	require.GreaterOrEqual(t, rung, 2+3*4)
	p.does(h.bedside, `(away = false, document.dispatchEvent(new Event("visibilitychange")))`)
	p.until(h.bedside, "has seen it", `document.title === "Harbour Clinic"`)
}
