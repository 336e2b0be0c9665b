package engine_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/store"
)

// What somebody agreed to before is the flow's question: a word to the doctor does
// not read it. Where it cannot be read nothing is decided.
func TestConsentsAreReadForTheFlowAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newSurgery(t)
		reads := &consentReads{Store: h.opts.Store}
		h.opts.Store = reads
		h.restart()
		_, err := h.e.Start(t.Context(), engine.StartRequest{Key: h.key(), Ticket: ticketOf("anna"), Language: "en", Subject: "42"})
		require.NoError(t, err)
		anna, err := h.e.ByTicket(t.Context(), ticketOf("anna"))
		require.NoError(t, err)
		require.NotZero(t, reads.n, "the flow begins with one")
		for _, option := range []string{"agree", "doctor", "no"} {
			h.press(anna, option)
		}
		h.do(anna, anna.Conversation, bot.DoSend, bot.Args{Text: "Anna"})
		h.do(vera, anna.Conversation, bot.DoClaim, bot.Args{})
		reads.n = 0
		h.do(anna, anna.Conversation, bot.DoSend, bot.Args{Text: "It hurts."})
		require.Zero(t, reads.n)

		reads.broken = errors.New("the disk is gone")
		_, err = h.e.Start(t.Context(), engine.StartRequest{Key: h.key(), Ticket: ticketOf("boris"), Language: "en", Subject: "42"})
		var refusal *bot.Refusal
		require.ErrorAs(t, err, &refusal)
		require.Equal(t, bot.Unavailable, refusal.Code)
	})
}

// consentReads counts how often the store is asked for what was agreed to.
type consentReads struct {
	store.Store
	n      int
	broken error
}

func (s *consentReads) Records(ctx context.Context, space, prefix, cursor string, limit int) ([]store.Record, string, error) {
	if space != "consent" {
		return s.Store.Records(ctx, space, prefix, cursor, limit)
	}
	if s.n++; s.broken != nil {
		return nil, "", s.broken
	}
	return s.Store.Records(ctx, space, prefix, cursor, limit)
}
