package standin_test

import (
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/stretchr/testify/require"

	"bedside/trueconf/standin"
)

// dialApp opens the page of somebody's app without a browser.
func (a *api) dialApp(login string) *caller {
	a.t.Helper()
	conn, _, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(a.base, "http")+"/doctor/"+login+"/signal", nil)
	require.NoError(a.t, err)
	a.t.Cleanup(func() { conn.Close() })
	return &caller{a.t, conn}
}

// shows reads what the app is told until it fits.
func (p *caller) shows(fits func(app map[string]any) bool) map[string]any {
	p.t.Helper()
	for {
		m := p.hears()
		if app, ok := m["app"].(map[string]any); ok && fits(app) {
			return app
		}
	}
}

func rings(cause string) func(map[string]any) bool {
	return func(app map[string]any) bool {
		all := app["rings"].([]any)
		return len(all) == 1 && all[0].(map[string]any)["cause"] == cause
	}
}

func quiet(app map[string]any) bool { return len(app["rings"].([]any)) == 0 }

func (a *api) presence(login string) any {
	a.t.Helper()
	return get(a.t, a.do("GET", "/users/"+login, ""), "user", "status")
}

// An open page is the user's presence; being in a call goes before it.
func TestPresenceFollowsTheAppsPage(t *testing.T) {
	a := serve(t, standin.Options{}).login()
	require.EqualValues(t, 1, a.presence("doctor1"), "who never had a page is what was preset")
	p := a.dialApp("DOCTOR1")
	app := p.shows(func(map[string]any) bool { return true })
	require.Equal(t, "Doctor One", app["name"])
	require.EqualValues(t, 1, a.presence("doctor1"))
	p.say(message{"type": "busy", "on": true})
	p.shows(func(app map[string]any) bool { return app["busy"] == true })
	require.EqualValues(t, 2, a.presence("doctor1"))
	v, err := a.srv.EnterUser(a.room(""), "doctor1")
	require.NoError(t, err)
	p.shows(func(app map[string]any) bool { return app["status"] == 5.0 })
	require.EqualValues(t, 5, a.presence("doctor1"))
	v.Leave()
	p.say(message{"type": "busy"})
	p.shows(func(app map[string]any) bool { return app["status"] == 1.0 })

	second := a.dialApp("doctor1")
	second.shows(quiet)
	require.NoError(t, p.conn.Close())
	require.EqualValues(t, 1, a.presence("doctor1"), "another page is open still")
	require.NoError(t, second.conn.Close())
	require.Eventually(t, func() bool { return a.presence("doctor1") == 0.0 }, 5*time.Second, 5*time.Millisecond)
	require.EqualValues(t, 1, a.presence("doctor2"))
}

// An invitation rings the page; accepting enters the room as the user, with no
// guest seat, and a picture.
func TestAnAppRingsAndAccepts(t *testing.T) {
	a := serve(t, standin.Options{Switches: standin.Switches{GuestSeats: -1}}).login()
	room := a.room("")
	p, other := a.dialApp("doctor1"), a.dialApp("doctor1")
	a.do("POST", "/conferences/"+room+"/invite", `{"participants":["doctor1@standin.trueconf.name"]}`)
	p.shows(rings("invite"))
	other.shows(rings("invite"))

	p.say(message{"type": "enter", "room": room})
	var m message
	for m = p.hears(); m["type"] != "go"; m = p.hears() {
		continue
	}
	link := m["url"].(string)
	require.Regexp(t, `^/webrtc/[0-9]+#login=doctor1&token=app_`, link)
	_, refused := a.joined(a.base + strings.Replace(link, "login=doctor1", "login=doctor2", 1))
	require.Equal(t, "unknown", refused["why"])
	call, welcome := a.joined(a.base + link)
	require.Equal(t, "joined", welcome["type"])
	other.shows(quiet)
	people := a.srv.Rooms()[0].Participants
	require.Len(t, people, 1)
	require.Equal(t, "doctor1", people[0].ID)
	require.False(t, people[0].Guest)
	require.True(t, a.srv.Rings()[0].Answered)
	require.NoError(t, call.conn.Close())
}

func TestAnAppDeclinesAndStopsRingingByItself(t *testing.T) {
	var now atomic.Int64
	now.Store(1_798_794_000)
	a := serve(t, standin.Options{Now: func() time.Time { return time.Unix(now.Load(), 0) }}).login()
	room := a.room("")
	invite := func() { a.do("POST", "/conferences/"+room+"/invite", `{"participants":["doctor1"]}`) }
	p := a.dialApp("doctor1")
	p.shows(quiet)
	invite()
	invite()
	p.shows(rings("invite"))
	p.say(message{"type": "decline", "room": room})
	p.shows(quiet)
	require.True(t, a.srv.Rings()[1].Declined)
	require.False(t, a.srv.Decline(room, "doctor1"), "it rings no more")

	invite()
	p.shows(rings("invite"))
	now.Add(44)
	require.True(t, a.srv.Decline(room, "doctor1@anywhere"))
	p.shows(quiet)
	invite()
	p.shows(rings("invite"))
	now.Add(45)
	p.shows(quiet)
	a.srv.SetSwitches(func(w *standin.Switches) { w.RingFor = time.Hour })
	p.shows(rings("invite"))
	a.srv.StopRoom(room)
	p.shows(quiet)
	p.say(message{"type": "enter", "room": room})
	require.Equal(t, "not_running", p.hears()["why"])
	p.say(message{"type": "moon"})
	a.srv.Restart()
	p.closed()
}

