package standin_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/trueconf/standin"
)

func TestSwitchesOfTokens(t *testing.T) {
	a := serve(t, standin.Options{})
	refused := func() (int, string) {
		res, err := http.PostForm(a.base+"/oauth2/v1/token", url.Values{"grant_type": {"client_credentials"}, "client_id": {"x"}})
		require.NoError(t, err)
		return read(t, res)
	}
	a.srv.SetSwitches(func(w *standin.Switches) { w.TokenRefusal = standin.RefusalReason })
	status, body := refused()
	require.Equal(t, 400, status)
	require.Equal(t, "InvalidCredentials", get(t, body, "reason"))
	a.srv.SetSwitches(func(w *standin.Switches) { w.TokenRefusal = standin.Refusal401 })
	status, body = refused()
	require.Equal(t, 401, status)
	require.Equal(t, "invalid_client", get(t, body, "error"))

	a.srv.SetSwitches(func(w *standin.Switches) { w.TakeBothTokens, w.TokenLife = true, -1 })
	res, err := http.PostForm(a.base+"/oauth2/v1/token", url.Values{"grant_type": {"client_credentials"}, "client_id": {testID}, "client_secret": {testSecret}})
	require.NoError(t, err)
	_, body = read(t, res)
	require.NotContains(t, get(t, body), "expires_in")
	a.token = get(t, body, "access_token").(string)
	a.do("GET", "/conferences?access_token="+a.token, "")
}

func TestSwitchesOfConferences(t *testing.T) {
	a := serve(t, standin.Options{Switches: standin.Switches{AnyOwner: true, OwnerWithServer: true, EditRunning: true}}).login()
	got := a.do("POST", "/conferences", `{"id":"r1","topic":"T","owner":"nobody","state":"running"}`)
	require.Equal(t, "nobody@standin.trueconf.name", get(t, got, "conference", "owner"))
	require.Equal(t, "private", get(t, got, "conference", "access"))
	got = a.do("PUT", "/conferences/r1", `{"topic":"Other","allow_guests":true,"auto_invite":"2","type":1}`)
	require.Equal(t, "Other", get(t, got, "conference", "topic"))
	require.Equal(t, "public", get(t, got, "conference", "access"))
	require.EqualValues(t, 1, get(t, got, "conference", "max_podiums"))
	status, _ := a.raw("PUT", "/conferences/r1", `{"id":"r2"}`)
	require.Equal(t, 400, status)
}

// The page is strict about itself and says nothing of who may frame it, unless a
// switch makes it refuse.
func TestHeadersOfTheCallPage(t *testing.T) {
	a := serve(t, standin.Options{})
	fetch := func(path string) (http.Header, string) {
		res, err := http.Get(a.base + path)
		require.NoError(t, err)
		_, body := read(t, res)
		return res.Header, body
	}
	h, page := fetch("/webrtc/any")
	require.Contains(t, h.Get("Content-Security-Policy"), "default-src 'none'")
	require.NotContains(t, h.Get("Content-Security-Policy"), "frame-ancestors")
	require.Empty(t, h.Get("X-Frame-Options"))
	require.Equal(t, "no-store", h.Get("Cache-Control"))
	require.Contains(t, page, "Stand-in for TrueConf Server")
	for _, file := range []string{"call.js", "media.js", "peer.js", "socket.js", "view.js", "words.js", "call.css", "icon.svg", "app.js", "appwords.js", "app.css"} {
		_, body := fetch("/standin/" + file)
		require.NotEmpty(t, body, file)
	}
	a.srv.SetSwitches(func(w *standin.Switches) { w.RefuseFrames = true })
	h, _ = fetch("/webrtc/any")
	require.Equal(t, "DENY", h.Get("X-Frame-Options"))
}

// Nothing that plays an administrator is on HTTP.
func TestNoHooksOverHTTP(t *testing.T) {
	a := serve(t, standin.Options{})
	for _, path := range []string{"/rooms", "/rings", "/restart", "/admin", "/switches", "/standin/call.html/../../standin.go", "/debug/pprof/"} {
		res, err := http.Get(a.base + path)
		require.NoError(t, err)
		status, _ := read(t, res)
		require.Equal(t, 404, status, path)
	}
}

func TestFewCallsOfV4(t *testing.T) {
	a := serve(t, standin.Options{}).login()
	a.room("")
	a.version = "v4.1"
	require.EqualValues(t, 1, get(t, a.do("GET", "/product/current-stats", ""), "stats", "conferences"))
	require.NotEmpty(t, get(t, a.do("GET", "/endpoints/connects", ""), "connects"))
	a.version = "v3.1"
	require.Equal(t, "@no_group", get(t, a.do("GET", "/groups", ""), "groups", 0, "id"))
}
