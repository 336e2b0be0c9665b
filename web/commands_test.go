package web_test

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/web"
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

// TestTheLongestKey holds web, engine and the description of the wire to one
// length.
func TestTheLongestKey(t *testing.T) {
	t.Parallel()
	p := newHouse(t).begun()
	longest := strings.Repeat("k", engine.MaxKey)
	first := p.do(wire.Command{Key: longest, Do: bot.DoChoose, Step: p.step(), Option: "unwell"})
	require.Equal(t, first, p.do(wire.Command{Key: longest, Do: bot.DoChoose, Step: p.step(), Option: "unwell"}))
	for _, key := range []string{"", longest + "k", "a b", "\x7f", "ключ"} {
		p.refused("POST", "/api/v1/conversations/"+p.id+"/commands", wire.Command{Key: key, Do: bot.DoSend, Text: "x"}, 400, bot.Malformed)
	}
	schema, err := os.ReadFile("api/wire.schema.json")
	require.NoError(t, err)
	said := regexp.MustCompile(`1 to (\d+) visible ASCII characters`).FindAllStringSubmatch(string(schema), -1)
	require.Len(t, said, 5, "start, command, command frame, devices and late of a visit key")
	for _, s := range said {
		require.Equal(t, strconv.Itoa(engine.MaxKey), s[1])
	}
}

func TestAFloodOfStrangersKeepsNoConnection(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(o *web.Options) {
		o.Limits.CommandsPerSecond, o.Limits.CommandBurst = 0.01, 1
		o.Limits.StartsPerMinute, o.Limits.StartBurst = 0.01, 1
	})
	p := h.begun()
	stranger := &person{h: h, bearer: newTicket()}
	require.True(t, stranger.call("POST", "/api/v1/conversations", wire.Start{Key: "k"}, 429, nil).Close)
	p.do(wire.Command{Do: bot.DoChoose, Step: p.step(), Option: "unwell"})
	path := "/api/v1/conversations/" + p.id + "/commands"
	require.False(t, p.call("POST", path, wire.Command{Key: "k", Do: bot.DoSend, Text: "x"}, 429, nil).Close, "who is known stays")
}
