package web_test

import (
	"net/http"
	"net/netip"
	"strings"
	"testing"

	"bedside/bot"
	"bedside/web"
	"bedside/web/wire"

	"github.com/stretchr/testify/require"
)

// TestTheStaffCookieCountsForOwnPagesAlone asks with a valid cookie from
// everywhere that a browser could be made to ask from.
func TestTheStaffCookieCountsForOwnPagesAlone(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	vera := h.staff("vera")
	port := h.host[strings.LastIndex(h.host, ":"):]
	for name, c := range map[string]struct {
		origin, site string
		own          bool
	}{
		"a program":                    {own: true},
		"own page":                     {origin: h.url, site: "same-origin", own: true},
		"own page, older browser":      {origin: h.url, own: true},
		"own page, a read":             {site: "same-origin", own: true},
		"the address bar":              {site: "none", own: true},
		"a clinic's page":              {origin: "https://www.clinic.example", site: "cross-site"},
		"a clinic's page, older":       {origin: "https://www.clinic.example"},
		"a sibling's page":             {origin: h.url, site: "same-site"},
		"a sandboxed frame":            {origin: "null", site: "cross-site"},
		"a sandboxed frame, older":     {origin: "null"},
		"an image on another page":     {site: "cross-site"},
		"another port of our host":     {origin: "http://127.0.0.1:1"},
		"our host by https":            {origin: "https://" + h.host},
		"our name inside another":      {origin: "http://" + h.host + ".evil.example"},
		"our name as user info":        {origin: "http://" + h.host + "@evil.example"},
		"another host, our port":       {origin: "http://evil.example" + port},
		"no origin at all, but a word": {origin: "file://"},
	} {
		t.Run(name, func(t *testing.T) {
			p := *vera
			p.header = http.Header{}
			if c.origin != "" {
				p.header.Set("Origin", c.origin)
			}
			if c.site != "" {
				p.header.Set("Sec-Fetch-Site", c.site)
			}
			if c.own {
				p.call("GET", "/api/v1/session", nil, 200, nil)
				p.call("GET", "/api/v1/conversations", nil, 200, nil)
			} else {
				p.refused("GET", "/api/v1/session", nil, 403, bot.Forbidden)
				p.refused("GET", "/api/v1/conversations", nil, 403, bot.Forbidden)
				p.refused("DELETE", "/api/v1/session", nil, 403, bot.Forbidden)
				p.refused("POST", "/api/v1/session", wire.SignIn{Login: "vera", Password: password}, 403, bot.Forbidden)
			}
			header := p.header.Clone()
			header.Set("Cookie", p.cookie.Name+"="+p.cookie.Value)
			_, res, err := h.dial(header)
			if c.own {
				require.NoError(t, err)
			} else {
				require.Error(t, err)
				require.Equal(t, 403, res.StatusCode)
			}
			require.Empty(t, res.Header.Get("Access-Control-Allow-Origin"))
		})
	}
}

func TestTheDoorsNeverMix(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	p, other := h.patient(), h.patient()
	vera := h.staff("vera")
	both := &person{h: h, bearer: p.bearer, cookie: vera.cookie, id: p.id}

	t.Run("a bearer decides alone", func(t *testing.T) {
		both.call("GET", "/api/v1/conversations/"+p.id, nil, 200, nil)
		both.refused("GET", "/api/v1/conversations/"+other.id, nil, 404, bot.Unknown) // vera could
		both.refused("POST", "/api/v1/conversations/"+p.id+"/commands", wire.Command{Key: "k", Do: bot.DoClaim}, 403, bot.Forbidden)
	})
	t.Run("a dead bearer is not helped by the cookie", func(t *testing.T) {
		dead := &person{h: h, bearer: newTicket(), cookie: vera.cookie}
		dead.refused("GET", "/api/v1/conversations/"+p.id, nil, 401, bot.Unauthorized)
		for _, value := range []string{"Basic dmVyYTpwdw==", "Bearer", "Bearer ", p.bearer} {
			odd := &person{h: h, cookie: vera.cookie, header: http.Header{"Authorization": {value}}}
			odd.refused("GET", "/api/v1/conversations/"+p.id, nil, 401, bot.Unauthorized)
		}
		two := &person{h: h, header: http.Header{"Authorization": {"Bearer " + p.bearer, "Bearer " + other.bearer}}}
		two.refused("GET", "/api/v1/conversations/"+p.id, nil, 401, bot.Unauthorized)
	})
	t.Run("a ticket in the hello beats the cookie", func(t *testing.T) {
		conn, _, err := h.dial(http.Header{"Cookie": {vera.cookie.Name + "=" + vera.cookie.Value}, "Origin": {h.url}})
		require.NoError(t, err)
		l := &line{t: t, conn: conn, seen: map[string][]frame{}}
		l.say(wire.HelloFrame{Type: wire.TypeHello, Ticket: p.bearer})
		require.Equal(t, bot.Patient, l.next().Role)
		l.open(other.id, 0)
		require.Equal(t, bot.Unknown, l.untilType(wire.TypeRefused).Code)
	})
	t.Run("a cookie starts nothing as a patient", func(t *testing.T) {
		vera.refused("POST", "/api/v1/conversations/"+p.id+"/commands", wire.Command{Key: "k", Do: bot.DoSend, Text: "x"}, 403, bot.Forbidden)
	})
	t.Run("a patient's ticket lists nothing", func(t *testing.T) {
		p.refused("GET", "/api/v1/conversations", nil, 401, bot.Unauthorized)
		p.refused("GET", "/api/v1/session", nil, 401, bot.Unauthorized)
	})
	t.Run("another department's doctor knows nothing", func(t *testing.T) {
		h.staff("rita").refused("GET", "/api/v1/conversations/"+p.id+"/entries", nil, 404, bot.Unknown)
	})
}

