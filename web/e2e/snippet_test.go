//go:build browser

package e2e

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Settings from each place, and each way in which the script comes to a page: the
// launcher says the right words in the right corner, the panel comes from
// Bedside, and nothing breaks a policy.
func TestEachWayToEmbed(t *testing.T) {
	const words = "Ask a doctor"
	inserts := `const s = document.createElement("script"); s.src = "BEDSIDE/widget.js?site=clinic&side=left&offset=30,40&label=Ask+a+doctor"; document.head.append(s);`
	queue := `window.Bedside = function () { (Bedside.q = Bedside.q || []).push(arguments) };`
	settings := `{ site: "clinic", side: "left", offset: { x: 30, y: 40 }, label: "Ask a doctor" }`
	h := showing(t, site{
		"/strict":           around(`<script src="BEDSIDE/widget.js" data-site="clinic" data-side="left" data-offset="30,40" data-label="Ask a doctor" async></script>`),
		"/blocking":         strings.Replace(around(``), "<head>", `<head><script src="BEDSIDE/widget.js" data-site="clinic" data-side="left" data-offset="30,40" data-label="Ask a doctor"></script>`, 1),
		"/query":            around(`<script src="BEDSIDE/widget.js?site=clinic&amp;side=left&amp;offset=30,40&amp;label=Ask%20a%20doctor" defer></script>`),
		"/object":           around(`<script src="/object.js"></script><script src="BEDSIDE/widget.js" async></script>`),
		"/object.js":        `window.Bedside = ` + settings,
		"/queue":            around(`<script src="/queue.js"></script><script src="BEDSIDE/widget.js" data-site="nowhere" async></script>`),
		"/queue.js":         queue + `Object.assign(Bedside, ` + settings + `);`,
		"/manager":          around(`<script src="/manager.js"></script>`), // strips attributes, inserts after everything has loaded
		"/manager.js":       `addEventListener("load", () => setTimeout(() => {` + inserts + `}, 300));`,
		"/lazy":             around(`<script type="text/lazy" data-lazy-src="BEDSIDE/widget.js" data-site="clinic" data-side="left" data-offset="30,40" data-label="Ask a doctor"></script><script src="/joined.js" defer></script>`),
		"/strict-clobbered": around(`<a id="Bedside" href="https://evil.example/">x</a><img name="currentScript" src="https://evil.example/widget.js"><script src="BEDSIDE/widget.js" data-site="clinic" data-side="left" data-offset="30,40" data-label="Ask a doctor" async></script>`),
		"/renamed":          around(`<script src="/renamed.js"></script><script src="/joined.js" defer></script>`),
		"/renamed.js":       `window.Bedside = Object.assign({ origin: "BEDSIDE" }, ` + settings + `)`,
	})
	p := sit(t, "patient", look{})
	for _, way := range []string{"strict", "blocking", "query", "object", "queue", "manager", "lazy", "renamed", "strict-clobbered"} {
		t.Log(way)
		p.open(h.page + way)
		b := p.launcher(named(words))
		require.InDeltaSlice(t, []float64{30, 800 - 40 - 60, 60}, []float64{b.left, b.top, b.height}, 1)
		require.Greater(t, b.width, 120.0, "the words stand beside the icon")
		p.onPage(h, `window.broken = []; document.addEventListener("securitypolicyviolation", (e) => broken.push(e.violatedDirective))`)
		p.clicks(b)
		p.reads(h.bedside, "How can we help?")
		p.until(h.clinic, "no policy is broken, and there is one widget", `broken.length === 0 && document.querySelectorAll("bedside-widget").length === 1`)
	}
}

