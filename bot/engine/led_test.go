package engine_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/bot/rooms"
)

// slowly makes a room as a server does that has something to do for it.
func slowly(context.Context, rooms.Order) error {
	time.Sleep(time.Second)
	return nil
}

// The app of a booked doctor is rung once by us when the visit begins, whoever
// presses meanwhile.
func TestABookedDoctorIsRungOnce(t *testing.T) {
	for name, early := range map[string]bool{"by the clock": false, "by the doctor's press": true} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				h := newPractice(t)
				h.rooms.make_ = slowly
				stop := h.run()
				defer stop()
				a, b := h.booked("anna", 5)
				r := engine.JoinRequest{Call: b.ID}
				time.Sleep(time.Until(b.Start.Add(-5 * time.Minute)))
				if early {
					_, err := h.e.Join(t.Context(), vera, r)
					requireCode(t, bot.CallNotReady, err)
				} else {
					time.Sleep(5 * time.Minute)
				}
				time.Sleep(2 * time.Second) // the page tries again by itself
				synctest.Wait()
				require.True(t, h.state(a).Call.Stands())
				got, err := h.e.Join(t.Context(), vera, r)
				require.NoError(t, err)
				require.True(t, got.Rung)
				synctest.Wait()
				require.Equal(t, 1, h.rooms.count("ring"))
				time.Sleep(20 * time.Second)
				_, err = h.e.Join(t.Context(), vera, r)
				require.NoError(t, err)
				require.Equal(t, 2, h.rooms.count("ring"), "who presses later wants to be rung")
			})
		})
	}
}

// The doctor of a visit does not come, and its patient has nothing but the link:
// another doctor is asked for there, waited for there, also over a restart, and met
// there.
func TestTheLinkLeadsOnToAnotherDoctor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newPractice(t, func(o *engine.Options) {
			o.Staff = func(context.Context) map[string]bot.Actor {
				return map[string]bot.Actor{vera.Login: vera, igor.Login: igor}
			}
		})
		var here scene
		here.set(inside(bot.Patient), nil)
		h.rooms.look = here.look
		var minted rooms.MintOrder
		h.rooms.mint = func(_ context.Context, o rooms.MintOrder) (rooms.Link, error) { minted = o; return linkFor(o), nil }
		stop := h.run()
		defer func() { stop() }()
		a, b := h.booked("anna", 5)
		time.Sleep(time.Until(b.Start.Add(10*time.Minute + time.Minute)))
		synctest.Wait()
		link, err := h.guest(b.ID)
		require.NoError(t, err)
		absent, other := h.state(a).Doctor, igor
		if absent == igor.Login {
			other = vera
		}
		h.do(link, a.Conversation, bot.DoLate, bot.Args{Booking: b.ID, Option: bot.LateOther})
		synctest.Wait()

		waits := func() {
			t.Helper()
			link, err := h.guest(b.ID)
			require.NoError(t, err)
			now, err := h.e.CallNow(t.Context(), link, b.ID)
			require.NoError(t, err)
			require.Equal(t, bot.CallAsked, now.State)
			require.True(t, now.Again)
			require.Nil(t, now.Booked)
			_, err = h.e.Join(t.Context(), link, engine.JoinRequest{Call: b.ID})
			require.NotZero(t, requireCode(t, bot.CallNotReady, err).RetryAfter)
		}
		waits()
		stop()
		h.restart()
		stop = h.run()
		waits()

		h.do(other, a.Conversation, bot.DoClaim, bot.Args{})
		synctest.Wait()
		link, err = h.guest(b.ID)
		require.NoError(t, err)
		now, err := h.e.CallNow(t.Context(), link, b.ID)
		require.NoError(t, err)
		require.True(t, h.state(a).Call.Stands())
		require.Equal(t, h.state(a).Call.State, now.State)
		require.Equal(t, other.Name, now.Doctor)
		_, err = h.e.Join(t.Context(), link, engine.JoinRequest{Call: b.ID, Move: true})
		require.NoError(t, err)
		require.Equal(t, h.state(a).Call.Room(), minted.Room)
		require.NotEqual(t, b.ID, minted.Room.Call)
		require.Equal(t, bot.Patient, minted.Who)

		here.set(inside(bot.Patient, bot.Doctor), nil)
		time.Sleep(30 * time.Second)
		h.do(other, a.Conversation, bot.DoHangUp, bot.Args{})
		_, err = h.guest(b.ID)
		requireCode(t, bot.CallOver, err)
	})
}
