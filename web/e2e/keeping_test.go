//go:build browser

package e2e

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// tab opens another tab of the same browser.
func (p *person) tab(name string) *person {
	p.t.Helper()
	ctx, cancel := chromedp.NewContext(p.ctx)
	p.t.Cleanup(cancel)
	require.NoError(p.t, chromedp.Do(ctx, chromedp.EmulateViewport(390, 844)))
	return &person{t: p.t, name: name, ctx: ctx, frames: map[target.ID]context.Context{}}
}

// The panel alone, on a phone: a reload loses neither conversation nor draft, a
// second tab is in step, and what is written while the server is away is kept.
func TestNothingIsLost(t *testing.T) {
	h := served(t)
	panel := "http://" + h.bedside + "/widget/?site=clinic"
	p := sit(t, "patient", look{width: 390, height: 844})
	p.open(panel)
	p.press(h.bedside, `[data-option="doctor"]`)
	p.reads(h.bedside, "What is your name?")
	p.writes(h.bedside, "Patient O")

	p.open(panel) // a reload
	p.reads(h.bedside, "I would like to see a doctor")
	p.until(h.bedside, "finds the draft", `document.querySelector(".composer textarea")?.value === "Patient O"`)

	other := p.tab("second tab")
	other.open(panel)
	other.reads(h.bedside, "What is your name?")
	other.types(h.bedside, ".composer", "Patient One")
	other.sees(h.bedside, `[data-option="pain"]`)
	p.sees(h.bedside, `[data-option="pain"]`)
	require.NoError(t, chromedp.Cancel(other.ctx))
	p.picture("panel-question-390")

	port := h.bedside[strings.LastIndex(h.bedside, ":")+1:]
	h.server.stop()
	p.reads(h.bedside, "No connection.")
	p.sees(h.bedside, ".numbers-strip a[href^='tel:']")
	p.press(h.bedside, `[data-option="pain"]`)
	p.sees(h.bedside, `[data-fate="waiting"]`)
	p.picture("panel-offline-390")
	h.server = run(t, "serve", "-c", h.config)
	h.server.ready(port)
	p.sees(h.bedside, `[data-option="yes"]`)
	p.missing(h.bedside, `[data-fate]`)
}

// Where Bedside is away when the page is opened, the launcher itself gives the
// numbers to call; where it comes back, so does the chat.
func TestNumbersWithoutServer(t *testing.T) {
	t.Parallel() // one of the long ones
	h := served(t)
	p := sit(t, "patient", look{width: 390, height: 844})
	p.open(h.page)
	p.until(h.clinic, "the launcher is there", `document.querySelector("bedside-widget")`)
	p.onPage(h, listens)
	h.server.stop()
	_, err := ask[bool](p, h.clinic, `(Bedside("open"), true)`)
	require.NoError(t, err)
	p.hears("+1 555 0100", "911")
	p.learns(h, `error {"code":"unreachable"}`)
	p.picture("launcher-silent-390")

	h.server = run(t, "serve", "-c", h.config)
	h.server.ready(h.bedside[strings.LastIndex(h.bedside, ":")+1:])
	p.reads(h.bedside, "How can we help?")
}

// A network that lets no WebSocket through: the same conversation by plain HTTP.
func TestWithoutSockets(t *testing.T) {
	h := served(t)
	p := sit(t, "patient", look{width: 390, height: 844})
	_, err := chromedp.Call(p.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
		Source: `window.WebSocket = class { constructor() { throw new Error("no sockets here") } }`,
	})
	require.NoError(t, err)
	p.open("http://" + h.bedside + "/widget/?site=clinic")
	p.answersAll(h, "Patient One")
	p.missing(h.bedside, "[data-fate]")

	doctor := sit(t, "doctor", look{})
	doctor.signsIn(h)
	doctor.takes(h)
	doctor.types(h.bedside, ".pane:not([hidden]) .composer", "Good day!")
	p.reads(h.bedside, "Good day!")
	doctor.press(h.bedside, `[data-act="escalate"]`)
	p.press(h.bedside, ".call-card .join")
	p.sees(h.bedside, ".call-frame")
	p.until(h.trueconf, "is in the call", `document.getElementById("call").dataset.state === "alone"`)
}

// hears waits until a screen reader would come upon links of these names: it
// reads what scripts cannot, the launcher's closed shadow root.
func (p *person) hears(links ...string) {
	p.t.Helper()
	var got []string
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		tree, err := chromedp.Call(p.ctx, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
		require.NoError(p.t, err)
		got = nil
		for _, n := range tree.Nodes {
			if !n.Ignored && n.Role != nil && n.Name != nil && strings.Contains(string(n.Role.Value), "link") {
				got = append(got, strings.Trim(string(n.Name.Value), `"`))
			}
		}
		if len(got) >= 2*len(links) { // the page's own and the launcher's
			break
		}
	}
	for _, l := range links {
		require.Equal(p.t, 2, strings.Count(strings.Join(got, "|")+"|", l+"|"), "%v", got)
	}
}
