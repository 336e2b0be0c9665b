//go:build browser

package e2e

import (
	"net/url"
	"os"
	"testing"

	"github.com/chromedp/cdproto/browser"
	"github.com/stretchr/testify/require"
)

// checker is axe-core, which `make types` installs.
func checker(t *testing.T) string {
	t.Helper()
	script, err := os.ReadFile("../../.tools/node_modules/axe-core/axe.min.js")
	if err == nil {
		return string(script)
	}
	if os.Getenv("CI") == "true" {
		t.Fatalf("CI=true, but there is no axe-core; run npm ci --prefix .tools: %v", err)
	}
	t.Skip("skipped: no axe-core; npm ci --prefix .tools installs it")
	return ""
}

// accessible holds a face, by light and in the dark, to WCAG 2.1 A and AA as far
// as a machine can tell. A call's own frame is TrueConf's.
func (p *person) accessible(host, script, face string) {
	p.t.Helper()
	_, err := ask[bool](p, host, `(window.axe || (0, eval)(`+quote(script)+`), true)`)
	require.NoError(p.t, err)
	for _, theme := range []string{"light", "dark"} {
		p.inTheme(theme)
		p.until(host, "is still", `document.getAnimations().every((a) => a.playState !== "running" || a.effect.getTiming().iterations === Infinity)`)
		_, err := ask[bool](p, host, `(window.faults = null, axe.run(document, {
			iframes: false, resultTypes: ["violations"],
			runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] },
		}).then((r) => window.faults = r.passes.length < 5 ? ["hardly anything was looked at"] : r.violations.flatMap((v) => v.nodes.map((n) => v.id + ": " + n.html.slice(0, 160) + " – " + n.failureSummary)),
			(e) => window.faults = [String(e)]), true)`)
		require.NoError(p.t, err)
		p.until(host, "is looked through", `window.faults !== null`)
		faults, err := ask[[]string](p, host, `window.faults`)
		require.NoError(p.t, err)
		require.Empty(p.t, faults, "%s in the %s", face, theme)
	}
	p.inTheme("light")
}

// Every face of a visit, of both people, on a phone and a desk.
func TestAccessible(t *testing.T) {
	t.Parallel() // one of the long ones
	axe := checker(t)
	h := served(t)
	patient, doctor := sit(t, "patient", look{width: 390, height: 844}), sit(t, "doctor", look{})

	doctor.open(h.console())
	doctor.sees(h.bedside, "#login")
	doctor.accessible(h.bedside, axe, "sign-in")
	doctor.signsIn(h)
	doctor.accessible(h.bedside, axe, "empty console")

	patient.open(h.page)
	patient.until(h.clinic, "the launcher is there", `document.querySelector("bedside-widget")`)
	patient.accessible(h.clinic, axe, "launcher")
	patient.open("http://" + h.bedside + "/widget/?site=clinic")
	patient.sees(h.bedside, `[data-option="doctor"]`)
	patient.accessible(h.bedside, axe, "panel, asked")
	patient.answersAll(h, "Patient One")
	patient.accessible(h.bedside, axe, "panel, waiting")

	doctor.sees(h.bedside, ".waiting-list .head-row")
	doctor.accessible(h.bedside, axe, "console's lists")
	doctor.press(h.bedside, ".waiting-list .head-row")
	doctor.sees(h.bedside, `[data-act="claim"]`)
	doctor.accessible(h.bedside, axe, "a conversation that waits")
	doctor.press(h.bedside, `[data-act="claim"]`)
	doctor.sees(h.bedside, write+":not(.note)")
	doctor.types(h.bedside, write, "Good day!")
	patient.reads(h.bedside, "Good day!")
	patient.accessible(h.bedside, axe, "panel, consulting")
	doctor.press(h.bedside, ".pane:not([hidden]) .more summary")
	doctor.accessible(h.bedside, axe, "a conversation, with its menu")
	doctor.press(h.bedside, ".pane:not([hidden]) .more summary")

	doctor.press(h.bedside, `[data-act="escalate"]`)
	patient.sees(h.bedside, ".call-card .join")
	patient.accessible(h.bedside, axe, "panel, invited")
	doctor.sees(h.bedside, `[data-act="join"]`)
	doctor.accessible(h.bedside, axe, "console, room ready")
	patient.press(h.bedside, ".more-ways")
	patient.accessible(h.bedside, axe, "panel, other ways into the call")
	permit(t, patient.ctx, browser.PermissionSettingDenied, "camera", "microphone")
	patient.press(h.bedside, ".call-card .join")
	patient.sees(h.bedside, ".doorstep .picture")
	patient.accessible(h.bedside, axe, "panel, camera refused")
	permit(t, patient.ctx, browser.PermissionSettingGranted, "camera", "microphone")
	patient.press(h.bedside, `[data-act="try-again"]`)
	patient.sees(h.bedside, ".ring-again")
	patient.accessible(h.bedside, axe, "panel, alone in the call")
	doctor.sees(h.bedside, ".strip .waits")
	doctor.accessible(h.bedside, axe, "console, patient waits in the call")
	doctor.press(h.bedside, `[data-act="join"]`)
	patient.seesMoving(h)
	patient.accessible(h.bedside, axe, "panel, in the call")
	doctor.accessible(h.bedside, axe, "console, in the call")

	link, err := url.Parse(patient.joinLink(h))
	require.NoError(t, err)
	link.Host = h.bedside
	other := sit(t, "patient elsewhere", look{width: 390, height: 844})
	other.open(link.String())
	other.sees(h.bedside, ".join")
	other.accessible(h.bedside, axe, "join page")

	doctor.press(h.bedside, `[data-act="finish"]`)
	doctor.accessible(h.bedside, axe, "console, finish asked")
	doctor.press(h.bedside, `[data-act="sure"]`)
	patient.sees(h.bedside, ".ending")
	patient.accessible(h.bedside, axe, "panel, closed")

	patient.open("http://" + h.bedside + "/join/unknown#key")
	patient.sees(h.bedside, `[data-face="dead"]`)
	patient.accessible(h.bedside, axe, "join page, dead link")
}
