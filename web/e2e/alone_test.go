//go:build browser

package e2e

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/trueconf/standin"
)

const tick = 50 * time.Millisecond

// Who is in the room alone reads that the other was told; the other reads who
// waits; a press rings again.
func TestWaitingAlone(t *testing.T) {
	t.Parallel() // one of the long ones
	h := served(t)
	patient, doctor := h.invited(t, look{})
	patient.press(h.bedside, ".call-card .join")
	patient.reads(h.bedside, "We have told Doctor Two that you are here.")
	doctor.reads(h.bedside, "Patient One is waiting in the call.")
	patient.everyway(h.bedside, "panel-alone")
	doctor.everyway(h.bedside, "console-patient-waits")
	patient.offline(h.bedside, true)
	patient.press(h.bedside, ".ring-again")
	patient.reads(h.bedside, "It did not ring.")
	patient.offline(h.bedside, false)
	patient.press(h.bedside, ".ring-again")
	patient.reads(h.bedside, "It has rung on the other side.")
	patient.until(h.bedside, "may not ring at once again", `document.querySelector(".ring-again").disabled`)
	doctor.reads(h.bedside, "Rang for the other side")

	doctor.press(h.bedside, `[data-act="join"]`)
	patient.missing(h.bedside, ".alone")
	patient.press(h.bedside, ".stage .out")
	doctor.sees(h.bedside, ".strip .alone")
	doctor.everyway(h.bedside, "console-alone")
	doctor.press(h.bedside, ".strip .ring-again")
	patient.reads(h.bedside, "Doctor Two has rung again")
	patient.reads(h.bedside, "Doctor Two is waiting for you in the call.")
	patient.everyway(h.bedside, "panel-doctor-waits")
}

// An outsider holds the only guest seat of the server: the patient reads that the
// line is busy and that it is tried again, the doctor reads why and the cure; the
// patient comes in without another press when the seat is free.
func TestLineBusy(t *testing.T) {
	t.Parallel() // one of the long ones
	h := served(t)
	patient, doctor := h.waits(t, "Patient One"), sit(t, "doctor", look{})
	doctor.signsIn(h)
	doctor.takes(h)
	h.switches(func(w *standin.Switches) { w.GuestSeats = 1 })
	outsider := h.elsewhere(t)
	doctor.press(h.bedside, `[data-act="escalate"]`)
	patient.press(h.bedside, ".call-card .join")
	patient.reads(h.bedside, "The clinic's video line is busy")
	patient.reads(h.bedside, "Next try in")
	patient.everyway(h.bedside, "panel-line-busy")
	doctor.reads(h.bedside, "Patient One cannot come in")
	doctor.reads(h.bedside, "Dashboard")
	doctor.everyway(h.bedside, "console-line-busy")
	time.Sleep(12 * time.Second) // a try that fails again leaves everything as it is
	patient.reads(h.bedside, "The clinic's video line is busy")
	outsider.Leave()
	patient.comesIn(h)
	patient.sees(h.bedside, ".panel.in-call")
	patient.until(h.bedside, "is no longer told so", `!document.body.innerText.includes("line is busy")`)
	doctor.missing(h.bedside, ".strip .crowded")
}

// elsewhere lets a guest into a conference that is none of Bedside's.
func (h *house) elsewhere(t *testing.T) *standin.Visitor {
	t.Helper()
	at := "http://127.0.0.1" + h.trueconf[strings.LastIndex(h.trueconf, ":"):]
	var token struct {
		AccessToken string `json:"access_token"`
	}
	h.posts(t, at+"/oauth2/v1/token", "", `{"grant_type":"client_credentials","client_id":"id","client_secret":"secret"}`, &token)
	h.posts(t, at+"/api/v3.11/conferences", token.AccessToken,
		`{"id":"another","topic":"Another","owner":"bedside","type":0,"schedule":{"type":-1},"allow_guests":true,"state":"running","max_podiums":2,"max_participants":2}`, nil)
	return h.enters(t, "another", "Somebody")
}

func (h *house) posts(t *testing.T, url, token, body string, into any) {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, url, strings.NewReader(body))
	require.NoError(t, err)
	r.Header.Set("Content-Type", "application/json")
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	answer, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer answer.Body.Close()
	require.Equal(t, http.StatusOK, answer.StatusCode, url)
	if into != nil {
		require.NoError(t, json.NewDecoder(answer.Body).Decode(into))
	}
}

// A wait for a seat can be ended by a press.
func TestLineBusyGivenUp(t *testing.T) {
	h := served(t, "guest_seats=0")
	patient, _ := h.invited(t, look{})
	patient.press(h.bedside, ".call-card .join")
	patient.press(h.bedside, `[data-act="stop-trying"]`)
	patient.missing(h.bedside, ".doorstep .count")
	patient.sees(h.bedside, ".call-card .join")
	got, err := ask[bool](patient, h.bedside, `document.querySelector(".doorstep-rest").hidden`)
	require.NoError(t, err)
	require.True(t, got)
}
