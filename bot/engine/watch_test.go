package engine_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/bot/rooms"
)

// scene is what a look into the room shows.
type scene struct {
	mu  sync.Mutex
	r   rooms.Reading
	err error
}

func (s *scene) set(r rooms.Reading, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.r, s.err = r, err
}

func (s *scene) look(context.Context, bot.Room) (rooms.Reading, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.r
	r.At = time.Now()
	return r, s.err
}

func inside(who ...bot.Role) rooms.Reading {
	return rooms.Reading{Known: true, Running: true, Listed: true, Inside: who, Guests: len(who)}
}

// called brings a call to ready over a scene.
func called(t testing.TB, s *scene, before ...func(*house)) (*house, bot.Actor, func()) {
	h := newHouse(t)
	for _, f := range before {
		f(h)
	}
	h.rooms.look = s.look
	s.set(inside(), nil)
	stop := h.run()
	a := h.consulting("anna", vera)
	h.escalate(a, vera, bot.ByPage)
	synctest.Wait()
	return h, a, stop
}

func tick() { time.Sleep(3100 * time.Millisecond); synctest.Wait() }

func TestJoinedAndLeftComeFromTheList(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s scene
		h, a, stop := called(t, &s)
		defer stop()
		s.set(inside(bot.Patient), nil)
		tick()
		require.True(t, h.state(a).Call.Inside[bot.Patient], "presence counts at once")
		s.set(inside(), nil)
		tick()
		require.True(t, h.state(a).Call.Inside[bot.Patient], "absence does not")
		s.set(inside(bot.Patient), nil)
		tick()
		s.set(inside(), nil)
		tick()
		require.True(t, h.state(a).Call.Inside[bot.Patient], "two in a row")
		tick()
		require.False(t, h.state(a).Call.Inside[bot.Patient])
		require.Equal(t, 1, count(h.kinds(a.Conversation), bot.CallLeft))
	})
}

func TestAbsenceOfEvidenceIsNeverLeft(t *testing.T) {
	nothing := map[string]struct {
		r   rooms.Reading
		err error
	}{
		"no answer": {rooms.Reading{}, errors.New("timeout")},
		"no list":   {rooms.Reading{Known: true, Running: true}, nil},
	}
	for name, c := range nothing {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var s scene
				h, a, stop := called(t, &s)
				defer stop()
				s.set(inside(bot.Patient, bot.Doctor), nil)
				tick()
				s.set(c.r, c.err)
				time.Sleep(30 * time.Minute)
				synctest.Wait()
				st := h.state(a)
				require.True(t, st.Call.Inside[bot.Patient])
				require.True(t, st.Call.Unwatched)
				require.Equal(t, 1, count(h.kinds(a.Conversation), bot.CallUnwatched))
				require.Zero(t, count(h.kinds(a.Conversation), bot.CallInterrupted))
				s.set(inside(bot.Patient, bot.Doctor), nil)
				tick()
				require.False(t, h.state(a).Call.Unwatched)
				require.Zero(t, count(h.kinds(a.Conversation), bot.CallLeft))
			})
		})
	}
}

func TestOneBadReadIsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s scene
		h, a, stop := called(t, &s)
		defer stop()
		s.set(inside(bot.Patient), nil)
		tick()
		before := len(h.journal(a.Conversation))
		for _, bad := range []rooms.Reading{{Known: true, Running: true}, {Known: true}, inside()} {
			s.set(bad, nil)
			tick()
			s.set(inside(bot.Patient), nil)
			tick()
		}
		s.set(rooms.Reading{}, errors.New("HTML, not JSON"))
		tick()
		s.set(inside(bot.Patient), nil)
		tick()
		require.Len(t, h.journal(a.Conversation), before)
	})
}

func TestStrangersAreToldOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s scene
		h, a, stop := called(t, &s)
		defer stop()
		r := inside(bot.Patient)
		r.Strangers = []string{"Mallory"}
		s.set(r, nil)
		time.Sleep(time.Minute)
		synctest.Wait()
		require.Equal(t, []string{"Mallory"}, h.state(a).Call.Strangers)
		h.do(vera, a.Conversation, bot.DoNewRoom, bot.Args{})
		synctest.Wait()
		require.Equal(t, 2, h.state(a).Call.Attempt)
		require.Equal(t, bot.CallLive, h.state(a).Call.State, "the scene is the same in every room")
	})
}

