//go:build browser

package standin_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"bedside/trueconf/standin"
)

// Two people who open minted links see and hear each other, share, mute, leave
// and come back; an administrator ends it.
func TestTwoBrowsersMeet(t *testing.T) {
	a, room := hall(t, standin.Switches{})
	patient, doctor := browser(t, fakeCamera()...), browser(t, fakeCamera()...)
	open(t, patient, publicly(a.link(room, "2$p_1*Ann Lee")))
	await(t, "the patient is in alone", func() bool { return state(t, patient) == "alone" })
	shot(t, patient, "alone")
	open(t, doctor, publicly(a.link(room, "2$d_1*Dr Who")))
	moving(t, patient, "the patient")
	moving(t, doctor, "the doctor")
	require.Equal(t, "talking", state(t, patient))
	require.Contains(t, says(t, patient, ".tile figcaption"), "Dr Who")
	shot(t, patient, "before-a-press")
	for _, ctx := range []context.Context{patient, doctor} { // browsers forbid sound before the first press
		require.NoError(t, chromedp.Do(ctx, chromedp.MouseClickXY(300, 200)))
		require.True(t, eval[bool](t, ctx, `!document.querySelector(".tile video").muted && document.querySelector(".hear").hidden`), "a press turns the sound on")
	}
	await(t, "both hear", func() bool {
		people := a.srv.Rooms()[0].Participants
		return len(people) == 2 && people[0].AudioEnergy > 0 && people[1].AudioEnergy > 0 && people[0].FramesDecoded > 0
	})
	shot(t, patient, "talking")
	require.True(t, eval[bool](t, patient, `(() => { const v = document.querySelector(".tile video"); return !v.paused && v.readyState >= 2; })()`), "the picture plays")

	click(t, doctor, "mic")
	await(t, "the patient reads that the doctor is muted", func() bool {
		return strings.Contains(says(t, patient, ".tile figcaption"), "Microphone is off")
	})
	click(t, doctor, "camera")
	await(t, "the patient reads that the camera is off", func() bool { return says(t, patient, ".tile .said") == "Camera is off" })
	shot(t, patient, "other-camera-off")
	click(t, doctor, "screen")
	await(t, "the patient sees the doctor's screen", func() bool {
		return strings.Contains(says(t, patient, ".tile figcaption"), "sharing") && eval[bool](t, patient, `!!document.querySelector(".tile.screen:not(.blank)")`)
	})
	moving(t, patient, "the patient, of the screen,")
	click(t, doctor, "screen")
	click(t, doctor, "camera")

	click(t, patient, "leave")
	require.Equal(t, "left", state(t, patient))
	shot(t, patient, "left")
	await(t, "the doctor is alone", func() bool { return state(t, doctor) == "alone" })
	click(t, patient, "faceAgain")
	moving(t, patient, "the patient, back again,")
	moving(t, doctor, "the doctor, of the patient who came back,")

	require.True(t, a.srv.StopRoom(room))
	await(t, "both read that it is over", func() bool { return state(t, patient) == "stopped" && state(t, doctor) == "stopped" })
	shot(t, doctor, "stopped")
}

// A page whose socket breaks comes back by itself, as the same person.
func TestPageComesBackAfterABrokenSocket(t *testing.T) {
	a, room := hall(t, standin.Switches{})
	ctx := browser(t, fakeCamera()...)
	require.NoError(t, chromedp.Do(ctx, chromedp.Navigate(publicly(a.base)+"/")))
	const patch = `const W = WebSocket; window.sockets = []; window.WebSocket = class extends W { constructor(u) { super(u); window.sockets.push(this); } }; WebSocket.OPEN = W.OPEN;`
	before(t, ctx, patch)
	open(t, ctx, publicly(a.link(room, "2$p_1*Ann Lee")))
	await(t, "the patient is in", func() bool { return state(t, ctx) == "alone" })
	eval[chromedp.Void](t, ctx, `window.sockets.at(-1).close()`)
	await(t, "a second socket is open", func() bool {
		return eval[bool](t, ctx, `window.sockets.length === 2 && window.sockets[1].readyState === 1`)
	})
	await(t, "the ghost is a person again", func() bool {
		people := a.srv.Rooms()[0].Participants
		return len(people) == 1 && !people[0].Ghost
	})
	a.srv.Restart()
	await(t, "the page says that the connection is gone", func() bool { return state(t, ctx) == "closed" })
	shot(t, ctx, "closed")
}

// A tab that dies without a goodbye leaves a ghost, as on a real server.
func TestDeadTabLeavesAGhost(t *testing.T) {
	a, room := hall(t, standin.Switches{Ghost: time.Hour})
	ctx := browser(t, fakeCamera()...)
	open(t, ctx, publicly(a.link(room, "2$p_1*Ann Lee")))
	await(t, "the patient is in", func() bool { return state(t, ctx) == "alone" })
	_ = chromedp.Do(ctx, chromedp.Navigate("chrome://crash")) // fails, for the tab is gone
	await(t, "a ghost is left", func() bool {
		people := a.srv.Rooms()[0].Participants
		return len(people) == 1 && people[0].Ghost
	})
}

