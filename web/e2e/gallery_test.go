//go:build browser

package e2e

import (
	"net/http"
	"strconv"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"bedside/cmd/bedside/clinic"
	"bedside/trueconf/standin"
)

// tongue is what people of a language say and read.
type tongue struct {
	language, path   string // of the browser; of the clinic's page
	patient, more    string
	greets, thanks   string
	noVideo, offline string
}

var tongues = []tongue{
	{"en", "", "Patient One", "It hurts more at night.", "Good day! Shall we look at it together, by video?", "Yes, please.", "Video is not available just now.", "No connection"},
	{"ru", "ru/", "Пациент Первый", "Ночью болит сильнее.", "Здравствуйте! Посмотрим вместе, по видео?", "Да, пожалуйста.", "Видео сейчас недоступно.", "Нет связи"},
}

// gallery is a served house behind the demo's website, which looks like a clinic's.
func gallery(t *testing.T) *house {
	t.Helper()
	h := &house{}
	h.pages = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		port, err := strconv.Atoi(h.port())
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		clinic.Page(port).ServeHTTP(w, r)
	})
	h.serve(t, "")
	return h
}

// One visit in each language, from the button on the clinic's page to the end, and
// what can come between: each face on a desk and a phone, by light and in the dark.
// `make pictures` shows them in docs/screens.md.
func TestGallery(t *testing.T) {
	t.Parallel() // one of the long ones
	for _, l := range tongues {
		t.Run(l.language, func(t *testing.T) {
			h := gallery(t)
			g := &exhibition{h: h, l: l, t: t}
			g.patient = sit(t, "patient", look{width: 390, height: 844, language: l.language, camera: film(t, figureOfPatient)})
			g.doctor = sit(t, "doctor", look{language: l.language, camera: film(t, figureOfDoctor)})
			g.loading()
			g.asked()
			g.consulted()
			g.met()
			g.troubled()
			g.ended()
		})
	}
}

// exhibition is one walk through the gallery.
type exhibition struct {
	t               *testing.T
	h               *house
	l               tongue
	patient, doctor *person
	other           *person // the patient at another browser, by the join link
}

func (g *exhibition) shows(p *person, face string) {
	g.t.Helper()
	p.everyway(g.h.bedside, face+"-"+g.l.language)
}

// loading is what stands there before the server has answered.
func (g *exhibition) loading() {
	for _, p := range []*person{g.patient, g.doctor} {
		id, err := chromedp.Call(p.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
			Source: `window.fetch = () => new Promise(() => {}); window.WebSocket = class extends EventTarget { send() {} close() {} };`,
		})
		require.NoError(g.t, err)
		if p == g.patient {
			p.open("http://" + g.h.bedside + "/widget/?site=clinic&language=" + g.l.language)
			p.sees(g.h.bedside, ".panel")
			g.shows(p, "panel-loading")
		} else {
			p.open(g.h.console())
			p.sees(g.h.bedside, ".loading")
			g.shows(p, "console-loading")
		}
		_, err = chromedp.Call(p.ctx, page.RemoveScriptToEvaluateOnNewDocument, page.RemoveScriptToEvaluateOnNewDocumentParams(id))
		require.NoError(g.t, err)
	}
}

// asked is the way to the queue.
func (g *exhibition) asked() {
	h, patient, doctor := g.h, g.patient, g.doctor
	doctor.open(h.console())
	doctor.sees(h.bedside, "#login")
	g.shows(doctor, "console-signin")
	doctor.signsIn(h)
	doctor.sees(h.bedside, `.ready [data-of="camera"][data-standing="ok"]`)
	g.shows(doctor, "console-morning")
	doctor.press(h.bedside, `[data-act="ready-later"]`)
	doctor.missing(h.bedside, ".ready")
	g.shows(doctor, "console-empty")

	patient.open(h.page + g.l.path)
	patient.until(h.clinic, "the launcher is there", `document.querySelector("bedside-widget")`)
	patient.inEveryLook(h.clinic, func(look string) { patient.picture("launcher-" + g.l.language + "-" + look) })
	patient.open(h.page + g.l.path) // where the button stands at rest
	patient.opensWidget(h)
	patient.sees(h.bedside, `[data-option="doctor"]`)
	g.shows(patient, "widget-question")
	patient.press(h.bedside, `[data-option="doctor"]`)
	patient.sees(h.bedside, ".composer textarea")
	patient.types(h.bedside, ".composer", g.l.patient)
	patient.press(h.bedside, `[data-option="pain"]`)
	patient.press(h.bedside, `[data-option="yes"]`)
	patient.sees(h.bedside, ".skip")
	g.shows(patient, "widget-optional")
	patient.types(h.bedside, ".composer", g.l.more)
	patient.sees(h.bedside, `[data-phase="waiting"]`)
	g.shows(patient, "widget-waiting")
	patient.press(h.bedside, ".menu-button")
	g.shows(patient, "widget-menu")
	patient.press(h.bedside, `.menu [data-act="elsewhere"]`)
	patient.sees(h.bedside, ".elsewhere .qr")
	g.shows(patient, "widget-elsewhere")
	patient.strikes("Escape", "Escape")
	patient.missing(h.bedside, ".elsewhere")
}

