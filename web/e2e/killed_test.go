//go:build browser

package e2e

import (
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// killed ends the browser as a telephone does that needs the memory: nothing in
// it is asked or told.
func (p *person) killed() {
	p.t.Helper()
	browser := chromedp.FromContext(p.ctx).Browser.Process()
	require.NoError(p.t, browser.Kill())
	for end := time.Now().Add(patience); browser.Signal(syscall.Signal(0)) == nil && time.Now().Before(end); {
		time.Sleep(20 * time.Millisecond)
	}
}

// What was written and is not known to be recorded is sent once, and the draft is
// back, though the browser was killed long before it would have written its
// localStorage to the disk.
func TestAKilledBrowserLosesNothing(t *testing.T) {
	h := served(t)
	folder, err := os.MkdirTemp("", "bedside-profile-")
	require.NoError(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	panel := "http://" + h.bedside + "/widget/?site=clinic"
	p := sit(t, "patient", look{width: 390, height: 844, profile: folder})
	p.open(panel)
	p.answersAll(h, "Patient One")
	port := h.bedside[strings.LastIndex(h.bedside, ":")+1:]
	h.server.stop()
	p.reads(h.bedside, "No connection.")
	p.types(h.bedside, ".composer", "It is my left arm.")
	p.sees(h.bedside, `[data-fate="waiting"]`)
	p.writes(h.bedside, "And since Tues")
	p.until(h.bedside, "has kept the draft", `(indexedDB.open("bedside").onsuccess = (e) => {
		const asked = e.target.result.transaction("kept").objectStore("kept").get("bedside/clinic/draft");
		asked.onsuccess = () => { window.keptDraft = asked.result; e.target.result.close() };
	}, window.keptDraft === "And since Tues")`)
	p.killed()
	h.server = run(t, "serve", "-c", h.config)
	h.server.ready(port)

	p = sit(t, "patient again", look{width: 390, height: 844, profile: folder})
	p.open(panel)
	p.reads(h.bedside, "It is my left arm.")
	p.missing(h.bedside, "[data-fate]")
	p.holds(h, "And since Tues")
	said, err := ask[int](p, h.bedside, `[...document.querySelectorAll(".bubble.mine .text")].filter((e) => e.textContent === "It is my left arm.").length`)
	require.NoError(t, err)
	require.Equal(t, 1, said)
	p.killed() // a second time, with everything acknowledged
	p = sit(t, "patient once more", look{width: 390, height: 844, profile: folder})
	p.open(panel)
	p.reads(h.bedside, "It is my left arm.")
	p.holds(h, "And since Tues")
	said, err = ask[int](p, h.bedside, `[...document.querySelectorAll(".bubble.mine .text")].filter((e) => e.textContent === "It is my left arm.").length`)
	require.NoError(t, err)
	require.Equal(t, 1, said)
}
