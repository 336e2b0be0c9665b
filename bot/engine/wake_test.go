package engine_test

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/bot/rooms"
	"bedside/store"
	"bedside/store/storetest"
)

func TestADeadlineSpeaksByItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		stop := h.run()
		defer stop()
		a := h.waiting("anna")
		time.Sleep(5 * time.Minute)
		synctest.Wait()
		require.Equal(t, 1, count(h.kinds(a.Conversation), bot.WaitReminded))
		require.WithinDuration(t, time.Now(), lastOf(h, a.Conversation, bot.WaitReminded).At, 0, "exactly then")
		time.Sleep(5 * time.Minute)
		synctest.Wait()
		require.Equal(t, 2, count(h.kinds(a.Conversation), bot.WaitReminded))
	})
}

func lastOf(h *house, id string, k bot.Kind) bot.Entry {
	var out bot.Entry
	for _, e := range h.journal(id) {
		if e.Kind == k {
			out = e
		}
	}
	return out
}

func TestDeadlinesOverARestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		a := h.waiting("anna") // nobody runs
		time.Sleep(13 * time.Minute)
		stop := h.run()
		defer stop()
		synctest.Wait()
		require.Equal(t, 1, count(h.kinds(a.Conversation), bot.WaitReminded), "only the last of the rungs that were missed")
		head, err := h.store.Head(t.Context(), a.Conversation)
		require.NoError(t, err)
		require.WithinDuration(t, time.Now().Add(2*time.Minute), head.Wake, time.Millisecond)
	})
}

func TestDeadlinesHoldWithoutEffects(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, func(o *engine.Options) { o.Effects, o.Rooms = false, nil })
		stop := h.run()
		a := h.consulting("anna", vera)
		h.do(a, a.Conversation, bot.DoSend, bot.Args{Text: "It hurts."})
		h.do(vera, a.Conversation, bot.DoEscalate, bot.Args{How: bot.ByPage})
		time.Sleep(10 * time.Minute)
		synctest.Wait()
		require.Equal(t, bot.Waiting, h.state(a).Phase, "the doctor was silent")
		require.NotZero(t, count(h.kinds(a.Conversation), bot.DoctorReleased))
		require.Empty(t, h.rooms.said)
		_, err := h.e.Join(t.Context(), a, engine.JoinRequest{Call: h.state(a).Call.ID})
		requireCode(t, bot.CallOver, err)
		stop()

		h.opts.Effects, h.opts.Rooms = true, h.rooms // adopted: the wishes are taken up
		h.restart()
		defer h.run()()
		synctest.Wait()
		require.Equal(t, []string{"remove 1"}, h.rooms.said)
		require.Empty(t, h.state(a).Rooms)
	})
}

// TestSlowEffectsMakeNoDeadlineLate: 500 conversations are due in one minute,
// each with a deadline and a wish, and TrueConf hangs on every question.
func TestSlowEffectsMakeNoDeadlineLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, func(o *engine.Options) { o.Workers = 4 })
		hang := func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }
		h.rooms.make_ = func(ctx context.Context, _ rooms.Order) error { return hang(ctx) }
		h.rooms.remove = func(ctx context.Context, _ bot.Room) error { return hang(ctx) }
		stop := h.run()
		defer stop()
		var all []bot.Actor
		for i := range 500 {
			a := h.consulting(fmt.Sprint("p", i), vera)
			h.do(a, a.Conversation, bot.DoSend, bot.Args{Text: "It hurts."})
			h.do(vera, a.Conversation, bot.DoEscalate, bot.Args{How: bot.ByPage})
			all = append(all, a)
			time.Sleep(time.Minute / 500)
		}
		time.Sleep(4*time.Minute + time.Second)
		synctest.Wait()
		for _, a := range all {
			at := map[bot.Kind]time.Time{}
			for _, entry := range h.journal(a.Conversation) {
				at[entry.Kind] = entry.At
			}
			owed := at[bot.MessageSent]
			require.WithinDuration(t, owed.Add(2*time.Minute), at[bot.DoctorReminded], time.Second)
			require.WithinDuration(t, owed.Add(4*time.Minute), at[bot.DoctorReleased], time.Second)
		}
	})
}

// TestADeadlineDuringItsOwnEffect: the creation of one conversation hangs while
// that conversation's own deadline comes.
func TestADeadlineDuringItsOwnEffect(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		h.rooms.make_ = func(ctx context.Context, _ rooms.Order) error { <-ctx.Done(); return ctx.Err() }
		stop := h.run()
		defer stop()
		a := h.consulting("anna", vera)
		h.do(a, a.Conversation, bot.DoSend, bot.Args{Text: "It hurts."})
		owed := time.Now()
		time.Sleep(4*time.Minute - 10*time.Second)
		h.do(vera, a.Conversation, bot.DoEscalate, bot.Args{How: bot.ByPage})
		time.Sleep(15 * time.Second)
		synctest.Wait()
		require.Equal(t, owed.Add(4*time.Minute).UTC(), lastOf(h, a.Conversation, bot.DoctorReleased).At)
	})
}

// noRecords is a store that for a while answers no question for a record.
type noRecords struct {
	store.Store
	down atomic.Bool
}

func (n *noRecords) Record(ctx context.Context, space, key string) (store.Record, error) {
	if n.down.Load() {
		return store.Record{}, errors.New("no answer")
	}
	return n.Store.Record(ctx, space, key)
}

func TestADeadlineThatCannotBeDecidedIsPutOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		disk := &noRecords{Store: storetest.NewModel()}
		h := newHouse(t, func(o *engine.Options) { o.Store = disk })
		a := h.waiting("anna")
		h.lib.p.Store(compile(t, shortFlow+"\n# another day\n"))
		disk.down.Store(true)
		h.restart()
		stop := h.run()
		defer stop()
		time.Sleep(6 * time.Minute)
		synctest.Wait()
		require.Zero(t, count(h.kinds(a.Conversation), bot.WaitReminded))
		disk.down.Store(false)
		time.Sleep(5 * time.Minute)
		synctest.Wait()
		require.NotZero(t, count(h.kinds(a.Conversation), bot.WaitReminded), "it comes back by itself")
	})
}
