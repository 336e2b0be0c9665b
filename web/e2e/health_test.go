//go:build browser

package e2e

import (
	"io"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/trueconf/standin"
)

// leadSignsIn opens the Health page as the admin.
func (p *person) leadSignsIn(h *house) {
	p.t.Helper()
	p.open(h.console() + "#health")
	p.sees(h.bedside, "#login")
	_, err := ask[bool](p, h.bedside, `(document.querySelector("#login").value = "lead", document.querySelector("#password").value = `+quote(h.password)+`, document.querySelector(".sign-in form").requestSubmit(), true)`)
	require.NoError(p.t, err)
	p.sees(h.bedside, ".health")
}

// The Health page in every state, by light and in the dark, on a desk and a phone.
func TestHealthPage(t *testing.T) {
	t.Parallel() // one of the long ones
	axe := checker(t)
	h := served(t)
	lead := sit(t, "lead", look{})
	lead.leadSignsIn(h)
	lead.wellMade(h.bedside, "health-empty")
	lead.accessible(h.bedside, axe, "health, before the first run")
	lead.sees(h.bedside, `[data-check="room.removed"]`)
	lead.until(h.bedside, "everything works", `document.querySelectorAll('[data-verdict="failed"]').length === 0`)
	lead.wellMade(h.bedside, "health-good")
	lead.accessible(h.bedside, axe, "health, all well")

	h.tc.SetSwitches(func(w *standin.Switches) {
		w.OwnIDs = standin.OwnIDRefused
		w.Troubles = []standin.Trouble{{Kind: standin.Trouble500, On: standin.EndpointUsers}}
	})
	lead.until(h.bedside, "may look again", visible(`[data-act="check-now"]`)+` && !document.querySelector('[data-act="check-now"]').disabled`)
	lead.untilAgain(h)
	lead.sees(h.bedside, `[data-check="scope.users"][data-verdict="failed"] .cure`)
	lead.everyway(h.bedside, "health-bad")
	lead.accessible(h.bedside, axe, "health, not well")

	russian := sit(t, "russian", look{width: 390, height: 844, dark: true, language: "ru"})
	russian.leadSignsIn(h)
	russian.sees(h.bedside, `[data-check="scope.users"] .cure`)
	russian.wellMade(h.bedside, "health-bad-ru-dark-390")
	russian.resize(1280, 800)
	russian.wellMade(h.bedside, "health-bad-ru-dark")

	_, err := ask[bool](russian, h.bedside, `(localStorage.setItem("bedside-console-set/language", "ar-XB"), location.reload(), true)`)
	require.NoError(t, err)
	russian.until(h.bedside, "is turned round", `document.documentElement.dir === "rtl" && `+visible(`[data-check="scope.users"] .cure`))
	russian.wellMade(h.bedside, "health-rtl")

	doctor := sit(t, "doctor", look{})
	doctor.open(h.console())
	doctor.signsIn(h)
	doctor.press(h.bedside, `[data-place="health"]`)
	doctor.reads(h.bedside, "Video works.")
	doctor.missing(h.bedside, ".health-line")
	doctor.wellMade(h.bedside, "health-doctor")

	h.server.stop()
	lead.until(h.bedside, "reads that it cannot be read", `document.body.innerText.includes("cannot be read just now")`)
	lead.wellMade(h.bedside, "health-unread")
}

// untilAgain presses Check now as soon as it may.
func (p *person) untilAgain(h *house) {
	p.t.Helper()
	p.until(h.bedside, "checks are run again", `(() => {
		const b = document.querySelector('[data-act="check-now"]');
		if (b.textContent !== "Check now") return true;
		if (!b.disabled) b.click();
		return false;
	})()`)
}

// When TrueConf goes, doctor and patient know before their next click; when it is
// back, they know that.
func TestNoVideoIsSaidBeforeTheNextClick(t *testing.T) {
	t.Parallel() // one of the long ones
	axe := checker(t)
	h := served(t)
	patient, doctor := h.waits(t, "Patient One"), sit(t, "doctor", look{})
	doctor.signsIn(h)
	doctor.takes(h)
	doctor.press(h.bedside, `[data-act="escalate"]`)
	patient.sees(h.bedside, ".call-card .join")

	h.tc.SetSwitches(func(w *standin.Switches) { w.Troubles = []standin.Trouble{{Kind: standin.TroubleCut}} })
	doctor.reads(h.bedside, "Video is not available since")
	doctor.reads(h.bedside, "TrueConf Server does not answer.")
	patient.reads(h.bedside, "Video is not available just now.")
	doctor.everyway(h.bedside, "console-no-video")
	doctor.accessible(h.bedside, axe, "console without video")
	patient.everyway(h.bedside, "panel-no-video")
	russian := sit(t, "russian", look{dark: true, language: "ru"})
	russian.open(h.console())
	russian.signsIn(h)
	russian.reads(h.bedside, "Видео недоступно с")
	russian.wellMade(h.bedside, "console-no-video-ru-dark")
	require.Contains(t, h.metrics(t), "bedside_trueconf_up 0\n")

	h.tc.SetSwitches(func(w *standin.Switches) { w.Troubles = nil })
	doctor.reads(h.bedside, "Video is available again.")
	patient.until(h.bedside, "no longer reads it", `!document.body.innerText.includes("Video is not available just now.")`)
	doctor.missing(h.bedside, `[data-cause="video"]`)
	require.Contains(t, h.metrics(t), "bedside_trueconf_up 1\n")
}

func (h *house) metrics(t *testing.T) string {
	t.Helper()
	r, err := http.NewRequest(http.MethodGet, "http://127.0.0.1"+h.bedside[len("bedside.localhost"):]+"/metrics", nil)
	require.NoError(t, err)
	resp, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	return string(text)
}
