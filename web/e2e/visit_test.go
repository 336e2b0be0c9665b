//go:build browser

package e2e

import (
	"strconv"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// opens presses the launcher with the mouse: its shadow root is closed to scripts.
func (p *person) opensWidget(h *house) {
	p.t.Helper()
	p.until(h.clinic, "the launcher is there", `document.querySelector("bedside-widget")`)
	size, err := ask[[]float64](p, h.clinic, `[innerWidth, innerHeight]`)
	require.NoError(p.t, err)
	require.NoError(p.t, chromedp.Do(p.ctx, chromedp.MouseClickXY(size[0]-50, size[1]-50)))
	p.sees(h.bedside, ".composer")
}

// answersAll goes through the demo's questions to the queue.
func (p *person) answersAll(h *house, name string) {
	p.t.Helper()
	p.press(h.bedside, `[data-option="doctor"]`)
	p.reads(h.bedside, "What is your name?")
	p.types(h.bedside, ".composer", name)
	p.press(h.bedside, `[data-option="pain"]`)
	p.press(h.bedside, `[data-option="yes"]`)
	p.press(h.bedside, ".skip")
	p.sees(h.bedside, `[data-phase="waiting"]`)
}

func (p *person) signsIn(h *house) {
	p.t.Helper()
	p.triesTheDoor(h)
	p.sees(h.bedside, ".lists")
}

// triesTheDoor sends login and password, right or wrong.
func (p *person) triesTheDoor(h *house) {
	p.t.Helper()
	p.open(h.console())
	p.sees(h.bedside, "#login")
	_, err := ask[bool](p, h.bedside, `(login.value = `+quote(h.login)+`, password.value = `+quote(h.password)+`, document.querySelector(".sign-in form").requestSubmit(), true)`)
	require.NoError(p.t, err)
}

// takes claims whoever waits first.
func (p *person) takes(h *house) {
	p.t.Helper()
	p.press(h.bedside, ".waiting-list .head-row")
	p.press(h.bedside, `[data-act="claim"]`)
	p.sees(h.bedside, `[data-act="escalate"]`)
	p.sees(h.bedside, write+":not(.note)")
}

// sees a moving picture of the other in the call's own frame, by its statistics.
func (p *person) seesMoving(h *house) {
	p.t.Helper()
	const decoded = `Number(document.getElementById("call").dataset.framesDecoded ?? 0)`
	p.until(h.trueconf, "decodes a picture", decoded+" > 5")
	n, err := ask[int](p, h.trueconf, decoded)
	require.NoError(p.t, err)
	p.until(h.trueconf, "sees it move", decoded+" > "+strconv.Itoa(n+10))
}

// The whole way: from the first word to two people who see each other, out and
// in again, and the end.
func TestVisit(t *testing.T) {
	h := demo(t)
	patient, doctor := sit(t, "patient", look{camera: film(t, figureOfPatient)}), sit(t, "doctor", look{camera: film(t, figureOfDoctor)})

	patient.open(h.page)
	patient.opensWidget(h)
	patient.picture("widget-first-1280")
	patient.answersAll(h, "Patient One")
	patient.picture("widget-waiting-1280")

	doctor.signsIn(h)
	doctor.takes(h)
	doctor.reads(h.bedside, "Patient One")
	doctor.picture("console-answers-1280")
	doctor.types(h.bedside, ".pane:not([hidden]) .composer", "Good day, shall we talk by video?")
	patient.reads(h.bedside, "Good day, shall we talk by video?")
	patient.types(h.bedside, ".composer", "Yes, please.")
	doctor.reads(h.bedside, "Yes, please.")

	doctor.press(h.bedside, `[data-act="escalate"]`)
	patient.sees(h.bedside, ".call-card .join")
	patient.picture("widget-invited-1280")
	doctor.sees(h.bedside, `[data-act="join"]`)
	doctor.picture("console-ready-1280")
	patient.press(h.bedside, ".call-card .join")
	doctor.press(h.bedside, `[data-act="join"]`)
	patient.seesMoving(h)
	doctor.seesMoving(h)
	doctor.sees(h.bedside, `.strip[data-state="joined"]`)
	patient.picture("widget-call-1280")
	doctor.picture("console-call-1280")

	patient.types(h.bedside, ".composer", "I can see you!")
	doctor.reads(h.bedside, "I can see you!")

	patient.press(h.trueconf, "#leave")
	patient.missing(h.bedside, ".call-frame")
	patient.press(h.bedside, ".call-card .join")
	patient.seesMoving(h)
	doctor.seesMoving(h)

	doctor.press(h.bedside, `[data-act="hang-up"]`)
	patient.missing(h.bedside, ".call-frame")
	doctor.missing(h.bedside, ".call-frame")
	patient.reads(h.bedside, "The video call has ended.")
	patient.missing(h.bedside, ".call-card")
	patient.picture("widget-ended-1280")

	doctor.press(h.bedside, `[data-act="finish"]`)
	doctor.press(h.bedside, `[data-act="sure"]`)
	patient.sees(h.bedside, `[data-phase="closed"]`)
	patient.picture("widget-closed-1280")
}

// The link that came with the invitation is dead when it is pressed: the frame
// says so, and the page comes in by a new one without another press.
func TestLinkExpiresBeforeThePress(t *testing.T) {
	const life = 2 * time.Second
	h := served(t, "link_life="+life.String())
	patient, doctor := sit(t, "patient", look{}), sit(t, "doctor", look{})
	patient.open(h.page)
	patient.opensWidget(h)
	patient.answersAll(h, "Patient One")
	doctor.signsIn(h)
	doctor.takes(h)
	doctor.press(h.bedside, `[data-act="escalate"]`)
	patient.sees(h.bedside, ".call-card .join")
	doctor.sees(h.bedside, `[data-act="join"]`)
	time.Sleep(life + time.Second) // the life of a link is real time, on another machine's clock
	patient.press(h.bedside, ".call-card .join")
	doctor.press(h.bedside, `[data-act="join"]`)
	patient.seesMoving(h)
	doctor.seesMoving(h)
}

// A doctor who comes by the TrueConf app is rung, at the press and again on
// demand, and may change to the page, which is a new room for both.
func TestDoctorByApp(t *testing.T) {
	h := demo(t)
	h.login, h.password = h.appLogin, h.appPassword
	patient, doctor := sit(t, "patient", look{width: 390, height: 844}), sit(t, "doctor", look{})
	patient.open("http://" + h.bedside + "/widget/?site=clinic")
	patient.answersAll(h, "Patient One")
	doctor.signsIn(h)
	doctor.takes(h)
	_, err := ask[bool](doctor, h.bedside, `((s) => { s.value = "app"; s.dispatchEvent(new Event("change")); return true })(document.querySelector(".how"))`)
	require.NoError(t, err)
	doctor.press(h.bedside, `[data-act="escalate"]`)
	doctor.reads(h.bedside, "Your TrueConf is ringing.")
	doctor.picture("console-app-1280")
	patient.press(h.bedside, ".call-card .join")
	patient.until(h.trueconf, "is in the call", `document.getElementById("call").dataset.state === "alone"`)
	doctor.press(h.bedside, `[data-act="ring"]`)
	doctor.reads(h.bedside, "Ringing again")

	doctor.press(h.bedside, `[data-act="come-by-page"]`)
	doctor.press(h.bedside, `[data-act="join"]`)
	doctor.seesMoving(h)
	patient.seesMoving(h) // its page went with the call by itself
}
