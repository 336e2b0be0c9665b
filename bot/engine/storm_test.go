package engine_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/rooms"
)

// TestARoomThatBreaksAgainAndAgainIsNoStorm: whatever the server says of rooms
// that it has just made, it is asked at growing distances, and not for ever.
func TestARoomThatBreaksAgainAndAgainIsNoStorm(t *testing.T) {
	gone := func(context.Context, bot.Room) error { return &rooms.Error{Kind: rooms.Gone, What: "mend"} }
	for name, c := range map[string]struct {
		seen rooms.Reading
		mend func(context.Context, bot.Room) error
	}{
		"no such room":   {rooms.Reading{}, gone},
		"never running":  {rooms.Reading{Known: true}, nil},
		"will never run": {rooms.Reading{Known: true}, gone},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var s scene
				h := newHouse(t)
				s.set(c.seen, nil)
				h.rooms.look, h.rooms.mend = s.look, c.mend
				stop := h.run()
				defer stop()
				a := h.consulting("anna", vera)
				h.escalate(a, vera, bot.ByPage)
				asked := func() int { return h.rooms.count("make") + h.rooms.count("mend") }
				time.Sleep(time.Minute)
				synctest.Wait()
				require.LessOrEqual(t, asked(), 14, "in the first minute")
				before := asked()
				time.Sleep(5 * time.Minute)
				synctest.Wait()
				require.LessOrEqual(t, asked()-before, 22, "in the next five")
				time.Sleep(10 * time.Minute)
				synctest.Wait()
				require.False(t, h.state(a).Call.Open())
				require.Empty(t, h.state(a).Rooms)
				before = asked()
				time.Sleep(time.Hour)
				synctest.Wait()
				require.Equal(t, before, asked(), "given up")
			})
		})
	}
}

func TestOneBreakIsMendedAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s scene
		h, a, stop := called(t, &s)
		defer stop()
		s.set(rooms.Reading{Known: true}, nil)
		tick()
		tick()
		require.Equal(t, 1, h.rooms.count("mend"))
		require.Equal(t, bot.CallStands, h.state(a).Call.State)
	})
}

func TestManyStrangersAreFewEntries(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s scene
		h, a, stop := called(t, &s)
		defer stop()
		r := inside(bot.Patient)
		for i := range 100 {
			r.Strangers = append(r.Strangers, string(rune('A'+i%50)))
		}
		s.set(r, nil)
		time.Sleep(time.Minute)
		synctest.Wait()
		require.Equal(t, 8, count(h.kinds(a.Conversation), bot.CallStranger))
		require.Equal(t, []string{"A", "B", "C", "D", "E", "F", "G", "H"}, h.state(a).Call.Strangers)
	})
}
