//go:build browser

package e2e

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"bedside/trueconf/standin"
)

// everyway looks at a face on a phone and a desk, by light and in the dark, and
// leaves the person where they were.
func (p *person) everyway(host, face string) {
	p.t.Helper()
	p.inEveryLook(host, func(look string) { p.wellMade(host, face+"-"+look) })
}

// inEveryLook calls back for each size and theme, by its name.
func (p *person) inEveryLook(host string, then func(look string)) {
	p.t.Helper()
	was, err := ask[[]int64](p, host, `[innerWidth, innerHeight]`)
	require.NoError(p.t, err)
	p.inTheme("light")
	for _, size := range [][]int64{{390, 844}, {1280, 800}} {
		p.resize(size[0], size[1])
		for _, theme := range []string{"light", "dark"} {
			p.inTheme(theme)
			then(theme + "-" + strconv.Itoa(int(size[0])))
		}
	}
	p.inTheme("light")
	p.resize(was[0], was[1])
}

func (p *person) inTheme(theme string) {
	p.t.Helper()
	media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: theme},
		{Name: "prefers-reduced-motion", Value: "reduce"}, // a picture of something on its way shows nothing
	}}
	_, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, media)
	require.NoError(p.t, err)
	for _, ctx := range p.frames {
		_, _ = chromedp.Call(ctx, emulation.SetEmulatedMedia, media) // a frame that is gone sees nothing
	}
}

// switches changes how the house's TrueConf behaves from here on.
func (h *house) switches(change func(*standin.Switches)) { h.tc.SetSwitches(change) }

func troubled(on standin.Endpoint, kind standin.TroubleKind) func(*standin.Switches) {
	return func(w *standin.Switches) { w.Troubles = append(w.Troubles, standin.Trouble{Kind: kind, On: on}) }
}

func untroubled(w *standin.Switches) { w.Troubles = nil }

// room is the newest room that TrueConf has.
func (h *house) room(t *testing.T) standin.Room {
	t.Helper()
	all := h.tc.Rooms()
	require.NotEmpty(t, all)
	return all[len(all)-1]
}

// intrudes lets somebody into the newest room by a link of their own making.
func (h *house) intrudes(t *testing.T, name string) *standin.Visitor {
	t.Helper()
	return h.enters(t, h.room(t).ID, name)
}

// enters lets somebody into a room by a link of their own making.
func (h *house) enters(t *testing.T, room, name string) *standin.Visitor {
	t.Helper()
	query := url.Values{"call_id": {room}, "user": {"2$intruder*" + name}, "case": {"join_conference_button"}}
	port := h.trueconf[strings.LastIndex(h.trueconf, ":"):]
	answer, err := http.Get("http://127.0.0.1" + port + "/api/v3.11/software/clients?" + query.Encode())
	require.NoError(t, err)
	defer answer.Body.Close()
	var clients struct {
		Clients []struct {
			WebURL string `json:"web_url"`
		} `json:"clients"`
	}
	require.NoError(t, json.NewDecoder(answer.Body).Decode(&clients))
	require.NotEmpty(t, clients.Clients, "status %d", answer.StatusCode)
	v, err := h.tc.Enter(clients.Clients[0].WebURL)
	require.NoError(t, err)
	return v
}

// waits brings a patient into the queue, in the panel alone.
func (h *house) waits(t *testing.T, name string) *person {
	t.Helper()
	p := sit(t, "patient", look{width: 390, height: 844})
	p.open("http://" + h.bedside + "/widget/?site=clinic")
	p.answersAll(h, name)
	return p
}

// A room that cannot be made: the patient reads patient words, the doctor the
// reason and its cure; once TrueConf is mended one press brings the call.
func TestRoomThatFails(t *testing.T) {
	h := served(t, "own_ids=refused")
	patient, doctor := h.waits(t, "Patient One"), sit(t, "doctor", look{})
	doctor.signsIn(h)
	doctor.everyway(h.bedside, "console-lists")
	doctor.press(h.bedside, ".waiting-list .head-row")
	doctor.sees(h.bedside, `[data-act="claim"]`)
	doctor.everyway(h.bedside, "console-unclaimed")
	doctor.press(h.bedside, `[data-act="claim"]`)
	doctor.press(h.bedside, `[data-act="escalate"]`)
	doctor.sees(h.bedside, `.strip[data-state="failed"]`)
	doctor.reads(h.bedside, "does not take Bedside's rooms")
	doctor.everyway(h.bedside, "console-failed-for-good")
	patient.sees(h.bedside, `.call-card[data-state="failed"]`)
	patient.everyway(h.bedside, "panel-failed-for-good")

	h.switches(func(w *standin.Switches) { w.OwnIDs = standin.OwnIDAccepted })
	h.switches(troubled(standin.EndpointCreate, standin.Trouble500))
	doctor.press(h.bedside, `[data-act="again"]`)
	patient.reads(h.bedside, "We are trying again.")
	patient.everyway(h.bedside, "panel-failed-trying")
	doctor.reads(h.bedside, "We try again by ourselves.")
	doctor.everyway(h.bedside, "console-failed-trying")
	h.switches(untroubled)
	patient.sees(h.bedside, ".call-card .join")
}

