//go:build browser

package e2e

import (
	"bytes"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

const reference = "../../flows/testdata/reference/"

// clinicOf is a house that serves the reference flow, with doctors at every hour
// and the department that the configuration's other doctor has.
func clinicOf(t *testing.T) *house {
	t.Helper()
	h := &house{beside: reference + "consents", departments: "gp, duty, kids, rx", flow: func([]byte) []byte {
		flow, err := os.ReadFile(reference + "reference.yaml")
		require.NoError(t, err)
		flow = bytes.Replace(flow, []byte("    hours: clinic\n    offer: least_busy           #"), []byte("    hours: always\n    offer: least_busy           #"), 1)
		return bytes.Replace(flow, []byte("  duty:\n    title:"), []byte("  skin:\n    title: {en: \"dermatologist\", ru: \"дерматолог\"}\n    hours: always\n    answer_within: 10m\n    reply_within: 60m\n  duty:\n    title:"), 1)
	}}
	h.serve(t, "")
	return h
}

// agrees opens the panel and agrees to the first document.
func (h *house) agrees(t *testing.T) *person {
	t.Helper()
	p := sit(t, "patient", look{width: 390, height: 844})
	p.open("http://" + h.bedside + "/widget/?site=clinic&language=en")
	p.press(h.bedside, `[data-option="agree"]`)
	p.sees(h.bedside, `[data-option="doctor"]`)
	return p
}

// A whole triage by keys alone: documents, buttons, several symptoms, a scale, and
// a red flag that was a mistake and costs one press.
func TestATriageByKeysAlone(t *testing.T) {
	h := clinicOf(t)
	doctor := sit(t, "doctor", look{})
	doctor.signsIn(h)
	doctor.reads(h.bedside, "Nobody is waiting.")
	p := sit(t, "patient", look{})
	p.open("http://" + h.bedside + "/widget/?site=clinic&language=en")
	presses := func(selector, key string) {
		t.Helper()
		p.sees(h.bedside, selector)
		p.tabsTo(h, selector)
		p.hits(key)
	}
	types := func(question, words string) {
		t.Helper()
		p.reads(h.bedside, question)
		p.until(h.bedside, "the field has the focus", `document.activeElement.matches(".composer textarea, .composer input")`)
		p.hits(words + "\r")
	}
	p.sees(h.bedside, ".paper")
	p.focusOn(h, ".timeline")
	presses(`[data-option="agree"]`, "\r")
	presses(`[data-option="doctor"]`, "\r")
	p.reads(h.bedside, "pressure in the chest")
	presses(`[data-option="yes"]`, "\r")
	p.sees(h.bedside, `.emergency-card a[href="tel:103"]`)
	doctor.sees(h.bedside, `.head-row.urgent`)
	doctor.press(h.bedside, `.head-row.urgent`)
	doctor.sees(h.bedside, `.pane:not([hidden]) .answers .red`)
	presses(`[data-option="mistake"]`, "\r")
	p.missing(h.bedside, ".emergency-card")
	p.reads(h.bedside, "hard to breathe")
	doctor.missing(h.bedside, `.head-row.urgent`)
	presses(`[data-option="no"]`, "\r")
	presses(`[data-option="me"]`, "\r")
	types("the name of the person", "Patient One")
	types("Date of birth?", "7 March 1958")
	p.sees(h.bedside, ".ticks")
	p.focusOn(h, ".timeline")
	presses(`.tick[data-option="fever"] input`, " ")
	presses(`.tick[data-option="cough"] input`, " ")
	presses(`[data-act="done"]`, "\r")
	presses(`.scale [data-option="3"]`, "\r")
	presses(`[data-option="agree"]`, "\r")
	p.sees(h.bedside, `[data-phase="waiting"]`)
	doctor.sees(h.bedside, `.waiting-list .head-row`)
	doctor.press(h.bedside, `.waiting-list .head-row`)
	doctor.sees(h.bedside, `.pane:not([hidden]) .answers .red`)
	doctor.reads(h.bedside, "Consent to a remote consultation")
	doctor.press(h.bedside, `[data-act="claim"]`)
	doctor.press(h.bedside, `[data-act="finish"]`)
	doctor.press(h.bedside, `[data-act="sure"]`)
	p.press(h.bedside, `[data-stars="5"]`)
	p.types(h.bedside, ".rating-more", "Quick and kind.")
	p.reads(h.bedside, "Thank you. It helps us")
}

// An emergency stands with the server stopped, and with the page loaded anew the
// numbers are there before anything else; a doctor takes it out of the questions.
func TestAnEmergencyWithTheServerStopped(t *testing.T) {
	h := clinicOf(t)
	p, doctor := h.agrees(t), sit(t, "doctor", look{})
	doctor.signsIn(h)
	p.types(h.bedside, ".composer", "I have chest pain")
	p.sees(h.bedside, `.emergency-card a[href="tel:103"]`)
	h.server.stop()
	p.reads(h.bedside, "No connection")
	p.sees(h.bedside, `.emergency-card a[href="tel:103"]`)
	p.sees(h.bedside, `.numbers-strip a[href="tel:103"]`)
	p.sees(h.bedside, `.numbers-strip a[href="tel:+74950000000"]`)
	h.server = run(t, "serve", "-c", h.config)
	h.server.ready(h.port())
	doctor.press(h.bedside, `.head-row.urgent`)
	doctor.press(h.bedside, `[data-act="claim"]`)
	p.reads(h.bedside, "Doctor Two is with you")
	p.missing(h.bedside, ".emergency-card")
}

// A call that was promised stands in the console with its number, and is done
// there; an admin ends an emergency that nobody takes.
func TestACallbackIsDone(t *testing.T) {
	h := clinicOf(t)
	p, doctor, lead := h.agrees(t), sit(t, "doctor", look{}), sit(t, "lead", look{})
	doctor.signsIn(h)
	p.press(h.bedside, `[data-option="book"]`)
	p.reads(h.bedside, "the name of the person")
	p.types(h.bedside, ".composer", "Patient One")
	p.reads(h.bedside, "Which number can we call")
	p.types(h.bedside, ".composer", "+7 916 000-00-01")
	p.press(h.bedside, `[data-option="none"]`) // no time suits
	p.sees(h.bedside, ".promise")
	p.reads(h.bedside, "We will call you")
	doctor.sees(h.bedside, `.callbacks-list a[href^="tel:"]`)

	p.types(h.bedside, ".composer", "chest pain")
	p.sees(h.bedside, ".emergency-card")
	lead.leadSignsIn(h)
	lead.press(h.bedside, `.places .way:first-child`)
	lead.press(h.bedside, `[data-act="end-emergency"]`)
	lead.press(h.bedside, `.row-foot [data-act="sure"]`)
	p.missing(h.bedside, ".emergency-card")

	doctor.press(h.bedside, `.callbacks-list .head-row`)
	doctor.press(h.bedside, `[data-act="callback-done"]`)
	doctor.press(h.bedside, `[data-act="sure"]`)
	p.reads(h.bedside, "The clinic has called.")
	doctor.missing(h.bedside, `.callbacks-list .head-row`)
}
