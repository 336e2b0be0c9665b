//go:build browser

package e2e

import (
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

const write = ".pane:not([hidden]) .composer"

// ends closes the conversation from the patient's menu.
func (p *person) ends(h *house) {
	p.t.Helper()
	p.press(h.bedside, ".menu-button")
	p.press(h.bedside, `.menu [data-act="end"]`)
	p.press(h.bedside, ".menu .bad")
	p.sees(h.bedside, ".ending")
}

// holds waits until the composer holds the words.
func (p *person) holds(h *house, words string) {
	p.t.Helper()
	p.until(h.bedside, "holds "+words, `document.querySelector(".composer textarea")?.value === `+quote(words))
}

// A text for a conversation that is closed for good begins a new one; the text
// stays in the field, said to be unsent, and no question swallows it.
func TestTextForAClosedConversation(t *testing.T) {
	h := served(t)
	p := h.waits(t, "Patient One")
	p.ends(h)
	p.everyway(h.bedside, "panel-closed")
	p.types(h.bedside, ".composer", "It is worse today.")
	p.sees(h.bedside, `[data-phase="intake"]`)
	p.holds(h, "It is worse today.")
	p.reads(h.bedside, "has not been sent")
	p.everyway(h.bedside, "panel-carried")

	p.open("http://" + h.bedside + "/widget/?site=clinic") // a reload
	p.press(h.bedside, `[data-option="doctor"]`)
	p.reads(h.bedside, "What is your name?")
	p.holds(h, "It is worse today.")
	p.reads(h.bedside, "has not been sent")
	said, err := ask[string](p, h.bedside, `[...document.querySelectorAll(".bubble.mine .text")].map((e) => e.textContent).join("|")`)
	require.NoError(t, err)
	require.Equal(t, "I would like to see a doctor", said, "nothing was sent in the patient's name")
}

// Where the browser refuses storage the panel does not promise that the place
// is kept when it is closed.
func TestWithoutStorage(t *testing.T) {
	h := served(t)
	p := sit(t, "patient", look{width: 390, height: 844})
	_, err := chromedp.Call(p.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
		Source: `Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError") } })`,
	})
	require.NoError(t, err)
	p.open("http://" + h.bedside + "/widget/?site=clinic")
	p.reads(h.bedside, "keeps nothing for this site")
	p.answersAll(h, "Patient One")
	p.reads(h.bedside, "Please keep this page open")
	words, err := ask[string](p, h.bedside, `document.querySelector(".notice").innerText`)
	require.NoError(t, err)
	require.NotContains(t, words, "You may close this window")
	p.everyway(h.bedside, "panel-no-storage")
	p.press(h.bedside, ".notice button")
	p.sees(h.bedside, ".elsewhere .qr")
}