// Somebody else in the room, a list that nobody can read, a room that falls
// over: the doctor is told each, and *new room* takes both along.
func TestTroubleInTheRoom(t *testing.T) {
	t.Parallel() // one of the long ones
	h := served(t)
	patient, doctor := h.waits(t, "Patient One"), sit(t, "doctor", look{})
	doctor.signsIn(h)
	doctor.takes(h)
	doctor.press(h.bedside, `[data-act="escalate"]`)
	patient.press(h.bedside, ".call-card .join")
	patient.until(h.trueconf, "is in the call", `document.getElementById("call").dataset.state === "alone"`)

	h.switches(func(w *standin.Switches) { w.GuestSeats = 5 })
	intruder := h.intrudes(t, "Somebody Else")
	doctor.sees(h.bedside, `[data-act="new-room"]`)
	doctor.everyway(h.bedside, "console-stranger")
	doctor.press(h.bedside, `[data-act="join"]`)
	doctor.sees(h.bedside, ".visit-status:not(:empty)")
	doctor.everyway(h.bedside, "console-room-full")
	require.True(t, intruder.Inside())
	doctor.press(h.bedside, `[data-act="new-room"]`)
	doctor.missing(h.bedside, `[data-act="new-room"]`)
	doctor.press(h.bedside, `[data-act="join"]`)
	patient.seesMoving(h)
	doctor.seesMoving(h)
	patient.everyway(h.bedside, "panel-in-call")
	doctor.everyway(h.bedside, "console-in-call")

	h.switches(troubled(standin.EndpointParticipants, standin.Trouble500))
	doctor.reads(h.bedside, "TrueConf does not tell who is in the room")
	doctor.everyway(h.bedside, "console-unwatched")
	h.switches(untroubled)
	doctor.missing(h.bedside, ".strip .notice")

	h.switches(troubled(standin.EndpointRun, standin.Trouble500))
	h.tc.StopRoom(h.room(t).ID)
	patient.reads(h.bedside, "interrupted")
	patient.everyway(h.bedside, "panel-interrupted")
	doctor.everyway(h.bedside, "console-interrupted")
}

// No seat is free for a guest; a browser that gives no camera. Neither is a dead
// end: who has no camera joins all the same, and who found the line busy comes in
// by themselves when it is free.
func TestNoSeatAndNoCamera(t *testing.T) {
	t.Parallel() // one of the long ones
	h := served(t)
	patient, doctor := h.waits(t, "Patient One"), sit(t, "doctor", look{noCamera: true})
	doctor.signsIn(h)
	doctor.takes(h)
	doctor.press(h.bedside, `[data-act="escalate"]`)
	doctor.press(h.bedside, `[data-act="join"]`)
	doctor.press(h.bedside, `[data-act="go-on"]`)
	doctor.sees(h.bedside, ".doorstep .picture")
	doctor.everyway(h.bedside, "console-refused")
	doctor.press(h.bedside, `[data-act="all-the-same"]`)
	doctor.until(h.trueconf, "is in the call", `document.getElementById("call")?.dataset.state === "alone"`)
	doctor.everyway(h.bedside, "console-camera-refused")

	h.switches(func(w *standin.Switches) { w.GuestSeats = 1 })
	patient.press(h.bedside, ".call-card .join")
	patient.reads(h.bedside, "video line is busy")
	patient.sees(h.bedside, ".doorstep .count")
	patient.everyway(h.bedside, "panel-no-guest-seat")
	doctor.sees(h.bedside, ".strip .crowded")
	doctor.everyway(h.bedside, "console-crowded")
	h.switches(func(w *standin.Switches) { w.GuestSeats = 2 })
	doctor.sees(h.bedside, `.strip[data-state="joined"]`)
	patient.comesIn(h)
	patient.sees(h.bedside, ".panel.in-call")
	doctor.missing(h.bedside, ".strip .crowded")
}
