//go:build browser

package e2e

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// heads brings rows of the lists as they stand now.
func (th *theatre) heads(p *person, all ...map[string]any) {
	th.t.Helper()
	text, err := json.Marshal(all)
	require.NoError(th.t, err)
	p.does(th.host, `window.line.say({ type: "heads", heads: `+string(text)+` })`)
}

// An offer is answered by keys from wherever the hand is, a dialog included, and gives
// the hand back: what is typed on is text again and no single key. A field in which
// somebody says why does not go from under the hand when the offer ends.
func TestOffersUnderTheHand(t *testing.T) {
	s := script{t, "en"}
	th := newTheatre(t)
	th.answers("GET /api/v1/duty", map[string]any{"state": "on", "open": 1, "most": 3})
	p, host := sit(t, "doctor", look{width: 1280, height: 720}), th.host
	v := &doctorsVisits{s: s, th: th, p: p}
	v.opens([]map[string]any{s.mine(nil), s.offered("c2", 2, 9*time.Minute, nil)}, s.consulting()...)
	why := ".offer-why input"
	asks := func() {
		t.Helper()
		p.until(host, "is not too fast", `document.querySelector('[data-act="decline-offer"]')`)
		p.strikesUntil(host, visible(why), "KeyQ", "q", alt)
		p.focused(host, why)
	}
	p.focused(host, writing)
	p.writesByHand("Take ")
	asks()
	p.writesByHand("hands ")
	p.strikes("KeyQ", "q", alt) // asked already: what is written stays
	p.writesByHand("full")
	p.strikes("Enter", "Enter")
	th.sent(p, `{"do":"decline","reason":"hands full"}`)
	p.focused(host, writing)
	p.writesByHand("care")
	p.value(host, writing, "Take care")

	th.heads(p, s.head("c2", s.name(2), nil))
	p.missing(host, ".offer")
	th.heads(p, s.offered("c2", 2, 8*time.Minute, nil))
	asks()
	p.writesByHand("too b")
	th.heads(p, s.head("c2", s.name(2), nil))
	p.reads(host, "No longer offered to you")
	p.writesByHand("usy")
	p.value(host, why, "too busy")
	p.strikes("Enter", "Enter")
	p.missing(host, ".offer")
	p.focused(host, writing)
	p.value(host, writing, "Take care")
	n, err := ask[int](p, host, `window.sent.length`)
	require.NoError(t, err)
	require.Equal(t, 1, n, "an offer that is over is not declined")

	p.press(host, `.pane:not([hidden]) [data-act="finish"]`)
	p.focused(host, ".finishing textarea")
	th.heads(p, s.offered("c2", 2, 7*time.Minute, nil))
	p.sees(host, ".offer")
	p.strikesUntil(host, `window.sent.some((c) => c.do === "claim" && c.conversation === "c2")`, "KeyY", "y", alt)
}

// strikesUntil strikes a key until an expression holds: a card that has just come
// takes no press yet.
func (p *person) strikesUntil(host, script, code, key string, with int64) {
	p.t.Helper()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for end := time.Now().Add(patience); time.Now().Before(end); <-tick.C {
		p.strikes(code, key, with)
		if done, err := ask[bool](p, host, "Boolean("+script+")"); err == nil && done {
			return
		}
	}
	require.FailNow(p.t, "no press of "+key+" was taken", script)
}

// The link of an entry in a doctor's calendar opens the visit though it stands in no
// list; where it does not, the console says why.
func TestALinkOutOfACalendar(t *testing.T) {
	s := script{t, "en"}
	th := newTheatre(t)
	th.answers("GET /api/v1/duty", map[string]any{"state": "on", "open": 1, "most": 3})
	th.answers("GET /api/v1/calls/far", map[string]any{"state": "requested", "inside": []string{}, "seen": true, "conversation": "c1"})
	th.also.HandleFunc("GET /api/v1/calls/later", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) })
	p := sit(t, "doctor", look{width: 1280, height: 720})
	over := th.sets(p, map[string]any{"role": "doctor", "heads": []any{s.mine(nil)}, "entries": entries(0, s.consulting())})
	defer over()
	p.open("http://" + th.host + "/console/#call/far")
	p.sees(th.host, `.pane:not([hidden])[data-conversation="c1"] .answers`)
	p.until(th.host, "the address names it no longer", `location.hash === "#conversations"`)

	p.press(th.host, ".tab-close")
	for call, why := range map[string]string{"gone": "is over, or it is not yours", "later": "could not be looked up just now"} {
		p.does(th.host, `location.hash = "call/`+call+`"`)
		p.reads(th.host, why)
	}
}
