package badluck_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/trueconf/standin"
)

// The token expires in mid-run: nothing of a visit is refused, asked for twice or
// made twice.
func TestTheTokenExpiresInMidRun(t *testing.T) {
	for name, change := range map[string]func(*standin.Switches){
		"after two calls":           func(w *standin.Switches) { w.TokenUses = 2 },
		"after five calls":          func(w *standin.Switches) { w.TokenUses = 5 },
		"after a minute":            func(w *standin.Switches) { w.TokenLife = time.Minute },
		"at once by a wrong clock":  func(w *standin.Switches) { w.TokenLife, w.Skew = time.Minute, time.Minute },
		"untold":                    func(w *standin.Switches) { w.TokenLife = -1 },
		"with links that need them": func(w *standin.Switches) { w.TokenUses, w.ClientsNeedToken = 5, true },
	} {
		for _, status := range []int{401, 403} {
			t.Run(fmt.Sprintf("%s, %d", name, status), func(t *testing.T) {
				t.Parallel()
				scene(t, func(t *testing.T, c *clinic) {
					c.video.SetSwitches(func(w *standin.Switches) { w.BadTokenStatus = status; change(w) })
					p, d, one, two := c.met(bot.ByPage)
					time.Sleep(5 * time.Minute)
					require.True(t, one.Inside() && two.Inside())
					one.Leave()
					p.until("the patient is missed", func(s bot.State) bool { return !s.Call.Inside[bot.Patient] })
					p.enters()
					p.until("both are seen again", bothInside)
					d.ends()
					require.Equal(t, 1, c.mostRooms())
					require.Equal(t, 1, d.attempt())
					for _, never := range []bot.Kind{bot.CallFailed, bot.CallInterrupted} {
						require.NotContains(t, d.kinds(0), never)
					}
				})
			})
		}
	}
}

// Between the creation and what follows it all tokens are taken back.
func TestAllTokensAreTakenBackBetweenCreateAndRun(t *testing.T) {
	for _, status := range []int{401, 403} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			t.Parallel()
			scene(t, func(t *testing.T, c *clinic) {
				c.video.SetSwitches(func(w *standin.Switches) {
					w.IgnoreState, w.TokenUses, w.BadTokenStatus = true, 1, status // create uses it up, run is refused
				})
				_, d := c.inConsulting()
				before := c.video.Requests()
				d.escalates(bot.ByPage)
				d.until("the call is ready", ready)
				now := c.video.Requests()
				require.Equal(t, 1, now[standin.EndpointCreate]-before[standin.EndpointCreate])
				require.GreaterOrEqual(t, now[standin.EndpointRun]-before[standin.EndpointRun], 2, "refused, then done")
				c.video.SetSwitches(func(w *standin.Switches) { w.TokenUses = 0 })
				d.ends()
				require.Equal(t, 1, c.mostRooms())
				require.NotContains(t, d.kinds(0), bot.CallFailed)
			})
		})
	}
}
