package web_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"bedside/bot"
	"bedside/web/wire"

	"github.com/stretchr/testify/require"
)

func TestAVisitOverSockets(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	p := h.patient()
	patient := p.connect()
	patient.open(p.id, 0)
	patient.untilType(wire.TypeCaughtUp)
	patient.gapless(p.id, 0)

	doctor := h.staff("vera").connect()
	require.True(t, doctor.until(func(f frame) bool { return f.Type == wire.TypeHeads && len(f.Heads) == 1 }).All)
	doctor.open(p.id, 0)
	doctor.untilType(wire.TypeCaughtUp)
	key := doctor.do(p.id, wire.Command{Do: bot.DoClaim})
	require.Equal(t, key, doctor.untilType(wire.TypeAck).Key)
	patient.untilAll(
		func(f frame) bool { return f.Kind == bot.DoctorAssigned },
		func(f frame) bool { return f.Type == wire.TypePresence && f.By.Role == bot.Doctor && f.Here },
	)

	doctor.do(p.id, wire.Command{Do: bot.DoSend, Text: "Good day"})
	patient.untilKind(bot.MessageSent)
	patient.do(p.id, wire.Command{Do: bot.DoSend, Text: "Hello, doctor"})
	doctor.untilKind(bot.MessageSent)

	doctor.do(p.id, wire.Command{Do: bot.DoEscalate, How: bot.ByPage})
	ready := patient.untilKind(bot.CallReady)
	link := patient.untilType(wire.TypeGuestLink)
	requireLink(t, link, ready.Seq)
	theirs := doctor.untilType(wire.TypeGuestLink)
	requireLink(t, theirs, ready.Seq)
	require.NotEqual(t, link.WebURL, theirs.WebURL)

	doctor.do(p.id, wire.Command{Do: bot.DoHangUp})
	patient.untilKind(bot.CallEnded)
	patient.gapless(p.id, 0)
	doctor.untilKind(bot.CallEnded)
	doctor.gapless(p.id, 0)
}

func requireLink(t *testing.T, link frame, seq uint64) {
	t.Helper()
	require.Equal(t, seq, link.Seq)
	u, err := url.Parse(link.WebURL)
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(u.Path, "/webrtc/bs_test1234_"), u.Path)
	require.Contains(t, u.Fragment, "token=")
	require.True(t, strings.HasPrefix(link.Deeplinks.Default, "trueconf:"))
	require.True(t, strings.HasPrefix(link.Deeplinks.Android, "intent:"))
	require.WithinDuration(t, time.Now().Add(time.Minute), link.ExpiresAt, 15*time.Second)
}

