package web_test

import (
	"encoding/json"
	"io"
	"net/http"
	"testing"
	"time"

	"bedside/flows"
	"bedside/web"
	"bedside/web/wire"

	"github.com/stretchr/testify/require"
)

var found = wire.Health{At: time.Unix(1_800_000_000, 0).UTC(), Checks: []wire.HealthCheck{
	{Check: "flows", Verdict: "ok", Title: flows.Text{"en": "Flows"}, Says: flows.Text{"en": "sound"}},
	{Check: "seats", Verdict: "failed", Title: flows.Text{"en": "Seats"}, Says: flows.Text{"en": "none"}, Cure: flows.Text{"en": "Raise them."}},
	{Check: "public.idle", Verdict: "skipped", Title: flows.Text{"en": "Idle"}, Says: flows.Text{"en": "skipped"}},
}}

// Admins and the lead see every check and may have them run; doctors learn whether
// there is video, patients and strangers nothing.
func TestHealthIsForThoseWhomItConcerns(t *testing.T) {
	wait := time.Duration(0)
	h := newHouse(t, func(o *web.Options) {
		o.Health = web.Health{Last: func() wire.Health { return found }, Again: func() time.Duration { return wait }, Leads: func() []string { return []string{"vera"} }}
	})
	for login, whole := range map[string]bool{"anton": true, "vera": true, "oleg": false} {
		p := h.staff(login)
		var got wire.Health
		p.call("GET", "/api/v1/health", nil, http.StatusOK, &got)
		require.True(t, got.Video.Up)
		if !whole {
			require.Empty(t, got.Checks, login)
			p.call("POST", "/api/v1/health", nil, http.StatusForbidden, nil)
			continue
		}
		require.Equal(t, found.Checks, got.Checks)
		p.call("POST", "/api/v1/health", nil, http.StatusAccepted, &got)
	}
	stranger := &person{h: h}
	stranger.call("GET", "/api/v1/health", nil, http.StatusUnauthorized, nil)
	stranger.call("POST", "/api/v1/health", nil, http.StatusUnauthorized, nil)

	wait = 20 * time.Second
	var no wire.Problem
	h.staff("anton").call("POST", "/api/v1/health", nil, http.StatusTooManyRequests, &no)
	require.InDelta(t, 20, no.RetryAfter, 1)
}

func TestHealthStandsInTheMetrics(t *testing.T) {
	h := newHouse(t, func(o *web.Options) { o.Health.Last = func() wire.Health { return found } })
	require.Contains(t, h.metrics(t), "bedside_trueconf_up 1\n")
	h.s.SetVideo(wire.Video{Since: time.Now()})
	text := h.metrics(t)
	for _, line := range []string{
		"bedside_trueconf_up 0\n", `bedside_check_ok{check="flows"} 1`, `bedside_check_ok{check="seats"} 0`,
		"bedside_check_last_run_timestamp_seconds 1.8e+09",
	} {
		require.Contains(t, text, line)
	}
	require.NotContains(t, text, `check="public.idle"`, "what was not looked at is neither")
}

func (h *house) metrics(t *testing.T) string {
	t.Helper()
	resp, err := http.Get(h.url + "/metrics")
	require.NoError(t, err)
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	return string(text)
}

// Everybody who is connected is told that there is no video, and that there is
// again; whoever comes meanwhile is told with the welcome. Patients learn no more
// than that.
func TestEverybodyIsToldThatThereIsNoVideo(t *testing.T) {
	h := newHouse(t)
	p := h.begun()
	patient, staff, doctor := p.connect(), h.staff("anton").connect(), h.staff("vera").connect()
	since := time.Now().Add(-time.Minute).UTC()
	h.s.SetVideo(wire.Video{Since: since, Says: flows.Text{"en": "TrueConf does not answer."}, Cure: flows.Text{"en": "Start it."}})

	v := staff.video(t, false)
	require.Equal(t, "Start it.", v.Cure["en"])
	require.WithinDuration(t, since, v.Since, time.Millisecond)
	v = doctor.video(t, false)
	require.NotEmpty(t, v.Says)
	require.Empty(t, v.Cure, "a doctor cannot mend it")
	v = patient.video(t, false)
	require.Empty(t, v.Says)
	require.Empty(t, v.Cure)

	late := p.connect()
	late.video(t, false)

	h.s.SetVideo(wire.Video{Up: true, Since: time.Now()})
	for _, l := range []*line{patient, staff, late} {
		l.video(t, true)
	}
}

// video reads on until it is told that there is video, or none.
func (l *line) video(t *testing.T, up bool) (v wire.VideoFrame) {
	t.Helper()
	l.until(func(f frame) bool {
		v = wire.VideoFrame{}
		return f.Type == wire.TypeVideo && json.Unmarshal(f.raw, &v) == nil && v.Up == up
	})
	return v
}
