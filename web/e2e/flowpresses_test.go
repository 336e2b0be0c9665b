//go:build browser

package e2e

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// What is pressed goes out as the wire has it, by keys alone: the focus follows
// from one question to the next.
func TestPressesOfAFlow(t *testing.T) {
	th := newTheatre(t)
	s := script{t, "en"}
	p := sit(t, "patient", look{})
	h := &house{bedside: th.host}
	presses := func(selector, key string) {
		t.Helper()
		p.tabsTo(h, selector)
		p.hits(key)
	}
	th.panel(p, "en", s.hello(), s.consent())
	p.sees(th.host, ".paper")
	p.focusOn(h, ".timeline")
	p.tabsTo(h, ".paper") // it scrolls by keys
	presses(`[data-option="agree"]`, "\r")
	th.sent(p, `{"do":"choose","step":"hello/1","option":"agree"}`)
	p.missing(th.host, ".paper")
	th.plays(p, s.agreed(), s.symptoms())
	p.until(th.host, "the focus is at the next question", `document.activeElement.matches(".standing")`)
	p.until(th.host, "Done waits for a choice", `document.querySelector('[data-act="done"]').disabled`)
	presses(`.tick[data-option="fever"] input`, " ")
	presses(`.tick[data-option="rash"] input`, " ")
	presses(`[data-act="done"]`, "\r")
	th.sent(p, `{"do":"choose","step":"triage/6","options":["fever","rash"]}`)
	th.plays(p, s.chose("symptoms", []any{"fever", "rash"}, "", "", false), s.pain())
	p.until(th.host, "the answers stand in words", `[...document.querySelectorAll(".bubble.mine .text")].pop().textContent === "Fever, Rash"`)
	presses(`.scale [data-option="7"]`, "\r")
	th.sent(p, `{"do":"choose","step":"triage/8","option":"7"}`)
	th.plays(p, fact{"answer.given", "patient", map[string]any{"step": "triage/8", "slot": "pain", "value": 7, "text": "7"}}, s.pain())
	presses(`[data-act="back"]`, "\r")
	th.sent(p, `{"do":"back"}`)

	th.plays(p, s.queued(map[string]any{"purpose": "video", "declinable": true}))
	presses(`[data-act="decline"]`, "\r")
	th.sent(p, `{"do":"skip","step":"route/1"}`)
	th.plays(p, fact{"conversation.closed", "system", map[string]any{"why": "end", "rate": true}})
	p.press(th.host, `[data-stars="5"]`)
	p.types(th.host, ".rating-more", "Kind.")
	th.sent(p, `{"do":"rate","stars":5,"text":"Kind."}`)
	p.reads(th.host, "Thank you.")
}

// An emergency stands above the chat, in the call too, with the number to press;
// nothing of it needs the server. It goes when it is over.
func TestAnEmergencyStandsAboveTheChat(t *testing.T) {
	th := newTheatre(t)
	s := script{t, "en"}
	p := sit(t, "patient", look{width: 390, height: 844})
	th.panel(p, "en", s.hello())
	p.missing(th.host, ".emergency-card")
	th.plays(p, s.raised(), s.danger(), s.howAreYou())
	p.sees(th.host, `.emergency-card a[href="tel:112"]`)
	p.sees(th.host, `.bubble a.bad[href="tel:112"]`)
	p.press(th.host, `[data-option="mistake"]`)
	th.sent(p, `{"do":"choose","step":"emergency/2","option":"mistake"}`)
	th.plays(p, fact{"answer.given", "patient", map[string]any{"step": "emergency/2", "option": "mistake", "text": "Not an emergency, go on"}},
		fact{"emergency.ended", "patient", map[string]any{"why": "resumed"}}, s.pain())
	p.missing(th.host, ".emergency-card")
	p.sees(th.host, ".scale")
	old, err := ask[bool](p, th.host, `document.querySelector('.bubble a[href="tel:112"]') !== null`)
	require.NoError(t, err)
	require.True(t, old, "the number stays in the history")
}

// A call that the clinic owes is done, or has failed with a reason, by keys; each
// is asked once more.
func TestCallbacksByKeys(t *testing.T) {
	th := newTheatre(t)
	s := script{t, "en"}
	doctor := sit(t, "doctor", look{})
	due := map[string]any{"phase": "parked", "callback": map[string]any{"by": ahead(-300e9), "phone": "+7 916 000-00-01", "department": "gp", "missed": true}}
	th.console(doctor, "en", s.morning(due), append(s.triage(), s.promised(-300e9), parked("callback"))...)
	doctor.sees(th.host, `.callbacks-list a[href="tel:+79160000001"]`)
	first, err := ask[string](doctor, th.host, `document.querySelector(".callbacks-list .due").className`)
	require.NoError(t, err)
	require.Contains(t, first, "soon", "overdue in red")
	doctor.press(th.host, `.callbacks-list [data-head="c1"]`)
	doctor.sees(th.host, `.pane:not([hidden]) [data-act="callback-done"]`)
	doctor.press(th.host, ".pane:not([hidden]) h1") // where nothing is typed
	doctor.strikes("KeyD", "d")
	doctor.sees(th.host, ".question")
	doctor.hits("\r")
	th.sent(doctor, `{"do":"callback_done"}`)
	doctor.press(th.host, ".pane:not([hidden]) h1")
	doctor.strikes("KeyL", "l")
	doctor.sees(th.host, ".question input")
	doctor.hits("Number is wrong\r")
	th.sent(doctor, `{"do":"callback_failed","reason":"Number is wrong"}`)
}
