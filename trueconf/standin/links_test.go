package standin_test

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bedside/trueconf/standin"
)

// What stands on the wire, byte by byte, in every style (API reference §7).
func TestEscapingOnTheWire(t *testing.T) {
	a := serve(t, standin.Options{PublicURL: "http://v.example:1"}).login()
	room := a.room(`,"id":"r1"`)
	for _, c := range []struct {
		style    standin.Escaping
		has, not []string
	}{
		{standin.EscapePHP, []string{`"http:\/\/v.example:1\/webrtc\/r1#login=*guest*p&token=$2`, `<\/iframe>"`, `trueconf:\\c\\r1@`}, []string{`://`}},
		{standin.EscapePlain, []string{`"http://v.example:1/webrtc/r1#login=*guest*p&token=`, `</iframe>"`}, []string{`\/`}},
		{standin.EscapeUnicode, []string{`"http://v.example:1/webrtc/r1#login=*guest*p\u0026token=`, `\u003c/iframe\u003e"`}, []string{`\/`}},
		{standin.EscapeArticle, []string{`"http:\/\/v.example:1\/webrtc`, `<\\iframe>"`}, []string{`<\/iframe>`}},
		{standin.EscapeDouble, []string{`"http:\\\/\\\/v.example:1\\\/webrtc\\\/r1#`, `trueconf:\\\\c\\\\r1@`}, nil},
	} {
		t.Run("style "+string(c.style), func(t *testing.T) {
			a.srv.SetSwitches(func(w *standin.Switches) { w.Escaping = c.style })
			got := a.clients(room, "2$p*Анна")
			require.True(t, json.Valid([]byte(got)))
			for _, want := range c.has {
				require.Contains(t, got, want)
			}
			for _, bad := range c.not {
				require.NotContains(t, got, bad)
			}
		})
	}
}

func TestPHPWritesNonASCIIAsEscapes(t *testing.T) {
	a := serve(t, standin.Options{}).login()
	a.room(`,"id":"r1","description":"Приём 😀 / done"`)
	got := a.do("GET", "/conferences/r1", "")
	require.Contains(t, got, `\u041f\u0440\u0438\u0451\u043c \ud83d\ude00 \/ done`)
	require.Equal(t, "Приём 😀 / done", get(t, got, "conference", "description"))
}

func TestLooseTypes(t *testing.T) {
	a := serve(t, standin.Options{Switches: standin.Switches{LooseTypes: true}}).login()
	a.room(`,"id":"r1"`)
	got := a.do("GET", "/conferences/r1", "")
	require.Equal(t, "2", get(t, got, "conference", "max_participants"))
	require.EqualValues(t, 1, get(t, got, "conference", "allow_guests"))
}

func TestShapesOfTheClientList(t *testing.T) {
	a := serve(t, standin.Options{}).login()
	room := a.room(`,"id":"r1"`)
	got := a.clients(room, "2$p_1*Ann Lee")
	require.Contains(t, get(t, got, "deeplinks", "default"), `trueconf:\c\r1@standin.trueconf.name%23vcs&h=`)
	android := get(t, got, "deeplinks", "android").(string)
	require.True(t, strings.HasPrefix(android, `intent:\c\r1%40standin.trueconf.name%23vcs%26h%3d`), android)
	require.True(t, strings.HasSuffix(android, "#Intent;scheme=trueconf;package=com.trueconf.videochat;end"), android)
	require.NotEqual(t, got, a.clients(room, "2$p_1*Ann Lee"), "every link is fresh")

	a.srv.SetSwitches(func(w *standin.Switches) { w.Deeplinks, w.WidgetDecoy = standin.DeeplinksInside, true })
	got = a.clients(room, "$Ann")
	require.Contains(t, get(t, got, "clients", 0, "web_url"), "/webrtc-widget/r1#")
	require.Contains(t, get(t, got, "clients", 1, "web_url"), "/webrtc/r1#")
	require.NotEmpty(t, get(t, got, "clients", 1, "deeplinks", "android"))
	require.NotContains(t, get(t, got), "deeplinks")

	a.srv.SetSwitches(func(w *standin.Switches) { *w = standin.Switches{NoWeb: true, NoStandalone: true} })
	require.Empty(t, get(t, a.clients(room, "$Ann"), "clients"))
	a.srv.SetSwitches(func(w *standin.Switches) { *w = standin.Switches{ClientsNeedToken: true} })
	a.clients(room, "$Ann")
	a.token = ""
	status, _ := a.raw("GET", "/software/clients?call_id=r1", "")
	require.Equal(t, 403, status)
}

