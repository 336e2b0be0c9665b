package badluck_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/trueconf/standin"
)

// One guest seat and two patients: the second reads that the line is busy, goes on by
// itself when the first has left and the room is gone, and is let in by a server that
// has that one seat; whatever happens in between.
func TestOneSeatAndTwoPatients(t *testing.T) {
	for name, happens := range map[string]func(c *clinic, d *person){
		"the first ends":              func(_ *clinic, d *person) { d.hangsUp() },
		"the process is killed first": func(c *clinic, d *person) { c.life.Kill(); c.revive(); d.hangsUp() },
		"it is killed behind the end": func(c *clinic, d *person) { d.hangsUp(); c.life.Kill(); c.revive() },
		"the server is down at the end": func(c *clinic, d *person) {
			c.video.trouble(standin.Trouble{Kind: standin.Trouble500, Times: 4})
			d.hangsUp()
		},
		"the doctor finishes": func(_ *clinic, d *person) { d.finishes() },
	} {
		t.Run(name, func(t *testing.T) {
			scene(t, func(t *testing.T, c *clinic) {
				c.limit(func(l *bot.Limits) { l.GuestSeats = 1 })
				c.video.SetSwitches(func(w *standin.Switches) { w.GuestSeats = 1 })
				p, d := c.called(bot.ByApp)
				p.enters()
				d.answers()
				p.until("both are seen", bothInside)

				q, e := c.inConsultingAs("second")
				e.escalates(bot.ByApp)
				time.Sleep(2 * time.Minute)
				synctest.Wait()
				require.Equal(t, bot.LacksSeat, q.state().Call.Lacks)
				require.Len(t, c.rooms(), 1, "no room is made for who waits")

				happens(c, d)
				q.until("the second goes on", ready)
				require.True(t, q.enters().Inside())
				e.hangsUp()
				q.until("the rooms are gone", tidied)
			})
		})
	}
}

// Two seats are sold to nobody twice when both doctors come by the page.
func TestTwoVisitsByPageOnThreeSeats(t *testing.T) {
	scene(t, func(t *testing.T, c *clinic) {
		c.limit(func(l *bot.Limits) { l.GuestSeats = 3 })
		c.video.SetSwitches(func(w *standin.Switches) { w.GuestSeats = 3 })
		p, d, _, _ := c.met(bot.ByPage)
		q, e := c.inConsultingAs("second")
		e.escalates(bot.ByPage)
		time.Sleep(time.Minute)
		synctest.Wait()
		require.Equal(t, bot.LacksSeat, q.state().Call.Lacks)
		e.escalates(bot.ByApp) // another way in needs one seat alone
		q.until("the second goes on", ready)
		require.True(t, q.enters().Inside())
		require.True(t, bothInside(p.state()))
		e.hangsUp()
		d.hangsUp()
		q.until("the rooms are gone", tidied)
		p.until("the rooms are gone", tidied)
	})
}
