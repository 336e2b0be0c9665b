package main

import (
	"encoding/json"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/trueconf/standin"
)

// videoNow reads frames until one says that video stands so.
func (p *person) videoNow(up bool) {
	p.t.Helper()
	for {
		_ = p.socket.SetReadDeadline(time.Now().Add(20 * time.Second))
		_, text, err := p.socket.ReadMessage()
		require.NoError(p.t, err)
		var f struct {
			Type string
			Up   bool
			Says map[string]string
		}
		require.NoError(p.t, json.Unmarshal(text, &f))
		if f.Type == "video" && f.Up == up {
			return
		}
	}
}

// When TrueConf goes, everybody at a console knows within seconds, the metric and
// the Health page too; when it is back, they know that.
func TestEverybodyKnowsThatTrueConfIsDownBeforeTheNextClick(t *testing.T) {
	t.Parallel()
	d := startDemo(t, t.TempDir())
	patient, doctor := newPerson(t, addressOf(d.bedside)), newPerson(t, addressOf(d.bedside))
	patient.start()
	patient.answerAll()
	doctor.signIn(d.doctors[0].Login, d.doctors[0].Password)
	doctor.connect()
	doctor.id = patient.id
	doctor.do(fields{"do": "claim"})

	d.standIn.tc.SetSwitches(func(w *standin.Switches) { w.Troubles = []standin.Trouble{{Kind: standin.TroubleCut}} })
	asked := time.Now()
	doctor.do(fields{"do": "escalate", "how": "page"})
	doctor.videoNow(false)
	require.Less(t, time.Since(asked), 15*time.Second, "the request that fails is looked into at once")
	require.Contains(t, metricsOf(t, d), "bedside_trueconf_up 0\n")
	var short struct{ Video struct{ Up bool } }
	require.Equal(t, http.StatusOK, doctor.call("GET", "/api/v1/health", nil, &short))
	require.False(t, short.Video.Up)

	d.standIn.tc.SetSwitches(func(w *standin.Switches) { w.Troubles = nil })
	doctor.videoNow(true)
	require.Contains(t, metricsOf(t, d), "bedside_trueconf_up 1\n")
}

func metricsOf(t *testing.T, d *demo) string {
	t.Helper()
	resp, err := http.Get(addressOf(d.bedside) + "/metrics")
	require.NoError(t, err)
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	return string(text)
}
