package web_test

import (
	"testing"
	"time"

	"bedside/bot"
	"bedside/web"
	"bedside/web/wire"

	"github.com/stretchr/testify/require"
)

func presence(who bot.Role) func(frame) bool {
	return func(f frame) bool { return f.Type == wire.TypePresence && f.By.Role == who }
}

func TestColleaguesSeeWhoLooksAndPatientsDoNot(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	p := h.patient()
	patient := p.connect()
	patient.open(p.id, 0)
	patient.untilType(wire.TypeCaughtUp)
	vera, oleg := h.staff("vera"), h.staff("oleg").connect()
	one, two := vera.connect(), vera.connect()
	one.open(p.id, 0)
	one.untilType(wire.TypeCaughtUp)
	two.open(p.id, 0)
	two.untilType(wire.TypeCaughtUp)
	oleg.open(p.id, 0)
	seen := oleg.until(presence(bot.Doctor))
	require.Equal(t, []any{"vera", "Dr Vera", true}, []any{seen.Login, seen.By.Name, seen.Here})
	seen = one.until(presence(bot.Doctor))
	require.Equal(t, []any{"oleg", true}, []any{seen.Login, seen.Here}, "the first other person whom vera sees is not vera")

	two.say(wire.UnopenFrame{Type: wire.TypeUnopen, Conversation: p.id}) // vera has another tab
	one.say(wire.UnopenFrame{Type: wire.TypeUnopen, Conversation: p.id})
	require.False(t, oleg.until(func(f frame) bool { return presence(bot.Doctor)(f) && !f.Here }).Here)
	patient.do(p.id, wire.Command{Do: bot.DoSend, Text: "x"})
	patient.until(func(f frame) bool {
		require.NotEqual(t, wire.TypePresence, f.Type, "nobody has the conversation: the patient is told of nobody")
		return f.Type == wire.TypeAck
	})
}

func TestAPollIsAPageToo(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	p := h.patient()
	p.entries("after=0&wait=1")
	vera := h.staff("vera").connect()
	vera.open(p.id, 0)
	require.True(t, vera.until(presence(bot.Patient)).Here)
}

func TestListsTellWhosePageIsClosed(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	web.AwayAfter(h.s, time.Second)
	p := h.patient()
	vera := h.staff("vera").connect()
	vera.until(func(f frame) bool { return f.Type == wire.TypeHeads && len(f.Heads) == 1 })
	gone := vera.until(presence(bot.Patient)) // the patient asked over HTTP and went
	require.Equal(t, p.id, gone.Conversation)
	require.False(t, gone.Here)
	require.Positive(t, gone.Away)
	patient := p.connect()
	patient.open(p.id, 0)
	require.True(t, vera.until(presence(bot.Patient)).Here)

	late := h.staff("oleg").connect()
	late.untilType(wire.TypeHeads)
	require.Empty(t, late.seen, "nothing is open there")
}
