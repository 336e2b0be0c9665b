//go:build browser

package e2e

import (
	"testing"

	"github.com/chromedp/cdproto/browser"
	"github.com/stretchr/testify/require"

	"bedside/trueconf/standin"
)

// invited brings a patient to an open invitation, and gives the doctor.
func (h *house) invited(t *testing.T, l look) (patient, doctor *person) {
	t.Helper()
	if l.width == 0 {
		l.width, l.height = 390, 844
	}
	patient, doctor = sit(t, "patient", l), sit(t, "doctor", look{})
	patient.open("http://" + h.bedside + "/widget/?site=clinic")
	patient.answersAll(h, "Patient One")
	doctor.signsIn(h)
	doctor.takes(h)
	doctor.press(h.bedside, `[data-act="escalate"]`)
	patient.sees(h.bedside, ".call-card .join")
	return patient, doctor
}

// Before the browser asks for camera and microphone a sentence says so, once on a
// device; the same press goes on.
func TestASentenceBeforeTheBrowserAsks(t *testing.T) {
	h := served(t)
	patient, _ := h.invited(t, look{asks: true})
	patient.press(h.bedside, ".call-card .join")
	patient.reads(h.bedside, "Your browser will now ask")
	patient.missing(h.bedside, ".call-card .join")
	patient.everyway(h.bedside, "panel-explained")
	patient.press(h.bedside, `[data-act="go-on"]`)
	patient.comesIn(h)
	patient.until(h.trueconf, "is seen", `!document.getElementById("self").classList.contains("blank")`)

	patient.press(h.bedside, ".stage .out")
	patient.press(h.bedside, ".call-card .join")
	patient.comesIn(h)
	asked, err := ask[int](patient, h.bedside, `document.querySelectorAll('[data-act="go-on"]').length`)
	require.NoError(t, err)
	require.Zero(t, asked, "once on a device")
}

// After a refusal a picture says what to press. Once it is allowed, the press
// beside it brings the call; nothing has to be loaded anew.
func TestAPictureAfterARefusal(t *testing.T) {
	h := served(t)
	patient, _ := h.invited(t, look{asks: true})
	permit(t, patient.ctx, browser.PermissionSettingDenied, "camera", "microphone")
	patient.press(h.bedside, ".call-card .join")
	patient.sees(h.bedside, ".doorstep .picture")
	patient.reads(h.bedside, "The browser does not let this page use camera and microphone.")
	patient.sees(h.bedside, `[data-act="sound-only"]`)
	patient.sees(h.bedside, ".more-ways")
	patient.everyway(h.bedside, "panel-refused")
	permit(t, patient.ctx, browser.PermissionSettingGranted, "camera", "microphone")
	patient.press(h.bedside, `[data-act="try-again"]`)
	patient.comesIn(h)
	patient.missing(h.bedside, ".doorstep .picture")
}

// With sound only the browser itself keeps the camera from the call, though its
// page asks for it; who refuses the camera alone comes in so.
func TestSoundOnly(t *testing.T) {
	h := served(t)
	patient, _ := h.invited(t, look{asks: true})
	permit(t, patient.ctx, browser.PermissionSettingGranted, "microphone")
	permit(t, patient.ctx, browser.PermissionSettingDenied, "camera")
	patient.press(h.bedside, ".call-card .join")
	patient.press(h.bedside, `[data-act="sound-only"]`)
	patient.hearsOnly(h)

	permit(t, patient.ctx, browser.PermissionSettingGranted, "camera")
	patient.press(h.bedside, ".stage .out")
	patient.press(h.bedside, ".call-card .sound-only")
	patient.hearsOnly(h)
	allowed, err := ask[string](patient, h.bedside, `document.querySelector(".call-frame").allow`)
	require.NoError(t, err)
	require.NotContains(t, allowed, "camera")
	patient.everyway(h.bedside, "panel-sound-only")

	patient.press(h.bedside, ".stage .out")
	patient.press(h.bedside, ".call-card .join")
	patient.until(h.trueconf, "is seen", `!document.getElementById("self").classList.contains("blank")`)
}

// hearsOnly waits until the call's page has a microphone and no camera.
func (p *person) hearsOnly(h *house) {
	p.t.Helper()
	p.until(h.trueconf, "has a microphone alone", `document.getElementById("camera").getAttribute("aria-pressed") === "true" && document.getElementById("mic").getAttribute("aria-pressed") === "false"`)
}

// What a call's page does that is given no camera is not known: where it gives
// up, the next way is put first.
func TestSoundOnlyWhereTheCallWantsACamera(t *testing.T) {
	h := served(t, "no_camera=refuses")
	patient, _ := h.invited(t, look{})
	patient.press(h.bedside, ".call-card .sound-only")
	patient.reads(h.bedside, "This browser cannot show the call here.")
	patient.sees(h.bedside, ".call-card .new-tab:not(.plain)")
	patient.sees(h.bedside, ".call-card .join")
	h.switches(func(w *standin.Switches) { w.NoCamera = standin.NoCameraSilent })
	patient.press(h.bedside, ".call-card .sound-only")
	patient.comesIn(h)
	patient.press(h.bedside, ".stage .trouble")
	patient.sees(h.bedside, ".doorstep .picture")
	patient.everyway(h.bedside, "panel-help")
}
