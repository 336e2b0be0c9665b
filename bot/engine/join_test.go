package engine_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/bot/rooms"
)

func (h *house) join(a, by bot.Actor, failed bool) (engine.JoinAnswer, error) {
	s := h.state(a)
	return h.e.Join(h.t.Context(), by, engine.JoinRequest{Call: s.Call.ID, Failed: failed})
}

func TestAPressOfJoin(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s scene
		h, a, stop := called(t, &s)
		defer stop()
		var order rooms.MintOrder
		h.rooms.mint = func(_ context.Context, o rooms.MintOrder) (rooms.Link, error) { order = o; return linkFor(o), nil }
		answer, err := h.join(a, a, false)
		require.NoError(t, err)
		require.Equal(t, "https://trueconf.example/webrtc/patient", answer.WebURL)
		require.Equal(t, h.state(a).Call.ReadySeq, answer.Seq)
		require.Equal(t, bot.Patient, order.Who)
		require.Equal(t, "Anna", order.Name)
		require.NotNil(t, order.Reading, "the poll's look is at hand")
		require.Equal(t, "en", order.Language)

		answer, err = h.join(a, vera, false)
		require.NoError(t, err)
		require.Equal(t, "https://trueconf.example/webrtc/doctor", answer.WebURL)
		require.Equal(t, bot.Doctor, order.Who)
		require.Equal(t, "Doctor One", order.Name)
		require.NotContains(t, journalText(h, a.Conversation), "webrtc")
		require.NotContains(t, h.log.String(), "webrtc")
	})
}

func TestWhoMayEnter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s scene
		h, a, stop := called(t, &s)
		defer stop()
		call := h.state(a).Call.ID
		visit, err := h.e.ByVisitKey(t.Context(), call, h.e.VisitKey(call))
		require.NoError(t, err)
		require.Equal(t, bot.Actor{Role: bot.Patient, Conversation: a.Conversation, Call: call}, visit)
		_, err = h.join(a, visit, false)
		require.NoError(t, err)
		_, err = h.e.Entries(t.Context(), visit, a.Conversation, engine.PageRequest{})
		requireCode(t, bot.Unknown, err)
		_, err = h.try(visit, a.Conversation, bot.DoSend, bot.Args{Text: "x"})
		require.Error(t, err)

		for _, who := range []bot.Actor{mona, {Role: bot.Patient, Conversation: "c_x"}, {Role: bot.Patient, Conversation: a.Conversation, Call: "x"}, {Role: bot.Auditor, Login: "x"}, {}} {
			_, err = h.join(a, who, false)
			requireCode(t, bot.Unknown, err)
		}
		_, err = h.e.Join(t.Context(), a, engine.JoinRequest{Call: "nothing"})
		requireCode(t, bot.NoCall, err)
		_, err = h.e.Join(t.Context(), a, engine.JoinRequest{Call: strings.Repeat("x", 1000)})
		requireCode(t, bot.NoCall, err)
		for _, key := range []string{"", "x", h.e.VisitKey("another"), h.e.VisitKey(call) + "x"} {
			_, err = h.e.ByVisitKey(t.Context(), call, key)
			requireCode(t, bot.Unauthorized, err)
		}

		h.do(vera, a.Conversation, bot.DoHangUp, bot.Args{})
		synctest.Wait()
		_, err = h.e.ByVisitKey(t.Context(), call, h.e.VisitKey(call))
		requireCode(t, bot.CallOver, err)
		for _, who := range []bot.Actor{a, vera, visit} {
			_, err = h.e.Join(t.Context(), who, engine.JoinRequest{Call: call})
			requireCode(t, bot.CallOver, err)
		}
	})
}

func TestTheAppIsRung(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		var refuse atomic.Bool
		h.rooms.ring = func(context.Context, bot.Room, string) error {
			if refuse.Load() {
				return &rooms.Error{Kind: rooms.Unreachable}
			}
			return nil
		}
		stop := h.run()
		defer stop()
		a := h.consulting("anna", vera)
		h.escalate(a, vera, bot.ByApp)
		synctest.Wait()
		time.Sleep(10 * time.Second) // until then it rings anyway
		answer, err := h.join(a, vera, false)
		require.NoError(t, err)
		require.True(t, answer.Rung)
		require.Empty(t, answer.WebURL)
		require.Equal(t, 2, h.rooms.count("ring 1 doctor1"))
		require.Equal(t, 2, count(h.kinds(a.Conversation), bot.CallRung))
		require.Zero(t, h.rooms.count("mint doctor"))

		refuse.Store(true)
		_, err = h.join(a, vera, false)
		requireCode(t, bot.Unavailable, err)
	})
}

func TestNotReady(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		h.rooms.make_ = func(context.Context, rooms.Order) error {
			time.Sleep(5 * time.Second)
			return &rooms.Error{Kind: rooms.Unreachable, Retry: true}
		}
		stop := h.run()
		defer stop()
		a := h.consulting("anna", vera)
		h.escalate(a, vera, bot.ByPage)
		_, err := h.join(a, a, false)
		require.NotZero(t, requireCode(t, bot.CallNotReady, err).RetryAfter)
		time.Sleep(6 * time.Second)
		synctest.Wait()
		_, err = h.join(a, a, false)
		require.NotZero(t, requireCode(t, bot.CallNotReady, err).RetryAfter)
	})
}

