package badluck_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/trueconf/standin"
)

// badAnswers are the ways in which TrueConf answers badly: a proxy's page, 500,
// 200 with an error inside, half an answer, and nothing.
var badAnswers = []standin.TroubleKind{
	standin.TroubleHTML, standin.Trouble500, standin.TroubleOKError,
	standin.TroubleTruncated, standin.TroubleShort, standin.TroubleEmpty, standin.TroubleCut,
}

// outage is how long TrueConf is unwell: longer than people like, shorter than
// anything is given up for.
const outage = 40 * time.Second

// unwell lets calls of the endpoints go wrong for a while; the answer ends it.
func (c *clinic) unwell(kind standin.TroubleKind, on ...standin.Endpoint) {
	var all []standin.Trouble
	for _, e := range on {
		all = append(all, standin.Trouble{Kind: kind, On: e})
	}
	c.video.trouble(all...)
}

// eachBadAnswer plays once for every bad answer on some endpoints, and with the
// whole server behind a proxy's page, and away.
func eachBadAnswer(t *testing.T, on []standin.Endpoint, play func(c *clinic, unwell func())) {
	run := func(kind standin.TroubleKind, where string, endpoints ...standin.Endpoint) {
		t.Run(string(kind)+where, func(t *testing.T) {
			t.Parallel()
			scene(t, func(_ *testing.T, c *clinic) { play(c, func() { c.unwell(kind, endpoints...) }) })
		})
	}
	for _, kind := range badAnswers {
		run(kind, "", on...)
	}
	for _, kind := range []standin.TroubleKind{standin.TroubleHTML, standin.TroubleCut} {
		run(kind, ", everywhere", "")
	}
}

// TestTrueConfAnswersBadlyToCreate, and to all that would settle what became of it.
func TestTrueConfAnswersBadlyToCreate(t *testing.T) {
	eachBadAnswer(t, []standin.Endpoint{standin.EndpointCreate, standin.EndpointGet}, func(c *clinic, unwell func()) {
		p, d := c.inConsulting()
		unwell()
		d.escalates(bot.ByPage)
		time.Sleep(outage)
		p.sends("Does it work?")
		c.video.trouble()
		p.until("the call is ready", ready)
		d.meetsAndEnds(p)
	})
}

func TestTrueConfAnswersBadlyToRun(t *testing.T) {
	eachBadAnswer(t, []standin.Endpoint{standin.EndpointRun}, func(c *clinic, unwell func()) {
		c.video.SetSwitches(func(w *standin.Switches) { w.IgnoreState = true })
		p, d := c.inConsulting()
		unwell()
		d.escalates(bot.ByPage)
		time.Sleep(outage)
		p.sends("Does it work?")
		c.video.trouble()
		p.until("the call is ready", ready)
		d.meetsAndEnds(p)
	})
}

// TestTrueConfAnswersBadlyToAPoll: nobody has left by that.
func TestTrueConfAnswersBadlyToAPoll(t *testing.T) {
	eachBadAnswer(t, []standin.Endpoint{standin.EndpointGet, standin.EndpointParticipants}, func(c *clinic, unwell func()) {
		p, d, one, two := c.met(bot.ByPage)
		before := p.state().Seq
		unwell()
		time.Sleep(outage)
		p.sends("Do you hear me?")
		c.video.trouble()
		time.Sleep(time.Minute)
		require.True(c.t, one.Inside() && two.Inside() && bothInside(p.state()))
		require.Empty(c.t, onlyCall(p.kinds(before)))
		require.False(c.t, p.state().Call.Unwatched)
		d.ends()
	})
}

// TestTrueConfAnswersBadlyToAPress: whoever pressed is told to press again, and is
// let in as soon as TrueConf is well.
func TestTrueConfAnswersBadlyToAPress(t *testing.T) {
	eachBadAnswer(t, []standin.Endpoint{standin.EndpointClients}, func(c *clinic, unwell func()) {
		p, d := c.called(bot.ByPage)
		unwell()
		for range 3 {
			_, err := p.presses(false)
			require.ErrorIs(c.t, err, &bot.Refusal{Code: bot.Unavailable})
			var r *bot.Refusal
			require.ErrorAs(c.t, err, &r)
			require.Positive(c.t, r.RetryAfter)
			time.Sleep(time.Duration(r.RetryAfter) * time.Second)
		}
		c.video.trouble()
		d.meetsAndEnds(p)
	})
}

func TestTrueConfAnswersBadlyToRemove(t *testing.T) {
	eachBadAnswer(t, []standin.Endpoint{standin.EndpointStop, standin.EndpointDelete}, func(c *clinic, unwell func()) {
		p, d, _, _ := c.met(bot.ByPage)
		unwell()
		d.hangsUp()
		time.Sleep(outage)
		p.sends("Are you there?") // answered in the chat, whatever becomes of the room
		d.sends("I am.")
		c.video.trouble()
		p.until("the room is gone", tidied)
		require.Empty(c.t, c.rooms())
		d.finishes()
	})
}

// meetsAndEnds is what a call is for, however long it took.
func (d *person) meetsAndEnds(p *person) {
	d.c.t.Helper()
	p.enters()
	d.enters()
	p.until("both are seen", bothInside)
	require.Len(d.c.t, d.c.rooms(), 1)
	require.Equal(d.c.t, 1, d.c.mostRooms())
	d.ends()
}

// TrueConf restarts: tokens, links and sessions are gone, rooms are there and
// stand still.
func TestTrueConfRestarts(t *testing.T) {
	for name, when := range map[string]func(c *clinic) (p, d *person){
		"during create": func(c *clinic) (p, d *person) {
			p, d = c.inConsulting()
			c.video.trouble(standin.Trouble{Kind: standin.TroubleLate, On: standin.EndpointCreate, For: 5 * time.Second, Times: 1})
			d.escalates(bot.ByPage)
			time.Sleep(time.Second)
			return p, d
		},
		"during run": func(c *clinic) (p, d *person) {
			c.video.SetSwitches(func(w *standin.Switches) { w.IgnoreState = true })
			p, d = c.inConsulting()
			c.video.trouble(standin.Trouble{Kind: standin.TroubleHang, On: standin.EndpointRun, For: 5 * time.Second, Times: 1})
			d.escalates(bot.ByPage)
			time.Sleep(time.Second)
			return p, d
		},
		"before anybody joins": func(c *clinic) (p, d *person) { return c.called(bot.ByPage) },
		"during the call": func(c *clinic) (p, d *person) {
			p, d, _, _ = c.met(bot.ByPage)
			return p, d
		},
		"between press and page": func(c *clinic) (p, d *person) {
			p, d = c.called(bot.ByPage)
			_, err := p.presses(false)
			require.NoError(c.t, err)
			return p, d
		},
		"during the hang-up": func(c *clinic) (p, d *person) {
			p, d, _, _ = c.met(bot.ByPage)
			c.video.trouble(standin.Trouble{Kind: standin.TroubleLatency, On: standin.EndpointStop, For: 5 * time.Second, Times: 1})
			d.hangsUp()
			return p, d
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			scene(t, func(t *testing.T, c *clinic) {
				p, d := when(c)
				c.video.Restart()
				c.unwell(standin.TroubleHTML, "") // the proxy before it, while it starts
				time.Sleep(outage)
				p.sends("Where are you?")
				c.video.trouble()
				time.Sleep(time.Minute)
				synctest.Wait()
				if !p.calling() {
					p.until("the room is gone", tidied)
					require.Empty(t, c.rooms())
					d.finishes()
					return
				}
				d.meetsAndEnds(p)
			})
		})
	}
}
