//go:build browser

package e2e

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// adminSignsIn opens the Flows page.
func (p *person) adminSignsIn(h *house) {
	p.t.Helper()
	p.open(h.console() + "#flows")
	p.sees(h.bedside, "#login")
	_, err := ask[bool](p, h.bedside, `(document.querySelector("#login").value = "lead", document.querySelector("#password").value = `+quote(h.password)+`, document.querySelector(".sign-in form").requestSubmit(), true)`)
	require.NoError(p.t, err)
	p.sees(h.bedside, ".flows")
}

// writesFlow changes words of the flow's file.
func (h *house) writesFlow(t *testing.T, old, new string) {
	t.Helper()
	path := filepath.Join(filepath.Dir(h.config), "flow.yaml")
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Contains(t, string(text), old)
	require.NoError(t, os.WriteFile(path, bytes.Replace(text, []byte(old), []byte(new), 1), 0o600))
}

const (
	oldQuestion = "Has it lasted longer than three days?"
	newQuestion = "Have you had it for more than three days?"
)

// A version is published while a patient is in the middle: that patient goes on in
// the old one, the next gets the new one, and the console shows both.
func TestPublishedInTheMiddle(t *testing.T) {
	t.Parallel() // one of the long ones
	h := served(t)
	first := sit(t, "first", look{width: 390, height: 844})
	first.open("http://" + h.bedside + "/widget/?site=clinic")
	first.press(h.bedside, `[data-option="doctor"]`)
	first.types(h.bedside, ".composer", "Patient One")
	first.sees(h.bedside, `[data-option="pain"]`)

	lead := sit(t, "lead", look{})
	lead.adminSignsIn(h)
	lead.reads(h.bedside, "Version 1 is served.")
	h.writesFlow(t, oldQuestion, newQuestion)
	lead.reads(h.bedside, "The files have changed and are sound.")
	lead.press(h.bedside, `[data-act="publish-flow"]`)
	lead.types(h.bedside, ".deed", "a plainer question")
	lead.reads(h.bedside, "Version 2 is served now.")
	lead.reads(h.bedside, "a plainer question")

	first.press(h.bedside, `[data-option="pain"]`)
	first.reads(h.bedside, oldQuestion)
	next := sit(t, "next", look{width: 390, height: 844})
	next.open("http://" + h.bedside + "/widget/?site=clinic")
	next.press(h.bedside, `[data-option="doctor"]`)
	next.types(h.bedside, ".composer", "Patient Two")
	next.press(h.bedside, `[data-option="pain"]`)
	next.reads(h.bedside, newQuestion)

	lead.reads(h.bedside, "Version 2: one conversation")
	lead.reads(h.bedside, "Version 1: one conversation")
	lead.wellMade(h.bedside, "console-flows-en-light-1280")
	require.Contains(t, h.metrics(t), "bedside_flow_version 2\n")
}

// The Flows page in every state, by light and in the dark, on a desk and a phone, and
// by the keyboard alone.
func TestFlowsPage(t *testing.T) {
	t.Parallel() // one of the long ones
	axe := checker(t)
	h := served(t)
	lead := sit(t, "lead", look{})
	lead.adminSignsIn(h)
	lead.reads(h.bedside, "Nothing has changed: the files are what is served.")
	lead.reads(h.bedside, "No conversation is open.")
	lead.wellMade(h.bedside, "flows-clean")
	lead.accessible(h.bedside, axe, "flows, nothing changed")

	h.writesFlow(t, oldQuestion, newQuestion)
	lead.until(h.bedside, "may publish", `!document.querySelector('[data-act="publish-flow"]').disabled`)
	lead.press(h.bedside, `[data-act="publish-flow"]`)
	lead.focused(h.bedside, "#flow-note")
	lead.everyway(h.bedside, "flows-asked")
	lead.accessible(h.bedside, axe, "flows, asked")
	lead.strikes("Escape", "Escape")
	lead.focused(h.bedside, `[data-act="publish-flow"]`)
	lead.strikes("Enter", "Enter")
	lead.focused(h.bedside, "#flow-note")
	lead.writesByHand("a plainer question")
	lead.strikes("Enter", "Enter")
	lead.reads(h.bedside, "Version 2 is served now.")

	h.writesFlow(t, "goto: triage", "goto: traige")
	h.writesFlow(t, "- ask: trouble", "- ask: truoble")
	lead.reads(h.bedside, "The files have 2 errors.")
	lead.reads(h.bedside, "did you mean")
	lead.until(h.bedside, "may not publish", `document.querySelector('[data-act="publish-flow"]').disabled`)
	lead.everyway(h.bedside, "flows-broken")
	lead.accessible(h.bedside, axe, "flows, broken")
	lead.press(h.bedside, `[data-version="1"] [data-act="roll-back"]`)
	lead.types(h.bedside, ".deed", "patients did not like it")
	lead.reads(h.bedside, "Version 3 is served now.")
	lead.reads(h.bedside, "version 1 again, by lead")

	russian := sit(t, "russian", look{width: 390, height: 844, dark: true, language: "ru"})
	russian.adminSignsIn(h)
	russian.reads(h.bedside, "Действует версия 3.")
	russian.wellMade(h.bedside, "flows-ru-dark-390")
	russian.resize(1280, 800)
	russian.wellMade(h.bedside, "flows-ru-dark")

	doctor := sit(t, "doctor", look{})
	doctor.open(h.console())
	doctor.signsIn(h)
	doctor.missing(h.bedside, `[data-place="flows"]`)

	h.server.stop()
	lead.until(h.bedside, "reads that it cannot be read", `document.body.innerText.includes("cannot be read just now")`)
	lead.wellMade(h.bedside, "flows-unread")
	http.DefaultClient.CloseIdleConnections()
}