func TestTheConsoleAtItsOwnAddress(t *testing.T) {
	t.Parallel()
	var consoleURL string
	h := newHouse(t, func(o *web.Options) {
		consoleURL = "http://console.example:8443"
		o.ConsoleURL = consoleURL
	})
	p := h.patient()
	p.refused("POST", "/api/v1/session", wire.SignIn{Login: "vera", Password: password}, 404, bot.Unknown)
	p.refused("GET", "/console/", nil, 404, bot.Unknown)

	console := h.serve(h.s.ConsoleHandler())
	vera := console.staff("vera")
	vera.call("GET", "/api/v1/conversations", nil, 200, nil)
	vera.call("GET", "/console/", nil, 200, nil)
	vera.refused("GET", "/widget/", nil, 404, bot.Unknown)
	vera.refused("POST", "/api/v1/conversations", wire.Start{Key: "k"}, 405, bot.Malformed)
	(&person{h: console, bearer: p.bearer}).refused("GET", "/api/v1/conversations/"+p.id, nil, 401, bot.Unauthorized)

	strange := *vera
	strange.header = http.Header{"Origin": {h.url}} // the panel's own pages are none of the console's
	strange.refused("GET", "/api/v1/session", nil, 403, bot.Forbidden)
	strange.h = h // and the cookie opens nothing at the public address
	strange.header = nil
	strange.refused("GET", "/api/v1/conversations/"+p.id, nil, 401, bot.Unauthorized)
}

func TestHeaders(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	anybody := &person{h: h}
	tc := h.tcURL
	get := func(path string) http.Header { return anybody.call("GET", path, nil, 200, nil).Header }

	widget := get("/widget/?site=kids")
	policy := widget.Get("Content-Security-Policy")
	require.Contains(t, policy, "frame-ancestors https://kids.example;")
	require.NotContains(t, policy, "clinic.example")
	require.Contains(t, policy, "frame-src "+tc+";")
	require.Contains(t, policy, "script-src 'self';")
	require.NotContains(t, policy, "unsafe")
	permissions := widget.Get("Permissions-Policy")
	for _, feature := range []string{"camera", "microphone", "autoplay", "display-capture", "fullscreen"} {
		require.Contains(t, permissions, feature+`=(self "`+tc+`")`)
	}
	for _, path := range []string{"/console/", "/join/abc", "/healthz"} {
		require.Contains(t, get(path).Get("Content-Security-Policy"), "frame-ancestors 'none'", path)
	}
	for _, path := range []string{"/widget/", "/console/", "/join/abc", "/healthz", "/widget.js", "/api/openapi.yaml"} {
		header := get(path)
		require.Equal(t, "nosniff", header.Get("X-Content-Type-Options"), path)
		require.Equal(t, "no-referrer", header.Get("Referrer-Policy"), path)
		require.Equal(t, "same-origin", header.Get("Cross-Origin-Opener-Policy"), path)
		require.Empty(t, header.Get("Access-Control-Allow-Origin"), path)
		require.Empty(t, header.Get("Set-Cookie"), path)
	}
	p := h.begun()
	require.Equal(t, "no-store", p.call("GET", "/api/v1/conversations/"+p.id, nil, 200, nil).Header.Get("Cache-Control"))
	anybody.refused("GET", "/widget/?site=nobody", nil, 404, bot.Unknown)
	anybody.refused("GET", "/widget/more", nil, 404, bot.Unknown)
}

