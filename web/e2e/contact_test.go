//go:build browser

package e2e

import (
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/web/wire"
)

// given waits for a command that was given at once, and leaves others out.
func (th *theatre) given(do bot.Do) wire.Command {
	th.t.Helper()
	late := time.After(patience)
	for {
		select {
		case c := <-th.commands:
			if c.Do == do {
				return c
			}
		case <-late:
			require.FailNow(th.t, "nobody gives", do)
		}
	}
}

// Whoever waits leaves a number or an address by the keyboard alone: what cannot be
// one is said beside the field before it is sent, and what was left can be taken back.
func TestAnAddressIsLeft(t *testing.T) {
	th := newTheatre(t, func(p *wire.Page) { p.Notify = []bot.Channel{bot.BySMS, bot.ByEmail} })
	axe := checker(t)
	p := sit(t, "patient", look{width: 390, height: 844})
	s := script{t, "en"}
	th.panel(p, "en", s.hello(), s.queued(nil))
	p.sees(th.host, "[data-act=contact]")
	p.does(th.host, `document.querySelector("[data-act=contact]").focus()`)
	p.strikes("Enter", "Enter")
	p.focused(th.host, "#contact-field")
	p.everyway(th.host, "contact")
	p.accessible(th.host, axe, "contact")
	p.does(th.host, `document.querySelector("#contact-field").value = "12"`)
	p.strikes("Enter", "Enter")
	p.reads(th.host, "Please write the whole number")
	p.focused(th.host, `#contact-field[aria-invalid="true"]`)
	p.everyway(th.host, "contact-wrong")
	p.press(th.host, `.contact input[value="email"]`)
	p.missing(th.host, "#contact-error")
	p.does(th.host, `document.querySelector("#contact-field").value = " patient@example.org "`)
	p.press(th.host, "[data-act=save-contact]")
	left := th.given(bot.DoContact)
	require.Equal(t, bot.ByEmail, left.Channel)
	require.Equal(t, "patient@example.org", left.Address)

	th.plays(p, fact{"contact.left", "patient", map[string]any{"channel": "email", "address": "patient@example.org"}})
	p.missing(th.host, "#contact-field")
	p.reads(th.host, "We will write to patient@example.org.")
	p.everyway(th.host, "contact-left")
	p.accessible(th.host, axe, "contact left")
	p.press(th.host, `[data-act="drop-email"]`)
	require.Equal(t, bot.ByEmail, th.given(bot.DoDropContact).Channel)
	th.plays(p, fact{"contact.dropped", "patient", map[string]any{"channel": "email"}})
	p.missing(th.host, `[data-act="drop-email"]`)
}

// The browser inside another app is told at the start: the link to a real one stands
// there before any question, and whoever stays is asked no more.
func TestInsideAnotherApp(t *testing.T) {
	th := newTheatre(t)
	axe := checker(t)
	p := sit(t, "patient", look{width: 390, height: 844})
	const agent = "Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/UQ1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/131.0.0.0 Mobile Safari/537.36 Instagram 300.0"
	_, err := chromedp.Call(p.ctx, emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{UserAgent: agent})
	require.NoError(t, err)
	s := script{t, "en"}
	th.panel(p, "en", s.hello(), s.symptoms())
	p.reads(th.host, "You are in the browser of Instagram")
	p.until(th.host, "the link is there to copy", `document.querySelector(".in-app input[type=url]").value.endsWith("#go-on=secret")`)
	p.until(th.host, "nothing can be written meanwhile", `getComputedStyle(document.querySelector(".composer textarea")).visibility === "hidden"`)
	p.everyway(th.host, "in-app")
	p.accessible(th.host, axe, "in-app")
	p.press(th.host, "[data-act=stay-in-app]")
	p.missing(th.host, ".in-app")
	p.sees(th.host, ".composer textarea")
	th.panel(p, "en", s.hello(), s.symptoms())
	p.sees(th.host, ".composer textarea")
	p.missing(th.host, ".in-app")
}

// A no to a call that finds no connection says so, and is told as soon as there is one.
func TestANoWithoutAConnection(t *testing.T) {
	h := served(t)
	patient, doctor := h.invited(t, look{})
	patient.sees(h.bedside, "[data-act=decline-call]")
	patient.everyway(h.bedside, "call-decline")
	patient.offline(h.bedside, true)
	patient.press(h.bedside, "[data-act=decline-call]")
	patient.reads(h.bedside, "No connection. The doctor is told")
	patient.everyway(h.bedside, "call-decline-offline")
	patient.offline(h.bedside, false)
	patient.missing(h.bedside, ".call-card")
	doctor.missing(h.bedside, ".strip .join")
}
