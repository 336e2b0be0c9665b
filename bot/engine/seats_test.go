package engine_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/engine"
)

// seats gives a house so many guest seats and rooms at once.
func seats(guests, calls int) func(*engine.Options) {
	return func(o *engine.Options) {
		o.Limits = func() bot.Limits {
			l := bot.Defaults()
			l.GuestSeats, l.MaxCalls = guests, calls
			return l
		}
	}
}

func (h *house) seats() engine.Seats {
	h.t.Helper()
	s, err := h.e.Seats(h.t.Context())
	require.NoError(h.t, err)
	return s
}

// TestOneSeatAndTwoPatients: the second waits, reads so, and goes on by itself when
// the first has left and the room is gone.
func TestOneSeatAndTwoPatients(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, seats(1, 0))
		stop := h.run()
		defer stop()
		a, b := h.consulting("anna", vera), h.consulting("boris", vera)
		h.do(vera, a.Conversation, bot.DoEscalate, bot.Args{How: bot.ByApp})
		h.do(vera, b.Conversation, bot.DoEscalate, bot.Args{How: bot.ByApp})
		synctest.Wait()
		require.Equal(t, bot.CallStands, h.state(a).Call.State)
		require.Equal(t, bot.LacksSeat, h.state(b).Call.Lacks)
		require.Equal(t, 1, h.rooms.count("make"), "no room is made for who waits")
		require.Equal(t, engine.Seats{Used: 1, Seats: 1, Waiting: 1}, h.seats())

		h.do(vera, a.Conversation, bot.DoHangUp, bot.Args{})
		synctest.Wait() // no clock has to go on for it
		require.Equal(t, bot.CallStands, h.state(b).Call.State)
		require.Equal(t, engine.Seats{Used: 1, Seats: 1}, h.seats())
		h.do(vera, b.Conversation, bot.DoHangUp, bot.Args{})
		synctest.Wait()
		require.Equal(t, engine.Seats{Seats: 1}, h.seats())
	})
}

// TestWhoWaitsForTwoSeatsIsNotOvertaken by those who came later and need one.
func TestWhoWaitsForTwoSeatsIsNotOvertaken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, seats(2, 0))
		stop := h.run()
		defer stop()
		a, b, c := h.consulting("anna", vera), h.consulting("boris", igor), h.consulting("carla", vera)
		h.do(vera, a.Conversation, bot.DoEscalate, bot.Args{How: bot.ByApp})
		h.do(igor, b.Conversation, bot.DoEscalate, bot.Args{How: bot.ByPage})
		time.Sleep(time.Second)
		h.do(vera, c.Conversation, bot.DoEscalate, bot.Args{How: bot.ByApp})
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		require.Equal(t, bot.LacksSeat, h.state(b).Call.Lacks)
		require.Equal(t, bot.LacksSeat, h.state(c).Call.Lacks, "behind who came first")
		h.do(vera, a.Conversation, bot.DoHangUp, bot.Args{})
		synctest.Wait()
		require.Equal(t, bot.CallStands, h.state(b).Call.State)
	})
}

// TestACallThatWaitsOutlivesARestart, and its room is still made when the seat falls
// free while no process runs.
func TestACallThatWaitsOutlivesARestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, seats(2, 1))
		stop := h.run()
		a, b := h.consulting("anna", vera), h.consulting("boris", vera)
		h.do(vera, a.Conversation, bot.DoEscalate, bot.Args{How: bot.ByApp})
		h.do(vera, b.Conversation, bot.DoEscalate, bot.Args{How: bot.ByApp})
		synctest.Wait()
		require.Equal(t, bot.LacksRoom, h.state(b).Call.Lacks)
		require.Equal(t, engine.Seats{Used: 1, Seats: 2, Rooms: 1, MaxCalls: 1, Waiting: 1}, h.seats())
		stop()
		h.restart()
		h.do(vera, a.Conversation, bot.DoHangUp, bot.Args{})
		stop = h.run()
		defer stop()
		synctest.Wait()
		require.Equal(t, bot.CallStands, h.state(b).Call.State)
	})
}

// TestTwoNodesSellNoSeatTwice: doctors press at once on two engines over one store.
func TestTwoNodesSellNoSeatTwice(t *testing.T) {
	const people, places = 12, 3
	one := newHouse(t, seats(people, places))
	two := &house{t: t, store: one.store, rooms: one.rooms, lib: one.lib, opts: one.opts, log: one.log}
	two.keys.Store(1000)
	two.restart()
	var all []bot.Actor
	for i := range people {
		all = append(all, one.consulting(fmt.Sprint("patient", i), vera))
	}
	press := func(do bot.Do, args bot.Args) {
		var wg sync.WaitGroup
		for i, a := range all {
			h := []*house{one, two}[i%2]
			wg.Go(func() { _, _ = h.try(vera, a.Conversation, do, args) })
		}
		wg.Wait()
	}
	count := func() (seated int) {
		taken := map[string]bool{}
		for _, a := range all {
			s := one.state(a)
			if s.Call.Lacks == "" {
				seated++
			}
			for _, c := range bot.Claims(s) {
				require.False(t, taken[c.Space+c.Key], "%s %s twice", c.Space, c.Key)
				taken[c.Space+c.Key] = true
			}
		}
		return seated
	}
	press(bot.DoEscalate, bot.Args{How: bot.ByApp})
	require.Equal(t, places, count(), "as many as rooms, and nobody is refused")
	require.Equal(t, people-places, one.seats().Waiting)
}

// TestSeatsOfACallThatIsOverCountUntilItsRoomIsGone: guests may still be inside.
func TestSeatsOfACallThatIsOverCountUntilItsRoomIsGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s scene
		h := newHouse(t, seats(1, 0))
		h.rooms.look = s.look
		s.set(inside(bot.Patient), nil)
		gone := make(chan struct{})
		h.rooms.remove = func(context.Context, bot.Room) error { <-gone; return nil }
		stop := h.run()
		defer stop()
		a, b := h.consulting("anna", vera), h.consulting("boris", vera)
		h.do(vera, a.Conversation, bot.DoEscalate, bot.Args{How: bot.ByApp})
		tick()
		require.True(t, h.state(a).Call.Inside[bot.Patient])
		h.do(vera, b.Conversation, bot.DoEscalate, bot.Args{How: bot.ByApp})
		h.do(vera, a.Conversation, bot.DoHangUp, bot.Args{})
		synctest.Wait()
		require.Equal(t, bot.LacksSeat, h.state(b).Call.Lacks, "the room stands")
		require.Equal(t, 1, h.seats().Used)
		close(gone)
		synctest.Wait()
		require.True(t, h.state(b).Call.Stands())
	})
}
