//go:build browser

package e2e

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// without takes a part of the machine away: Chromium's own fakes cannot be unplugged.
const without = `((kind, part) => {
	const media = navigator.mediaDevices, ask = media.getUserMedia.bind(media), list = media.enumerateDevices.bind(media);
	media.getUserMedia = (what) => (what[part] ? Promise.reject(new DOMException("none", "NotFoundError")) : ask(what));
	media.enumerateDevices = () => list().then((all) => all.filter((d) => d.kind !== kind));
})`

// checks has the device tried while a doctor is waited for, on a machine that lacks a
// part, and reads what comes of it.
func (p *person) checks(h *house, lacks, verdict string) {
	p.t.Helper()
	p.does(h.bedside, without+map[string]string{"camera": `("videoinput", "video")`, "microphone": `("audioinput", "audio")`}[lacks])
	p.press(h.bedside, ".besides [data-act=check]")
	p.press(h.bedside, "[data-act=start-check]")
	p.sees(h.bedside, `.checks [data-part="`+lacks+`"][data-state="bad"]`)
	p.until(h.bedside, "is told what it means", `document.querySelector(".check .verdict").textContent === `+quote(verdict))
}

// Who has no camera is put the call with sound only first, with the reason, and comes
// in so; the doctor has read it before.
func TestTheWayInWithoutACamera(t *testing.T) {
	h := served(t)
	patient, doctor := sit(t, "patient", look{width: 390, height: 844}), sit(t, "doctor", look{})
	patient.listens()
	patient.open("http://" + h.bedside + "/widget/?site=clinic")
	patient.answersAll(h, "Patient One")
	why := "No camera was found. You join with sound only, without your picture."
	patient.checks(h, "camera", why)
	patient.missing(h.bedside, ".check [data-act=sound]") // nothing is left to choose
	patient.everyway(h.bedside, "panel-check-no-camera")
	patient.press(h.bedside, "[data-act=finish-check]")
	doctor.signsIn(h)
	doctor.takes(h)
	doctor.reads(h.bedside, "sound only, no camera")
	doctor.press(h.bedside, `[data-act="escalate"]`)
	patient.sees(h.bedside, ".call-card .ways .buttons > .sound-only:first-child:not(.plain)")
	patient.sees(h.bedside, ".call-card .join.plain")
	patient.reads(h.bedside, why)
	patient.until(h.bedside, "hears why", `window.heard.join(" ").includes(`+quote(why)+`)`)
	patient.everyway(h.bedside, "panel-way-sound")
	patient.press(h.bedside, ".call-card .sound-only")
	patient.hearsOnly(h)
}

// Who has no microphone is put the telephone first; Join is within reach, and brings
// them in all the same.
func TestTheWayInWithoutAMicrophone(t *testing.T) {
	h := served(t)
	patient, doctor := h.waits(t, "Patient One"), sit(t, "doctor", look{})
	why := "No microphone was found. The telephone is the surer way. You can still join here."
	patient.checks(h, "microphone", why)
	patient.press(h.bedside, "[data-act=finish-check]")
	doctor.signsIn(h)
	doctor.takes(h)
	doctor.press(h.bedside, `[data-act="escalate"]`)
	patient.sees(h.bedside, `.call-card .ways .buttons > a[href^="tel:"]:first-child:not(.plain)`)
	patient.reads(h.bedside, why)
	patient.everyway(h.bedside, "panel-way-phone")
	patient.press(h.bedside, ".call-card .join.plain")
	patient.press(h.bedside, `[data-act="all-the-same"]`)
	patient.comesIn(h)

	patient.press(h.bedside, ".stage .out")
	patient.sees(h.bedside, ".call-card .join:first-child:not(.plain)") // it has worked
	told, err := ask[bool](patient, h.bedside, visible(".call-card .why"))
	require.NoError(t, err)
	require.False(t, told)
}
