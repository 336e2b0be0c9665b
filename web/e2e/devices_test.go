//go:build browser

package e2e

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// makesLink opens the sheet and gives the link in it.
func (p *person) makesLink(h *house) string {
	p.t.Helper()
	p.press(h.bedside, ".menu-button")
	p.press(h.bedside, `.menu [data-act="elsewhere"]`)
	p.sees(h.bedside, ".elsewhere .qr")
	link, err := ask[string](p, h.bedside, `document.querySelector(".elsewhere input").value`)
	require.NoError(p.t, err)
	return strings.Replace(link, "http://localhost", "http://bedside.localhost", 1)
}

// A patient goes on on a second device: both are in the conversation, until one
// says only here. The link is good once, and stays in no address.
func TestOnAnotherDevice(t *testing.T) {
	h := served(t)
	phone := h.waits(t, "Patient One")
	link := phone.makesLink(h)
	phone.everyway(h.bedside, "panel-elsewhere")
	phone.press(h.bedside, ".elsewhere .done")
	phone.missing(h.bedside, ".elsewhere")

	tablet := sit(t, "tablet", look{width: 820, height: 1180})
	tablet.open(link)
	tablet.reads(h.bedside, "Go on only if the link is your own")
	tablet.sees(h.bedside, ".composer textarea:disabled")
	tablet.everyway(h.bedside, "panel-invited")
	tablet.press(h.bedside, `[data-act="accept"]`)
	tablet.reads(h.bedside, "What is your name?")
	at, err := ask[string](tablet, h.bedside, `location.href`)
	require.NoError(t, err)
	require.NotContains(t, at, "#", "the secret stays in no address")
	tablet.sees(h.bedside, `[data-phase="waiting"]`)
	for _, p := range []*person{phone, tablet} {
		p.reads(h.bedside, "is open on another device too")
	}
	tablet.types(h.bedside, ".composer", "I am at the tablet now.")
	phone.reads(h.bedside, "I am at the tablet now.")

	thief := sit(t, "somebody else", look{width: 390, height: 844, language: "ru"})
	thief.open(link)
	thief.press(h.bedside, `[data-act="accept"]`)
	thief.reads(h.bedside, "Эта ссылка уже использована.")
	thief.everyway(h.bedside, "panel-link-used")
	thief.press(h.bedside, ".notice button") // begins a conversation of their own
	thief.sees(h.bedside, `[data-option="doctor"]`)

	tablet.open("http://" + h.bedside + "/widget/?site=clinic") // a reload keeps the ticket
	tablet.reads(h.bedside, "I am at the tablet now.")
	tablet.press(h.bedside, ".menu-button")
	tablet.press(h.bedside, `.menu [data-act="only-here"]`)
	phone.reads(h.bedside, "can no longer be opened here")
	phone.until(h.bedside, "shows nothing of it any more", `!document.body.innerText.includes("at the tablet")`)
	phone.everyway(h.bedside, "panel-dead")
	tablet.reads(h.bedside, "open on one device only")
	tablet.types(h.bedside, ".composer", "Only here.")
	tablet.missing(h.bedside, "[data-fate]")
	phone.press(h.bedside, ".notice button")
	phone.sees(h.bedside, `[data-option="doctor"]`)
}