// Wrong settings fall back and are told once; a page on which we cannot find
// ourselves, and calls that make no sense, are told too. None of it throws.
func TestWrongSettingsHarmNothing(t *testing.T) {
	h := showing(t, site{
		"/wrong":      around(`<script src="/wrong.js"></script><script src="BEDSIDE/widget.js" data-site="clinic" data-side="middle" data-offset="far" data-language="tlh" data-theme="sepia" async></script>`),
		"/wrong.js":   `window.failed = []; addEventListener("error", (e) => failed.push(e.message)); const warn = console.warn; window.warned = []; console.warn = (m) => warned.push(m); console.error = (m) => failed.push(m); window.Bedside = { colour: "red", label: { en: {} } }`,
		"/nowhere":    around(`<script src="/nowhere.js"></script><script src="/joined.js"></script>`),
		"/nowhere.js": `window.failed = []; addEventListener("error", (e) => failed.push(e.message)); window.warned = []; console.warn = (m) => warned.push(m);`,
	})
	p := sit(t, "patient", look{})
	p.open(h.page + "wrong")
	b := p.launcher(named(closedName))
	require.InDeltaSlice(t, []float64{1280 - 20 - 60, 800 - 20 - 60}, []float64{b.left, b.top}, 1)
	told, err := ask[[]string](p, h.clinic, `warned`)
	require.NoError(t, err)
	require.Len(t, told, 1, "all in one warning")
	for _, word := range []string{"middle", "far", "tlh", "sepia", "colour", "label"} {
		require.Contains(t, told[0], word)
	}
	p.onPage(h, `Bedside(); Bedside("dance"); Bedside("on", "unread"); Bedside("on", "nothing", () => 1)(); Bedside("identify"); Bedside("identify", {});
		Bedside("setLocale", "tlh"); Bedside("setTheme", 7); Bedside("setAttributes", 5); Bedside("setAttributes", { a: 1 });
		Bedside("on", "open", () => { throw new Error("the page's own") }); window.later = 0; Bedside("on", "open", () => later++); Bedside("open");`)
	p.until(h.clinic, "the second listener heard it", `later === 1`)
	p.until(h.clinic, "each wrong call was told, and nothing failed but the page's own listener", `warned.length === 11 && failed.length === 1`)
	p.reads(h.bedside, "How can we help?")

	p.open(h.page + "nowhere")
	p.until(h.clinic, "it is told", `warned.length === 1 && warned[0].includes("window.Bedside") && failed.length === 0 && !document.querySelector("bedside-widget")`)
}

// However often the script comes, there is one widget; what was queued for it is
// done, once.
func TestLoadedTwice(t *testing.T) {
	h := showing(t, site{
		"/":          around(`<script src="/before.js"></script>` + usual + strings.Replace(usual, "widget.js", "widget.js?site=clinic", 1)),
		"/older":     around(`<script src="/older.js"></script>` + strings.Replace(usual, "async", "", 1)),
		"/older.js":  `window.Bedside = Object.assign(() => undefined, { ours: true, version: 1 })`,
		"/before.js": `window.Bedside = function () { (Bedside.q = Bedside.q || []).push(arguments) }; window.heard = []; Bedside("on", "ready", () => heard.push("ready")); Bedside("on", "open", () => heard.push("open")); Bedside("open");`,
	})
	p := sit(t, "patient", look{})
	p.open(h.page)
	p.reads(h.bedside, "How can we help?")
	p.until(h.clinic, "the queue was done once", `heard.join() === "ready,open"`)

	// A page that inserts its tags anew, with its queue before them.
	p.onPage(h, `window.Bedside = function () { (Bedside.q = Bedside.q || []).push(arguments) }; Bedside("close"); const s = document.createElement("script"); s.src = document.querySelector("script[data-site]").src; document.body.append(s)`)
	p.launcher(named(closedName))
	p.until(h.clinic, "one widget serves them all", `document.querySelectorAll("bedside-widget").length === 1 && Bedside.ours`)
	p.onPage(h, `Bedside("open")`)
	p.launcher(named("Close the chat"))
	p.hasPanels(h, 1)

	p.open(h.page + "older") // a widget of another version serves the page already
	p.until(h.clinic, "it is left alone", `document.readyState === "complete" && Bedside.version === 1 && !document.querySelector("bedside-widget")`)
}

// hasPanels waits until a browser has so many panels.
func (p *person) hasPanels(h *house, want int) {
	p.t.Helper()
	n := -1
	for end := time.Now().Add(patience); n != want && time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		all, err := p.targets()
		require.NoError(p.t, err)
		n = 0
		for _, target := range all {
			if target.Type == "iframe" && strings.Contains(target.URL, h.bedside[strings.LastIndex(h.bedside, ":"):]+"/widget/") {
				n++
			}
		}
	}
	require.Equal(p.t, want, n)
}

// destroy leaves nothing; a later load begins anew, with what was called between.
func TestDestroyed(t *testing.T) {
	h := showing(t, site{"/": around(usual)})
	p := sit(t, "patient", look{})
	p.open(h.page)
	p.launcher(named(closedName))
	p.onPage(h, `Bedside("open")`)
	p.reads(h.bedside, "How can we help?")
	p.onPage(h, `Bedside("destroy")`)
	p.until(h.clinic, "nothing of it is there", `!document.querySelector("bedside-widget")`)
	p.hasPanels(h, 0)
	p.onPage(h, `Bedside("on", "ready", () => window.again = true); Bedside("open"); const s = document.createElement("script"); s.src = document.querySelector("script[data-site]").src; s.dataset.site = "clinic"; document.body.append(s)`)
	p.until(h.clinic, "it is ready again", `window.again && document.querySelectorAll("bedside-widget").length === 1`)
	p.reads(h.bedside, "How can we help?")
}
