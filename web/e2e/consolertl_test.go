//go:build browser

package e2e

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// The console from right to left, in the language made for it: nothing runs off,
// lists stand on the right, and what people wrote stays as they wrote it.
func TestConsoleFromRightToLeft(t *testing.T) {
	h := busy(t, "")
	doctor := sit(t, "doctor", look{width: 1280, height: 720})
	doctor.open(h.console())
	_, err := ask[bool](doctor, h.bedside, `(localStorage.setItem("bedside-console-set/language", "ar-XB"), true)`)
	require.NoError(t, err)
	doctor.signsIn(h)
	h.comes(t, "Anna Petrova", "1958-03-07", "It began on Monday")
	doctor.takesNext(h)
	doctor.until(h.bedside, "is turned round", `document.documentElement.dir === "rtl"`)
	doctor.until(h.bedside, "has the lists on the right", `document.querySelector(".lists").getBoundingClientRect().left > document.querySelector(".pane:not([hidden])").getBoundingClientRect().left`)
	doctor.reads(h.bedside, "It began on Monday")
	doctor.everywhere(h.bedside, "console-rtl")
}
