package main

import (
	"context"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

// startDemo runs the whole demo in this process until the test ends.
func startDemo(t *testing.T, folder string) *demo {
	t.Helper()
	http.DefaultClient.CloseIdleConnections()
	d, err := newDemo("127.0.0.1:0", folder, slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelInfo})))
	require.NoError(t, err)
	require.NoError(t, d.app.Start())
	t.Cleanup(func() { stopDemo(t, d) })
	return d
}

func stopDemo(t *testing.T, d *demo) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 15*time.Second)
	defer cancel()
	require.NoError(t, d.app.Stop(ctx), "stopping twice is no error")
	require.NoError(t, d.Close())
	http.DefaultClient.CloseIdleConnections()
}

// A patient and a doctor reach minted links through every room.
func TestAVisitOverSockets(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	t.Run("visit", visitOverSockets)
}

func visitOverSockets(t *testing.T) {
	d := startDemo(t, t.TempDir())
	base := addressOf(d.bedside)

	patient := newPerson(t, base)
	patient.start()
	patient.answerAll()
	patient.connect()
	patient.send(fields{"type": "open", "conversation": patient.id})

	doctor := newPerson(t, base)
	doctor.signIn(d.doctors[1].Login, d.doctors[1].Password)
	doctor.connect()
	doctor.id = patient.id
	doctor.send(fields{"type": "open", "conversation": doctor.id})
	for _, command := range []fields{{"do": "claim"}, {"do": "send", "text": "Good morning"}, {"do": "escalate", "how": "page"}} {
		command["type"], command["conversation"], command["key"] = "command", doctor.id, newKey()
		doctor.send(command)
		ack := doctor.frame("ack", "")
		require.Equal(t, command["key"], ack.Key)
	}
	patient.frame("entry", "message.sent")

	ready := patient.frame("entry", "call.ready")
	for _, p := range []*person{patient, doctor} {
		link := p.frame("guest_link", "")
		require.Equal(t, ready.Seq, link.Seq, "the link belongs to its entry")
		require.Equal(t, ready.body(t).Call, link.Call)
		require.NotEmpty(t, link.Deeplinks.Default)
		require.WithinDuration(t, time.Now().Add(time.Minute), link.ExpiresAt, 15*time.Second)
		usable(t, link.WebURL)
	}

	var joined struct {
		WebURL string `json:"web_url"`
	}
	call := ready.body(t).Call
	require.Equal(t, http.StatusOK, patient.call("POST", "/api/v1/calls/"+call+"/join", fields{}, &joined))
	usable(t, joined.WebURL)

	doctor.do(fields{"do": "hang_up"})
	patient.frame("entry", "call.ended")
	require.Equal(t, http.StatusConflict, patient.call("POST", "/api/v1/calls/"+call+"/join", fields{}, nil))
	require.Eventually(t, func() bool { return len(d.standIn.tc.Rooms()) == 0 }, 10*time.Second, 20*time.Millisecond, "no room is left")
}

// A client without sockets gets the same.
func TestAVisitOverHTTPAlone(t *testing.T) {
	d := startDemo(t, t.TempDir())
	base := addressOf(d.bedside)
	patient, doctor := newPerson(t, base), newPerson(t, base)
	patient.start()
	patient.answerAll()
	doctor.signIn(d.doctors[0].Login, d.doctors[0].Password)
	var lists struct{ Heads []struct{ ID, Phase string } }
	require.Equal(t, http.StatusOK, doctor.call("GET", "/api/v1/conversations", nil, &lists))
	require.Len(t, lists.Heads, 1)
	doctor.id = lists.Heads[0].ID
	doctor.do(fields{"do": "claim"})
	doctor.do(fields{"do": "escalate", "how": "page"})
	call := patient.await("call.ready").body(t).Call
	for _, p := range []*person{patient, doctor} {
		var joined struct {
			WebURL    string `json:"web_url"`
			Deeplinks struct{ Default, Android string }
		}
		require.Equal(t, http.StatusOK, p.call("POST", "/api/v1/conversations/"+p.id+"/calls/"+call+"/join", nil, &joined))
		usable(t, joined.WebURL)
		require.NotEmpty(t, joined.Deeplinks.Default)
		require.NotEmpty(t, joined.Deeplinks.Android)
	}
	stranger := newPerson(t, base)
	require.Equal(t, http.StatusUnauthorized, stranger.call("POST", "/api/v1/calls/"+call+"/join", nil, nil))
}

// Nothing that opens a door is ever written down: not in the journal, not in a
// backup, not in the log.
func TestNoSecretIsWrittenDown(t *testing.T) {
	folder := t.TempDir()
	var log safeBuffer
	d, err := newDemo("127.0.0.1:0", folder, slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	require.NoError(t, err)
	require.NoError(t, d.app.Start())
	stopped := false
	t.Cleanup(func() {
		if !stopped {
			stopDemo(t, d)
		}
	})
	base := addressOf(d.bedside)
	patient, doctor := newPerson(t, base), newPerson(t, base)
	patient.start()
	patient.answerAll()
	patient.connect()
	patient.send(fields{"type": "open", "conversation": patient.id})
	doctor.signIn(d.doctors[1].Login, d.doctors[1].Password)
	doctor.id = patient.id
	doctor.do(fields{"do": "claim"})
	doctor.do(fields{"do": "escalate", "how": "page"})
	link := patient.frame("guest_link", "").WebURL
	room, token := secretsOf(t, link)
	key := d.app.engine.VisitKey(patient.await("call.ready").body(t).Call)

	var backup safeBuffer
	require.NoError(t, d.app.store.Backup(t.Context(), &backup))
	stopDemo(t, d)
	stopped = true
	journal, err := os.ReadFile(filepath.Join(folder, "data", journalFile))
	require.NoError(t, err)
	for name, secret := range map[string]string{
		"ticket": patient.ticket, "room id": room, "guest token": token, "visit key": key,
		"password": d.doctors[1].Password, "client secret": d.app.config.TrueConf.ClientSecret.Reveal(),
	} {
		require.NotEmpty(t, secret, name)
		for where, text := range map[string]string{"journal": string(journal), "backup": backup.String(), "log": log.String()} {
			require.False(t, strings.Contains(text, secret), "the %s holds a %s", where, name)
		}
	}
	require.Contains(t, string(journal), "Maria", "the search finds what is there")
}
