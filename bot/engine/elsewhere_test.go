package engine_test

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/engine"
)

// link makes a link with somebody's ticket.
func (h *house) link(name string) string {
	h.t.Helper()
	secret, _, err := h.e.Elsewhere(h.t.Context(), ticketOf(name))
	require.NoError(h.t, err)
	return secret
}

func TestGoingOnOnAnotherDevice(t *testing.T) {
	h := newHouse(t)
	a := h.waiting("anna")
	secret := h.link("anna")
	id, err := h.e.GoOn(t.Context(), secret, ticketOf("tablet"), "tablet")
	require.NoError(t, err)
	require.Equal(t, a.Conversation, id)
	require.Equal(t, 1, count(h.kinds(id), bot.DeviceAdded))
	for _, ticket := range []string{"anna", "tablet"} {
		who, err := h.e.ByTicket(t.Context(), ticketOf(ticket))
		require.NoError(t, err)
		require.Equal(t, a, who)
	}
	require.True(t, h.state(a).Elsewhere)
	require.Contains(t, bot.MayDo(a, h.state(a)), bot.DoOnlyHere)

	t.Run("a lost answer is given again", func(t *testing.T) {
		h.restart()
		again, err := h.e.GoOn(t.Context(), secret, ticketOf("tablet"), "tablet")
		require.NoError(t, err)
		require.Equal(t, id, again)
		require.Equal(t, 1, count(h.kinds(id), bot.DeviceAdded))
	})
	t.Run("a start with such a ticket is its conversation", func(t *testing.T) {
		r, err := h.e.Start(t.Context(), engine.StartRequest{Key: "k", Ticket: ticketOf("tablet")})
		require.NoError(t, err)
		require.Equal(t, id, r.Conversation)
		require.False(t, r.New)
	})
	t.Run("nobody else can use it", func(t *testing.T) {
		_, err := h.e.GoOn(t.Context(), secret, ticketOf("thief"), "")
		requireCode(t, bot.Taken, err)
		_, err = h.e.ByTicket(t.Context(), ticketOf("thief"))
		requireCode(t, bot.Unauthorized, err)
	})
	require.NotContains(t, h.log.String()+journalText(h, id), secret)
}

// A link is as good as a ticket: *only here* ends those that were not used yet,
// those of the device that stays too.
func TestOnlyHereEndsTheLinksToo(t *testing.T) {
	h := newHouse(t)
	h.waiting("anna")
	unused := h.link("anna")
	_, err := h.e.GoOn(t.Context(), h.link("anna"), ticketOf("stranger"), "")
	require.NoError(t, err)
	require.NoError(t, h.e.OnlyHere(t.Context(), ticketOf("anna")))
	_, err = h.e.GoOn(t.Context(), unused, ticketOf("stranger again"), "")
	requireCode(t, bot.Gone, err)
	_, err = h.e.GoOn(t.Context(), h.link("anna"), ticketOf("tablet"), "")
	require.NoError(t, err, "one that was made since is good")
}

// A ticket has one conversation for good.
func TestATicketThatHasAConversationGetsNoOther(t *testing.T) {
	h := newHouse(t)
	a, b := h.waiting("anna"), h.waiting("boris")
	_, err := h.e.GoOn(t.Context(), h.link("anna"), ticketOf("boris"), "")
	requireCode(t, bot.Taken, err)
	who, err := h.e.ByTicket(t.Context(), ticketOf("boris"))
	require.NoError(t, err)
	require.Equal(t, b, who)

	secret := h.link("anna")
	id, err := h.e.GoOn(t.Context(), secret, ticketOf("anna"), "")
	require.NoError(t, err, "who is there already needs no second ticket")
	require.Equal(t, a.Conversation, id)
	require.False(t, h.state(a).Elsewhere)
	_, err = h.e.GoOn(t.Context(), secret, ticketOf("tablet"), "")
	require.NoError(t, err)
}

