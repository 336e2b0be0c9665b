package web_test

import (
	"net/http"
	"net/netip"
	"testing"

	"bedside/bot"
	"bedside/web"
	"bedside/web/wire"

	"github.com/stretchr/testify/require"
)

func settingsOf(staff []web.StaffMember) web.Settings {
	return web.Settings{
		Sites: []web.Site{{ID: "main", Title: "Rassvet", Origins: []string{"https://www.clinic.example"}}},
		Staff: staff, Limits: wide(),
	}
}

// Whose department has changed is greeted anew with the same sign-in; whose password
// has changed, and who is gone, is signed out; nobody else notices.
func TestAChangeOfStaff(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	p := h.patient()
	patient, vera, oleg, rita, anton := p.connect(), h.staff("vera"), h.staff("oleg"), h.staff("rita"), h.staff("anton")
	veras, olegs, ritas, antons := vera.connect(), oleg.connect(), rita.connect(), anton.connect()
	changed := append([]web.StaffMember{}, h.crew[:3]...) // anton is gone
	changed[0].Departments = []string{"duty"}
	changed[1].PasswordHash = web.CheapHash("another one")
	require.NoError(t, h.s.Change(settingsOf(changed)))

	require.Equal(t, wire.CloseRestart, veras.closed())
	vera.connect()
	vera.call("GET", "/api/v1/session", nil, 200, nil)
	require.Equal(t, wire.CloseSignedOut, olegs.closed())
	oleg.refused("GET", "/api/v1/session", nil, 401, bot.Unauthorized)
	require.Equal(t, wire.CloseSignedOut, antons.closed())
	anton.refused("GET", "/api/v1/session", nil, 401, bot.Unauthorized)
	ritas.say(wire.OpenFrame{Type: wire.TypeOpen, Conversation: "nobody's"})
	ritas.untilType(wire.TypeRefused)
	patient.open(p.id, 0)
	patient.untilType(wire.TypeCaughtUp)
}

// Nobody keeps yesterday's departments by signing in while they change.
func TestAChangeOfStaffWhoAreJustSigningIn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	vera := h.staff("vera")
	changed := append([]web.StaffMember{}, h.crew...)
	changed[0].Departments = []string{"duty"}
	web.WhileSomebodySignsIn(h.s, func() { require.NoError(t, h.s.Change(settingsOf(changed))) })
	conn, _, err := h.dial(http.Header{"Cookie": {vera.cookie.Name + "=" + vera.cookie.Value}})
	require.NoError(t, err)
	l := &line{t: t, conn: conn, seen: map[string][]frame{}}
	l.say(wire.HelloFrame{Type: wire.TypeHello})
	require.Equal(t, wire.CloseRestart, l.closed())
}

// Limits, proxies and sites hold for the next request; what does not fit changes
// nothing.
func TestAChangeOfTheRest(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	n := settingsOf(h.crew)
	n.Sites = append(n.Sites, web.Site{ID: "new", Title: "New", Origins: []string{"https://new.example"}})
	n.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	n.MetricsFrom = []netip.Prefix{netip.MustParsePrefix("10.0.0.7/32")}
	near := &person{h: h}
	near.call("GET", "/metrics", nil, 200, nil)
	near.refused("GET", "/widget/?site=new", nil, 404, bot.Unknown)
	near.call("GET", "/widget/?site=kids", nil, 200, nil)
	require.NoError(t, h.s.Change(n))
	near.refused("GET", "/metrics", nil, 404, bot.Unknown)
	(&person{h: h, header: http.Header{"X-Forwarded-For": {"10.0.0.7"}}}).call("GET", "/metrics", nil, 200, nil)
	require.Contains(t, near.call("GET", "/widget/?site=new", nil, 200, nil).Header.Get("Content-Security-Policy"), "frame-ancestors https://new.example")
	near.refused("GET", "/widget/?site=kids", nil, 404, bot.Unknown)

	wrong := n
	wrong.Sites = []web.Site{{ID: "main", Origins: []string{"https://bad.example/path"}}}
	require.Error(t, h.s.Change(wrong))
	near.call("GET", "/widget/?site=new", nil, 200, nil)

	n.Limits.RequestsPerSecond, n.Limits.RequestBurst = 0.001, 1
	require.NoError(t, h.s.Change(n))
	near.call("GET", "/healthz", nil, 200, nil)
	near.refused("GET", "/healthz", nil, 429, bot.TooMany)
}