func TestRefusalsAtTheDoor(t *testing.T) {
	for kind, code := range map[rooms.Kind]bot.Code{
		rooms.RoomFull: bot.RoomFull, rooms.NoGuestSeat: bot.NoGuestSeat, rooms.NoWeb: bot.NeverFits,
		rooms.Setup: bot.Unavailable, rooms.Unreachable: bot.Unavailable, rooms.Ghost: bot.Ghost, "": bot.Unavailable,
	} {
		t.Run(string(kind), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var s scene
				h, a, stop := called(t, &s)
				defer stop()
				h.rooms.mint = func(context.Context, rooms.MintOrder) (rooms.Link, error) {
					if kind == "" {
						return rooms.Link{}, errors.New("something else")
					}
					return rooms.Link{}, &rooms.Error{Kind: kind, Cure: "turn the knob"}
				}
				before := len(h.journal(a.Conversation))
				_, err := h.join(a, a, false)
				requireCode(t, code, err)
				told := 0
				if code == bot.RoomFull || code == bot.NoGuestSeat {
					told = 1 // the doctor reads why, once
				}
				require.Len(t, h.journal(a.Conversation), before+told)
				_, err = h.join(a, a, false)
				requireCode(t, code, err)
				require.Len(t, h.journal(a.Conversation), before+told)
			})
		})
	}
}

func TestAPressFindsTheRoomGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s scene
		h, a, stop := called(t, &s, func(h *house) {
			h.rooms.mend = func(context.Context, bot.Room) error { return &rooms.Error{Kind: rooms.Gone} }
		})
		defer stop()
		h.rooms.mint = func(_ context.Context, o rooms.MintOrder) (rooms.Link, error) {
			if o.Room.Attempt == 1 {
				return rooms.Link{}, &rooms.Error{Kind: rooms.Gone}
			}
			return linkFor(o), nil
		}
		_, err := h.join(a, a, false)
		requireCode(t, bot.CallNotReady, err)
		synctest.Wait() // mended without another look
		_, err = h.join(a, a, false)
		require.NoError(t, err)
		require.Equal(t, 2, h.state(a).Call.Attempt)
	})
}

func TestAGhostIsGivenHalfAMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s scene
		h, a, stop := called(t, &s)
		defer stop()
		h.rooms.mint = func(_ context.Context, o rooms.MintOrder) (rooms.Link, error) {
			if o.Failed && o.Room.Attempt == 1 {
				return rooms.Link{}, &rooms.Error{Kind: rooms.Ghost, Retry: true}
			}
			return linkFor(o), nil
		}
		_, err := h.join(a, a, false)
		require.NoError(t, err)
		time.Sleep(5 * time.Second)
		begin := time.Now()
		_, err = h.join(a, a, true)
		r := requireCode(t, bot.Ghost, err)
		for r.Code == bot.Ghost {
			require.Less(t, time.Since(begin), 40*time.Second)
			time.Sleep(time.Duration(r.RetryAfter) * time.Second)
			_, err = h.join(a, a, false) // the client just presses again
			require.True(t, errors.As(err, &r), "%v", err)
		}
		require.Equal(t, bot.CallNotReady, r.Code)
		require.GreaterOrEqual(t, time.Since(begin), 30*time.Second)
		synctest.Wait()
		s2 := h.state(a)
		require.Equal(t, 2, s2.Call.Attempt, "another room for both")
		require.Equal(t, "ghost", s2.Call.Why)
		_, err = h.join(a, a, false)
		require.NoError(t, err)
	})
}

func TestALinkThatDiedOfAgeIsMadeAnew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s scene
		h, a, stop := called(t, &s)
		defer stop()
		var failed []bool
		h.rooms.mint = func(_ context.Context, o rooms.MintOrder) (rooms.Link, error) {
			failed = append(failed, o.Failed)
			return linkFor(o), nil
		}
		press := func(refused bool) error { _, err := h.join(a, a, refused); return err }
		require.NoError(t, press(false))
		time.Sleep(55 * time.Second)
		require.NoError(t, press(true), "old: simply another one")
		time.Sleep(5 * time.Second)
		require.NoError(t, press(true), "young: the server is asked, and shows nothing wrong")
		time.Sleep(5 * time.Second)
		requireCode(t, bot.NoGuestSeat, press(true))
		require.Equal(t, []bool{false, false, true, true}, failed)
		time.Sleep(10 * time.Second)
		require.NoError(t, press(false), "never a closed way back")
	})
}

func TestGuestsOfOtherCallsAreCounted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s scene
		h, a, stop := called(t, &s)
		defer stop()
		b := h.consulting("boris", igor)
		h.escalate(b, igor, bot.ByPage)
		s.set(inside(bot.Patient), nil)
		tick()
		elsewhere := -1
		h.rooms.mint = func(_ context.Context, o rooms.MintOrder) (rooms.Link, error) {
			elsewhere = o.SeatsElsewhere
			return linkFor(o), nil
		}
		_, err := h.join(a, a, false)
		require.NoError(t, err)
		require.Equal(t, 1, elsewhere)
	})
}
