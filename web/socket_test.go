package web_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"bedside/bot"
	"bedside/web"
	"bedside/web/wire"

	"github.com/gorilla/websocket"
	"github.com/stretchr/testify/require"
)

func TestComingBackWithTheLastSequence(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	p := h.patient()
	all := p.entries("after=0").Entries
	last := all[len(all)-1].Seq

	first := p.connect()
	first.open(p.id, 0)
	require.Equal(t, last, first.untilType(wire.TypeCaughtUp).Last)
	require.Len(t, first.seen[p.id], len(all))
	require.NoError(t, first.conn.NetConn().Close()) // the network is gone

	p.do(wire.Command{Do: bot.DoSend, Text: "while nobody listened"})
	again := p.connect()
	again.open(p.id, last)
	again.untilType(wire.TypeCaughtUp)
	require.NotEmpty(t, again.seen[p.id])
	again.gapless(p.id, last)
	require.Equal(t, last, again.seen[p.id][0].Prev)

	t.Run("after a sequence that never was, the end counts", func(t *testing.T) {
		l := p.connect()
		l.open(p.id, 9999)
		require.Less(t, l.untilType(wire.TypeCaughtUp).Last, uint64(9999))
		p.do(wire.Command{Do: bot.DoSend, Text: "and on it goes"})
		l.untilKind(bot.MessageSent)
	})
}

func TestLongReplaysComeInPagesWithoutGap(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	p := h.patient()
	for i := range 130 {
		p.do(wire.Command{Do: bot.DoSend, Text: strings.Repeat("long ", 100+i)})
	}
	l := p.connect()
	l.open(p.id, 0)
	p.do(wire.Command{Do: bot.DoSend, Text: "the last word"})
	l.until(func(f frame) bool { return strings.Contains(string(f.Body), "the last word") })
	l.gapless(p.id, 0)
}

func TestTwoTabsStayInStep(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	p := h.patient()
	one, two := p.connect(), p.connect()
	one.open(p.id, 0)
	two.open(p.id, 0)
	one.untilType(wire.TypeCaughtUp)
	two.untilType(wire.TypeCaughtUp)

	key := one.do(p.id, wire.Command{Do: bot.DoSend, Text: "from one"})
	seq := one.untilType(wire.TypeAck).Seq
	require.Equal(t, seq, two.untilKind(bot.MessageSent).Seq)
	two.do(p.id, wire.Command{Key: key, Do: bot.DoSend, Text: "from one"})
	require.Equal(t, seq, two.untilType(wire.TypeAck).Seq, "the same key is recorded once")
	two.do(p.id, wire.Command{Do: bot.DoSend, Text: "from two"})
	two.untilType(wire.TypeAck)
	one.until(func(f frame) bool { return strings.Contains(string(f.Body), "from two") })
	one.gapless(p.id, 0)
}

// TestManyWritersOneOrder lets many tabs write at once: each sees all, in order.
func TestManyWritersOneOrder(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	p := h.patient()
	const tabs, each = 4, 10
	var wg sync.WaitGroup
	lines := make([]*line, tabs)
	for i := range lines {
		lines[i] = p.connect()
		lines[i].open(p.id, 0)
	}
	for _, l := range lines {
		wg.Go(func() {
			for range each {
				_ = l.conn.WriteJSON(wire.CommandFrame{Type: wire.TypeCommand, Conversation: p.id,
					Command: wire.Command{Key: newKey(), Do: bot.DoSend, Text: "x"}})
			}
		})
	}
	wg.Wait()
	for _, l := range lines {
		messages := 0
		for messages < tabs*each {
			if f := l.next(); f.Kind == bot.MessageSent {
				messages++
			}
		}
		l.gapless(p.id, 0)
	}
}