// What a doctor writes reaches those for whom it was begun, whatever becomes of
// the conversation meanwhile; what was had before can be taken up again.
func TestNotesAndMessagesKeepApart(t *testing.T) {
	h := served(t)
	patient, doctor := h.waits(t, "Patient One"), sit(t, "doctor", look{})
	doctor.signsIn(h)
	doctor.press(h.bedside, ".waiting-list .head-row")
	doctor.types(h.bedside, write, "First look: for staff.")
	doctor.reads(h.bedside, "First look: for staff.")
	doctor.sees(h.bedside, write+".note")
	doctor.press(h.bedside, `[data-act="claim"]`)
	doctor.sees(h.bedside, write+":not(.note)")
	doctor.types(h.bedside, write, "Good day!")
	patient.reads(h.bedside, "Good day!")

	doctor.begins(h, "Begun for the patient")
	doctor.press(h.bedside, ".pane:not([hidden]) .more summary")
	doctor.everyway(h.bedside, "console-more")
	doctor.press(h.bedside, `[data-act="release"]`)
	doctor.everyway(h.bedside, "console-release")
	doctor.press(h.bedside, `[data-act="sure"]`)
	doctor.reads(h.bedside, "Not sent: the patient is not with you now")
	doctor.everyway(h.bedside, "console-not-yours")
	doctor.submits(h)
	doctor.begins(h, "")
	doctor.sees(h.bedside, write+".note")
	doctor.begins(h, "Begun for staff")
	doctor.press(h.bedside, `[data-act="claim"]`)
	doctor.sees(h.bedside, `[data-act="finish"]`)
	doctor.sees(h.bedside, write+".note")
	doctor.open(h.console()) // a reload
	doctor.press(h.bedside, ".mine-list .head-row")
	doctor.sees(h.bedside, write+".note")
	doctor.submits(h)
	doctor.sees(h.bedside, write+":not(.note)")
	doctor.types(h.bedside, write, "Good bye!")
	patient.reads(h.bedside, "Good bye!")
	said, err := ask[string](patient, h.bedside, `document.body.innerText`)
	require.NoError(t, err)
	for _, unsaid := range []string{"First look", "Begun for"} {
		require.NotContains(t, said, unsaid)
	}

	doctor.press(h.bedside, `[data-act="finish"]`)
	doctor.everyway(h.bedside, "console-finish")
	doctor.press(h.bedside, `[data-act="sure"]`)
	patient.sees(h.bedside, `[data-phase="closed"]`)
	doctor.press(h.bedside, ".past summary")
	doctor.press(h.bedside, ".had-list .head-row")
	doctor.sees(h.bedside, `[data-act="claim"]`)
	doctor.everyway(h.bedside, "console-had")
	doctor.press(h.bedside, `[data-act="claim"]`)
	patient.sees(h.bedside, `[data-phase="consulting"]`)
	doctor.types(h.bedside, write, "One more thing.")
	patient.reads(h.bedside, "One more thing.")
}

// begins writes into the doctor's composer and sends nothing.
func (p *person) begins(h *house, words string) {
	p.t.Helper()
	_, err := ask[bool](p, h.bedside, `((f) => { f.value = `+quote(words)+`; f.dispatchEvent(new Event("input", { bubbles: true })); return true })(document.querySelector(`+quote(write+" textarea")+`))`)
	require.NoError(p.t, err)
}

func (p *person) submits(h *house) {
	p.t.Helper()
	_, err := ask[bool](p, h.bedside, `(document.querySelector(`+quote(write)+`).requestSubmit(), true)`)
	require.NoError(p.t, err)
}

// A doctor hands a patient on; is refused at the door; finds the server away, and
// the session over.
func TestDoorsOfTheConsole(t *testing.T) {
	t.Parallel() // one of the long ones
	h := served(t)
	patient, doctor := h.waits(t, "Patient One"), sit(t, "doctor", look{})
	right := h.password
	h.password = "not the password"
	doctor.triesTheDoor(h)
	doctor.reads(h.bedside, "Name or password is not right.")
	doctor.everyway(h.bedside, "console-refused")
	h.password = right
	doctor.signsIn(h)
	doctor.takes(h)
	doctor.press(h.bedside, ".pane:not([hidden]) .more summary")
	doctor.press(h.bedside, `[data-act="transfer"]`)
	doctor.everyway(h.bedside, "console-transfer")
	doctor.press(h.bedside, `[data-act="sure"]`)
	patient.sees(h.bedside, `[data-phase="waiting"]`)
	doctor.reads(h.bedside, "Nobody is waiting.")
	doctor.reads(h.bedside, "Handed to: dermatologist")
	doctor.missing(h.bedside, `[data-act="claim"]`)
	doctor.everyway(h.bedside, "console-transferred")

	port := h.bedside[len("bedside.localhost:"):]
	h.server.stop()
	doctor.reads(h.bedside, "No connection.")
	doctor.everyway(h.bedside, "console-offline")
	patient.reads(h.bedside, "No connection.")
	patient.everyway(h.bedside, "panel-offline")
	h.server = run(t, "serve", "-c", h.config)
	h.server.ready(port)
	doctor.until(h.bedside, "is back", `!document.body.innerText.includes("No connection.")`)
	_, err := ask[bool](doctor, h.bedside, `(fetch("/api/v1/session", { method: "DELETE" }), true)`)
	require.NoError(t, err)
	doctor.reads(h.bedside, "Your session has ended.")
	doctor.everyway(h.bedside, "console-over")
}
