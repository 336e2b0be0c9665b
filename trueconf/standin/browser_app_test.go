//go:build browser

package standin_test

import (
	"context"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"bedside/trueconf/standin"
)

// A doctor's app that is a page: it rings for an invitation and for a meeting that
// begins, declines, and enters the call as the user, seen and heard.
func TestTheAppsPageRingsAndEnters(t *testing.T) {
	var ahead atomic.Int64
	begun := time.Now()
	a := serve(t, standin.Options{Now: func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }}).login()
	room := a.room(`,"id":"bs_test_room"`)
	doctor, patient := browser(t, fakeCamera()...), browser(t, fakeCamera()...)
	open(t, doctor, publicly(a.base)+"/doctor/doctor1")
	app := func() string { return eval[string](t, doctor, `document.getElementById("app")?.dataset.state ?? ""`) }
	await(t, "the app is quiet", func() bool { return app() == "quiet" })
	await(t, "the doctor is online", func() bool { return a.presence("doctor1") == 1.0 })
	shot(t, doctor, "app-quiet")
	click(t, doctor, "busy")
	await(t, "the doctor is busy", func() bool { return a.presence("doctor1") == 2.0 })
	click(t, doctor, "busy")

	invite := func() { a.do("POST", "/conferences/"+room+"/invite", `{"participants":["doctor1"]}`) }
	open(t, patient, publicly(a.link(room, "2$p_1*Patient One")))
	await(t, "the patient is in alone", func() bool { return state(t, patient) == "alone" })
	invite()
	await(t, "it rings", func() bool { return app() == "ringing" })
	require.True(t, strings.HasPrefix(eval[string](t, doctor, `document.title`), "☎"))
	shot(t, doctor, "app-ringing")
	press(t, doctor, ".ring .decline")
	await(t, "it rings no more", func() bool { return app() == "quiet" })
	require.True(t, a.srv.Rings()[0].Declined)

	invite()
	await(t, "it rings again", func() bool { return app() == "ringing" })
	press(t, doctor, ".ring .accept")
	moving(t, patient, "the patient")
	require.Equal(t, "Doctor One", says(t, patient, ".tile figcaption"))
	await(t, "the doctor hears and sees too", func() bool {
		for _, p := range a.srv.Rooms()[0].Participants {
			if p.ID == "doctor1" {
				return !p.Guest && p.FramesDecoded > 5
			}
		}
		return false
	})
	require.EqualValues(t, 5, a.presence("doctor1"))
	shot(t, doctor, "app-in-call")
	a.srv.StopRoom(room)
	await(t, "the frame is gone", func() bool { return app() == "quiet" && !eval[bool](t, doctor, `!!document.querySelector("iframe")`) })

	at := begun.Add(time.Hour).Unix()
	a.do("POST", "/conferences", `{"id":"bs_planned","topic":"Consultation","owner":"doctor1","allow_guests":true,"max_participants":2,"schedule":{"type":1,"start_time":`+strconv.FormatInt(at, 10)+`,"duration":1800}}`)
	await(t, "the meeting is listed", func() bool { return eval[int](t, doctor, `document.querySelectorAll("#list li").length`) == 1 })
	shot(t, doctor, "app-meetings")
	open(t, patient, publicly(a.link("bs_planned", "2$p_1*Patient One")))
	await(t, "the patient is too early", func() bool { return state(t, patient) == "not_running" })
	ahead.Store(int64(time.Hour))
	await(t, "the meeting rings", func() bool {
		return app() == "ringing" && eval[string](t, doctor, `document.querySelector(".ring").dataset.cause`) == "schedule"
	})
	press(t, doctor, ".ring .accept")
	await(t, "the doctor is in", func() bool { return len(a.srv.Rooms()[1].Participants) == 1 })
	open(t, patient, publicly(a.link("bs_planned", "2$p_1*Patient One")))
	moving(t, patient, "the patient of the meeting")
}

// press clicks the first element of a selector.
func press(t *testing.T, ctx context.Context, selector string) {
	t.Helper()
	require.NoError(t, chromedp.Do(ctx, chromedp.Click(selector)))
}
