package engine_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/rooms"
	"bedside/store"
)

// damage writes something behind a journal that is no entry, and body into its
// head where there is one.
func (h *house) damage(a bot.Actor, body string) {
	h.t.Helper()
	head, err := h.store.Head(h.t.Context(), a.Conversation)
	require.NoError(h.t, err)
	b := store.Batch{After: head.Seq, Entries: []store.Entry{{Seq: head.Seq + 1, Data: []byte("?")}}}
	head.Seq++
	if b.Head = head; body != "" {
		b.Head.Body = []byte(body)
	}
	require.NoError(h.t, h.store.Commit(h.t.Context(), b))
}

// TestOneDamagedConversationStopsNobodyElse: its neighbours' calls are taken up
// after a restart, and what it was about to do is no endless loop.
func TestOneDamagedConversationStopsNobodyElse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		var all []bot.Actor
		for _, name := range []string{"anna", "boris", "carla"} {
			a := h.consulting(name, vera)
			h.escalate(a, vera, bot.ByPage)
			all = append(all, a)
		}
		h.damage(all[1], "")
		h.restart()
		stop := h.run()
		defer stop()
		time.Sleep(20 * time.Minute)
		synctest.Wait()
		for _, a := range []bot.Actor{all[0], all[2]} {
			require.Equal(t, bot.CallStands, h.state(a).Call.State)
		}
		require.Equal(t, 1, strings.Count(h.log.String(), "passed over"), "said once")
		require.NotContains(t, h.log.String(), "look after a conversation")
	})
}

func TestADamagedHeadIsMissingInItsListAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		var all []bot.Actor
		for _, name := range []string{"anna", "boris", "carla"} {
			all = append(all, h.waiting(name))
			time.Sleep(time.Second) // whoever came first stands first
		}
		h.damage(all[1], "{")
		for range 2 {
			rows, next, err := h.e.Heads(t.Context(), igor, "", "", 50)
			require.NoError(t, err)
			require.Empty(t, next)
			require.Len(t, rows, 2)
			require.Equal(t, []string{all[0].Conversation, all[2].Conversation}, []string{rows[0].ID, rows[1].ID})
		}
		require.Equal(t, 1, strings.Count(h.log.String(), "passed over"))
	})
}

// TestTheSweepSparesAllWhileACallCannotBeRead: its room could be any of them.
func TestTheSweepSparesAllWhileACallCannotBeRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s scene
		var open []error
		h, a, stop := called(t, &s, func(h *house) {
			h.rooms.sweep = func(ctx context.Context, known func(context.Context) ([]bot.Room, error)) (rooms.Swept, error) {
				_, err := known(ctx)
				open = append(open, err)
				return rooms.Swept{}, err
			}
		})
		defer stop()
		time.Sleep(6 * time.Minute)
		synctest.Wait()
		require.Len(t, open, 1)
		require.NoError(t, open[0])
		h.damage(a, "")
		time.Sleep(5 * time.Minute)
		synctest.Wait()
		require.Len(t, open, 2)
		require.ErrorContains(t, open[1], a.Conversation)
	})
}
