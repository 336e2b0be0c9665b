package badluck_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/trueconf/standin"
)

// spoilt lets the participant list go wrong for so many reads, 0 for good.
func (c *clinic) spoilt(kind standin.TroubleKind, times int) {
	c.video.trouble(standin.Trouble{Kind: kind, On: standin.EndpointParticipants, Times: times})
}

// One bad or empty read says nothing about anybody.
func TestTheListFailsOrIsEmptyForOneRead(t *testing.T) {
	for _, kind := range append([]standin.TroubleKind{standin.TroubleNobody}, badAnswers...) {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			scene(t, func(t *testing.T, c *clinic) {
				p, d, _, _ := c.met(bot.ByPage)
				before := p.state().Seq
				for range 3 { // one at a time, with good ones between
					reads := c.video.Requests()[standin.EndpointParticipants]
					c.spoilt(kind, 1)
					time.Sleep(time.Minute)
					require.Greater(t, c.video.Requests()[standin.EndpointParticipants], reads+1)
				}
				require.Empty(t, p.kinds(before))
				d.ends()
			})
		})
	}
}

// Two empty reads of a running room in a row are a leave.
func TestTheListIsEmptyTwice(t *testing.T) {
	scene(t, func(t *testing.T, c *clinic) {
		p, d, one, two := c.met(bot.ByPage)
		before := p.state().Seq
		c.spoilt(standin.TroubleNobody, 2)
		p.until("both have left", func(s bot.State) bool { return len(s.Call.Inside) == 0 })
		require.Equal(t, []bot.Kind{bot.CallLeft, bot.CallLeft}, p.kinds(before))
		p.until("both are back", bothInside)
		require.True(t, one.Inside() && two.Inside())
		d.ends()
	})
}

// An empty and a failed read are not two empty ones.
func TestAnEmptyAndAFailedRead(t *testing.T) {
	scene(t, func(t *testing.T, c *clinic) {
		p, d, _, _ := c.met(bot.ByPage)
		before := p.state().Seq
		c.video.trouble(
			standin.Trouble{Kind: standin.TroubleNobody, On: standin.EndpointParticipants, Times: 1},
			standin.Trouble{Kind: standin.Trouble500, On: standin.EndpointGet, Times: 2},
		)
		time.Sleep(time.Minute)
		require.Empty(t, p.kinds(before))
		d.ends()
	})
}

// No usable list for long: staff are told once, nobody has left by it, and the
// call ends by the time limit alone, or by a press.
func TestTheListIsUnusableForLong(t *testing.T) {
	for _, kind := range badAnswers {
		t.Run(string(kind)+", in the call", func(t *testing.T) {
			t.Parallel()
			scene(t, func(_ *testing.T, c *clinic) { p, d, _, _ := c.met(bot.ByPage); blindToTheEnd(c, kind, p, d) })
		})
	}
	t.Run("before the call", func(t *testing.T) {
		t.Parallel()
		scene(t, func(_ *testing.T, c *clinic) {
			p, d := c.called(bot.ByPage)
			blindToTheEnd(c, standin.TroubleHTML, p, d)
		})
	})
}

func blindToTheEnd(c *clinic, kind standin.TroubleKind, p, d *person) {
	c.limit(func(l *bot.Limits) {
		l.CallEmpty, l.CallUnused, l.CallLimit, l.CallWarn = 2*time.Minute, 3*time.Minute, 6*time.Minute, 0
	})
	before, began := p.state(), p.state().Call.ReadyAt
	c.spoilt(kind, 0)
	p.until("nobody can be seen", func(s bot.State) bool { return s.Call.Unwatched })
	require.Less(c.t, time.Since(before.At), time.Minute)
	p.sends("Do you see me?")
	time.Sleep(time.Until(began.Add(6*time.Minute - time.Second)))
	require.True(c.t, p.calling(), "neither empty nor unused: nobody can know")
	require.Equal(c.t, []bot.Kind{bot.CallUnwatched, bot.MessageSent}, p.kinds(before.Seq))
	time.Sleep(2 * time.Second)
	require.Equal(c.t, bot.EndLimit, p.state().Call.EndWhy)
	d.sends("That was long.")
}

func TestTheListComesBack(t *testing.T) {
	scene(t, func(t *testing.T, c *clinic) {
		p, d, one, _ := c.met(bot.ByPage)
		before := p.state().Seq
		c.spoilt(standin.TroubleHTML, 0)
		p.until("nobody can be seen", func(s bot.State) bool { return s.Call.Unwatched })
		one.Leave()
		time.Sleep(time.Minute)
		require.True(t, bothInside(p.state()), "who knows")
		c.video.trouble()
		p.until("the patient is missed", func(s bot.State) bool { return !s.Call.Inside[bot.Patient] })
		require.Equal(t, []bot.Kind{bot.CallUnwatched, bot.CallWatched, bot.CallLeft}, p.kinds(before))
		c.spoilt(standin.TroubleHTML, 0)
		p.until("nobody can be seen", func(s bot.State) bool { return s.Call.Unwatched })
		d.ends()
	})
}
