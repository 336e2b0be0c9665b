package engine_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/engine"
)

func TestStartIsOneForATicket(t *testing.T) {
	h := newHouse(t)
	req := engine.StartRequest{Key: "k", Ticket: ticketOf("anna"), Language: "en", Device: "phone"}
	first, err := h.e.Start(t.Context(), req)
	require.NoError(t, err)
	require.True(t, first.New)
	require.Empty(t, first.Ticket)
	require.Equal(t, bot.ConversationID(req.Ticket), first.Conversation)
	require.NotEmpty(t, first.Entries)

	a := h.start("anna") // a retry with another key
	h.do(a, a.Conversation, bot.DoSend, bot.Args{Text: "Anna"})
	h.restart()
	again, err := h.e.Start(t.Context(), req)
	require.NoError(t, err)
	require.False(t, again.New)
	require.Equal(t, len(first.Entries), len(again.Entries), "the answer of the start, not of what came after")
	for i := range first.Entries {
		require.Equal(t, first.Entries[i].Encode(), again.Entries[i].Encode())
	}
}

func TestStartAtOnce(t *testing.T) {
	h := newHouse(t)
	results := make([]engine.StartResult, 16)
	var wg sync.WaitGroup
	for i := range results {
		wg.Go(func() {
			r, err := h.e.Start(context.Background(), engine.StartRequest{Key: "k", Ticket: ticketOf("anna")})
			if err != nil {
				t.Errorf("start: %v", err)
			}
			results[i] = r
		})
	}
	wg.Wait()
	made := 0
	for _, r := range results {
		require.Equal(t, results[0].Conversation, r.Conversation)
		require.Len(t, r.Entries, len(results[0].Entries))
		if r.New {
			made++
		}
	}
	require.Equal(t, 1, made)
	require.Equal(t, 1, count(h.kinds(results[0].Conversation), bot.ConversationStarted))
}

func TestStartMakesATicketWhereNoneIsBrought(t *testing.T) {
	h := newHouse(t)
	r, err := h.e.Start(t.Context(), engine.StartRequest{Key: "k"})
	require.NoError(t, err)
	require.True(t, bot.ValidTicket(r.Ticket))
	a, err := h.e.ByTicket(t.Context(), r.Ticket)
	require.NoError(t, err)
	require.Equal(t, bot.Actor{Role: bot.Patient, Conversation: r.Conversation}, a)
	require.NotContains(t, h.log.String(), r.Ticket)
	require.NotContains(t, journalText(h, r.Conversation), r.Ticket)
}

func TestStartRefuses(t *testing.T) {
	h := newHouse(t)
	for name, c := range map[string]struct {
		code bot.Code
		req  engine.StartRequest
	}{
		"no key":         {bot.Malformed, engine.StartRequest{Ticket: ticketOf("a")}},
		"a weak ticket":  {bot.Malformed, engine.StartRequest{Key: "k", Ticket: "1234"}},
		"a hostile one":  {bot.Malformed, engine.StartRequest{Key: "k", Ticket: strings.Repeat("/", 64)}},
		"a huge one":     {bot.Malformed, engine.StartRequest{Key: "k", Ticket: strings.Repeat("a", 4096)}},
		"no such site":   {bot.Unknown, engine.StartRequest{Key: "k", Ticket: ticketOf("a"), Site: "elsewhere"}},
		"no such door":   {bot.Unknown, engine.StartRequest{Key: "k", Ticket: ticketOf("a"), Door: "cellar"}},
		"a doctor's key": {bot.Malformed, engine.StartRequest{Key: "", Ticket: ticketOf("a"), Service: vera}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := h.e.Start(t.Context(), c.req)
			requireCode(t, c.code, err)
		})
	}
}

func TestADeadTicket(t *testing.T) {
	h := newHouse(t)
	for _, ticket := range []string{"", "short", ticketOf("nobody"), strings.Repeat("\x00", 64)} {
		_, err := h.e.ByTicket(t.Context(), ticket)
		requireCode(t, bot.Unauthorized, err)
	}
	a := h.start("anna")
	require.NoError(t, h.store.Erase(t.Context(), a.Conversation))
	h.restart()
	_, err := h.e.ByTicket(t.Context(), ticketOf("anna"))
	requireCode(t, bot.Unauthorized, err)
	_, err = h.e.Start(t.Context(), engine.StartRequest{Key: "k", Ticket: ticketOf("anna")})
	requireCode(t, bot.ClosedCode, err)
	_, err = h.try(a, a.Conversation, bot.DoSend, bot.Args{Text: "x"})
	requireCode(t, bot.Unknown, err)
}

func TestAConversationKeepsTheFlowItBeganWith(t *testing.T) {
	h := newHouse(t)
	a := h.start("anna")
	h.lib.p.Store(compile(t, strings.ReplaceAll(shortFlow, "Handing you over.", "Another text.")))
	h.restart() // compiled from the store
	h.do(a, a.Conversation, bot.DoSend, bot.Args{Text: "Anna"})
	require.Contains(t, journalText(h, a.Conversation), "Handing you over.")

	b := h.waiting("boris")
	require.Contains(t, journalText(h, b.Conversation), "Another text.")
}

// unreadable puts something else in the place of the flow that the house began
// with, as an upgrade does whose checker refuses it, and serves another one.
func (h *house) unreadable(value string) {
	h.t.Helper()
	putRecord(h.t, h, "flow", h.lib.p.Load().Hash(), value)
	h.lib.p.Store(compile(h.t, strings.ReplaceAll(shortFlow, "Handing you over.", "Another text.")))
	h.restart()
}

var notThatFlow = map[string]string{
	"no JSON": "{", "no flow": "[]", "refused": `[{"Path":"x.yaml","Data":"YmVkc2lkZTogMQo="}]`,
}

func TestAnIntakeWhoseFlowCannotBeReadGoesToADoctor(t *testing.T) {
	for name, value := range notThatFlow {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			a, b := h.start("anna"), h.start("boris")
			h.unreadable(value)
			for _, p := range []bot.Actor{a, b} {
				h.do(p, p.Conversation, bot.DoSend, bot.Args{Text: "Anna"})
				require.Equal(t, bot.Waiting, h.state(p).Phase)
				require.Contains(t, journalText(h, p.Conversation), "Anna", "nothing said is lost")
			}
			require.Equal(t, 1, strings.Count(h.log.String(), "go on without it"), "said once for all")
		})
	}
}

func TestAConsultationGoesOnWithoutItsFlow(t *testing.T) {
	h := newHouse(t)
	a := h.consulting("anna", vera)
	h.unreadable("{")
	h.do(a, a.Conversation, bot.DoSend, bot.Args{Text: "It hurts."})
	h.do(vera, a.Conversation, bot.DoRelease, bot.Args{})
	h.do(igor, a.Conversation, bot.DoClaim, bot.Args{})
	h.do(igor, a.Conversation, bot.DoEscalate, bot.Args{How: bot.ByPage})
	h.do(igor, a.Conversation, bot.DoHangUp, bot.Args{})
	h.do(igor, a.Conversation, bot.DoSend, bot.Args{Text: "Get well."})
	h.do(igor, a.Conversation, bot.DoFinish, bot.Args{})
	require.Equal(t, bot.ClosedDown, h.state(a).Phase)
}
