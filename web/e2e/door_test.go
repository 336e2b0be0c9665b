//go:build browser

package e2e

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"
)

// The page drives the widget and is told where things stand, through a whole
// visit; it never learns a word of what is said.
func TestThePageDrivesAndIsTold(t *testing.T) {
	h := showing(t, site{"/": around(usual)})
	p, doctor := sit(t, "patient", look{}), sit(t, "doctor", look{})
	p.open(h.page)
	p.launcher(named(closedName))
	p.onPage(h, listens+`window.off = Bedside("on", "open", () => heard.push("once"));`)
	p.learns(h, "ready {}")
	p.onPage(h, `Bedside("setAttributes", { page: "Prices", doctor: "Dr Two" }); Bedside("toggle")`)
	p.learns(h, "open {}")
	p.learns(h, "once")
	p.learns(h, `conversation {"phase":"intake"}`)
	p.answersAll(h, "Patient One")
	p.learns(h, `message {"from":"bot"}`)
	p.learns(h, `queue {"waiting":true}`)
	p.onPage(h, `off(); heard.length = 0; Bedside("close")`)
	p.learns(h, "close {}")

	doctor.signsIn(h)
	doctor.takes(h)
	p.learns(h, `conversation {"phase":"consulting"}`)
	p.learns(h, `queue {"waiting":false}`)
	doctor.types(h.bedside, ".pane:not([hidden]) .composer", "a word that is nobody else's")
	p.learns(h, `message {"from":"doctor"}`)
	p.learns(h, `unread {"count":2}`)
	b := p.launcher(func(name string) bool { return name == "The doctor is here, 2 unread" })
	p.picture("launcher-doctor-1280")
	p.clicks(b)
	p.learns(h, `unread {"count":0}`)
	p.launcher(named("Close the chat"))
	doctor.press(h.bedside, `[data-act="escalate"]`)
	p.learns(h, `call {"state":"ready"}`)
	doctor.press(h.bedside, `[data-act="hang-up"]`)
	p.learns(h, `call {"state":"ended"}`)
	all, err := ask[string](p, h.clinic, `heard.join("\n")`)
	require.NoError(t, err)
	require.NotContains(t, all, "nobody else's")
	require.NotContains(t, all, "once")

	p.onPage(h, `Bedside("setLocale", "ru")`)
	p.launcher(named("Закрыть чат"))
	p.until(h.bedside, "the panel speaks Russian", `document.documentElement.lang === "ru"`)
	p.press(h.bedside, ".speak") // the patient wants English after all
	p.launcher(named("Close the chat"))
	p.onPage(h, `Bedside("setLocale", "ru")`)
	p.launcher(named("Закрыть чат"))
	p.onPage(h, `Bedside("setTheme", "dark")`)
	p.until(h.bedside, "the panel is dark", `document.documentElement.dataset.theme === "dark"`)
	p.onPage(h, `Bedside("setTheme", "auto"); Bedside("hide")`)
	p.until(h.bedside, "the panel is as the browser's", `document.documentElement.dataset.theme === undefined`)
	p.onPage(h, `Bedside("open")`)
	p.sees(h.bedside, ".composer")
	p.onPage(h, `Bedside("close"); Bedside("show")`)
	p.launcher(named("Чат с клиникой"))
}

// Pages that exchange their body leave the panel as it is, a call in it too; one
// that is exchanged as a whole gets it back, with the same conversation.
func TestPagesThatExchangeTheirBody(t *testing.T) {
	h := showing(t, site{"/": around(usual), "/next": around(usual)})
	p := sit(t, "patient", look{})
	p.open(h.page)
	p.launcher(named(closedName))
	p.onPage(h, `document.body.innerHTML = "<h1>Other words</h1>"`)
	p.launcher(named(closedName))
	p.onPage(h, `document.body.replaceWith(document.createElement("body"))`)
	p.clicks(p.launcher(named(closedName)))
	p.press(h.bedside, `[data-option="doctor"]`)
	p.reads(h.bedside, "What is your name?")
	mark := func() {
		_, err := ask[bool](p, h.bedside, `(window.same = true)`)
		require.NoError(t, err)
	}
	mark()
	swap := `const next = document.createElement("body"); next.innerHTML = "<h1>Another page</h1>"; const s = document.createElement("script"); s.src = "http://` +
		h.bedside + `/widget.js"; s.dataset.site = "clinic"; next.append(s); document.body.replaceWith(next); history.pushState({}, "", "/next");`
	p.onPage(h, swap)
	p.reads(h.clinic, "Another page")
	p.until(h.bedside, "it is the very same panel", `window.same && document.body.innerText.includes("What is your name?")`)
	p.onPage(h, `history.back()`)
	p.until(h.bedside, "after going back too", `window.same`)

	p.onPage(h, `document.documentElement.replaceWith(document.createElement("html")); document.documentElement.append(document.createElement("body"))`)
	p.until(h.bedside, "it has come anew", `!window.same`)
	p.reads(h.bedside, "What is your name?")
	p.until(h.clinic, "there is one", `document.querySelectorAll("bedside-widget").length === 1`)
	p.launcher(named("Close the chat"))

	p.open(h.page + "next") // another page, by a click
	p.clicks(p.launcher(named(closedName)))
	p.reads(h.bedside, "What is your name?")
}

