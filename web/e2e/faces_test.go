//go:build browser

package e2e

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// wellMade holds every face to what can be counted: nothing runs off sideways,
// everything that is pressed is large enough for a thumb, and has a name.
func (p *person) wellMade(host, face string) {
	p.t.Helper()
	p.picture(face)
	faults, err := ask[[]string](p, host, `(() => {
		const out = [], page = document.scrollingElement;
		if (page.scrollWidth > innerWidth) out.push("scrolls sideways: " + page.scrollWidth + " > " + innerWidth + ", by " + [...document.body.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.outerHTML.slice(0, 60)).slice(0, 3).join(" | "));
		for (const e of document.querySelectorAll("button, input:not([type=checkbox]):not([type=radio]), select, textarea, summary, a[href^='tel:']")) {
			const r = e.getBoundingClientRect();
			if (r.width === 0 || (e.tagName !== "SUMMARY" && e.closest("details:not([open])"))) continue;
			const name = e.getAttribute("aria-label") || e.textContent || (e.labels && e.labels[0] && e.labels[0].textContent) || "";
			if (!name.trim()) out.push("no name: " + e.outerHTML.slice(0, 90));
			if (r.height < 43.5) out.push("low: " + r.height + " " + e.outerHTML.slice(0, 90));
			if (r.right > innerWidth + 1 || r.left < -1) out.push("off the screen: " + e.outerHTML.slice(0, 90));
		}
		return out;
	})()`)
	require.NoError(p.t, err)
	require.Empty(p.t, faults, face)
}

func (p *person) resize(width, height int64) {
	p.t.Helper()
	require.NoError(p.t, chromedp.Do(p.ctx, chromedp.EmulateViewport(width, height)))
}

func (p *person) light() {
	p.t.Helper()
	_, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{})
	require.NoError(p.t, err)
}

// A visit on a phone and a tablet, in the dark, in Russian: every face of widget,
// console and join page.
func TestFaces(t *testing.T) {
	h := demo(t)
	patient := sit(t, "patient", look{width: 390, height: 844, dark: true, language: "ru", camera: film(t, figureOfPatient)})
	doctor := sit(t, "doctor", look{width: 1024, height: 768, dark: true, language: "ru", camera: film(t, figureOfDoctor)})

	doctor.open(h.console())
	doctor.sees(h.bedside, "#login")
	doctor.wellMade(h.bedside, "console-signin-dark")
	doctor.signsIn(h)
	doctor.reads(h.bedside, "Никто не ждёт.")
	doctor.wellMade(h.bedside, "console-empty-dark")

	patient.open(h.page + "ru/")
	patient.picture("launcher-390")
	patient.opensWidget(h)
	patient.press(h.bedside, `[data-option="doctor"]`)
	patient.reads(h.bedside, "Как вас зовут?")
	patient.wellMade(h.bedside, "widget-question-dark-390")
	patient.types(h.bedside, ".composer", "Пациент Первый")
	patient.press(h.bedside, `[data-option="pain"]`)
	patient.press(h.bedside, `[data-option="yes"]`)
	patient.sees(h.bedside, ".skip")
	patient.wellMade(h.bedside, "widget-optional-dark-390")
	patient.press(h.bedside, ".skip")
	patient.sees(h.bedside, `[data-phase="waiting"]`)
	patient.wellMade(h.bedside, "widget-waiting-dark-390")

	doctor.press(h.bedside, ".waiting-list .head-row")
	doctor.sees(h.bedside, `[data-act="claim"]`)
	doctor.wellMade(h.bedside, "console-waiting-dark")
	doctor.press(h.bedside, `[data-act="claim"]`)
	doctor.press(h.bedside, `[data-act="escalate"]`)
	patient.sees(h.bedside, ".call-card .join")
	patient.wellMade(h.bedside, "widget-invited-dark-390")
	doctor.sees(h.bedside, `[data-act="join"]`)
	patient.press(h.bedside, ".call-card .join")
	doctor.press(h.bedside, `[data-act="join"]`)
	patient.seesMoving(h)
	doctor.seesMoving(h)
	patient.wellMade(h.bedside, "widget-call-dark-390")
	doctor.wellMade(h.bedside, "console-call-dark")
	doctor.resize(390, 844)
	doctor.wellMade(h.bedside, "console-call-dark-390")
	doctor.press(h.bedside, ".pane:not([hidden]) .more summary")
	doctor.wellMade(h.bedside, "console-more-dark-390")
	doctor.press(h.bedside, ".pane:not([hidden]) .more summary")
	doctor.light()
	doctor.wellMade(h.bedside, "console-call-390")
	doctor.press(h.bedside, `[data-act="hang-up"]`)
	patient.missing(h.bedside, ".call-card")
	patient.press(h.bedside, ".menu-button")
	patient.wellMade(h.bedside, "widget-menu-dark-390")
	patient.press(h.bedside, `.menu [data-act="end"]`)
	patient.press(h.bedside, ".menu .bad")
	patient.sees(h.bedside, ".ending")
	patient.wellMade(h.bedside, "widget-closed-dark-390")

	key := strings.Repeat("x", 40)
	patient.open("http://" + h.bedside + "/join/unknown#" + key)
	patient.sees(h.bedside, `[data-face="dead"]`)
	at, err := ask[string](patient, h.bedside, `location.href`)
	require.NoError(t, err)
	require.NotContains(t, at, key, "the visit key stays in no address")
	patient.wellMade(h.bedside, "join-dead-dark-390")
}
