//go:build browser

package e2e

import (
	"context"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// The patient's tab dies in the call and its ghost holds the seat, on a server
// that refuses a second join of the same guest: one press, and the page comes in
// by itself as soon as the ghost is gone.
func TestGhostOfAKilledTab(t *testing.T) {
	h := served(t, "second_join=refused", "ghost=5s")
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

	go func(ctx context.Context) { // a tab that dies gives no answer
		_, _ = chromedp.Call(ctx, page.Crash, cdp.Empty{})
	}(patient.ctx)
	again := first.tab("patient again")
	again.open(panel)
	again.press(h.bedside, ".call-card .join")
	again.seesMoving(h)
	doctor.seesMoving(h)
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
