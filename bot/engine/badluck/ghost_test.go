package badluck_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/trueconf/standin"
)

// The tab is killed in the call. Whatever the server makes of the same person
// coming again, and however long the dead connection is listed: its person is back
// within half a minute, or both are in another room soon after; and in the end
// both are seen.
func TestAGhostHoldsTheSeat(t *testing.T) {
	for server, join := range map[string]standin.SecondJoin{
		"replaces": standin.SecondReplaces, "refuses": standin.SecondRefused, "doubles": standin.SecondDoubles,
	} {
		for listed, life := range map[string]time.Duration{"25 s": 25 * time.Second, "for ever": time.Hour} {
			for _, way := range []struct {
				name string
				how  bot.How
				who  bot.Role
			}{
				{"the patient's tab", bot.ByPage, bot.Patient},
				{"the doctor's tab", bot.ByPage, bot.Doctor},
				{"the patient's tab, the doctor in the app", bot.ByApp, bot.Patient},
			} {
				t.Run(server+", "+listed+", "+way.name, func(t *testing.T) {
					t.Parallel()
					scene(t, func(t *testing.T, c *clinic) {
						c.video.SetSwitches(func(w *standin.Switches) { w.SecondJoin, w.Ghost = join, life })
						haunted(c, way.how, way.who, life)
					})
				})
			}
		}
	}
}

func haunted(c *clinic, how bot.How, who bot.Role, life time.Duration) {
	p, d, patients, doctors := c.met(how)
	lost, tab, other := p, patients, d
	if who == bot.Doctor {
		lost, tab, other = d, doctors, p
	}
	time.Sleep(5 * time.Second)
	tab.Vanish()
	began := time.Now()
	back := lost.enters()
	took := time.Since(began)
	if lost.attempt() == 1 {
		require.Less(c.t, took, 36*time.Second)
	} else {
		require.Greater(c.t, life, 30*time.Second, "no need for another room")
		require.Less(c.t, took, 50*time.Second)
		other.enters()
	}
	p.until("both are seen", bothInside)
	time.Sleep(time.Minute)
	require.True(c.t, back.Inside())
	require.True(c.t, bothInside(p.state()))
	require.LessOrEqual(c.t, p.attempt(), 2)
	d.ends()
}

// A patient whose dead connections hold every place before the doctor has come
// keeps the doctor out for as long as they are listed, and no longer.
func TestGhostsHoldEveryPlace(t *testing.T) {
	scene(t, func(t *testing.T, c *clinic) {
		c.video.SetSwitches(func(w *standin.Switches) { w.SecondJoin, w.Ghost = standin.SecondDoubles, 20*time.Second })
		p, d := c.called(bot.ByPage)
		p.enters().Vanish()
		p.enters().Vanish()
		began := time.Now()
		d.enters()
		require.Less(t, time.Since(began), 40*time.Second)
		p.enters()
		p.until("both are seen", bothInside)
		d.ends()
	})
}

// Where they are listed for ever, the doctor's press of *new room* is the way out.
func TestANewRoomForBothIsTheWayOut(t *testing.T) {
	scene(t, func(t *testing.T, c *clinic) {
		c.video.SetSwitches(func(w *standin.Switches) { w.SecondJoin, w.Ghost = standin.SecondDoubles, 5*time.Hour })
		p, d := c.called(bot.ByPage)
		p.enters().Vanish()
		p.enters().Vanish()
		time.Sleep(time.Minute)
		d.asksForAnotherRoom()
		p.until("the call is ready", ready)
		require.Equal(t, 2, p.attempt())
		p.enters()
		d.enters()
		p.until("both are seen", bothInside)
		require.Len(t, c.rooms(), 1)
		d.ends()
	})
}