func TestBadQuestionsForLinks(t *testing.T) {
	a := serve(t, standin.Options{}).login()
	a.room(`,"id":"r1"`)
	const minting = "&case=join_conference_button&user="
	for _, c := range []struct {
		query  string
		status int
	}{
		{"", 400}, {"call_id=nothing", 404}, {"call_id=r1", 200}, {"call_id=r1" + minting, 200},
		{"call_id=r1" + minting + "Ann", 400}, {"call_id=r1" + minting + "$", 400}, {"call_id=r1" + minting + "2$*Ann", 400},
		{"call_id=r1" + minting + "2$p", 400}, {"call_id=r1" + minting + "2$p*", 400}, {"call_id=r1" + minting + "2$a@b*Ann", 400},
		{"call_id=r1" + minting + "2$" + strings.Repeat("a", 101) + "*Ann", 400}, {"call_id=r1" + minting + "2%24p%2AAnn+Lee", 200},
	} {
		status, body := a.raw("GET", "/software/clients?"+c.query, "")
		require.Equal(t, c.status, status, "%s: %s", c.query, body)
	}
}

func TestGuestIsWhoTheLinkSays(t *testing.T) {
	a := serve(t, standin.Options{}).login()
	room := a.room("")
	v, err := a.srv.Enter(a.link(room, "2$p_1*Анна Ли"))
	require.NoError(t, err)
	require.True(t, v.Inside())
	got := a.do("GET", "/conferences/"+room+"/participants", "")
	require.Equal(t, "*guest*p_1", get(t, got, "participants", 0, "id"))
	require.Equal(t, "Анна Ли", get(t, got, "participants", 0, "display_name"))
	require.Equal(t, "Анна Ли", get(t, a.do("GET", "/conferences/"+room+"/participants/p_1", ""), "participant", "display_name"))
	v.Leave()
	v.Leave()
	require.False(t, v.Inside())
	require.Empty(t, get(t, a.do("GET", "/conferences/"+room+"/participants", ""), "participants"))
}

func TestReasonsForNotLettingIn(t *testing.T) {
	now := time.Now()
	a := serve(t, standin.Options{Now: func() time.Time { return now }, GuestSeats: 1}).login()
	room, other := a.room(""), a.room("")
	enter := func(link string, want error) *standin.Visitor {
		t.Helper()
		v, err := a.srv.Enter(link)
		if want == nil {
			require.NoError(t, err)
		} else {
			require.ErrorIs(t, err, want)
		}
		return v
	}
	link := a.link(room, "2$p*Ann")
	enter(strings.Replace(link, room, other, 1), standin.ReasonUnknown)
	enter(strings.Replace(link, "guest*p", "guest*q", 1), standin.ReasonUnknown)
	enter(strings.Replace(link, "/webrtc/", "/webrtc-widget/", 1), standin.ReasonUnknown)
	enter("http://x/webrtc/"+room, standin.ReasonUnknown)
	enter("::", standin.ReasonUnknown)
	first := enter(link, nil)
	enter(a.link(other, "$Bob"), standin.ReasonNoSeat)
	first.Leave()
	enter(link, nil).Leave()

	now = now.Add(time.Minute)
	enter(link, standin.ReasonExpired)
	a.srv.SetSwitches(func(w *standin.Switches) { w.LinkOnce, w.GuestSeats = true, 9 })
	once := a.link(room, "2$p*Ann")
	enter(once, nil).Leave()
	enter(once, standin.ReasonExpired)

	doctor, err := a.srv.EnterUser(room, "doctor1")
	require.NoError(t, err)
	enter(a.link(room, "2$p*Ann"), nil)
	enter(a.link(room, "2$q*Bob"), standin.ReasonRoomFull)
	doctor.Leave()
	link = a.link(room, "2$q*Bob")
	require.True(t, a.srv.StopRoom(room))
	require.False(t, a.srv.StopRoom(room))
	enter(link, standin.ReasonNotRunning)
	a.srv.SetSwitches(func(w *standin.Switches) { w.StoppedAdmits = true })
	enter(link, nil)
	require.Equal(t, "running", a.srv.Rooms()[0].State)
	require.True(t, a.srv.DeleteRoom(room))
	enter(link, standin.ReasonUnknown)
	_, err = a.srv.EnterUser(room, "doctor1")
	require.ErrorIs(t, err, standin.ReasonUnknown)
	link = a.link(other, "$Ann")
	a.srv.Restart()
	enter(link, standin.ReasonUnknown)
}

func TestSecondJoin(t *testing.T) {
	a := serve(t, standin.Options{}).login()
	room := a.room("")
	link := a.link(room, "2$p*Ann")
	first, err := a.srv.Enter(link)
	require.NoError(t, err)
	second, err := a.srv.Enter(link)
	require.NoError(t, err)
	require.False(t, first.Inside())
	require.True(t, second.Inside())
	a.srv.SetSwitches(func(w *standin.Switches) { w.SecondJoin = standin.SecondRefused })
	_, err = a.srv.Enter(link)
	require.ErrorIs(t, err, standin.ReasonInside)
	a.srv.SetSwitches(func(w *standin.Switches) { w.SecondJoin = standin.SecondDoubles })
	_, err = a.srv.Enter(link)
	require.NoError(t, err)
	require.Len(t, a.srv.Rooms()[0].Participants, 2)
}