// A planned meeting begins by the stand-in's clock and rings its owner, though
// nobody asks; before that the owner alone may begin it.
func TestAPlannedMeetingRingsTheAppOfItsOwner(t *testing.T) {
	var now atomic.Int64
	now.Store(1_798_794_000 - 60)
	a := serve(t, standin.Options{Now: func() time.Time { return time.Unix(now.Load(), 0) }}).login()
	p := a.dialApp("doctor1")
	for _, id := range []string{"first", "second"} {
		a.do("POST", "/conferences", `{"id":"`+id+`","topic":"T","owner":"doctor1","allow_guests":true,"schedule":{"type":1,"start_time":1798794000,"duration":1800}}`)
	}
	p.shows(func(app map[string]any) bool { return len(app["meetings"].([]any)) == 2 })
	guest := a.link("first", "2$p*Ann")
	_, err := a.srv.Enter(guest)
	require.ErrorIs(t, err, standin.ReasonNotRunning)
	_, err = a.srv.EnterUser("first", "doctor2")
	require.ErrorIs(t, err, standin.ReasonNotRunning)

	p.say(message{"type": "enter", "room": "first"})
	var m message
	for m = p.hears(); m["type"] != "go"; m = p.hears() {
		continue
	}
	_, welcome := a.joined(a.base + m["url"].(string))
	require.Equal(t, "joined", welcome["type"])
	_, err = a.srv.Enter(guest)
	require.NoError(t, err, "a guest may come as soon as it runs")
	require.Empty(t, a.srv.Rings())

	now.Add(60)
	p.shows(rings("schedule"))
	got := a.srv.Rings()
	require.Len(t, got, 1, "who is inside is not rung")
	require.Equal(t, "second", got[0].Room)
	_, err = a.srv.Enter(a.link("second", "2$q*Bob"))
	require.NoError(t, err)
	a.srv.StopRoom("second")
	_, err = a.srv.EnterUser("second", "doctor1")
	require.ErrorIs(t, err, standin.ReasonNotRunning, "its time is over")
}

func TestAPlannedMeetingThatDoesNotBegin(t *testing.T) {
	a := serve(t, standin.Options{Switches: standin.Switches{NoStart: true}}).login()
	a.do("POST", "/conferences", `{"id":"past","topic":"T","owner":"doctor1","schedule":{"type":1,"start_time":1700000000,"duration":600}}`)
	require.Equal(t, "stopped", a.srv.Rooms()[0].State)
	require.Empty(t, a.srv.Rings())
	a.srv.SetSwitches(func(w *standin.Switches) { w.NoStart = false })
	require.Equal(t, "running", a.srv.Rooms()[0].State)
}

func TestAnAdministratorStartsAPlannedMeeting(t *testing.T) {
	at := time.Now().Add(time.Hour).Truncate(time.Second)
	a := serve(t, standin.Options{}).login()
	a.do("POST", "/conferences", `{"id":"later","topic":"T","owner":"doctor1","allow_guests":true,"schedule":{"type":1,"start_time":`+strconv.FormatInt(at.Unix(), 10)+`,"duration":900}}`)
	room := a.srv.Rooms()[0]
	require.True(t, room.Start.Equal(at))
	require.Equal(t, 15*time.Minute, room.Length)
	require.True(t, a.srv.StartRoom("later"))
	require.False(t, a.srv.StartRoom("later"), "it runs")
	require.False(t, a.srv.StartRoom("nothing"))
	_, err := a.srv.Enter(a.link("later", "$Ann"))
	require.NoError(t, err)
	require.True(t, a.srv.Rooms()[0].Start.Equal(at))
	a.room("")
	require.Zero(t, a.srv.Rooms()[1].Start)
}

func TestThePageOfNobodysApp(t *testing.T) {
	a := serve(t, standin.Options{})
	for path, status := range map[string]int{"/doctor/doctor1": 200, "/doctor/nobody": 404, "/doctor/nobody/signal": 404, "/doctor/": 404} {
		res, err := http.Get(a.base + path)
		require.NoError(t, err)
		got, _ := read(t, res)
		require.Equal(t, status, got, path)
		if status == 200 {
			require.Contains(t, res.Header.Get("Content-Security-Policy"), "frame-ancestors 'none'")
		}
	}
	_, res, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(a.base, "http")+"/doctor/doctor1/signal", http.Header{"Origin": {"http://evil.example"}})
	require.Error(t, err)
	require.Equal(t, 403, res.StatusCode)
}
