package web_test

import (
	"testing"

	"bedside/bot"
	"bedside/web/wire"

	"github.com/stretchr/testify/require"
)

// TestAnAnswerNamesWhatItsReaderCanSee plays an intake: no answer may name an
// entry that the patient is never shown, for the panel waits for it.
func TestAnAnswerNamesWhatItsReaderCanSee(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	p := h.begun()
	l := p.connect()
	l.open(p.id, 0)
	say := func(c wire.Command) {
		c.Key = newKey()
		answer := p.do(c)
		require.NotEmpty(t, answer.Entries)
		require.Equal(t, answer.Entries[len(answer.Entries)-1].Seq, answer.Seq)
		all := p.entries("after=0")
		require.LessOrEqual(t, answer.Seq, all.Last)
		l.until(func(f frame) bool { return f.Type == wire.TypeEntry && f.Seq == answer.Seq })
		l.do(p.id, c)
		require.Equal(t, answer.Seq, l.untilType(wire.TypeAck).Seq, "over the socket too")
	}
	say(wire.Command{Do: bot.DoChoose, Step: p.step(), Option: "unwell"})
	for _, text := range []string{"Anna Lee", "7 March 1958", "+7 900 000-00-00", "It hurts", "3", "anybody there?"} {
		say(wire.Command{Do: bot.DoSend, Text: text})
	}
}