func TestGhostsFadeByTheClock(t *testing.T) {
	now := time.Now()
	a := serve(t, standin.Options{Now: func() time.Time { return now }, GuestSeats: 1}).login()
	room := a.room("")
	v, err := a.srv.Enter(a.link(room, "2$p*Ann"))
	require.NoError(t, err)
	v.Vanish()
	now = now.Add(10*time.Second - 1)
	require.True(t, a.srv.Rooms()[0].Participants[0].Ghost)
	_, err = a.srv.Enter(a.link(room, "2$q*Bob"))
	require.ErrorIs(t, err, standin.ReasonNoSeat, "a ghost holds its seat")
	now = now.Add(1)
	require.Empty(t, a.srv.Rooms()[0].Participants)
	a.srv.SetSwitches(func(w *standin.Switches) { w.Ghost = -1 })
	v, err = a.srv.Enter(a.link(room, "2$p*Ann"))
	require.NoError(t, err)
	v.Vanish()
	require.False(t, v.Inside())
}

func TestShapesOfTheParticipantList(t *testing.T) {
	a := serve(t, standin.Options{}).login()
	room := a.room("")
	_, err := a.srv.Enter(a.link(room, "2$p*Ann"))
	require.NoError(t, err)
	for _, c := range []struct {
		shape standin.ParticipantShape
		path  []any
		want  any
	}{
		{standin.ShapeGuestID, []any{"participants", 0, "id"}, "*guest*p"},
		{standin.ShapeBareID, []any{"participants", 0, "id"}, "p"},
		{standin.ShapeUID, []any{"participants", 0, "uid"}, "*guest*p@standin.trueconf.name"},
		{standin.ShapeV4, []any{"list", 0, "call_id"}, "*guest*p@standin.trueconf.name"},
		{standin.ShapeStrings, []any{"participants", 0, "is_owner"}, "0"},
	} {
		a.srv.SetSwitches(func(w *standin.Switches) { w.Participants = c.shape })
		require.Equal(t, c.want, get(t, a.do("GET", "/conferences/"+room+"/participants", ""), c.path...))
	}
}

// Whatever people do, a room never holds more than its places, the server never
// more guests than its seats, and nobody is in a stopped room.
func TestPlacesAndSeatsHold(t *testing.T) {
	a := serve(t, standin.Options{}).login()
	rapid.Check(t, func(r *rapid.T) {
		now := time.Unix(1_800_000_000, 0)
		seats := rapid.IntRange(1, 3).Draw(r, "seats")
		s := standin.New(standin.Options{
			ClientID: testID, ClientSecret: testSecret, SecretKey: "k", GuestSeats: seats, Now: func() time.Time { return now },
			Switches: standin.Switches{SecondJoin: rapid.SampledFrom([]standin.SecondJoin{"", "refused", "doubles"}).Draw(r, "second")},
		})
		defer s.Close()
		local := &api{t: a.t, base: "", version: "v3.11", token: "k", srv: s}
		rooms := []string{local.direct("r0"), local.direct("r1")}
		var inside []*standin.Visitor
		r.Repeat(map[string]func(*rapid.T){
			"enter": func(r *rapid.T) {
				link := local.directLink(rapid.SampledFrom(rooms).Draw(r, "room"), rapid.SampledFrom([]string{"p", "q", "x", "y"}).Draw(r, "who"))
				now = now.Add(time.Duration(rapid.IntRange(0, 70).Draw(r, "pause")) * time.Second)
				if v, err := s.Enter(link); err == nil {
					inside = append(inside, v)
				}
			},
			"answer": func(r *rapid.T) { _, _ = s.EnterUser(rapid.SampledFrom(rooms).Draw(r, "room"), "doctor1") },
			"leave": func(r *rapid.T) {
				if len(inside) > 0 {
					rapid.SampledFrom(inside).Draw(r, "who").Leave()
				}
			},
			"vanish": func(r *rapid.T) {
				if len(inside) > 0 {
					rapid.SampledFrom(inside).Draw(r, "who").Vanish()
				}
			},
			"stop": func(r *rapid.T) { s.StopRoom(rapid.SampledFrom(rooms).Draw(r, "room")) },
			"run": func(r *rapid.T) {
				local.directCall("POST", "/conferences/"+rapid.SampledFrom(rooms).Draw(r, "room")+"/run", "")
			},
			"": func(r *rapid.T) {
				guests := 0
				for _, rm := range s.Rooms() {
					require.LessOrEqual(r, len(rm.Participants), rm.MaxParticipants)
					if rm.State == "stopped" {
						require.Empty(r, rm.Participants)
					}
					for _, p := range rm.Participants {
						if p.Guest {
							guests++
						}
					}
				}
				require.LessOrEqual(r, guests, seats)
			},
		})
	})
}

func TestLinksStandOnTheRequestsHostOrThePublicOne(t *testing.T) {
	a := serve(t, standin.Options{}).login()
	u, err := url.Parse(a.link(a.room(""), "$Ann"))
	require.NoError(t, err)
	require.Equal(t, a.base, "http://"+u.Host)
}
