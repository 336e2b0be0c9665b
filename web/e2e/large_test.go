//go:build browser

package e2e

import (
	"strconv"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// grows makes the text as large as it gets.
func (p *person) grows(h *house) {
	p.t.Helper()
	p.press(h.bedside, ".menu-button")
	for range 5 { // one more than there are steps: the last does nothing
		p.press(h.bedside, `.menu [data-act="larger"]`)
	}
	p.until(h.bedside, "reads twice as large", `getComputedStyle(document.documentElement).fontSize === "32px"`)
	p.wellMade(h.bedside, "large-menu")
	p.press(h.bedside, ".menu-button")
}

// inSizes shows the page in each size, and then on a phone again.
func (p *person) inSizes(sizes [][2]int64, hold func(width string)) {
	p.t.Helper()
	for _, size := range sizes {
		p.resize(size[0], size[1])
		hold(strconv.Itoa(int(size[0])))
	}
	p.resize(390, 844)
}

// usable holds a face with large text, on a phone and the smallest screen that
// WCAG asks for: nothing runs sideways, there is room to read, and whatever can be
// pressed can be reached.
func (p *person) usable(host, face string) {
	p.t.Helper()
	p.inSizes([][2]int64{{390, 844}, {320, 640}}, func(width string) {
		p.wellMade(host, "large-"+face+"-"+width)
		faults, err := ask[[]string](p, host, `(() => {
			const out = [], panel = document.querySelector(".panel");
			const seen = (e) => e && e.getClientRects().length > 0;
			const log = document.querySelector(".timeline");
			if (seen(log) && log.clientHeight < 96) out.push("no room for the chat: " + log.clientHeight);
			for (const e of document.querySelectorAll(".composer [type=submit], .call-card button, .notice button, .ending button")) {
				if (!seen(e)) continue;
				e.scrollIntoView({ block: "nearest" });
				const r = e.getBoundingClientRect();
				if (r.top < -1 || r.bottom > innerHeight + 1) out.push("out of reach: " + e.className + " " + r.top + " " + r.bottom);
			}
			panel.scrollTop = 0;
			return out;
		})()`)
		require.NoError(p.t, err)
		require.Empty(p.t, faults, "%s at %s", face, width)
	})
}

// Text twice as large, from the first question to the end; it is remembered.
func TestLargeText(t *testing.T) {
	h := served(t)
	p, doctor := sit(t, "patient", look{width: 390, height: 844}), sit(t, "doctor", look{})
	panel := "http://" + h.bedside + "/widget/?site=clinic"
	p.open(panel)
	p.sees(h.bedside, `[data-option="doctor"]`)
	p.grows(h)
	p.usable(h.bedside, "question")
	p.open(panel)
	p.until(h.bedside, "remembers the size", `getComputedStyle(document.documentElement).fontSize === "32px"`)
	p.answersAll(h, "Patient One")
	p.usable(h.bedside, "waiting")
	p.press(h.bedside, ".menu-button")
	p.press(h.bedside, `.menu [data-act="elsewhere"]`)
	p.sees(h.bedside, ".elsewhere .qr")
	p.wellMade(h.bedside, "large-elsewhere-390")
	p.press(h.bedside, ".elsewhere .done")
	doctor.signsIn(h)
	doctor.takes(h)
	doctor.types(h.bedside, write, "Good day! I have read what you wrote.")
	doctor.press(h.bedside, `[data-act="escalate"]`)
	p.sees(h.bedside, ".call-card .join")
	p.usable(h.bedside, "invited")
	p.press(h.bedside, ".call-card .join")
	p.sees(h.bedside, ".call-frame")
	doctor.reads(h.bedside, "Patient One joined the call")
	p.usable(h.bedside, "call")
	doctor.press(h.bedside, `[data-act="finish"]`)
	doctor.press(h.bedside, `[data-act="sure"]`)
	p.sees(h.bedside, ".ending")
	p.usable(h.bedside, "closed")
}

// A keyboard that browsers lay over the page covers neither the composer nor, in
// the widget on a phone, the box around it.
func TestTheComposerStaysAboveTheKeyboard(t *testing.T) {
	h := served(t)
	p := sit(t, "patient", look{width: 390, height: 844})
	_, err := chromedp.Call(p.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: `
		const seen = Object.assign(new EventTarget(), { scale: 1, height: innerHeight, offsetTop: 0 });
		Object.defineProperty(window, "visualViewport", { value: seen });
		window.keyboard = (height, top = 0) => { seen.height = innerHeight - height; seen.offsetTop = top; seen.dispatchEvent(new Event("resize")) };`})
	require.NoError(t, err)
	p.open("http://" + h.bedside + "/widget/?site=clinic")
	p.sees(h.bedside, `[data-option="doctor"]`)
	bottom := `document.querySelector(".composer").getBoundingClientRect().bottom`
	p.until(h.bedside, "is at the bottom", bottom+" === innerHeight")
	press := func(host, script string) {
		_, err := ask[bool](p, host, "("+script+", true)")
		require.NoError(t, err)
	}
	press(h.bedside, "keyboard(320)")
	p.until(h.bedside, "is above the keyboard", bottom+" === innerHeight - 320")
	p.wellMade(h.bedside, "panel-keyboard-390")
	press(h.bedside, "keyboard(320, 40)")
	p.until(h.bedside, "is above the keyboard of a page that was pushed up", bottom+" === innerHeight - 280")
	press(h.bedside, "keyboard(0)")
	p.until(h.bedside, "is at the bottom again", bottom+" === innerHeight")

	p.open(h.page)
	p.opensWidget(h)
	press(h.clinic, "keyboard(320)")
	p.until(h.bedside, "is above the keyboard in the widget", "innerHeight === 844 - 320 && "+bottom+" === innerHeight")
}

// A reader who has set a larger text in browser or system gets it, and twice as
// much on top of it.
func TestTheReadersOwnTextSize(t *testing.T) {
	h := served(t)
	p := sit(t, "patient", look{width: 390, height: 844})
	_, err := chromedp.Call(p.ctx, page.SetFontSizes, page.SetFontSizesParams{FontSizes: &page.FontSizes{Standard: 24, Fixed: 20}})
	require.NoError(t, err)
	p.open("http://" + h.bedside + "/widget/?site=clinic")
	p.sees(h.bedside, `[data-option="doctor"]`)
	p.until(h.bedside, "reads as set", `getComputedStyle(document.querySelector(".bubble .text")).fontSize === "24px"`)
	p.usable(h.bedside, "own-size")
	p.press(h.bedside, ".menu-button")
	p.press(h.bedside, `.menu [data-act="larger"]`)
	p.until(h.bedside, "reads larger", `getComputedStyle(document.querySelector(".bubble .text")).fontSize === "30px"`)
}