// Every refusal has a face of its own and tells the page around it.
func TestFacesOfRefusal(t *testing.T) {
	a, room := hall(t, standin.Switches{})
	ctx := browser(t, fakeCamera()...)
	clinic := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte(`<!doctype html><body><script>addEventListener("message", (e) => (document.title = e.data.type))</script>`))
	}))
	t.Cleanup(clinic.Close)
	framed := func(link string) string {
		open(t, ctx, strings.Replace(clinic.URL, "127.0.0.1", "www.clinic.localhost", 1))
		eval[chromedp.Void](t, ctx, `(() => { const f = document.createElement("iframe"); f.allow = "camera; microphone; autoplay; display-capture"; f.src = "`+publicly(link)+`"; document.body.append(f); })()`)
		var told string
		await(t, "the clinic's page is told", func() bool {
			told = eval[string](t, ctx, `document.title`)
			return told != ""
		})
		return told
	}
	for _, c := range []struct {
		name, face string
		bring      func() string
	}{
		{"unknown link", "unknown", func() string { return strings.Replace(a.link(room, "$Ann"), "token=$2", "token=$2f", 1) }},
		{"expired link", "expired", func() string {
			link := a.link(room, "$Ann")
			a.srv.SetSwitches(func(w *standin.Switches) { w.LinkLife = time.Nanosecond })
			return link
		}},
		{"no seat", "no_seat", func() string {
			a.srv.SetSwitches(func(w *standin.Switches) { w.GuestSeats = -1 })
			return a.link(room, "$Ann")
		}},
		{"room full", "room_full", func() string {
			for _, u := range []string{"doctor1", "doctor2"} {
				v, err := a.srv.EnterUser(room, u)
				require.NoError(t, err)
				t.Cleanup(v.Leave)
			}
			return a.link(room, "$Ann")
		}},
		{"not running", "not_running", func() string { a.srv.StopRoom(room); return a.link(room, "$Ann") }},
	} {
		t.Run(c.name, func(t *testing.T) {
			a.srv.SetSwitches(func(w *standin.Switches) { *w = standin.Switches{} })
			link := c.bring()
			open(t, ctx, publicly(link))
			await(t, "the face is there", func() bool { return state(t, ctx) == c.face })
			require.NotEmpty(t, says(t, ctx, "#faceText"))
			shot(t, ctx, c.face)
			require.Equal(t, "loginFail", framed(link))
		})
	}
}

// Without a camera one joins all the same, sees the other, and is told.
func TestCameraRefusedStillSees(t *testing.T) {
	a, room := hall(t, standin.Switches{})
	blind := browser(t, chromedp.Flag("deny-permission-prompts", true))
	doctor := browser(t, fakeCamera()...)
	open(t, blind, publicly(a.link(room, "2$p_1*Ann Lee")))
	await(t, "the patient is told", func() bool { return strings.Contains(says(t, blind, "#noteText"), "has not let this page") })
	shot(t, blind, "camera-refused")
	open(t, doctor, publicly(a.link(room, "2$d_1*Dr Who")))
	moving(t, blind, "the patient without a camera")
	require.Equal(t, 0, frames(t, doctor))
	require.Contains(t, says(t, doctor, ".tile .said"), "Camera is off")
}

// The page speaks Russian when the link asks for it, asks for a name when there
// is no login, and says so when a browser cannot.
func TestPageWithoutLoginAndInRussian(t *testing.T) {
	a, room := hall(t, standin.Switches{})
	ctx := browser(t, fakeCamera()...)
	open(t, ctx, publicly(a.base)+"/c/"+room)
	await(t, "a name is asked for", func() bool { return state(t, ctx) == "ask" })
	shot(t, ctx, "ask")
	require.NoError(t, chromedp.Do(ctx, chromedp.SendKeys("#name", "Ann Lee\r")))
	await(t, "the visitor is in", func() bool { return state(t, ctx) == "alone" })
	require.Equal(t, "Ann Lee", a.srv.Rooms()[0].Participants[0].Name)

	open(t, ctx, strings.Replace(publicly(a.link(room, "2$p*Анна")), "lang=auto", "lang=ru", 1))
	await(t, "the visitor is in", func() bool { return state(t, ctx) == "alone" })
	require.Contains(t, says(t, ctx, "#waiting"), "Собеседник")
	shot(t, ctx, "alone-ru")

	before(t, ctx, `delete window.RTCPeerConnection`)
	open(t, ctx, publicly(a.link(room, "2$p*Ann")))
	await(t, "it says that it cannot", func() bool { return state(t, ctx) == "unsupported" })
	shot(t, ctx, "unsupported")
	open(t, ctx, publicly(a.base)+"/")
	shot(t, ctx, "front")
}
