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

func TestAnotherDeviceIsAskedFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s scene
		h, a, stop := called(t, &s)
		defer stop()
		call := h.state(a).Call.ID
		h.rooms.mint = func(_ context.Context, o rooms.MintOrder) (rooms.Link, error) {
			if o.Failed {
				return rooms.Link{}, &rooms.Error{Kind: rooms.Ghost, Retry: true}
			}
			return linkFor(o), nil
		}
		press := func(r engine.JoinRequest) error {
			r.Call = call
			_, err := h.e.Join(t.Context(), a, r)
			return err
		}
		require.NoError(t, press(engine.JoinRequest{Device: "phone"}))
		require.NoError(t, press(engine.JoinRequest{Device: "laptop"}), "nobody is inside yet")
		s.set(inside(bot.Patient), nil)
		tick()

		requireCode(t, bot.Elsewhere, press(engine.JoinRequest{Device: "laptop"}))
		requireCode(t, bot.Elsewhere, press(engine.JoinRequest{Device: "phone"}))
		require.NoError(t, press(engine.JoinRequest{}), "who says nothing of devices is not asked")
		require.NoError(t, press(engine.JoinRequest{Device: "laptop", Move: true}))
		requireCode(t, bot.Ghost, press(engine.JoinRequest{Device: "laptop", Failed: true}))
		requireCode(t, bot.Ghost, press(engine.JoinRequest{Device: "laptop"}))
	})
}

// Of two pages of one patient that open by themselves one does; the other asks. A
// link that came with the invitation, into a page that nobody looks at, is no
// device that has come.
func TestOneDeviceOpensByItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s scene
		h, a, stop := called(t, &s)
		defer stop()
		call := h.state(a).Call.ID
		press := func(r engine.JoinRequest) error {
			r.Call = call
			_, err := h.e.Join(t.Context(), a, r)
			return err
		}
		require.NoError(t, press(engine.JoinRequest{Device: "panel", Pushed: true}))
		came := make(chan error, 2)
		for _, device := range []string{"phone", "laptop"} {
			go func() { came <- press(engine.JoinRequest{Device: device, Itself: true}) }()
		}
		first, second := <-came, <-came
		if first != nil {
			first, second = second, first
		}
		require.NoError(t, first)
		requireCode(t, bot.Elsewhere, second)
		requireCode(t, bot.Elsewhere, press(engine.JoinRequest{Device: "panel", Itself: true}))
		require.NoError(t, press(engine.JoinRequest{Device: "panel"}), "a press is somebody's wish")
		require.NoError(t, press(engine.JoinRequest{Device: "panel", Itself: true}), "a reload is no other device")
	})
}

func TestOneDeviceIsNotAsked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s scene
		h, a, stop := called(t, &s)
		defer stop()
		call := h.state(a).Call.ID
		s.set(inside(bot.Patient), nil)
		tick()
		for range 3 {
			_, err := h.e.Join(t.Context(), a, engine.JoinRequest{Call: call, Device: "phone"})
			require.NoError(t, err, "a reload is no other device")
		}
	})
}

func TestTheCallAtTheDoor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s scene
		h, a, stop := called(t, &s)
		defer stop()
		call := h.state(a).Call.ID
		visit := bot.Actor{Role: bot.Patient, Conversation: a.Conversation, Call: call}
		s.set(inside(bot.Doctor), nil)
		tick()
		got, err := h.e.CallNow(t.Context(), visit, call)
		require.NoError(t, err)
		require.Equal(t, engine.CallNow{State: bot.CallLive, Inside: []bot.Role{bot.Doctor}, Seen: true, Doctor: "Doctor One"}, got)

		require.NoError(t, h.e.RingAgain(t.Context(), vera, call))
		requireCode(t, bot.TooMany, h.e.RingAgain(t.Context(), vera, call))
		require.Equal(t, 1, count(h.kinds(a.Conversation), bot.CallAwaited))
		for _, stranger := range []bot.Actor{mona, {}, {Role: bot.Patient, Conversation: "c_x"}} {
			_, err = h.e.CallNow(t.Context(), stranger, call)
			requireCode(t, bot.Unknown, err)
			requireCode(t, bot.Unknown, h.e.RingAgain(t.Context(), stranger, call))
		}
		time.Sleep(time.Minute)
		h.do(vera, a.Conversation, bot.DoHangUp, bot.Args{})
		_, err = h.e.CallNow(t.Context(), visit, call)
		requireCode(t, bot.CallOver, err)
		_, err = h.e.ByVisitKey(t.Context(), call, h.e.VisitKey(call))
		requireCode(t, bot.CallOver, err)
		requireCode(t, bot.CallOver, h.e.RingAgain(t.Context(), a, call))
		// A key that is right was given out for a call that there was.
		_, err = h.e.ByVisitKey(t.Context(), "gone", h.e.VisitKey("gone"))
		requireCode(t, bot.CallOver, err)
	})
}