func TestAVisitOverHTTPAlone(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	p := h.patient()
	d := h.staff("vera").with(p)
	d.do(wire.Command{Do: bot.DoClaim})
	last := d.do(wire.Command{Do: bot.DoEscalate, How: bot.ByPage}).Seq

	ready := p.until(last-1, bot.CallReady)
	body := ready.Body.(map[string]any)
	call := body["call"].(string)
	for _, who := range []*person{p, d} {
		var joined wire.Joined
		who.call("POST", "/api/v1/conversations/"+p.id+"/calls/"+call+"/join", nil, 200, &joined)
		requireLink(t, frame{Seq: ready.Seq, WebURL: joined.WebURL, Deeplinks: *joined.Deeplinks, ExpiresAt: joined.ExpiresAt}, ready.Seq)
	}

	t.Run("by the join link's visit key", func(t *testing.T) {
		u, err := url.Parse(body["link"].(string))
		require.NoError(t, err)
		require.Equal(t, "/join/"+call, u.Path)
		visitor := &person{h: h, bearer: u.Fragment}
		var joined wire.Joined
		visitor.call("POST", "/api/v1/calls/"+call+"/join", wire.Join{Language: "ru"}, 200, &joined)
		require.Contains(t, joined.WebURL, "/webrtc/")
		require.NotEmpty(t, joined.Apps, "where the app is had")
		var now wire.CallNow
		visitor.call("GET", "/api/v1/calls/"+call, nil, 200, &now)
		require.Equal(t, bot.CallStands, now.State)
		require.NotEmpty(t, now.Doctor)
		visitor.call("POST", "/api/v1/calls/"+call+"/ring", nil, 204, nil)
		visitor.refused("POST", "/api/v1/calls/"+call+"/ring", nil, 429, bot.TooMany)
		visitor.refused("GET", "/api/v1/conversations/"+p.id+"/entries", nil, 401, bot.Unauthorized)
		(&person{h: h, bearer: u.Fragment + "x"}).refused("POST", "/api/v1/calls/"+call+"/join", nil, 401, bot.Unauthorized)
	})
	t.Run("the call of another conversation is unknown", func(t *testing.T) {
		other := h.begun()
		other.refused("POST", "/api/v1/conversations/"+p.id+"/calls/"+call+"/join", nil, 404, bot.Unknown)
		other.refused("POST", "/api/v1/conversations/"+other.id+"/calls/"+call+"/join", nil, 404, bot.Unknown)
		d.refused("POST", "/api/v1/conversations/"+other.id+"/calls/"+call+"/join", nil, 404, bot.Unknown)
		h.staff("rita").refused("POST", "/api/v1/calls/"+call+"/join", nil, 404, bot.Unknown)
		for _, who := range []*person{other, h.staff("rita")} {
			who.refused("POST", "/api/v1/calls/"+call+"/ring", nil, 404, bot.Unknown)
			who.refused("GET", "/api/v1/calls/"+call, nil, 404, bot.Unknown)
		}
	})
	t.Run("after the end the link is over", func(t *testing.T) {
		d.do(wire.Command{Do: bot.DoHangUp})
		u, _ := url.Parse(body["link"].(string))
		(&person{h: h, bearer: u.Fragment}).refused("POST", "/api/v1/calls/"+call+"/join", nil, 409, bot.CallOver)
		(&person{h: h, bearer: u.Fragment}).refused("GET", "/api/v1/calls/"+call, nil, 409, bot.CallOver)
	})
}

func TestADoctorByAppGetsNoLink(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	p := h.patient()
	d := h.staff("oleg").with(p)
	console := d.connect()
	console.open(p.id, 0)
	d.do(wire.Command{Do: bot.DoClaim})
	d.do(wire.Command{Do: bot.DoEscalate, How: bot.ByApp})
	call := p.until(0, bot.CallReady).Body.(map[string]any)["call"].(string)
	console.untilKind(bot.CallRung)
	var joined wire.Joined
	d.call("POST", "/api/v1/calls/"+call+"/join", nil, 200, &joined)
	require.Equal(t, wire.Joined{Rung: true}, joined)
	console.do(p.id, wire.Command{Do: bot.DoSend, Text: "I am calling"})
	console.until(func(f frame) bool {
		require.NotEqual(t, wire.TypeGuestLink, f.Type)
		return f.Type == wire.TypeAck
	})
}

func TestNoSecretIsLogged(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	p := h.patient()
	patient := p.connect()
	patient.open(p.id, 0)
	vera := h.staff("vera")
	d := vera.with(p)
	d.do(wire.Command{Do: bot.DoClaim})
	d.do(wire.Command{Do: bot.DoEscalate, How: bot.ByPage})
	link := patient.untilType(wire.TypeGuestLink)
	u, err := url.Parse(link.WebURL)
	require.NoError(t, err)
	key := h.e.VisitKey(link.Call)
	p.call("GET", "/join/"+link.Call, nil, 200, nil)
	h.stop()

	log := h.log.String()
	require.Contains(t, log, "/api/v1/conversations/{id}/commands")
	for name, secret := range map[string]string{
		"ticket": p.bearer, "session": vera.cookie.Value, "visit key": key, "guest link": u.Fragment,
		"room id": strings.TrimPrefix(u.Path, "/webrtc/"), "password": password, "conversation": p.id,
		"call": link.Call, "patient": "Anna", "message": "It hurts",
	} {
		require.NotContains(t, log, secret, name)
	}
	for _, f := range patient.seen[p.id] {
		require.NotContains(t, string(f.raw), strings.TrimPrefix(u.Path, "/webrtc/"))
		require.NotContains(t, string(f.raw), u.Fragment)
	}
}
