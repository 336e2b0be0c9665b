//go:build browser

package e2e

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// The panel's menu and sheets are WCAG's too, can be walked with keys alone, and
// give the focus back where it came from.
func TestThePanelsSheets(t *testing.T) {
	axe := checker(t)
	h := served(t)
	p := sit(t, "patient", look{width: 390, height: 844})
	p.open("http://" + h.bedside + "/widget/?site=clinic")
	p.sees(h.bedside, `[data-option="doctor"]`)
	p.tabsTo(h, ".menu-button")
	p.hits("\r")
	p.focused(h.bedside, ".menu button")
	p.accessible(h.bedside, axe, "panel, menu")
	p.tabsTo(h, `.menu [data-act="larger"]`)
	p.hits("\r")
	p.until(h.bedside, "reads larger", `getComputedStyle(document.documentElement).fontSize === "20px"`)
	p.focused(h.bedside, `.menu [data-act="larger"]`)
	p.tabsTo(h, `.menu [data-act="end"]`)
	p.hits("\r")
	p.focused(h.bedside, ".menu .bad")
	p.accessible(h.bedside, axe, "panel, is it to end")
	p.tabsTo(h, ".menu .plain")
	p.hits("\r")
	p.focused(h.bedside, `.menu [data-act="end"]`)
	p.strikes("Escape", "Escape")
	p.focused(h.bedside, ".menu-button")
	p.missing(h.bedside, ".menu")

	p.hits("\r")
	p.tabsTo(h, `.menu [data-act="elsewhere"]`)
	p.hits("\r")
	p.sees(h.bedside, ".elsewhere .qr")
	p.accessible(h.bedside, axe, "panel, on another device")
	p.tabsTo(h, `.elsewhere [data-act="copy"]`)
	p.hits("\r")
	p.sees(h.bedside, ".elsewhere .hint")
	p.strikes("Escape", "Escape")
	p.missing(h.bedside, ".elsewhere")
	p.focused(h.bedside, ".menu-button")
	link, err := ask[string](p, h.bedside, `document.documentElement.innerHTML.includes("go-on") ? "still there" : ""`)
	require.NoError(t, err)
	require.Empty(t, link, "a link that is not looked at is kept nowhere")
}
