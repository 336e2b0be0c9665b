//go:build browser

package e2e

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"bedside/trueconf/standin"
)

// The patient's tab dies in the call and its ghost holds the seat, on a server
// that refuses a second join of the same guest: one press, and the page comes in
// by itself as soon as the ghost is gone, having said what it waits for.
func TestGhostOfAKilledTab(t *testing.T) {
	t.Parallel() // one of the long ones
	h := served(t, "second_join=refused", "ghost=8s")
	panel := "http://" + h.bedside + "/widget/?site=clinic"
	first, doctor := sit(t, "patient", look{width: 390, height: 844}), sit(t, "doctor", look{})
	patient := first.tab("patient") // the browser outlives this tab
	patient.open(panel)
	patient.answersAll(h, "Patient One")
	doctor.signsIn(h)
	doctor.takes(h)
	doctor.press(h.bedside, `[data-act="escalate"]`)
	patient.press(h.bedside, ".call-card .join")
	doctor.press(h.bedside, `[data-act="join"]`)
	patient.seesMoving(h)
	doctor.seesMoving(h)
	doctor.sees(h.bedside, `.strip[data-state="joined"]`)

	frame, err := patient.at(h.trueconf)
	require.NoError(t, err)
	crash(frame) // first, or it would say goodbye when its tab dies
	h.sees(t, "a ghost", func(r standin.Room) bool {
		return slices.ContainsFunc(r.Participants, func(p standin.Participant) bool { return p.Ghost })
	})
	crash(patient.ctx)
	again := first.tab("patient again")
	again.open(panel)
	again.press(h.bedside, ".call-card .join")
	again.reads(h.bedside, "Your earlier window still holds the line.")
	again.everyway(h.bedside, "panel-ghost")
	again.seesMoving(h)
	doctor.seesMoving(h)
}

// crash kills a renderer; what dies gives no answer.
func crash(ctx context.Context) {
	go func() { _, _ = chromedp.Call(ctx, page.Crash, cdp.Empty{}) }()
}

// sees waits until the newest room of TrueConf is so.
func (h *house) sees(t *testing.T, what string, is func(standin.Room) bool) {
	t.Helper()
	require.Eventually(t, func() bool { return is(h.room(t)) }, patience, 20*time.Millisecond, "the room never had "+what)
}

// Everything that a patient must do can be done by keys alone.
func TestKeyboardAlone(t *testing.T) {
	h := served(t)
	p := sit(t, "patient", look{width: 390, height: 844})
	p.open("http://" + h.bedside + "/widget/?site=clinic")
	p.sees(h.bedside, `[data-option="doctor"]`)
	p.tabsTo(h, `[data-option="doctor"]`)
	p.hits("\r")
	p.reads(h.bedside, "What is your name?")
	p.tabsTo(h, ".composer textarea")
	p.hits("Patient One\r")
	p.sees(h.bedside, `[data-option="pain"]`)
	p.tabsTo(h, `[data-option="pain"]`)
	p.hits(" ")
	p.sees(h.bedside, `[data-option="yes"]`)
	p.tabsTo(h, `[data-option="yes"]`)
	p.hits("\r")
	p.sees(h.bedside, ".skip")
	p.tabsTo(h, ".skip")
	p.hits("\r")
	p.sees(h.bedside, `[data-phase="waiting"]`)
	p.tabsTo(h, ".menu-button")
	p.hits("\r")
	p.until(h.bedside, "the focus is in the menu", `document.activeElement?.closest(".menu")`)
	p.tabsTo(h, `.menu [data-act="end"]`)
	p.hits("\r")
	p.until(h.bedside, "the focus is on the answer", `document.activeElement?.matches(".menu .bad")`)
	p.hits("\r")
	p.sees(h.bedside, `[data-phase="closed"]`)
}

// tabsTo presses Tab until an element has the focus, and that is seen.
func (p *person) tabsTo(h *house, selector string) {
	p.t.Helper()
	for range 40 {
		p.hits("\t")
		there, err := ask[bool](p, h.bedside, `document.activeElement?.matches(`+quote(selector)+`) ?? false`)
		require.NoError(p.t, err)
		if there {
			ring, err := ask[string](p, h.bedside, `getComputedStyle(document.activeElement).outlineStyle`)
			require.NoError(p.t, err)
			require.NotEqual(p.t, "none", ring, "the focus cannot be seen on %s", selector)
			return
		}
	}
	require.FailNow(p.t, "Tab never comes to "+selector)
}

func (p *person) hits(keys string) {
	p.t.Helper()
	require.NoError(p.t, chromedp.Do(p.ctx, chromedp.KeyEvent(keys)))
}