func TestLooksAreRareWhileBothAreInside(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s scene
		h, a, stop := called(t, &s)
		defer stop()
		looks := func(d time.Duration) int {
			before := h.rooms.count("look")
			time.Sleep(d)
			synctest.Wait()
			return h.rooms.count("look") - before
		}
		require.InDelta(t, 20, looks(time.Minute), 1)
		s.set(inside(bot.Patient, bot.Doctor), nil)
		tick()
		require.InDelta(t, 4, looks(time.Minute), 1)
		before := len(h.journal(a.Conversation))
		looks(10 * time.Minute)
		require.Len(t, h.journal(a.Conversation), before, "polling writes nothing by itself")
		h.do(vera, a.Conversation, bot.DoHangUp, bot.Args{})
		synctest.Wait()
		require.Zero(t, looks(time.Minute), "nobody watches a call that is over")
	})
}

func TestAnEmptyCallEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s scene
		h, a, stop := called(t, &s)
		defer stop()
		s.set(inside(bot.Patient), nil)
		tick()
		s.set(inside(), nil)
		time.Sleep(11 * time.Minute)
		synctest.Wait()
		require.Equal(t, bot.EndEmpty, h.state(a).Call.EndWhy)
		require.Empty(t, h.state(a).Rooms)
	})
}

func TestTheSweepKnowsOpenRooms(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s scene
		var spared []bot.Room
		h, a, stop := called(t, &s, func(h *house) {
			h.rooms.sweep = func(ctx context.Context, open func(context.Context) ([]bot.Room, error)) (rooms.Swept, error) {
				var err error
				spared, err = open(ctx)
				return rooms.Swept{Removed: 1}, err
			}
		})
		defer stop()
		time.Sleep(6 * time.Minute)
		synctest.Wait()
		require.Equal(t, []bot.Room{h.state(a).Call.Room()}, spared)
		require.Contains(t, h.log.String(), "swept")
	})
}

// TestAnyReadings: whatever the looks show, the journal's picture of who is
// inside is one that two looks in a row allow, and nobody is ever left twice.
func TestAnyReadings(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		steps := rapid.SliceOfN(rapid.SampledFrom([]string{"both", "patient", "nobody", "blind", "error"}), 1, 25).Draw(rt, "looks")
		synctest.Test(t, func(t *testing.T) {
			var s scene
			h, a, stop := called(t, &s)
			defer stop()
			absent := 0
			for _, step := range steps {
				switch step {
				case "both":
					s.set(inside(bot.Patient, bot.Doctor), nil)
				case "patient":
					s.set(inside(bot.Patient), nil)
				case "nobody":
					s.set(inside(), nil)
				case "blind":
					s.set(rooms.Reading{Known: true, Running: true}, nil)
				case "error":
					s.set(rooms.Reading{}, errors.New("no answer"))
				}
				time.Sleep(20 * time.Second) // a rare look, and one more
				synctest.Wait()
				if h.state(a).Phase != bot.Consulting {
					return // nobody came for too long: the patient is back in the queue
				}
				in := h.state(a).Call.Inside[bot.Patient]
				switch step {
				case "both", "patient":
					absent = 0
					if !in {
						t.Errorf("a person who is seen is inside: %v", steps)
					}
				case "nobody": // several looks have passed by now
					absent++
					if in {
						t.Errorf("a person who was read absent for 20 s has left: %v", steps)
					}
				}
			}
			depth := 0
			for _, k := range h.journal(a.Conversation) {
				switch k.Kind {
				case bot.CallJoined:
					depth++
				case bot.CallLeft:
					depth--
				}
				if depth < 0 || depth > 2 {
					t.Errorf("joined and left do not alternate: %v", steps)
				}
			}
		})
	})
}

func TestManyCallsAreWatchedAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		var s scene
		s.set(inside(bot.Patient), nil)
		h.rooms.look = s.look
		stop := h.run()
		defer stop()
		var all []bot.Actor
		for i := range 100 {
			a := h.consulting(fmt.Sprint(i), vera)
			h.escalate(a, vera, bot.ByPage)
			all = append(all, a)
		}
		tick()
		for _, a := range all {
			require.True(t, h.state(a).Call.Inside[bot.Patient])
		}
		_, err := h.e.Join(t.Context(), all[0], engine.JoinRequest{Call: h.state(all[0]).Call.ID})
		require.NoError(t, err)
	})
}
