package badluck_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/trueconf/standin"
)

// Create hangs, its answer is lost or comes too late: the call is ready by itself
// with the one room that was asked for.
func TestCreateHangsOrItsAnswerIsLost(t *testing.T) {
	const on = standin.EndpointCreate
	for name, trouble := range map[string]standin.Trouble{
		"hangs 10 s":                  {Kind: standin.TroubleHang, On: on, For: 10 * time.Second, Times: 1},
		"hangs 15 s":                  {Kind: standin.TroubleHang, On: on, For: 15 * time.Second, Times: 1},
		"hangs 15 s, three times":     {Kind: standin.TroubleHang, On: on, For: 15 * time.Second, Times: 3},
		"works after we gave up":      {Kind: standin.TroubleHang, On: on, For: 25 * time.Second, Times: 1},
		"done at once, told 15 s on":  {Kind: standin.TroubleLate, On: on, For: 15 * time.Second, Times: 1},
		"done at once, told too late": {Kind: standin.TroubleLate, On: on, For: 40 * time.Second, Times: 1},
		"the answer is lost":          {Kind: standin.TroubleLost, On: on, Times: 1},
		"the answer is lost, always":  {Kind: standin.TroubleLost, On: on},
	} {
		for _, how := range []bot.How{bot.ByPage, bot.ByApp} {
			t.Run(name+", "+string(how), func(t *testing.T) {
				t.Parallel()
				scene(t, func(t *testing.T, c *clinic) {
					c.video.trouble(trouble)
					begin := time.Now()
					_, d := c.called(how)
					require.Less(t, time.Since(begin), time.Minute)
					time.Sleep(time.Minute)
					require.Len(t, c.rooms(), 1)
					require.Equal(t, 1, c.mostRooms())
					require.Equal(t, 1, d.attempt())
					d.ends()
				})
			})
		}
	}
}

// A create that answers after the hang-up: its room goes at once.
func TestCreateAnswersAfterTheHangUp(t *testing.T) {
	for _, kind := range []standin.TroubleKind{standin.TroubleHang, standin.TroubleLate} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			scene(t, func(t *testing.T, c *clinic) {
				p, d := c.inConsulting()
				c.video.trouble(standin.Trouble{Kind: kind, On: standin.EndpointCreate, For: 10 * time.Second, Times: 1})
				d.escalates(bot.ByPage)
				time.Sleep(2 * time.Second)
				p.sends("Shall I wait?")
				d.hangsUp()
				require.Equal(t, bot.CallDropped, d.state().Call.State)
				_, err := p.presses(false)
				require.ErrorIs(t, err, &bot.Refusal{Code: bot.CallOver})
				time.Sleep(9 * time.Second)
				require.Empty(t, d.state().Rooms)
				require.Empty(t, c.rooms())
				require.Equal(t, 1, c.mostRooms(), "there was one")
				require.NotContains(t, d.kinds(0), bot.CallReady)
			})
		})
	}
}

// A create that works when everybody has given it up, after the hang-up and after
// the server has said that there is no such room: the sweep finds what it made.
func TestCreateWorksWhenNobodyCountsOnIt(t *testing.T) {
	scene(t, func(t *testing.T, c *clinic) {
		c.allowStrays()
		_, d := c.inConsulting()
		c.video.trouble(standin.Trouble{Kind: standin.TroubleHang, On: standin.EndpointCreate, For: 25 * time.Second, Times: 1})
		d.escalates(bot.ByPage)
		time.Sleep(2 * time.Second)
		d.hangsUp()
		d.until("nothing is known to be left", tidied)
		time.Sleep(16 * time.Minute)
		require.Equal(t, 1, c.mostRooms(), "there was one")
		require.Empty(t, c.rooms())
	})
}