func TestCookies(t *testing.T) {
	t.Parallel()
	plain := newHouse(t).staff("vera").cookie
	require.Equal(t, "bedside", plain.Name)
	require.False(t, plain.Secure)
	secure := newHouse(t, func(o *web.Options) { o.PublicURL = "https://bedside.clinic.example" }).staff("vera").cookie
	require.Equal(t, "__Host-bedside", secure.Name)
	for _, c := range []*http.Cookie{plain, secure} {
		require.True(t, c.HttpOnly)
		require.Equal(t, http.SameSiteStrictMode, c.SameSite)
		require.Equal(t, "/", c.Path)
		require.Empty(t, c.Domain)
	}
	require.True(t, secure.Secure)
}

func TestMetricsAreForNearbyEyes(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	near := &person{h: h}
	near.call("GET", "/metrics", nil, 200, nil)
	near.call("GET", "/healthz", nil, 200, nil)
	near.call("GET", "/readyz", nil, 200, nil)
	through := &person{h: h, header: http.Header{"X-Forwarded-For": {"127.0.0.1"}}}
	through.refused("GET", "/metrics", nil, 404, bot.Unknown)
}

// TestTheHostIsNotBelieved: a name that an attacker's resolver points at us
// (DNS rebinding) is no page of ours, whatever Host says.
func TestTheHostIsNotBelieved(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	vera := h.staff("vera")
	port := h.host[strings.LastIndex(h.host, ":"):]
	for host, own := range map[string]bool{
		"localhost" + port: true, "clinic.localhost" + port: true, "LocalHost" + port: true, "[::1]" + port: true, "127.0.0.1": true,
		"evil.example" + port: false, "localhost.evil.example" + port: false, "evillocalhost" + port: false, "10.0.0.1" + port: false,
		"bedside.clinic.example": false,
	} {
		p := *vera
		p.header = http.Header{"Origin": {"http://" + host}}
		r := p.request("GET", "/api/v1/session", nil)
		r.Host = host
		res, err := http.DefaultClient.Do(r)
		require.NoError(t, err)
		require.NoError(t, res.Body.Close())
		require.Equal(t, own, res.StatusCode == 200, host)
	}
}

func TestMetricsAcrossTheNet(t *testing.T) {
	t.Parallel()
	all := []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	usual := newHouse(t, func(o *web.Options) { o.TrustedProxies = all })
	named := newHouse(t, func(o *web.Options) {
		o.TrustedProxies, o.MetricsFrom = all, []netip.Prefix{netip.MustParsePrefix("10.0.0.7/32")}
	})
	from := func(h *house, address string) *person {
		return &person{h: h, header: http.Header{"X-Forwarded-For": {address}}}
	}
	from(usual, "10.0.0.7").refused("GET", "/metrics", nil, 404, bot.Unknown)
	from(usual, "203.0.113.9").refused("GET", "/metrics", nil, 404, bot.Unknown)
	from(named, "10.0.0.7").call("GET", "/metrics", nil, 200, nil)
	from(named, "10.0.0.8").refused("GET", "/metrics", nil, 404, bot.Unknown)
	(&person{h: named}).refused("GET", "/metrics", nil, 404, bot.Unknown)
}

func TestAProxyThatNobodyNamedIsToldOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for range 3 {
		(&person{h: h, header: http.Header{"X-Forwarded-For": {"203.0.113.9"}}}).call("GET", "/healthz", nil, 200, nil)
	}
	require.Equal(t, 1, strings.Count(h.log.String(), "trusted_proxies"))
	require.Contains(t, h.log.String(), "from=127.0.0.1")
	require.NotContains(t, h.log.String(), "203.0.113.9")

	named := newHouse(t, func(o *web.Options) { o.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")} })
	(&person{h: named, header: http.Header{"X-Forwarded-For": {"203.0.113.9"}}}).call("GET", "/healthz", nil, 200, nil)
	require.NotContains(t, named.log.String(), "trusted_proxies")
}
