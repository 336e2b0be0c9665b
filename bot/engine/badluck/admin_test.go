package badluck_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/trueconf/standin"
)

// meddler is what somebody does to the room at TrueConf, and what the journal
// makes of it.
type meddler struct {
	does    func(*standin.Server, string) bool
	why     string // of call.interrupted
	attempt int    // afterwards
	between []bot.Kind
}

var meddlers = map[string]meddler{
	"stops":   {(*standin.Server).StopRoom, "stopped", 1, []bot.Kind{bot.CallInterrupted, bot.CallReady}},
	"deletes": {(*standin.Server).DeleteRoom, "gone", 2, []bot.Kind{bot.CallInterrupted, bot.CallRequested, bot.CallReady}},
}

// An administrator stops or deletes the room, with both inside, with one, or
// before anybody: it is run again, or replaced, by itself; both come back by fresh
// links; and the journal says what happened.
func TestAnAdministratorStopsOrDeletesTheRoom(t *testing.T) {
	for name, m := range meddlers {
		for _, how := range []bot.How{bot.ByPage, bot.ByApp} {
			for who, inside := range map[string][]bot.Role{
				"both inside": {bot.Patient, bot.Doctor}, "the patient inside": {bot.Patient}, "nobody inside": nil,
			} {
				t.Run(name+", "+string(how)+", "+who, func(t *testing.T) {
					t.Parallel()
					scene(t, func(_ *testing.T, c *clinic) { meddled(c, m, how, inside) })
				})
			}
		}
	}
}

func meddled(c *clinic, m meddler, how bot.How, inside []bot.Role) {
	p, d := c.called(how)
	for _, one := range []*person{p, d} {
		if slices.Contains(inside, one.actor.Role) {
			one.enters()
		}
	}
	p.until("who is inside is seen", func(s bot.State) bool { return len(s.Call.Inside) == len(inside) })
	time.Sleep(20 * time.Second) // the app that was rung without an answer is forgotten
	before := p.state()
	require.True(c.t, m.does(c.video.Server, c.rooms()[0]))
	p.sends("The picture is gone!")
	p.until("the call is interrupted", func(s bot.State) bool { return s.Call.ReadySeq > before.Call.ReadySeq })
	require.Equal(c.t, m.attempt, p.attempt())
	require.Equal(c.t, m.between, onlyCall(p.kinds(before.Seq)))
	require.Empty(c.t, p.state().Call.Inside)
	require.Contains(c.t, string(c.disk.everyEntry()), `"why":"`+m.why+`"`)

	one, two := p.enters(), d.enters()
	p.until("both are seen", bothInside)
	require.True(c.t, one.Inside() && two.Inside())
	require.Len(c.t, c.rooms(), 1)
	require.Equal(c.t, 1, c.mostRooms())
	d.ends()
}

// onlyCall leaves out what is said in the chat, and the ring of an app.
func onlyCall(kinds []bot.Kind) []bot.Kind {
	calls := []bot.Kind{bot.CallRequested, bot.CallReady, bot.CallFailed, bot.CallInterrupted, bot.CallJoined, bot.CallLeft, bot.CallEnded}
	return slices.DeleteFunc(kinds, func(k bot.Kind) bool { return !slices.Contains(calls, k) })
}

// A press of Join is first to find out: the presser is told to wait a moment, and
// gets in.
func TestAPressFindsOutWhatTheAdministratorDid(t *testing.T) {
	for name, m := range meddlers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			scene(t, func(t *testing.T, c *clinic) {
				p, d, _, _ := c.met(bot.ByPage)
				require.True(t, m.does(c.video.Server, c.rooms()[0]))
				begin := time.Now()
				p.enters()
				d.enters()
				require.Less(t, time.Since(begin), 10*time.Second)
				time.Sleep(time.Minute)
				require.True(t, bothInside(p.state()))
				require.Equal(t, m.attempt, p.attempt())
				d.ends()
			})
		})
	}
}

// Over and over: the call survives it each time.
func TestAnAdministratorDoesNotGiveUp(t *testing.T) {
	scene(t, func(t *testing.T, c *clinic) {
		p, d := c.called(bot.ByPage)
		for n := range 6 {
			p.enters()
			d.enters()
			p.until("both are seen", bothInside)
			act := meddlers["stops"].does
			if n%2 == 1 {
				act = meddlers["deletes"].does
			}
			was := p.state().Call.ReadySeq
			require.True(t, act(c.video.Server, c.rooms()[0]))
			p.until("the call is ready again", func(s bot.State) bool { return s.Call.ReadySeq > was })
		}
		require.Equal(t, 4, p.attempt())
		require.Equal(t, 1, c.mostRooms())
		d.ends()
	})
}
