package badluck_test

import (
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/trueconf/standin"
)

// Join after the link died: the page says so, and the next press opens.
func TestJoinAfterTheLinkDied(t *testing.T) {
	for _, age := range []time.Duration{time.Minute, 61 * time.Second, 25 * time.Minute} {
		t.Run(age.String(), func(t *testing.T) {
			t.Parallel()
			scene(t, func(t *testing.T, c *clinic) {
				p, d := c.called(bot.ByPage)
				old, err := p.presses(false)
				require.NoError(t, err)
				require.WithinDuration(t, time.Now().Add(time.Minute), old.ExpiresAt, 11*time.Second)
				time.Sleep(age)
				_, err = c.video.Enter(old.WebURL)
				require.ErrorIs(t, err, standin.ReasonExpired)
				fresh, err := p.presses(true)
				require.NoError(t, err)
				_, err = c.video.Enter(fresh.WebURL)
				require.NoError(t, err)
				d.meetsAndEnds(p)
			})
		})
	}
}

// Pressed twice: each press has its own link, both open, and one person is inside.
func TestJoinIsPressedTwice(t *testing.T) {
	scene(t, func(t *testing.T, c *clinic) {
		p, d := c.called(bot.ByPage)
		first, err := p.presses(false)
		require.NoError(t, err)
		second, err := p.presses(false)
		require.NoError(t, err)
		require.NotEqual(t, first.WebURL, second.WebURL)
		require.Equal(t, first.Seq, second.Seq)
		one, err := c.video.Enter(first.WebURL)
		require.NoError(t, err)
		two, err := c.video.Enter(second.WebURL)
		require.NoError(t, err)
		require.False(t, one.Inside(), "replaced")
		require.True(t, two.Inside())
		d.enters()
		p.until("both are seen", bothInside)
		require.Equal(t, 2, count(p.kinds(0), bot.CallJoined))
		require.NotContains(t, p.kinds(0), bot.CallLeft)
		d.ends()
	})
}

// Two tabs press in the same moment, one of them again and again: nobody is
// refused, nothing is recorded by it, and the last one is inside.
func TestJoinInTwoTabs(t *testing.T) {
	scene(t, func(t *testing.T, c *clinic) {
		p, d, _, _ := c.met(bot.ByPage)
		before := p.state().Seq
		answers := make([]engine.JoinAnswer, 8)
		var wg sync.WaitGroup
		for i := range answers {
			wg.Go(func() {
				var err error
				if answers[i], err = p.presses(false); err != nil {
					t.Errorf("tab %d: %v", i%2, err)
				}
			})
		}
		wg.Wait()
		seen := map[string]bool{}
		var last *standin.Visitor
		for _, a := range answers {
			require.False(t, seen[a.WebURL], "a link is for one press")
			seen[a.WebURL] = true
			var err error
			last, err = c.video.Enter(a.WebURL)
			require.NoError(t, err)
		}
		time.Sleep(time.Minute)
		require.True(t, last.Inside())
		require.Empty(t, p.kinds(before))
		d.ends()
	})
}

// After the end nobody gets in, by whatever door, and is told that it is over.
func TestJoinAfterTheEnd(t *testing.T) {
	for name, end := range map[string]func(d *person){
		"hung up":  func(d *person) { d.hangsUp() },
		"finished": func(d *person) { d.finishes() },
		"released": func(d *person) { d.gives(bot.DoRelease, bot.Args{}) },
		"closed":   func(d *person) { d.gives(bot.DoClose, bot.Args{}) },
		"too long": func(*person) { time.Sleep(61 * time.Minute) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			scene(t, func(t *testing.T, c *clinic) {
				c.limit(func(l *bot.Limits) { l.CallUnused = 2 * time.Hour })
				p, d := c.called(bot.ByPage)
				held, err := p.presses(false)
				require.NoError(t, err)
				call := p.state().Call.ID
				end(d)
				for _, failed := range []bool{false, true} {
					_, err = p.presses(failed)
					require.ErrorIs(t, err, &bot.Refusal{Code: bot.CallOver})
				}
				_, err = c.e.ByVisitKey(t.Context(), call, c.e.VisitKey(call))
				require.ErrorIs(t, err, &bot.Refusal{Code: bot.CallOver})
				_, err = d.presses(false)
				require.Error(t, err)
				p.until("the room is gone", tidied)
				_, err = c.video.Enter(held.WebURL)
				require.Error(t, err)
				if err := p.says("Was that all?"); err != nil {
					require.ErrorIs(t, err, &bot.Refusal{Code: bot.ClosedCode})
				}
			})
		})
	}
}

// Before the room is ready a press is told when to come again, and that is enough
// to get in.
func TestJoinBeforeReady(t *testing.T) {
	scene(t, func(t *testing.T, c *clinic) {
		p, d := c.inConsulting()
		c.video.trouble(
			standin.Trouble{Kind: standin.TroubleLatency, On: standin.EndpointCreate, For: 8 * time.Second, Times: 1},
			standin.Trouble{Kind: standin.Trouble500, On: standin.EndpointCreate, Times: 2},
		)
		d.escalates(bot.ByPage)
		call := p.state().Call.ID
		visitor, err := c.e.ByVisitKey(t.Context(), call, c.e.VisitKey(call))
		require.NoError(t, err)
		refusals := 0
		for {
			_, err := c.e.Join(t.Context(), visitor, engine.JoinRequest{Call: call})
			if err == nil {
				break
			}
			var r *bot.Refusal
			require.ErrorAs(t, err, &r)
			require.Equal(t, bot.CallNotReady, r.Code)
			require.Positive(t, r.RetryAfter)
			refusals++
			require.Less(t, refusals, 20)
			time.Sleep(time.Duration(r.RetryAfter) * time.Second)
		}
		require.Positive(t, refusals)
		d.meetsAndEnds(p)
	})
}
