package badluck_test

import (
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
)

// neighbours are two clinics of different installations and keys on one TrueConf
// Server; one's name begins the other's. Each has a call with both inside.
func neighbours(t *testing.T, play func(t *testing.T, here, there *clinic)) {
	t.Helper()
	town(t, func(t *testing.T, v *video, log *logbook) {
		here := newClinic(t, v, log, "west", 11, death{})
		defer here.close()
		there := newClinic(t, v, log, "west2", 33, death{})
		defer there.close()
		play(t, here, there)
		here.over()
		there.over()
		require.Empty(t, v.Rooms())
	})
}

// Everything that one does to its rooms, all at once and through a restart, leaves
// the other's room as it was.
func TestTwoBedsidesOnOneTrueConf(t *testing.T) {
	for name, does := range map[string]func(c *clinic, d *person){
		"removes":              func(_ *clinic, d *person) { d.hangsUp() },
		"restarts":             func(c *clinic, _ *person) { c.restart() },
		"is killed":            func(c *clinic, _ *person) { c.life.Kill(); c.revive() },
		"makes another room":   func(_ *clinic, d *person) { d.asksForAnotherRoom() },
		"finds its room gone":  func(c *clinic, _ *person) { c.video.DeleteRoom(c.rooms()[0]) },
		"comes another way":    func(_ *clinic, d *person) { d.escalates(bot.ByApp) },
		"waits for its sweeps": func(*clinic, *person) { time.Sleep(20 * time.Minute) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			neighbours(t, func(t *testing.T, here, there *clinic) {
				_, d, _, _ := here.met(bot.ByPage)
				q, e, one, two := there.met(bot.ByPage)
				its, before := there.rooms(), q.state().Seq
				require.Len(t, its, 1)
				does(here, d)
				time.Sleep(16 * time.Minute) // three sweeps
				here.revive()
				require.Equal(t, its, there.rooms())
				require.True(t, one.Inside() && two.Inside())
				require.True(t, bothInside(q.state()))
				require.Empty(t, q.kinds(before))
				if d.calling() {
					d.hangsUp()
				}
				e.ends()
			})
		})
	}
}

// A clinic that has lost its store, and kept its key, sweeps the room that nobody
// knows any more, and no other.
func TestASweepAfterALostStore(t *testing.T) {
	neighbours(t, func(t *testing.T, here, there *clinic) {
		_, _, _, _ = here.met(bot.ByPage)
		q, e, one, two := there.met(bot.ByPage)
		lost, its, before := here.rooms(), there.rooms(), q.state().Seq
		require.Len(t, lost, 1)

		here.losesItsStore()
		time.Sleep(9 * time.Minute)
		require.Equal(t, lost, here.rooms(), "young rooms are left alone")
		time.Sleep(7 * time.Minute)
		require.Empty(t, here.rooms())
		require.Equal(t, its, there.rooms())
		require.True(t, one.Inside() && two.Inside())
		require.Empty(t, q.kinds(before))

		_, d := here.called(bot.ByPage) // and goes on
		d.ends()
		e.ends()
	})
}

// losesItsStore begins anew on an empty file.
func (c *clinic) losesItsStore() {
	c.t.Helper()
	c.close()
	require.NoError(c.t, os.Remove(c.path))
	c.allowStrays()
	c.people = nil
	c.openStore()
	c.begin(death{})
}

// A stranger's key computes other rooms: with the same installation's name and
// another key neither finds the other's rooms, and what is young or open is left.
func TestOneNameAndTwoKeys(t *testing.T) {
	town(t, func(t *testing.T, v *video, log *logbook) {
		here := newClinic(t, v, log, "same", 11, death{})
		defer here.close()
		there := newClinic(t, v, log, "same", 33, death{})
		defer there.close()
		p, d, _, _ := here.met(bot.ByPage)
		q, e, _, _ := there.met(bot.ByPage)
		require.NotEqual(t, here.rooms(), there.rooms())
		time.Sleep(4 * time.Minute)
		require.True(t, bothInside(p.state()) && bothInside(q.state()))
		d.ends()
		require.Len(t, there.rooms(), 1)
		e.ends()
		here.over()
		there.over()
	})
}
