//go:build browser

package e2e

import (
	"encoding/json"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/trueconf/standin"
)

// joinLink is the patient's own link to the call, as the conversation shows it.
func (p *person) joinLink(h *house) string {
	p.t.Helper()
	body, err := ask[string](p, h.bedside, `(() => {
		const x = new XMLHttpRequest(), kept = JSON.parse(localStorage.getItem("bedside/clinic/conversation"));
		x.open("GET", "/api/v1/conversations/" + kept.conversation + "/entries", false);
		x.setRequestHeader("Authorization", "Bearer " + kept.ticket);
		x.send();
		return x.responseText;
	})()`)
	require.NoError(p.t, err)
	var page struct {
		Entries []struct {
			Body struct {
				Link string `json:"link"`
			} `json:"body"`
		} `json:"entries"`
	}
	require.NoError(p.t, json.Unmarshal([]byte(body), &page), body)
	link := ""
	for _, e := range page.Entries {
		if e.Body.Link != "" {
			link = e.Body.Link
		}
	}
	require.NotEmpty(p.t, link)
	return link
}

// Somebody opens the patient's link in a browser that knows nothing of the
// conversation: one press and they are in the call with the doctor; the key is
// in no address afterwards; and the page says when the room is not there, and
// when the call is over.
func TestJoinLinkElsewhere(t *testing.T) {
	t.Parallel() // one of the long ones
	h := served(t)
	patient, doctor := h.waits(t, "Patient One"), sit(t, "doctor", look{})
	doctor.signsIn(h)
	doctor.takes(h)
	doctor.press(h.bedside, `[data-act="escalate"]`)
	patient.sees(h.bedside, ".call-card .join")
	link, err := url.Parse(patient.joinLink(h))
	require.NoError(t, err)
	key := link.Fragment
	require.NotEmpty(t, key)
	link.Host = h.bedside // the name of a foreign site, as the browser would know it

	other := sit(t, "patient elsewhere", look{width: 390, height: 844})
	other.open(link.String())
	other.sees(h.bedside, ".join")
	other.everyway(h.bedside, "join-ready")
	other.press(h.bedside, ".join")
	doctor.press(h.bedside, `[data-act="join"]`)
	other.seesMoving(h)
	doctor.seesMoving(h)
	other.everyway(h.bedside, "join-inside")
	doctor.reads(h.bedside, "Patient One joined the call")
	seen, err := ask[string](other, h.bedside, `location.href + document.referrer + JSON.stringify({ ...localStorage, ...sessionStorage })`)
	require.NoError(t, err)
	require.NotContains(t, seen, key)
	length, err := ask[int](other, h.bedside, `history.length`)
	require.NoError(t, err)
	require.LessOrEqual(t, length, 2, "the key's address has no place in the history of its own")

	other.press(h.bedside, ".out")
	other.sees(h.bedside, `[data-face="left"]`)
	other.everyway(h.bedside, "join-left")
	h.switches(troubled(standin.EndpointRun, standin.Trouble500))
	h.switches(troubled(standin.EndpointCreate, standin.Trouble500))
	h.tc.StopRoom(h.room(t).ID)
	doctor.sees(h.bedside, `.strip[data-state="failed"]`)
	// The page looks by itself too: where it has seen that there is no room, there is nothing to press.
	pressed, err := ask[bool](other, h.bedside, `((b) => b.getClientRects().length > 0 && (b.click(), true))(document.querySelector(".join"))`)
	require.NoError(t, err)
	other.sees(h.bedside, `[data-face="wait"]`)
	other.everyway(h.bedside, "join-wait")
	h.switches(untroubled)
	if !pressed {
		other.press(h.bedside, ".join")
	}
	other.comesIn(h)

	doctor.press(h.bedside, `[data-act="hang-up"]`)
	other.press(h.bedside, ".join")
	other.sees(h.bedside, `[data-face="over"]`)
	other.everyway(h.bedside, "join-over")
}

// comesIn waits until the person is in the call, whoever else is there.
func (p *person) comesIn(h *house) {
	p.t.Helper()
	p.until(h.trueconf, "is in the call", `["alone", "talking"].includes(document.getElementById("call")?.dataset.state)`)
}