// The focus goes into the chat and comes back to where it was, and is not taken
// from somebody who is elsewhere.
func TestTheFocusComesBack(t *testing.T) {
	h := showing(t, site{"/": around(usual)})
	p := sit(t, "patient", look{own: true})
	p.open(h.page)
	p.launcher(named(closedName))
	focus := func(what, script string) { t.Helper(); p.until(h.clinic, what, script) }
	p.onPage(h, `document.getElementById("own").addEventListener("click", () => Bedside("open")); own.focus(); own.click()`)
	focus("the focus is in the chat", `document.activeElement?.tagName === "BEDSIDE-WIDGET"`)
	p.sees(h.bedside, ".composer")
	p.hits(kb.Escape)
	p.launcher(named(closedName))
	focus("it is where it came from", `document.activeElement === own`)

	p.onPage(h, `own.blur(); Bedside("open")`)
	focus("the focus is in the chat", `document.activeElement?.tagName === "BEDSIDE-WIDGET"`)
	p.onPage(h, `own.focus(); Bedside("close")`)
	p.launcher(named(closedName))
	focus("it stays where it is", `document.activeElement === own`)
	p.onPage(h, `own.blur(); Bedside("open"); Bedside("close")`)
	focus("it is on the button", `document.activeElement?.tagName === "BEDSIDE-WIDGET"`)
}

// Where the launcher stands, and how it and the opened chat look: both sides, with
// words and without, on a page from right to left, on phones upright and lying.
func TestFacesOfTheLauncher(t *testing.T) {
	snippet := func(more string) string {
		return around(`<script src="BEDSIDE/widget.js" data-site="clinic" ` + more + ` async></script>`)
	}
	words := `data-label="Ask a doctor" data-label-ru="Спросить врача"`
	h := showing(t, site{
		"/plain": snippet(``), "/words": snippet(words), "/left": snippet(words + ` data-side="left" data-offset="24,90"`),
		"/ru": snippet(words + ` data-language="ru"`), "/dark": snippet(`data-theme="dark"`),
		"/rtl": `<!doctype html><html lang="he" dir="rtl"><meta name="viewport" content="width=device-width"><body><h1>מרפאה</h1><script src="BEDSIDE/widget.js" data-site="clinic" ` + words + ` async></script></body></html>`,
	})
	p := sit(t, "patient", look{})
	for _, size := range [][]int64{{1280, 800}, {390, 844}, {844, 390}} {
		p.resize(size[0], size[1])
		for _, at := range []string{"plain", "words", "left", "ru", "dark", "rtl"} {
			name := map[string]string{"plain": closedName, "dark": closedName, "ru": "Спросить врача"}[at]
			if name == "" {
				name = "Ask a doctor"
			}
			p.open(h.page + at)
			b := p.launcher(named(name))
			face := fmt.Sprintf("launcher-%s-%d", at, size[0])
			p.picture(face)
			onLeft := at == "left" || at == "rtl"
			require.Equal(t, onLeft, b.left+b.width/2 < float64(size[0])/2, face)
			require.GreaterOrEqual(t, b.left, 19.0, face)
			require.LessOrEqual(t, b.left+b.width, float64(size[0])-19, face)
			p.clicks(b)
			p.sees(h.bedside, `[data-option="doctor"]`)
			p.picture(face + "-open")
			width, err := ask[float64](p, h.bedside, `innerWidth`)
			require.NoError(t, err)
			if size[0] == 1280 {
				require.Equal(t, 400.0, width, face)
			} else {
				require.Equal(t, float64(size[0]), width, "a phone's whole window: "+face)
			}
		}
	}
}
