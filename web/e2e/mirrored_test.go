//go:build browser

package e2e

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// pseudo is the language for tests alone: English in other letters, half as long
// again, from right to left.
const pseudo = "ar-XB"

// whole finds what a language with longer words that runs the other way would
// show wrongly: texts without a translation (Latin letters that are neither the
// clinic's words nor a name), texts that are cut off or stand beside the screen.
const whole = `(() => {
	const out = [], clinics = ".bubble .text, .bubble .who, .bubble .dials, .standing [data-option], .paper, .times, h1, .clinic, .speak, time, a, input, textarea, [data-act=copy] ~ *";
	if (document.documentElement.dir !== "rtl") out.push("the page runs from left to right");
	if (document.scrollingElement.scrollWidth > innerWidth) out.push("scrolls sideways");
	const range = document.createRange();
	const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	for (let n = texts.nextNode(); n; n = texts.nextNode()) {
		const el = n.parentElement, said = n.data.trim();
		if (said === "" || el.getClientRects().length === 0 || el.closest("script, .hearing, .quiet")) continue;
		if (!el.closest(clinics) && /[a-z]{2}/i.test(said.replace(/\u2068.*?\u2069/g, ""))) out.push("not translated: " + said);
		range.selectNodeContents(n);
		for (const r of range.getClientRects()) if (r.left < -1 || r.right > innerWidth + 1) out.push("beside the screen: " + said);
		for (let up = el; up && up !== document.body; up = up.parentElement) {
			const style = getComputedStyle(up);
			if (style.overflowX === "visible" || up.matches("textarea, input")) continue;
			if (up.scrollWidth > up.clientWidth + 1) out.push("cut off in " + up.className + ": " + said);
		}
	}
	for (const e of document.querySelectorAll("[aria-label], [placeholder]")) {
		const said = (e.getAttribute("aria-label") ?? "") + (e.getAttribute("placeholder") ?? "");
		if (e.getClientRects().length > 0 && !e.closest(".standing [data-option], .paper, .times, .bubble") && !e.matches("textarea, input") && /[a-z]{2}/i.test(said)) out.push("not translated: " + said);
	}
	return [...new Set(out)];
})()`

// isWhole looks at a face on a phone, a small one, one with text twice as large,
// and a desk.
func (p *person) isWhole(host, face string) {
	p.t.Helper()
	p.inSizes([][2]int64{{390, 844}, {320, 640}, {1280, 800}}, func(width string) {
		p.picture(face + "-" + width)
		faults, err := ask[[]string](p, host, whole)
		require.NoError(p.t, err)
		require.Empty(p.t, faults, "%s at %s", face, width)
	})
}

// Panel, launcher and join page in a language of the other direction.
func TestFromRightToLeft(t *testing.T) {
	h := served(t)
	p, doctor := sit(t, "patient", look{width: 390, height: 844}), sit(t, "doctor", look{})
	p.open("http://" + h.bedside + "/widget/?site=clinic&language=" + pseudo)
	p.sees(h.bedside, `[data-option="doctor"]`)
	p.isWhole(h.bedside, "rtl-question")
	turned, err := ask[string](p, h.bedside, `getComputedStyle(document.querySelector(".composer [type=submit] svg")).transform`)
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(turned, "matrix(-1"), "the arrow points on: %s", turned)
	offered, err := ask[string](p, h.bedside, `[...document.querySelectorAll(".speak")].map((e) => e.textContent).join()`)
	require.NoError(t, err)
	require.NotContains(t, offered, pseudo)
	p.press(h.bedside, ".menu-button")
	p.isWhole(h.bedside, "rtl-menu")
	p.press(h.bedside, `.menu [data-act="elsewhere"]`)
	p.sees(h.bedside, ".elsewhere .qr")
	p.isWhole(h.bedside, "rtl-elsewhere")
	p.press(h.bedside, ".elsewhere .done")
	p.answersAll(h, "Patient One")
	p.isWhole(h.bedside, "rtl-waiting")
	doctor.signsIn(h)
	doctor.takes(h)
	doctor.press(h.bedside, `[data-act="escalate"]`)
	p.sees(h.bedside, ".call-card .join")
	p.isWhole(h.bedside, "rtl-invited")
	link := p.joinLink(h)
	other := sit(t, "other device", look{width: 390, height: 844})
	other.open(strings.Replace(strings.Replace(link, "//localhost", "//bedside.localhost", 1), "#", "?language="+pseudo+"#", 1))
	other.sees(h.bedside, ".join")
	other.isWhole(h.bedside, "rtl-join")
	p.press(h.bedside, ".call-card .join")
	p.sees(h.bedside, ".call-frame")
	doctor.reads(h.bedside, "Patient One joined the call")
	p.isWhole(h.bedside, "rtl-call")
	doctor.press(h.bedside, `[data-act="finish"]`)
	doctor.press(h.bedside, `[data-act="sure"]`)
	p.sees(h.bedside, ".ending")
	p.isWhole(h.bedside, "rtl-closed")

	p.open("http://" + h.bedside + "/join/unknown?language=" + pseudo + "#" + strings.Repeat("x", 40))
	p.sees(h.bedside, `[data-face="dead"]`)
	p.isWhole(h.bedside, "rtl-join-dead")
	p.mirrorsLauncher(h)
}

// mirrorsLauncher looks at the launcher's shadow root by its accessibility tree:
// scripts see nothing of it.
func (p *person) mirrorsLauncher(h *house) {
	p.t.Helper()
	p.open(h.page)
	p.until(h.clinic, "the launcher is there", `document.querySelector("bedside-widget")`)
	_, err := ask[bool](p, h.clinic, `(Bedside("setLocale", "`+pseudo+`"), true)`)
	require.NoError(p.t, err)
	p.until(h.clinic, "is mirrored", `document.querySelector("bedside-widget").dir === "rtl"`)
	tree, err := chromedp.Call(p.ctx, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	require.NoError(p.t, err)
	names := 0
	for _, n := range tree.Nodes {
		if n.Ignored || n.Role == nil || n.Name == nil || string(n.Role.Value) != `"button"` {
			continue
		}
		var name string
		require.NoError(p.t, json.Unmarshal([]byte(n.Name.Value), &name))
		require.NotRegexp(p.t, `[A-Za-z]{2}`, name)
		names++
	}
	require.NotZero(p.t, names)
	p.picture("rtl-launcher-390")
	_, err = ask[bool](p, h.clinic, `(Bedside("open"), true)`)
	require.NoError(p.t, err)
	p.until(h.bedside, "speaks as the page does", `document.documentElement.dir === "rtl" && document.querySelector(".composer")`)
	p.picture("rtl-widget-390")
}