// consulted is the chat, and a call that is offered.
func (g *exhibition) consulted() {
	h, patient, doctor := g.h, g.patient, g.doctor
	doctor.press(h.bedside, ".waiting-list .head-row")
	doctor.sees(h.bedside, `[data-act="claim"]`)
	g.shows(doctor, "console-waiting")
	doctor.press(h.bedside, `[data-act="claim"]`)
	doctor.sees(h.bedside, write+":not(.note)")
	doctor.types(h.bedside, write, g.l.greets)
	patient.reads(h.bedside, g.l.greets)
	patient.types(h.bedside, ".composer", g.l.thanks)
	doctor.reads(h.bedside, g.l.thanks)
	g.shows(patient, "widget-consulting")
	g.shows(doctor, "console-consulting")
	doctor.press(h.bedside, `[data-act="escalate"]`)
	patient.sees(h.bedside, ".call-card .join")
	doctor.sees(h.bedside, `[data-act="join"]`)
	g.shows(patient, "widget-invited")
	g.shows(doctor, "console-invited")
}

// met is the call, on both sides, and its link elsewhere.
func (g *exhibition) met() {
	h, patient, doctor := g.h, g.patient, g.doctor
	g.other = h.opensLink(g.t, patient, look{width: 390, height: 844, language: g.l.language})
	g.shows(g.other, "join-ready")
	patient.press(h.bedside, ".call-card .join")
	patient.comesIn(h)
	g.shows(patient, "widget-alone")
	doctor.press(h.bedside, `[data-act="join"]`)
	patient.seesMoving(h)
	doctor.seesMoving(h)
	doctor.sees(h.bedside, `.strip[data-state="joined"]`)
	g.shows(patient, "widget-call")
	g.shows(doctor, "console-call")
	beside(g.t, "visit", "widget-call-en-light-1280", "console-call-en-light-1280")
	patient.press(h.bedside, ".stage .larger")
	patient.sees(h.bedside, ".panel.whole")
	g.shows(patient, "widget-call-whole")
	patient.press(h.bedside, ".stage .larger")
	patient.missing(h.bedside, ".panel.whole")
}

// troubled is what comes between: no TrueConf, no room, no network.
func (g *exhibition) troubled() {
	h, patient, doctor := g.h, g.patient, g.doctor
	h.switches(func(w *standin.Switches) { w.Troubles = []standin.Trouble{{Kind: standin.TroubleCut}} })
	patient.press(h.bedside, ".stage .out")
	patient.reads(h.bedside, g.l.noVideo)
	g.shows(patient, "widget-no-video")
	doctor.sees(h.bedside, `[data-cause="video"]`)
	g.shows(doctor, "console-no-video")
	h.switches(untroubled)
	doctor.missing(h.bedside, `[data-cause="video"]`)
	g.other.offline(h.bedside, true)
	g.other.sees(h.bedside, `[data-face="offline"]`)
	g.shows(g.other, "join-offline")
	g.other.offline(h.bedside, false)
	doctor.press(h.bedside, `[data-act="hang-up"]`)
	g.other.sees(h.bedside, `[data-face="over"]`)
	g.shows(g.other, "join-over")
	g.other.open("about:blank")
	patient.missing(h.bedside, ".call-card .join")
	g.shows(patient, "widget-call-ended")
	g.shows(doctor, "console-call-ended")
	h.switches(func(w *standin.Switches) { w.OwnIDs = standin.OwnIDRefused })
	doctor.press(h.bedside, `[data-act="escalate"]`)
	doctor.sees(h.bedside, `.strip[data-state="failed"]`)
	patient.sees(h.bedside, `.call-card[data-state="failed"]`)
	g.shows(patient, "widget-failed")
	g.shows(doctor, "console-failed")
	h.switches(func(w *standin.Switches) { w.OwnIDs = standin.OwnIDAccepted })
	doctor.press(h.bedside, `[data-act="hang-up"]`)
	patient.missing(h.bedside, ".call-card")
	h.server.stop()
	patient.reads(h.bedside, g.l.offline)
	patient.types(h.bedside, ".composer", g.l.more)
	g.shows(patient, "widget-offline")
	doctor.sees(h.bedside, ".desktop > .notice")
	g.shows(doctor, "console-offline")
	h.server = run(g.t, "serve", "-c", h.config)
	h.server.ready(h.port())
	doctor.missing(h.bedside, ".desktop > .notice")
	patient.missing(h.bedside, "[data-fate]")
}

// ended is the end, and links that lead nowhere.
func (g *exhibition) ended() {
	h, patient, doctor := g.h, g.patient, g.doctor
	doctor.press(h.bedside, `[data-act="finish"]`)
	g.shows(doctor, "console-finish")
	doctor.press(h.bedside, `[data-act="sure"]`)
	patient.sees(h.bedside, `[data-phase="closed"]`)
	g.shows(patient, "widget-closed")
	g.shows(doctor, "console-closed")
	patient.open("http://" + h.bedside + "/join/unknown#" + "a-key-that-nobody-has-made-0123456789abc")
	patient.sees(h.bedside, `[data-face="dead"]`)
	g.shows(patient, "join-dead")
	lead := sit(g.t, "lead", look{language: g.l.language})
	lead.leadSignsIn(h)
	lead.sees(h.bedside, `[data-check="room.removed"]`)
	g.shows(lead, "console-health")
}
