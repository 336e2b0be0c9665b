//go:build browser

package e2e

import (
	"net/url"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"bedside/trueconf/standin"
)

// opensLink sits somebody down at another browser with the patient's join link.
func (h *house) opensLink(t *testing.T, patient *person, l look) *person {
	t.Helper()
	link, err := url.Parse(patient.joinLink(h))
	require.NoError(t, err)
	link.Host = h.bedside
	other := sit(t, "patient elsewhere", l)
	other.open(link.String())
	other.sees(h.bedside, `[data-face="ready"] .join`)
	return other
}

// The second device of one patient is asked first; after its press the call is
// there, and the first one says where it is.
func TestMoveTheCallHere(t *testing.T) {
	t.Parallel() // one of the long ones
	h := served(t)
	patient, doctor := h.invited(t, look{})
	patient.press(h.bedside, ".call-card .join")
	doctor.press(h.bedside, `[data-act="join"]`)
	patient.seesMoving(h)
	other := h.opensLink(t, patient, look{width: 390, height: 844})
	other.press(h.bedside, ".join")
	other.reads(h.bedside, "You are in this call already")
	other.everyway(h.bedside, "join-elsewhere")
	patient.sees(h.bedside, ".call-frame")
	other.press(h.bedside, `[data-act="stay"]`)
	other.press(h.bedside, ".join")
	other.press(h.bedside, `[data-act="move"]`)
	other.seesMoving(h)
	patient.missing(h.bedside, ".call-frame")
	patient.reads(h.bedside, "You are in the call in another window or on another device.")
}

// Where the server does not let the same guest in twice, the move follows the
// rule of ghosts: half a minute, then a new room; the first device does not fight
// for it, and the doctor's page goes along.
func TestMoveWhereTheServerRefuses(t *testing.T) {
	t.Parallel() // one of the long ones
	h := served(t, "second_join=refused")
	patient, doctor := h.invited(t, look{})
	patient.press(h.bedside, ".call-card .join")
	doctor.press(h.bedside, `[data-act="join"]`)
	patient.seesMoving(h)
	other := h.opensLink(t, patient, look{width: 390, height: 844})
	other.press(h.bedside, ".join")
	other.press(h.bedside, `[data-act="move"]`)
	other.reads(h.bedside, "still holds the line")
	patient.reads(h.bedside, "The call goes on on your other device.")
	other.seesMoving(h)
	doctor.seesMoving(h)
	patient.everyway(h.bedside, "panel-moved")
	patient.missing(h.bedside, ".call-frame")
}

// The browser inside another app: where to open the call instead, with its
// address to copy; a press here is tried all the same.
func TestBrowserInsideAnApp(t *testing.T) {
	h := served(t)
	patient, _ := h.invited(t, look{})
	app := h.opensLink(t, patient, look{width: 390, height: 844})
	const agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 300.0"
	_, err := chromedp.Call(app.ctx, emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{UserAgent: agent})
	require.NoError(t, err)
	link := patient.joinLink(h)
	at, err := url.Parse(link)
	require.NoError(t, err)
	at.Host = h.bedside
	app.open("about:blank")
	app.open(at.String())
	app.reads(h.bedside, "This is the browser inside another app")
	app.everyway(h.bedside, "join-in-app")
	_, err = ask[bool](app, h.bedside, `(navigator.clipboard.writeText = (t) => { window.copied = t; return Promise.resolve() }, true)`)
	require.NoError(t, err)
	app.press(h.bedside, `[data-act="copy-link"]`)
	app.until(h.bedside, "has the link to copy", `window.copied === `+quote(at.String()))
	app.press(h.bedside, ".join")
	app.comesIn(h)
}

// The website around the panel does not hand on the camera: said before anything
// is opened, with the way that works.
func TestAWebsiteThatKeepsTheCamera(t *testing.T) {
	h := served(t)
	patient, doctor := sit(t, "patient", look{}), sit(t, "doctor", look{})
	_, err := chromedp.Call(patient.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
		Source: `new MutationObserver((all) => all.forEach((m) => m.addedNodes.forEach((n) => n.tagName === "IFRAME" && n.src.includes("/widget/") && n.removeAttribute("allow")))).observe(document, { childList: true, subtree: true });
		const set = Element.prototype.setAttribute; Element.prototype.setAttribute = function (name, value) { if (name !== "allow" || location.pathname.startsWith("/widget")) set.call(this, name, value) };`,
	})
	require.NoError(t, err)
	patient.open(h.page)
	patient.opensWidget(h)
	patient.answersAll(h, "Patient One")
	doctor.signsIn(h)
	doctor.takes(h)
	doctor.press(h.bedside, `[data-act="escalate"]`)
	patient.press(h.bedside, ".call-card .join")
	patient.reads(h.bedside, "The website around this chat does not let it use camera and microphone.")
	patient.sees(h.bedside, ".call-card .new-tab:not(.plain)")
	patient.picture("widget-policy")
}

