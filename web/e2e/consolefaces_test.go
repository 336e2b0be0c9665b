//go:build browser

package e2e

import (
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// screens are what consoles are seen on: a small desk, tablets, a phone, and a
// small desk at twice the text size.
var screens = [][2]int64{{1280, 720}, {1024, 768}, {820, 1180}, {390, 844}, {640, 360}}

// everywhere looks at a face of the console on every screen, by light and in the
// dark, and leaves the person at the small desk.
func (p *person) everywhere(host, face string) {
	p.t.Helper()
	for _, s := range screens {
		p.resize(s[0], s[1])
		for _, theme := range []string{"light", "dark"} {
			p.inTheme(theme)
			p.wellMade(host, fmt.Sprintf("%s-%s-%dx%d", face, theme, s[0], s[1]))
		}
	}
	p.inTheme("light")
	p.resize(1280, 720)
}

// Every state of the console that a doctor meets, in English and Russian, on every
// screen, held to WCAG.
func TestConsoleFaces(t *testing.T) {
	t.Parallel() // one of the long ones
	for _, language := range []string{"en", "ru"} {
		t.Run(language, func(t *testing.T) {
			axe := checker(t)
			h := busy(t, "")
			doctor := sit(t, "doctor", look{width: 1280, height: 720, language: language})
			face := func(name string) {
				t.Helper()
				doctor.everywhere(h.bedside, "console-"+name+"-"+language)
				doctor.accessible(h.bedside, axe, name)
			}
			doctor.signsIn(h)
			doctor.sees(h.bedside, `.ready [data-of="camera"][data-standing="ok"]`)
			face("morning")
			doctor.press(h.bedside, `[data-act="ready-later"]`)
			doctor.missing(h.bedside, ".ready")
			face("empty")

			anna := h.comes(t, "Patient One with a Rather Long Double-Name", "1958-03-07", "It began on Monday, with a rash.")
			doctor.takesNext(h)
			h.comes(t, "Patient Two", "2025-05-01", "y")
			h.comes(t, "Пациент Третий", "2001-02-03", "z")
			doctor.until(h.bedside, "sees who waits", `document.querySelectorAll(".waiting-list .head-row").length === 2`)
			doctor.press(h.bedside, `.waiting-list .head-row`)
			doctor.sees(h.bedside, `.pane:not([hidden]) [data-act="claim"]`)
			doctor.focused(h.bedside, writing)
			doctor.writesByHand("Ask about the rash first")
			anna.types(h.bedside, ".composer", "Doctor, are you there? It itches more than before.")
			doctor.sees(h.bedside, ".mine-list .unread")
			face("waiting")
			doctor.press(h.bedside, ".mine-list .head-row")
			doctor.reads(h.bedside, "It itches more")
			doctor.sees(h.bedside, ".tabs .draft")
			face("working")
			doctor.press(h.bedside, ".me > summary")
			face("menu")
			doctor.press(h.bedside, ".me > summary")
			doctor.press(h.bedside, "#find")
			doctor.writesByHand("zzz")
			doctor.sees(h.bedside, ".finder .empty:not(:empty)")
			face("nobody-found")
			doctor.press(h.bedside, "#find")
			doctor.strikes("Escape", "Escape")
			doctor.press(h.bedside, ".usual h2")
			doctor.strikes("Slash", "?", shift)
			doctor.sees(h.bedside, ".sheet")
			face("keys")
			doctor.strikes("Escape", "Escape")

			h.server.stop()
			doctor.sees(h.bedside, ".desktop > .notice")
			doctor.press(h.bedside, "#find")
			doctor.writesByHand("anna")
			doctor.sees(h.bedside, ".finder button")
			face("offline")
			doctor.open("about:blank")
		})
	}
}

// Looks, language and keys are remembered on the machine; no draft suffers.
func TestLooksAreRemembered(t *testing.T) {
	h := busy(t, "")
	doctor := sit(t, "doctor", look{width: 1280, height: 720})
	doctor.signsIn(h)
	h.comes(t, "Anna Petrova", "1958-03-07", "x")
	doctor.takesNext(h)
	doctor.focused(h.bedside, writing)
	doctor.writesByHand("Half a sent")
	doctor.press(h.bedside, ".me > summary")
	doctor.press(h.bedside, `.me input[value="dark"]`)
	doctor.until(h.bedside, "sits in the dark", `document.documentElement.dataset.theme === "dark"`)
	doctor.press(h.bedside, `.me input[value="ru"]`)
	doctor.reads(h.bedside, "Пишете: Anna Petrova, 68 лет")
	doctor.value(h.bedside, writing, "Half a sent")
	doctor.open(h.console())
	doctor.reads(h.bedside, "Пишете: Anna Petrova, 68 лет")
	doctor.until(h.bedside, "still sits in the dark", `document.documentElement.dataset.theme === "dark" && document.documentElement.lang === "ru"`)
	doctor.value(h.bedside, writing, "Half a sent")
}

// Who is no doctor has a face too: an admin sees who waits and reads nothing, an
// auditor has no lists at all.
func TestConsoleOfThoseWhoAreNoDoctors(t *testing.T) {
	axe := checker(t)
	h := busy(t, "")
	h.comes(t, "Anna Petrova", "1958-03-07", "x")
	for _, login := range []string{"lead", "auditor1"} {
		p := sit(t, login, look{width: 1280, height: 720})
		other := *h
		other.login = login
		p.triesTheDoor(&other)
		p.sees(h.bedside, ".shell")
		_, err := ask[bool](p, h.bedside, `(location.hash = "conversations", true)`)
		require.NoError(t, err)
		p.reads(h.bedside, "Conversations are for doctors")
		if login == "lead" {
			p.reads(h.bedside, "Anna Petrova")
			p.missing(h.bedside, "button.head-row")
		} else {
			p.missing(h.bedside, ".lists")
		}
		p.everywhere(h.bedside, "console-"+login)
		p.accessible(h.bedside, axe, login)
	}
}

// A list of five hundred who wait stays quick: one of them that changes moves one
// row and leaves the others as they are.
func TestFiveHundredWait(t *testing.T) {
	h := served(t)
	doctor := sit(t, "doctor", look{width: 1280, height: 720})
	_, err := chromedp.Call(doctor.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
		Source: `window.WebSocket = class { constructor() { throw new Error("no sockets here") } };
			window.crowd = Array.from({ length: 500 }, (_, i) => ({ id: "c_" + i, phase: "waiting", seq: 1, department: i % 2 ? "skin" : "gp",
				patient: "Patient " + i, born: "1958-03-07", language: "ru", since: new Date(Date.now() - i * 30000).toISOString() }));
			{ const real = window.fetch; window.fetch = async (to, how) => String(to).includes("/conversations?") ? new Response(JSON.stringify({ heads: window.crowd })) : real(to, how) }`,
	})
	require.NoError(t, err)
	doctor.signsIn(h)
	const rows = `document.querySelectorAll(".waiting-list .head-row").length === 500`
	doctor.until(h.bedside, "sees them all", rows)
	doctor.wellMade(h.bedside, "console-crowd")
	first, err := ask[string](doctor, h.bedside, `document.querySelector(".waiting-list .head-row").dataset.head`)
	require.NoError(t, err)
	require.Equal(t, "c_498", first, "who has waited longest in the first department")
	_, err = ask[bool](doctor, h.bedside, `(window.changes = 0, new MutationObserver((all) => { for (const m of all) window.changes += [...m.addedNodes, ...m.removedNodes].filter((n) => n.nodeName === "LI").length })
		.observe(document.querySelector(".queues"), { childList: true, subtree: true }), window.crowd[250] = { ...window.crowd[250], priority: "emergency" }, true)`)
	require.NoError(t, err)
	doctor.until(h.bedside, "sees the emergency first", `document.querySelector(".waiting-list .head-row").dataset.head === "c_250"`)
	changes, err := ask[int](doctor, h.bedside, "window.changes")
	require.NoError(t, err)
	require.LessOrEqual(t, changes, 2, "out of its place and into the first")
	doctor.wellMade(h.bedside, "console-crowd-emergency")
}
