package bot_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/bot"
)

// What the page says is kept for staff, as all that it says now, and is neither a
// word of the patient's nor anything that is known of them.
func TestWhatThePageSays(t *testing.T) {
	w := newWorld(t)
	w.start()
	spoke, wake := w.s.SpokeAt, bot.Wake(w.s, w.limits, w.program)
	w.now = w.now.Add(1)
	prices := map[string]string{"page": "Prices", "name": "Somebody Else"}
	entries := w.do(patient, bot.DoDescribe, bot.Args{Attributes: prices})
	require.Equal(t, []bot.Kind{bot.PageDescribed}, kinds(entries))
	require.Equal(t, bot.System, entries[0].By.Role)
	require.Equal(t, prices, w.s.Page)
	require.Empty(t, w.s.Name(), "nobody is called what a page says")
	require.Equal(t, spoke, w.s.SpokeAt)
	require.Equal(t, wake, bot.Wake(w.s, w.limits, w.program), "no deadline moves")
	_, seen := bot.View(entries[0], patient, bot.Links{})
	require.False(t, seen)

	require.Empty(t, w.do(patient, bot.DoDescribe, bot.Args{Attributes: prices}), "the same again is nothing new")
	w.do(patient, bot.DoDescribe, bot.Args{Attributes: map[string]string{"doctor": "Vera"}})
	require.Equal(t, map[string]string{"doctor": "Vera"}, w.s.Page)
	w.do(patient, bot.DoDescribe, bot.Args{})
	require.Empty(t, w.s.Page)
	require.NotContains(t, bot.MayDo(patient, w.s), bot.DoDescribe, "nothing that people press")
}

func TestWhatAPageMayNotSay(t *testing.T) {
	w := newWorld(t)
	w.start()
	many := map[string]string{}
	for i := range 20 {
		many[fmt.Sprintf("k%d", i)] = strings.Repeat("я", 200)
	}
	w.do(patient, bot.DoDescribe, bot.Args{Attributes: many})
	many["more"] = "x"
	w.refused(bot.TooLarge, patient, bot.DoDescribe, bot.Args{Attributes: many})
	for code, odd := range map[bot.Code]map[string]string{
		bot.TooLarge:  {"a": strings.Repeat("я", 201)},
		bot.Malformed: {strings.Repeat("я", 41): "x"},
	} {
		w.refused(code, patient, bot.DoDescribe, bot.Args{Attributes: odd})
	}
	w.refused(bot.Malformed, patient, bot.DoDescribe, bot.Args{Attributes: map[string]string{" ": "x"}})
	w.refused(bot.Unknown, bot.Actor{Role: bot.Patient, Conversation: "c_2"}, bot.DoDescribe, bot.Args{})
	guest := patient
	guest.Call = "call_1"
	w.refused(bot.Forbidden, guest, bot.DoDescribe, bot.Args{Attributes: map[string]string{"a": "b"}})
	w.do(patient, bot.DoClose, bot.Args{})
	w.refused(bot.ClosedCode, patient, bot.DoDescribe, bot.Args{Attributes: map[string]string{"a": "b"}})
}
