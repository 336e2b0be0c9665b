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
	"bedside/store/storetest"
)

func (h *house) escalate(a, doctor bot.Actor, how bot.How) {
	h.t.Helper()
	h.do(doctor, a.Conversation, bot.DoEscalate, bot.Args{How: how})
}

func TestAnEscalationGoesItsWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		stop := h.run()
		defer stop()
		a := h.consulting("anna", vera)
		before := time.Now()
		h.escalate(a, vera, bot.ByApp)
		synctest.Wait()
		require.Equal(t, bot.CallStands, h.state(a).Call.State)
		require.Equal(t, before, time.Now(), "no clock is waited for")
		require.Equal(t, 1, h.rooms.count("ring 1 doctor1"))
		h.do(vera, a.Conversation, bot.DoHangUp, bot.Args{})
		synctest.Wait()
		require.Equal(t, 1, h.rooms.count("remove 1"))
		require.Empty(t, h.state(a).Rooms)
		require.Equal(t, before, time.Now())
	})
}

func TestHangUpWhileTheRoomIsMade(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		h.rooms.make_ = func(context.Context, rooms.Order) error { time.Sleep(15 * time.Second); return nil }
		stop := h.run()
		defer stop()
		a := h.consulting("anna", vera)
		h.escalate(a, vera, bot.ByPage)
		time.Sleep(5 * time.Second)
		h.do(vera, a.Conversation, bot.DoHangUp, bot.Args{})
		synctest.Wait()
		require.Equal(t, bot.CallDropped, h.state(a).Call.State)
		require.Zero(t, h.rooms.count("remove"), "not before the creation has answered")
		time.Sleep(10 * time.Second)
		synctest.Wait()
		require.Equal(t, 1, h.rooms.count("remove 1"), "at once after it")
		require.Empty(t, h.state(a).Rooms)
		require.Zero(t, count(h.kinds(a.Conversation), bot.CallReady))
	})
}

func TestARoomThatCannotBeMadeIsTriedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		fails := 2
		h.rooms.make_ = func(context.Context, rooms.Order) error {
			if fails > 0 {
				fails--
				return &rooms.Error{Kind: rooms.Unreachable, What: "make the room", Cure: "look at the cable", Retry: true}
			}
			return nil
		}
		stop := h.run()
		defer stop()
		a := h.consulting("anna", vera)
		h.escalate(a, vera, bot.ByPage)
		synctest.Wait()
		require.Equal(t, bot.CallDown, h.state(a).Call.State)
		require.Equal(t, "look at the cable", h.state(a).Call.Failure.Cure)
		time.Sleep(20 * time.Second)
		synctest.Wait()
		require.Equal(t, bot.CallStands, h.state(a).Call.State)
		require.Equal(t, 3, h.rooms.count("make 1"))
		require.Equal(t, 2, count(h.kinds(a.Conversation), bot.CallFailed))
	})
}

func TestAHopelessRoomIsNotTriedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		h.rooms.make_ = func(context.Context, rooms.Order) error {
			return &rooms.Error{Kind: rooms.Setup, What: "make the room"}
		}
		stop := h.run()
		defer stop()
		a := h.consulting("anna", vera)
		h.escalate(a, vera, bot.ByPage)
		time.Sleep(time.Minute)
		synctest.Wait()
		require.Equal(t, 1, h.rooms.count("make"))
	})
}

func TestRemovalsAreTriedUntilConfirmed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		down := true
		h.rooms.remove = func(context.Context, bot.Room) error {
			if down {
				return errors.New("no answer")
			}
			return nil
		}
		stop := h.run()
		defer func() { stop() }()
		a := h.consulting("anna", vera)
		h.escalate(a, vera, bot.ByPage)
		synctest.Wait()
		h.do(vera, a.Conversation, bot.DoHangUp, bot.Args{})
		journal := len(h.journal(a.Conversation))
		time.Sleep(time.Hour)
		synctest.Wait()
		require.Len(t, h.journal(a.Conversation), journal, "failures of a removal are no entries")
		tried := h.rooms.count("remove")
		require.Greater(t, tried, 10)
		require.Less(t, tried, 40, "with back-off")

		h.escalate(a, vera, bot.ByPage) // a new call is made meanwhile
		synctest.Wait()
		require.Equal(t, bot.CallStands, h.state(a).Call.State)
		stop()
		down = false
		h.restart()
		stop = h.run()
		synctest.Wait()
		require.Len(t, h.state(a).Rooms, 1, "a restart tries at once; the open call's room stays")
	})
}

func TestSlowRemovalsHoldUpNoNewRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		h.rooms.remove = func(ctx context.Context, _ bot.Room) error { <-ctx.Done(); return ctx.Err() }
		stop := h.run()
		defer stop()
		for i := range 200 {
			a := h.consulting(fmt.Sprint("old", i), vera)
			h.escalate(a, vera, bot.ByPage)
			synctest.Wait()
			h.do(vera, a.Conversation, bot.DoHangUp, bot.Args{})
		}
		a := h.consulting("anna", vera)
		h.escalate(a, vera, bot.ByPage)
		synctest.Wait()
		require.Equal(t, bot.CallStands, h.state(a).Call.State)
	})
}

func TestAnotherAttempt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		stop := h.run()
		defer stop()
		a := h.consulting("anna", vera)
		h.escalate(a, vera, bot.ByPage)
		synctest.Wait()
		call := h.state(a).Call.ID
		h.escalate(a, vera, bot.ByApp)
		synctest.Wait()
		s := h.state(a)
		require.Equal(t, call, s.Call.ID)
		require.Equal(t, 2, s.Call.Attempt)
		require.Equal(t, bot.CallStands, s.Call.State)
		require.Equal(t, map[bot.Room]bool{{Call: call, Attempt: 2}: true}, s.Rooms)
		require.Equal(t, 1, h.rooms.count("remove 1"))
	})
}

func TestABrokenRoomIsMended(t *testing.T) {
	for name, c := range map[string]struct {
		mend    error
		attempt int
	}{
		"it runs again": {nil, 1},
		"it is gone":    {&rooms.Error{Kind: rooms.Gone}, 2},
		"no answer":     {&rooms.Error{Kind: rooms.Unreachable, Retry: true}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				h := newHouse(t)
				var gone atomic.Bool
				h.rooms.look = func(_ context.Context, r bot.Room) (rooms.Reading, error) {
					ok := !gone.Load() || r.Attempt > 1
					return rooms.Reading{At: time.Now(), Known: true, Running: ok, Listed: ok}, nil
				}
				h.rooms.mend = func(context.Context, bot.Room) error { gone.Store(false); return c.mend }
				stop := h.run()
				defer stop()
				a := h.consulting("anna", vera)
				h.escalate(a, vera, bot.ByPage)
				synctest.Wait()
				gone.Store(true)
				time.Sleep(time.Minute)
				synctest.Wait()
				s := h.state(a)
				require.Equal(t, 1, count(h.kinds(a.Conversation), bot.CallInterrupted))
				require.Equal(t, bot.CallStands, s.Call.State)
				require.Equal(t, c.attempt, s.Call.Attempt)
				require.Len(t, s.Rooms, 1)
			})
		})
	}
}

// TestRestartResumesWishes: the process ends while TrueConf is being asked.
func TestRestartResumesWishes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		model := storetest.NewModel()
		h := newHouse(t, func(o *engine.Options) { o.Store = model })
		h.rooms.make_ = func(ctx context.Context, _ rooms.Order) error { <-ctx.Done(); return ctx.Err() }
		stop := h.run()
		a := h.consulting("anna", vera)
		h.escalate(a, vera, bot.ByPage)
		synctest.Wait()
		stop()
		require.Equal(t, bot.CallAsked, h.state(a).Call.State, "an end of the process is no failure")
		model.Restart()
		h.rooms.make_ = nil
		h.restart()
		stop = h.run()
		synctest.Wait()
		require.Equal(t, bot.CallStands, h.state(a).Call.State)
		require.Equal(t, 2, h.rooms.count("make 1"))
		looks := h.rooms.count("look")
		stop()

		h.restart()
		stop = h.run()
		defer stop()
		synctest.Wait()
		require.Equal(t, looks+1, h.rooms.count("look"), "an open call is watched again")
	})
}
