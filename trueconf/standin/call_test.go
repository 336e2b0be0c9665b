package standin_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/stretchr/testify/require"

	"bedside/trueconf/standin"
)

// caller is a call page without a browser: it speaks the socket's messages.
type caller struct {
	t    *testing.T
	conn *websocket.Conn
}

type message map[string]any

func (a *api) dial(link string) *caller {
	a.t.Helper()
	u, err := url.Parse(link)
	require.NoError(a.t, err)
	conn, _, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(a.base, "http")+u.Path+"/signal", nil)
	require.NoError(a.t, err)
	a.t.Cleanup(func() { conn.Close() })
	return &caller{a.t, conn}
}

func (a *api) joined(link string) (*caller, message) {
	a.t.Helper()
	p := a.dial(link)
	fragment, err := url.ParseQuery(strings.ReplaceAll(link[strings.Index(link, "#")+1:], "+", "%2B"))
	require.NoError(a.t, err)
	p.say(message{"type": "join", "login": fragment.Get("login"), "token": fragment.Get("token")})
	return p, p.hears()
}

func (p *caller) say(m message) {
	p.t.Helper()
	require.NoError(p.t, p.conn.WriteJSON(m))
}

func (p *caller) hears() message {
	p.t.Helper()
	require.NoError(p.t, p.conn.SetReadDeadline(time.Now().Add(5*time.Second)))
	var m message
	require.NoError(p.t, p.conn.ReadJSON(&m))
	return m
}

// closed waits until the server has hung up.
func (p *caller) closed() {
	p.t.Helper()
	require.NoError(p.t, p.conn.SetReadDeadline(time.Now().Add(5*time.Second)))
	for {
		if _, _, err := p.conn.ReadMessage(); err != nil {
			require.NotContains(p.t, err.Error(), "timeout")
			return
		}
	}
}

func TestTwoPagesSpeak(t *testing.T) {
	a := serve(t, standin.Options{}).login()
	room := a.room("")
	ann, welcome := a.joined(a.link(room, "2$p*Ann"))
	require.Equal(t, "joined", welcome["type"])
	require.Empty(t, welcome["peers"])
	bob, welcomed := a.joined(a.link(room, "2$d*Bob"))
	require.Len(t, welcomed["peers"], 1)
	require.Equal(t, "peer_in", ann.hears()["type"])

	bob.say(message{"type": "signal", "to": welcome["n"], "data": message{"sdp": "x"}})
	got := ann.hears()
	require.Equal(t, welcomed["n"], got["n"])
	require.Equal(t, map[string]any{"sdp": "x"}, got["data"])
	bob.say(message{"type": "signal", "to": 999, "data": "to nobody"})
	bob.say(message{"type": "moon"})
	bob.say(message{"type": "state", "media": message{"camera": true, "mic": true}})
	require.Equal(t, "state", ann.hears()["type"])
	bob.say(message{"type": "leave"})
	require.Equal(t, "peer_out", ann.hears()["type"])
	bob.closed()

	a.srv.DeleteRoom(room)
	require.Equal(t, message{"type": "closed", "why": "deleted"}, ann.hears())
	ann.closed()
}

func TestRefusedPages(t *testing.T) {
	a := serve(t, standin.Options{}).login()
	room := a.room("")
	link := a.link(room, "2$p*Ann")
	p, m := a.joined(strings.Replace(link, "token=", "token=x", 1))
	require.Equal(t, message{"type": "refused", "why": "unknown"}, m)
	p.closed()
	for name, first := range map[string]string{
		"no JSON": `{`, "a list": `[]`, "resume without a key": `{"type":"resume"}`, "nothing": `{}`, "too long": `{"login":"` + strings.Repeat("x", 70_000) + `"}`,
	} {
		p := a.dial(link)
		_ = p.conn.WriteMessage(websocket.TextMessage, []byte(first)) // the server may hang up before it has all of it
		p.closed()
		require.Empty(t, a.srv.Rooms()[0].Participants, name)
	}
	_, res, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(a.base, "http")+"/webrtc/"+room+"/signal", http.Header{"Origin": {"http://evil.example"}})
	require.Error(t, err)
	require.Equal(t, 403, res.StatusCode)
}

func TestResumeRevivesTheGhost(t *testing.T) {
	a := serve(t, standin.Options{}).login()
	room := a.room("")
	link := a.link(room, "2$p*Ann")
	ann, welcome := a.joined(link)
	bob, _ := a.joined(a.link(room, "2$d*Bob"))
	require.NoError(t, ann.conn.Close())
	require.Equal(t, "peer_lost", bob.hears()["type"])
	again := a.dial(link)
	again.say(message{"type": "resume", "key": welcome["key"]})
	require.Equal(t, welcome["n"], again.hears()["n"])
	require.Equal(t, "peer_in", bob.hears()["type"])
	require.Len(t, a.srv.Rooms()[0].Participants, 2)

	a.srv.Restart()
	require.Equal(t, "restart", again.hears()["why"])
	gone := a.dial(link)
	gone.say(message{"type": "resume", "key": welcome["key"]})
	require.Equal(t, "closed", gone.hears()["type"])
}

// Many people at once, calls of the API between them, and the end in the middle.
func TestManyAtOnce(t *testing.T) {
	a := serve(t, standin.Options{GuestSeats: 20}).login()
	var all sync.WaitGroup
	for i := range 8 {
		room := a.room(fmt.Sprintf(`,"id":"m%d"`, i))
		links := []string{a.link(room, "2$p*Ann"), a.link(room, "2$d*Bob")}
		all.Go(func() {
			for _, link := range links {
				v, err := a.srv.Enter(link)
				if err == nil {
					defer v.Leave()
				}
			}
			a.srv.SetSwitches(func(w *standin.Switches) { w.Skew += time.Millisecond })
			_ = a.srv.Rooms()
			a.srv.StopRoom(room)
		})
		p, _ := a.joined(links[0])
		all.Go(func() {
			for {
				if _, _, err := p.conn.ReadMessage(); err != nil {
					return
				}
			}
		})
	}
	require.NoError(t, a.srv.Close())
	all.Wait()
}

func TestNothingSecretIsLogged(t *testing.T) {
	a := serve(t, standin.Options{}).login()
	room := a.room(`,"auto_invite":1,"invitations":[{"id":"doctor1"}]`)
	link := a.link(room, "2$pseudonym*Ann Lee")
	p, welcome := a.joined(link)
	_, _ = a.joined(strings.Replace(link, "token=", "token=x", 1))
	require.NoError(t, p.conn.Close())
	require.NoError(t, a.srv.Close())
	logged := a.logged.String()
	require.Contains(t, logged, "ring")
	_, token, _ := strings.Cut(link, "token=")
	for _, secret := range []string{a.token, testSecret, room, token[:20], "pseudonym", "Ann Lee", welcome["key"].(string)} {
		require.NotContains(t, logged, secret)
	}
}
