//go:build browser

package e2e

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/trueconf/standin"
)

// A frame in which nothing shows: after ten seconds the new tab is put first; a
// tab that is blocked leaves a link, and the app is next; an app that is not
// installed says where it is had, and Join still mints anew.
func TestTheWaysDownToThePhone(t *testing.T) {
	t.Parallel() // one of the long ones
	h := servedAs(t, "", "refuse_frames")
	patient, _ := h.invited(t, look{})
	patient.press(h.bedside, ".more-ways")
	patient.sees(h.bedside, ".call-card .ways .phone")
	patient.everyway(h.bedside, "panel-ways")
	patient.press(h.bedside, ".call-card .join")
	patient.sees(h.bedside, ".call-frame")
	patient.reads(h.bedside, "Do you not see the call here?")
	patient.everyway(h.bedside, "panel-nothing-seen")

	_, err := ask[bool](patient, h.bedside, `(window.realOpen = window.open, window.open = () => null, true)`)
	require.NoError(t, err)
	patient.press(h.bedside, `[data-act="new-tab-now"]`)
	patient.sees(h.bedside, `a[data-act="open-here"]`)
	patient.sees(h.bedside, ".call-card .app:not(.plain)")
	patient.everyway(h.bedside, "panel-tab-blocked")

	patient.withoutApp(h)
	patient.press(h.bedside, ".call-card .app")
	patient.reads(h.bedside, "The app did not open.")
	get, err := ask[string](patient, h.bedside, `document.querySelector('[data-act="get-app"]').href`)
	require.NoError(t, err)
	require.Equal(t, "https://downloads.example/trueconf/linux/store", get, "as the server names it")
	patient.sees(h.bedside, ".call-card .ways .phone:not(.plain)")
	patient.everyway(h.bedside, "panel-no-app")

	_, err = ask[bool](patient, h.bedside, `(window.open = window.realOpen, true)`)
	require.NoError(t, err)
	tabs := patient.tabs(h)
	patient.press(h.bedside, ".call-card .new-tab")
	require.Eventually(t, func() bool { return patient.tabs(h) == tabs+1 }, patience, tick)
	patient.reads(h.bedside, "The call is in the new tab.")
	h.switches(func(w *standin.Switches) { w.RefuseFrames = false })
	patient.press(h.bedside, ".call-card .join")
	patient.sees(h.bedside, ".call-frame")
}

// Where the server names no apps, it is the server's own page.
func TestWhereTheAppIsHad(t *testing.T) {
	h := served(t, "no_standalone")
	patient, _ := h.invited(t, look{})
	patient.press(h.bedside, ".more-ways")
	patient.withoutApp(h)
	patient.press(h.bedside, ".call-card .app")
	patient.until(h.bedside, "is told where the app is had", `document.querySelector('[data-act="get-app"]')?.href === `+quote("http://"+h.trueconf+"/"))
}

// A server whose page does not come: said after ten seconds, and the frame stays.
func TestAFrameThatDoesNotCome(t *testing.T) {
	h := served(t, "hang=page:20s:1")
	patient, _ := h.invited(t, look{})
	patient.press(h.bedside, ".call-card .join")
	patient.reads(h.bedside, "The video server's page does not appear.")
	patient.everyway(h.bedside, "panel-frame-silent")
	patient.comesIn(h) // it was only slow
	patient.until(h.bedside, "is no longer told so", `!document.body.innerText.includes("does not appear")`)
}

// withoutApp has nothing happen when the page asks for the app. Chromium for Linux
// would ask whether to open it, though nothing is there that could be.
func (p *person) withoutApp(h *house) {
	p.t.Helper()
	_, err := ask[bool](p, h.bedside, `((click) => { HTMLAnchorElement.prototype.click = function () { if (!this.href.startsWith("trueconf:")) click.call(this) }; return true })(HTMLAnchorElement.prototype.click)`)
	require.NoError(p.t, err)
}

// tabs counts the tabs in which the person has the call.
func (p *person) tabs(h *house) int {
	p.t.Helper()
	all, err := p.targets()
	require.NoError(p.t, err)
	n := 0
	for _, info := range all {
		if info.Type == "page" && strings.Contains(info.URL, h.trueconf[strings.LastIndex(h.trueconf, ":"):]+"/webrtc/") {
			n++
		}
	}
	return n
}