func TestPresenceTypingAndReading(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	p := h.patient()
	vera, oleg := h.staff("vera").connect(), h.staff("oleg").connect()
	patient := p.connect()
	patient.open(p.id, 0)
	patient.untilType(wire.TypeCaughtUp)
	vera.open(p.id, 0)
	require.True(t, vera.until(presence(bot.Patient)).Here)
	oleg.open(p.id, 0)
	vera.untilType(wire.TypeCaughtUp)
	oleg.untilType(wire.TypeCaughtUp)

	vera.do(p.id, wire.Command{Do: bot.DoClaim})
	here := patient.untilType(wire.TypePresence)
	require.Equal(t, "Dr Vera", here.By.Name, "a colleague who only looks is not shown")
	require.True(t, here.Here)

	oleg.say(wire.TypingFrame{Type: wire.TypeTyping, Conversation: p.id})
	vera.say(wire.TypingFrame{Type: wire.TypeTyping, Conversation: p.id})
	require.Equal(t, "Dr Vera", patient.untilType(wire.TypeTyping).By.Name)
	patient.say(wire.ReadFrame{Type: wire.TypeRead, Conversation: p.id, Seq: 5})
	require.EqualValues(t, 5, vera.until(func(f frame) bool { return f.Type == wire.TypePresence && f.Read > 0 }).Read)

	vera.say(wire.UnopenFrame{Type: wire.TypeUnopen, Conversation: p.id})
	require.False(t, patient.untilType(wire.TypePresence).Here)
	before := len(p.entries("after=0").Entries)
	require.Len(t, p.entries("after=0").Entries, before, "nothing of it is stored")
}

func TestHeadsFollowTheLists(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	vera, rita := h.staff("vera").connect(), h.staff("rita").connect()
	require.True(t, vera.untilType(wire.TypeHeads).All)
	require.True(t, rita.untilType(wire.TypeHeads).All)
	p := h.patient()
	waiting := vera.until(func(f frame) bool { return f.Type == wire.TypeHeads && len(f.Heads) == 1 }).Heads[0]
	require.Equal(t, p.id, waiting.ID)
	require.Equal(t, bot.Waiting, waiting.Phase)
	require.Equal(t, "gp", waiting.Department)

	h.staff("oleg").with(p).do(wire.Command{Do: bot.DoClaim})
	require.Equal(t, []string{p.id}, vera.until(func(f frame) bool { return f.Type == wire.TypeHeads && len(f.Gone) > 0 }).Gone)

	h.staff("oleg").with(p).do(wire.Command{Do: bot.DoTransfer, To: "duty"})
	got := rita.until(func(f frame) bool { return f.Type == wire.TypeHeads && len(f.Heads) > 0 })
	require.Equal(t, p.id, got.Heads[0].ID, "the first that another department hears of it")
}

func TestBadFrames(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	p := h.begun()
	for name, c := range map[string]struct {
		text string
		code int
	}{
		"not JSON":         {"hello", wire.CloseMalformed},
		"an array":         {"[1]", wire.CloseMalformed},
		"no type":          {"{}", wire.CloseMalformed},
		"an unknown type":  {`{"type":"shout"}`, wire.CloseMalformed},
		"a type of number": {`{"type":7}`, wire.CloseMalformed},
		"too large":        {`{"type":"command","text":"` + strings.Repeat("x", 70<<10) + `"}`, wire.CloseTooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			l := p.connect()
			require.NoError(t, l.conn.WriteMessage(websocket.TextMessage, []byte(c.text)))
			code := l.closed()
			if c.code == wire.CloseTooLarge && code == websocket.CloseMessageTooBig {
				code = c.code // gorilla says so itself
			}
			require.Equal(t, c.code, code)
		})
	}
	t.Run("binary", func(t *testing.T) {
		l := p.connect()
		require.NoError(t, l.conn.WriteMessage(websocket.BinaryMessage, []byte("{}")))
		require.Equal(t, wire.CloseMalformed, l.closed())
	})
	t.Run("what a frame does not know is refused and named", func(t *testing.T) {
		l := p.connect()
		for text, word := range map[string]string{
			`{"type":"command","conversation":"` + p.id + `","key":"a","do":"send","text":"x","colour":1}`: "colour",
			`{"type":"command","conversation":"` + p.id + `","key":"a","do":"send","option":"x"}`:          "option",
			`{"type":"command","conversation":"` + p.id + `","key":"a","do":"wake"}`:                       "no such command",
			`{"type":"command","conversation":"` + p.id + `","key":"","do":"send"}`:                        "key",
			`{"type":"open","conversation":"` + p.id + `","after":"x"}`:                                    "after",
		} {
			require.NoError(t, l.conn.WriteMessage(websocket.TextMessage, []byte(text)))
			f := l.untilType(wire.TypeRefused)
			require.Equal(t, bot.Malformed, f.Code)
			require.Contains(t, f.Message, word)
		}
	})
	t.Run("a command says what it is by do", func(t *testing.T) {
		l := p.connect()
		l.open(p.id, 0)
		require.NoError(t, l.conn.WriteJSON(map[string]string{"conversation": p.id, "key": "plain", "do": "send", "text": "x"}))
		require.Equal(t, "plain", l.until(func(f frame) bool { return f.Key == "plain" }).Key)
	})
	t.Run("an open of what is not mine", func(t *testing.T) {
		l, other := p.connect(), h.begun()
		for _, id := range []string{other.id, "c_nothing", strings.Repeat("x", 300), ""} {
			l.open(id, 0)
			require.Contains(t, []bot.Code{bot.Unknown, bot.Malformed}, l.untilType(wire.TypeRefused).Code)
		}
	})
}

