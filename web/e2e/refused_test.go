//go:build browser

package e2e

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A clinic to which too many write at once, and one whose disk is full: patients
// read it in their language, are told the number, and are let in as soon as it
// can be, without another press.
func TestAFullHouse(t *testing.T) {
	t.Run("too many", func(t *testing.T) {
		h := servedAs(t, "limits:\n  starts_per_minute: 12\n  start_burst: 1\n")
		h.waits(t, "Patient One")
		p := sit(t, "patient", look{width: 390, height: 844, language: "ru"})
		p.open("http://" + h.bedside + "/widget/?site=clinic")
		p.sees(h.bedside, `[data-option="doctor"]`)
		other := sit(t, "other", look{width: 390, height: 844, language: "ru"})
		other.open("http://" + h.bedside + "/widget/?site=clinic")
		other.reads(h.bedside, "Сейчас нам пишут очень многие.")
		other.sees(h.bedside, ".numbers-strip a[href^='tel:']")
		other.everyway(h.bedside, "panel-full")
		other.sees(h.bedside, `[data-option="doctor"]`)
		other.missing(h.bedside, ".notice")
	})
	t.Run("no room", func(t *testing.T) {
		h := servedAs(t, "limits:\n  free_disk: 1000000000\n")
		p := sit(t, "patient", look{width: 390, height: 844})
		p.open("http://" + h.bedside + "/widget/?site=clinic")
		p.reads(h.bedside, "cannot begin a conversation just now")
		p.everyway(h.bedside, "panel-no-room")
		p.accessible(h.bedside, checker(t), "panel, no room")
	})
}

// What is written too fast, or too long, is not lost, and said in plain words.
func TestWordsThatAreNotTaken(t *testing.T) {
	t.Parallel() // one of the long ones
	h := servedAs(t, "limits:\n  commands_per_second: 1\n  command_burst: 1\n")
	p := h.waits(t, "Patient One")
	for _, words := range []string{"One.", "Two.", "Three."} {
		p.types(h.bedside, ".composer", words)
	}
	p.reads(h.bedside, "That was very fast.")
	p.everyway(h.bedside, "panel-too-fast")
	p.missing(h.bedside, "[data-fate]")
	said, err := ask[string](p, h.bedside, `[...document.querySelectorAll(".bubble.mine .text")].slice(-3).map((e) => e.textContent).join(" ")`)
	require.NoError(t, err)
	require.Equal(t, "One. Two. Three.", said, "in their order, once")

	long := strings.Repeat("It hurts. ", 500) // more than the clinic takes
	p.types(h.bedside, ".composer", long)
	p.reads(h.bedside, "This text is too long.")
	p.holds(h, strings.TrimSpace(long))
	p.everyway(h.bedside, "panel-too-long")
	longer := strings.Repeat("It hurts. ", 20_000) // more than any server takes
	p.types(h.bedside, ".composer", longer)
	p.reads(h.bedside, "This text is too long.")
	p.holds(h, longer)
	p.types(h.bedside, ".composer", "It hurts.")
	p.missing(h.bedside, "[data-fate]")
}