// The line becomes free while nobody looks: the page rings instead of opening a
// call that nobody sees, and one press is enough then.
func TestLineFreeWhileNobodyLooks(t *testing.T) {
	h := served(t, "guest_seats=0")
	patient, _ := h.invited(t, look{})
	patient.press(h.bedside, ".call-card .join")
	patient.reads(h.bedside, "Next try in")
	patient.looksAway(h.bedside)
	h.switches(func(w *standin.Switches) { w.GuestSeats = 2 })
	patient.reads(h.bedside, "The line is free now. Press Join.")
	patient.missing(h.bedside, ".call-frame")
	patient.press(h.bedside, ".call-card .join")
	patient.comesIn(h)
}

// looksAway has the document believe that nobody sees it.
func (p *person) looksAway(host string) {
	p.t.Helper()
	_, err := ask[bool](p, host, `(Object.defineProperty(document, "visibilityState", { get: () => "hidden", configurable: true }), document.dispatchEvent(new Event("visibilitychange")), true)`)
	require.NoError(p.t, err)
}

// The page of a join link says what it can do in every state, in both languages.
func TestJoinPageInEveryState(t *testing.T) {
	t.Parallel() // one of the long ones
	h := served(t)
	patient, doctor := h.invited(t, look{})
	other := h.opensLink(t, patient, look{width: 390, height: 844, language: "ru", asks: true})
	other.everyway(h.bedside, "join-ru-ready")
	doctor.press(h.bedside, `[data-act="join"]`)
	other.reads(h.bedside, "Doctor Two ждёт вас в звонке.")
	other.everyway(h.bedside, "join-ru-doctor-waits")
	other.press(h.bedside, ".join")
	other.sees(h.bedside, `[data-act="go-on"]`)
	other.everyway(h.bedside, "join-ru-explained")
	permit(t, other.ctx, "denied", "camera", "microphone")
	other.press(h.bedside, `[data-act="go-on"]`)
	other.sees(h.bedside, ".doorstep .picture")
	other.everyway(h.bedside, "join-ru-refused")
	permit(t, other.ctx, "granted", "camera", "microphone")
	h.switches(func(w *standin.Switches) { w.GuestSeats = 1 })
	other.press(h.bedside, `[data-act="try-again"]`)
	other.reads(h.bedside, "Видеолиния клиники занята")
	other.everyway(h.bedside, "join-ru-busy")
	h.switches(func(w *standin.Switches) { w.GuestSeats = 2 })
	other.comesIn(h)
	doctor.press(h.bedside, `.stage .out`)
	other.reads(h.bedside, "Мы сообщили, что вы здесь: Doctor Two.")
	other.everyway(h.bedside, "join-ru-alone")
	other.press(h.bedside, ".ring-again")
	doctor.reads(h.bedside, "Patient One is waiting in the call.")
	other.offline(h.bedside, true)
	other.press(h.bedside, ".stage .out")
	other.sees(h.bedside, `[data-face="offline"]`)
	other.everyway(h.bedside, "join-ru-offline")
	other.offline(h.bedside, false)
	other.sees(h.bedside, `[data-face="left"]`)
	doctor.press(h.bedside, `[data-act="hang-up"]`)
	other.sees(h.bedside, `[data-face="over"]`)
	other.everyway(h.bedside, "join-ru-over")
}

// offline has every request of the page fail, or go through again.
func (p *person) offline(host string, on bool) {
	p.t.Helper()
	script := `(window.fetch = window.realFetch, true)`
	if on {
		script = `(window.realFetch = window.fetch, window.fetch = () => Promise.reject(new TypeError("no network")), true)`
	}
	_, err := ask[bool](p, host, script)
	require.NoError(p.t, err)
}