func TestHellos(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for name, c := range map[string]struct {
		first any
		code  int
	}{
		"a dead ticket":        {wire.HelloFrame{Type: wire.TypeHello, Ticket: newTicket()}, wire.CloseCredential},
		"nobody":               {wire.HelloFrame{Type: wire.TypeHello}, wire.CloseCredential},
		"something else first": {wire.BeatFrame{Type: wire.TypeBeat}, wire.CloseNoHello},
	} {
		t.Run(name, func(t *testing.T) {
			conn, _, err := h.dial(nil)
			require.NoError(t, err)
			l := &line{t: t, conn: conn}
			l.say(c.first)
			require.Equal(t, c.code, l.closed())
		})
	}
	t.Run("a ticket in the header", func(t *testing.T) {
		p := h.begun()
		conn, _, err := h.dial(http.Header{"Authorization": {"Bearer " + p.bearer}})
		require.NoError(t, err)
		l := &line{t: t, conn: conn}
		l.say(wire.HelloFrame{Type: wire.TypeHello})
		require.Equal(t, wire.TypeWelcome, l.next().Type)
	})
	t.Run("no upgrade", func(t *testing.T) {
		(&person{h: h}).refused("GET", "/api/v1/socket", nil, 400, bot.Malformed)
	})
}

func TestAnEndedSessionEndsItsSockets(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	vera, other := h.staff("vera"), h.staff("vera")
	one, two := vera.connect(), other.connect()
	vera.call("DELETE", "/api/v1/session", nil, 204, nil)
	require.Equal(t, wire.CloseSignedOut, one.closed())
	vera.refused("GET", "/api/v1/session", nil, 401, bot.Unauthorized)
	p := h.patient()
	two.open(p.id, 0)
	two.untilType(wire.TypeCaughtUp) // another session of the same doctor goes on
}

func TestAnErasedConversationEndsItsSockets(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	p := h.patient()
	l := p.connect()
	require.NoError(t, h.store.Erase(t.Context(), p.id))
	began := time.Now()
	require.Equal(t, wire.CloseSignedOut, l.closed())
	require.Less(t, time.Since(began), 5*time.Second)
	p.refused("GET", "/api/v1/conversations/"+p.id, nil, 401, bot.Unauthorized)
}

func TestStoppingTellsSocketsToComeBack(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	p := h.patient()
	l := p.connect()
	l.open(p.id, 0)
	l.untilType(wire.TypeCaughtUp)
	last := l.seen[p.id][len(l.seen[p.id])-1].Seq
	polled := make(chan int, 1)
	r := p.request("GET", "/api/v1/conversations/"+p.id+"/entries?wait=30&after="+itoa(last), nil)
	go func() {
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			polled <- 0
			return
		}
		_ = res.Body.Close()
		polled <- res.StatusCode
	}()
	go h.stop()
	require.Equal(t, wire.CloseRestart, l.closed())
	require.Contains(t, []int{200, 503, 0}, <-polled)
	h.stop()
}

func TestLimitsOfSockets(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(o *web.Options) {
		o.Limits.SocketsPerTicket, o.Limits.OpensPerSocket = 2, 1
		o.Limits.FramesPerSecond, o.Limits.FrameBurst = 0.1, 8
	})
	p := h.patient()
	one := p.connect()
	p.connect()
	conn, _, err := h.dial(nil)
	require.NoError(t, err)
	three := &line{t: t, conn: conn}
	three.say(wire.HelloFrame{Type: wire.TypeHello, Ticket: p.bearer})
	require.Equal(t, wire.CloseTooManySockets, three.closed())
	p.refused("GET", "/api/v1/conversations/"+p.id+"/entries?after=99&wait=1", nil, 429, bot.TooMany)

	vera := h.staff("vera").connect()
	vera.open(p.id, 0)
	vera.untilType(wire.TypeCaughtUp)
	vera.open(h.patient().id, 0)
	require.Equal(t, bot.TooMany, vera.untilType(wire.TypeRefused).Code)

	for range 12 {
		_ = one.conn.WriteJSON(wire.BeatFrame{Type: wire.TypeBeat})
	}
	require.Equal(t, wire.CloseTooFast, one.closed())
}
