package engine_test

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/bot/rooms"
)

// wallClock is the machine's clock, off by what a test says; timers know nothing
// of it.
func wallClock(t *testing.T) (*house, *atomic.Int64) {
	var off atomic.Int64
	h := newHouse(t, func(o *engine.Options) {
		o.Now = func() time.Time { return time.Now().Add(time.Duration(off.Load())).Round(0) }
	})
	return h, &off
}

func TestAClockThatIsPutForwardMakesNobodyLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, off := wallClock(t)
		h.start("bob") // a wake in a day
		a := h.waiting("anna")
		stop := h.run()
		defer stop()
		time.Sleep(time.Minute)
		off.Store(int64(3 * time.Hour)) // the machine was suspended
		time.Sleep(16 * time.Second)
		synctest.Wait()
		require.Equal(t, 1, count(h.kinds(a.Conversation), bot.WaitReminded))
	})
}

func TestAClockThatIsPutForwardDuringAnEffect(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, off := wallClock(t)
		h.rooms.make_ = func(context.Context, rooms.Order) error { time.Sleep(time.Hour); return nil }
		stop := h.run()
		defer stop()
		a := h.consulting("anna", vera)
		h.do(a, a.Conversation, bot.DoSend, bot.Args{Text: "It hurts."})
		h.do(vera, a.Conversation, bot.DoEscalate, bot.Args{How: bot.ByPage})
		synctest.Wait()
		off.Store(int64(3 * time.Hour))
		time.Sleep(16 * time.Second)
		synctest.Wait()
		require.Equal(t, bot.Waiting, h.state(a).Phase, "the doctor was silent")
	})
}

func TestAClockThatWasFastKeepsNoWishWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, off := wallClock(t)
		off.Store(int64(2 * time.Hour))
		a := h.consulting("anna", vera)
		off.Store(0)
		stop := h.run()
		defer stop()
		h.do(vera, a.Conversation, bot.DoEscalate, bot.Args{How: bot.ByPage})
		synctest.Wait()
		require.Equal(t, bot.CallStands, h.state(a).Call.State, "at once")
		h.do(vera, a.Conversation, bot.DoHangUp, bot.Args{})
		synctest.Wait()
		require.Empty(t, h.state(a).Rooms)
	})
}

// TestAClockThatWasFastLeavesNoBackOffBehind: a removal was put off by the wrong
// clock, and goes on by the right one.
func TestAClockThatWasFastLeavesNoBackOffBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, off := wallClock(t)
		var up atomic.Bool
		h.rooms.remove = func(context.Context, bot.Room) error {
			if up.Load() {
				return nil
			}
			return &rooms.Error{Kind: rooms.Unreachable, What: "remove"}
		}
		stop := h.run()
		defer stop()
		off.Store(int64(2 * time.Hour))
		a := h.consulting("anna", vera)
		h.do(vera, a.Conversation, bot.DoEscalate, bot.Args{How: bot.ByPage})
		synctest.Wait()
		h.do(vera, a.Conversation, bot.DoHangUp, bot.Args{})
		synctest.Wait()
		require.NotEmpty(t, h.state(a).Rooms)
		off.Store(0)
		up.Store(true)
		time.Sleep(time.Minute)
		synctest.Wait()
		require.Empty(t, h.state(a).Rooms)
	})
}