func TestALinkLastsTenMinutes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		h.waiting("anna")
		secret := h.link("anna")
		time.Sleep(engine.ElsewhereLife)
		_, err := h.e.GoOn(t.Context(), secret, ticketOf("tablet"), "")
		requireCode(t, bot.Gone, err)
	})
}

func TestOneOfManyBrowsersWins(t *testing.T) {
	h := newHouse(t)
	a := h.waiting("anna")
	secret := h.link("anna")
	won := make([]error, 16)
	var wg sync.WaitGroup
	for i := range won {
		wg.Go(func() {
			_, won[i] = h.e.GoOn(context.Background(), secret, ticketOf(string(rune('A'+i))), "")
		})
	}
	wg.Wait()
	winners := 0
	for _, err := range won {
		if err == nil {
			winners++
			continue
		}
		requireCode(t, bot.Taken, err)
	}
	require.Equal(t, 1, winners)
	require.Equal(t, 1, count(h.kinds(a.Conversation), bot.DeviceAdded))
}

func TestOnlyHere(t *testing.T) {
	h := newHouse(t)
	a := h.waiting("anna")
	require.NoError(t, h.e.OnlyHere(t.Context(), ticketOf("anna")))
	require.Zero(t, count(h.kinds(a.Conversation), bot.DevicesEnded), "there was no other")
	old := h.link("anna")
	_, err := h.e.GoOn(t.Context(), h.link("anna"), ticketOf("tablet"), "")
	require.NoError(t, err)
	_, err = h.e.GoOn(t.Context(), h.link("tablet"), ticketOf("laptop"), "")
	require.NoError(t, err)

	require.NoError(t, h.e.OnlyHere(t.Context(), ticketOf("laptop")))
	for ticket, lives := range map[string]bool{"anna": false, "tablet": false, "laptop": true} {
		_, err := h.e.ByTicket(t.Context(), ticketOf(ticket))
		if lives {
			require.NoError(t, err)
		} else {
			requireCode(t, bot.Unauthorized, err)
		}
	}
	require.Equal(t, 1, count(h.kinds(a.Conversation), bot.DevicesEnded))
	require.False(t, h.state(a).Elsewhere)
	_, err = h.e.GoOn(t.Context(), old, ticketOf("thief"), "")
	requireCode(t, bot.Gone, err)
	require.NoError(t, h.e.OnlyHere(t.Context(), ticketOf("laptop")), "again")
	requireCode(t, bot.Unauthorized, h.e.OnlyHere(t.Context(), ticketOf("anna")))
}

func TestTwoDevicesWantToBeTheOnlyOne(t *testing.T) {
	h := newHouse(t)
	a := h.waiting("anna")
	_, err := h.e.GoOn(t.Context(), h.link("anna"), ticketOf("tablet"), "")
	require.NoError(t, err)
	var wg sync.WaitGroup
	for _, name := range []string{"anna", "tablet"} {
		wg.Go(func() { _ = h.e.OnlyHere(context.Background(), ticketOf(name)) })
	}
	wg.Wait()
	h.restart() // nothing of a ticket is remembered
	left := 0
	for _, name := range []string{"anna", "tablet"} {
		if _, err := h.e.ByTicket(t.Context(), ticketOf(name)); err == nil {
			left++
		}
	}
	require.Equal(t, 1, left)
	require.Equal(t, 1, count(h.kinds(a.Conversation), bot.DevicesEnded))
}

func TestDevicesAreNotWithoutNumber(t *testing.T) {
	h := newHouse(t)
	h.waiting("anna")
	var err error
	for i := 0; i < 30 && err == nil; i++ {
		_, err = h.e.GoOn(t.Context(), h.link("anna"), ticketOf(string(rune('A'+i))), "")
	}
	requireCode(t, bot.TooMany, err)
}

func TestALinkIntoAnErasedConversation(t *testing.T) {
	h := newHouse(t)
	a := h.waiting("anna")
	secret := h.link("anna")
	require.NoError(t, h.store.Erase(t.Context(), a.Conversation))
	_, err := h.e.GoOn(t.Context(), secret, ticketOf("tablet"), "")
	requireCode(t, bot.Gone, err)
}
