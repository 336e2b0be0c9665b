//go:build linux

package web_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"bedside/bot"
	"bedside/trueconf/standin"
	"bedside/web/wire"

	"github.com/stretchr/testify/require"
)

// trueConfAnswers is how long the stand-in of the two benchmarks below takes.
const trueConfAnswers = 50 * time.Millisecond

// BenchmarkClickToInvitation is what two people wait for, over their sockets: from
// the doctor's click to the invitation in the patient's chat, and to the fresh
// link that makes its button work at once; then from a later press of Join to its
// link. TrueConf takes 50 ms for each answer.
func BenchmarkClickToInvitation(b *testing.B) {
	h := newHouse(b, roomy)
	p := h.patient()
	patient, doctor := p.connect(), h.staff("vera").connect()
	for _, l := range []*line{patient, doctor} {
		l.open(p.id, 0)
		l.untilType(wire.TypeCaughtUp)
	}
	doctor.do(p.id, wire.Command{Do: bot.DoClaim})
	patient.untilKind(bot.DoctorAssigned)
	h.tcWait.Store(int64(trueConfAnswers))
	var invited, linked, pressed []time.Duration
	for range b.N * clinicVisits {
		clicked := time.Now()
		doctor.do(p.id, wire.Command{Do: bot.DoEscalate, How: bot.ByPage})
		ready := patient.untilKind(bot.CallReady)
		invited = append(invited, time.Since(clicked))
		patient.untilType(wire.TypeGuestLink)
		linked = append(linked, time.Since(clicked))

		var body struct{ Call string }
		require.NoError(b, json.Unmarshal(ready.Body, &body))
		request := p.request("POST", "/api/v1/conversations/"+p.id+"/calls/"+body.Call+"/join", wire.Join{})
		press := time.Now()
		res, err := http.DefaultClient.Do(request)
		pressed = append(pressed, time.Since(press))
		require.NoError(b, err)
		require.Equal(b, http.StatusOK, res.StatusCode)
		require.NoError(b, res.Body.Close())

		doctor.do(p.id, wire.Command{Do: bot.DoHangUp})
		patient.untilKind(bot.CallEnded)
		for len(h.stateOf(p).Rooms) > 0 { // the next click finds a quiet house
			time.Sleep(time.Millisecond)
		}
	}
	b.ReportMetric(ms(invited), "click-to-invitation-p50-ms")
	b.ReportMetric(ms(linked), "click-to-link-p50-ms")
	b.ReportMetric(ms(pressed), "press-to-link-p50-ms")
}

// BenchmarkFiveAnswersInARow is what a press costs a page that does as TrueConf's
// own sample does (API reference §15): a token, a room, its start, a look at it and
// the link, each asked when the one before has answered.
func BenchmarkFiveAnswersInARow(b *testing.B) {
	tc := standin.New(standin.Options{ClientID: "id", ClientSecret: "secret"})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(trueConfAnswers)
		tc.ServeHTTP(w, r)
	}))
	b.Cleanup(func() { server.Close(); require.NoError(b, tc.Close()) })
	var whole []time.Duration
	for n := range b.N * clinicVisits {
		began := time.Now()
		sampleLink(b, server.URL, fmt.Sprint("room_", b.N, "_", n))
		whole = append(whole, time.Since(began))
	}
	b.ReportMetric(ms(whole), "press-to-link-p50-ms")
}

func (h *house) stateOf(p *person) bot.State {
	s, err := h.e.State(h.t.Context(), bot.Actor{Role: bot.Patient, Conversation: p.id}, p.id)
	require.NoError(h.t, err)
	return s
}

// clinicVisits are the visits of one operation.
const clinicVisits = 20

func ms(times []time.Duration) float64 { return float64(median(times).Microseconds()) / 1000 }

func sampleLink(b *testing.B, server, room string) {
	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {"id"}, "client_secret": {"secret"}}
	var token struct {
		Token string `json:"access_token"`
	}
	ask(b, "POST", server+"/oauth2/v1/token", "", form, &token)
	conferences := server + "/api/v3.11/conferences"
	wish := map[string]any{"id": room, "type": 0, "topic": "Visit", "owner": "bedside", "max_participants": 2, "allow_guests": true, "state": "running"}
	ask(b, "POST", conferences, token.Token, wish, nil)
	ask(b, "POST", conferences+"/"+room+"/run", token.Token, nil, nil)
	ask(b, "GET", conferences+"/"+room, token.Token, nil, nil)
	var clients struct {
		Clients []struct {
			WebURL string `json:"web_url"`
		} `json:"clients"`
	}
	query := url.Values{"call_id": {room}, "case": {"join_conference_button"}, "user": {"2$guest*Guest"}, "lang": {"en"}}
	ask(b, "GET", server+"/api/v3.11/software/clients?"+query.Encode(), token.Token, nil, &clients)
	require.NotEmpty(b, clients.Clients)
}

func ask(b *testing.B, method, address, token string, body, out any) {
	var in io.Reader
	kind := "application/json"
	switch v := body.(type) {
	case url.Values:
		in, kind = bytes.NewBufferString(v.Encode()), "application/x-www-form-urlencoded"
	case map[string]any:
		raw, err := json.Marshal(v)
		require.NoError(b, err)
		in = bytes.NewReader(raw)
	}
	r, err := http.NewRequest(method, address, in)
	require.NoError(b, err)
	r.Header.Set("Content-Type", kind)
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	res, err := http.DefaultClient.Do(r)
	require.NoError(b, err)
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	require.NoError(b, err)
	require.Equal(b, http.StatusOK, res.StatusCode, "%s %s", method, raw)
	if out != nil {
		require.NoError(b, json.Unmarshal(raw, out))
	}
}
