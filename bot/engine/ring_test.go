package engine_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/bot/rooms"
)

// TestAVisitAtOnceRingsTheAppOfWhoIsOfferedIt: into the room of the call to be; who
// answers there has taken the patient, and who does not leaves no room.
func TestAVisitAtOnceRingsTheAppOfWhoIsOfferedIt(t *testing.T) {
	for _, answers := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			var s scene
			s.set(inside(), nil)
			p := &town{here: map[string]bool{vera.Login: true}}
			h := newHouse(t, func(o *engine.Options) { o.Present = p.present }, seats(1, 1))
			h.lib.p.Store(compile(t, strings.Replace(shortFlow, "- hand_over: gp", "- video: gp", 1)))
			h.rooms.look = s.look
			stop := h.run()
			defer stop()
			a := h.waiting("anna")
			synctest.Wait()
			require.Equal(t, vera.Login, h.rung(a))
			require.Equal(t, 1, h.rooms.count("make"))
			require.Equal(t, 1, h.rooms.count("ring 1 doctor1"))
			require.Equal(t, 1, h.seats().Rooms, "one of the rooms at once")
			if !answers {
				time.Sleep(61 * time.Second)
				synctest.Wait()
				require.Empty(t, h.rung(a))
				require.Empty(t, h.state(a).Rooms, "its room is removed")
				require.Equal(t, engine.Seats{Seats: 1, MaxCalls: 1}, h.seats())
				return
			}
			call := h.state(a).Offer.Call
			s.set(inside(bot.Doctor), nil)
			tick()
			state := h.state(a)
			require.Equal(t, vera.Login, state.Doctor)
			require.Equal(t, call, state.Call.ID)
			require.Equal(t, bot.CallLive, state.Call.State)
			require.True(t, state.Call.Inside[bot.Doctor])
			require.Equal(t, 1, h.rooms.count("ring"), "who has answered is not rung again")
			require.Equal(t, 1, h.seats().Used)
		})
	}
}

// TestWhoIsBusyInTheirAppIsNotOfferedAPatient, where the clinic says so; no offer waits
// for TrueConf's answer.
func TestWhoIsBusyInTheirAppIsNotOfferedAPatient(t *testing.T) {
	for _, counts := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			p := &town{here: map[string]bool{vera.Login: true}}
			h := newHouse(t, func(o *engine.Options) { o.Present, o.AppPresence = p.present, counts })
			h.lib.p.Store(compile(t, strings.Replace(shortFlow, "- hand_over: gp", "- video: gp", 1)))
			h.rooms.app = func(context.Context, string) (rooms.AppState, error) { return rooms.AppBusy, nil }
			stop := h.run()
			defer stop()
			h.waiting("boris") // the first asks, and waits for no answer
			synctest.Wait()
			time.Sleep(61 * time.Second) // that offer is missed
			a := h.waiting("anna")
			synctest.Wait()
			require.Equal(t, counts, h.rung(a) == "")
			require.Equal(t, counts, h.rooms.count("app") > 0)
		})
	}
}
