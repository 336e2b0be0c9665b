package badluck_test

import (
	"fmt"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/store/storetest"
)

// wholeVisit is everything from the patient's first word to the last, with the
// doctor coming by page or by app.
func wholeVisit(c *clinic, how bot.How) (p, d *person) {
	p = c.patient("anna")
	p.starts()
	p.sends("Anna")
	d = p.doctor(vera)
	d.claims()
	d.sends("Good day. Let us see each other.")
	d.escalates(how)
	p.until("the call is ready", ready)
	patients, doctors := p.enters(), d.enters()
	p.until("both are seen", bothInside)
	p.sends("I must open the door.")
	patients.Leave()
	p.until("the patient is missed", func(s bot.State) bool { return !s.Call.Inside[bot.Patient] })
	patients = p.enters()
	p.until("both are seen again", bothInside)
	patients.Leave()
	doctors.Leave()
	d.hangsUp()
	p.until("the room is gone", tidied)
	p.sends("Thank you!")
	d.sends("Get well soon.")
	d.finishes()
	return p, d
}

// visited are the entries that a whole visit leaves, however often it was killed.
var visited = map[bot.Kind]int{
	bot.ConversationStarted: 1, bot.BotAsked: 1, bot.AnswerGiven: 1, bot.QueueJoined: 1, bot.DoctorAssigned: 1,
	bot.MessageSent: 4, bot.CallRequested: 1, bot.CallReady: 1, bot.CallEnded: 1, bot.CallRemoved: 1,
	bot.DoctorFinished: 1, bot.ConversationClosed: 1, bot.DoctorReleased: 0,
	bot.CallFailed: 0, bot.CallInterrupted: 0, bot.CallWithdrawn: 0, bot.CallStranger: 0, bot.CallUnwatched: 0,
}

// killed runs a visit in which the process dies once, and holds what it leaves to
// what any visit leaves. It answers with the writes and the requests of the first
// process, and with the number of deaths.
func killed(t *testing.T, how bot.How, at death) (writes, requests, deaths int) {
	t.Helper()
	dyingScene(t, at, func(t *testing.T, c *clinic) {
		first := c.life
		p, d := wholeVisit(c, how)
		time.Sleep(time.Minute)
		synctest.Wait()
		c.revive() // from a death in the last breath
		writes, requests, deaths = first.Commits(), first.asked(), c.deaths

		require.Equal(t, 1, c.mostRooms(), "one room at a time")
		require.Empty(t, c.rooms(), "none at the end")
		kinds := p.kinds(0)
		for kind, want := range visited {
			require.Equal(t, want, count(kinds, kind), kind)
		}
		require.Equal(t, 3, count(kinds, bot.CallJoined))
		require.Equal(t, bot.ClosedDown, p.state().Phase)
		if how == bot.ByApp {
			require.Len(t, d.rings(), 1, "the app is rung once")
		}
	})
	return writes, requests, deaths
}

// eachDeath plays a visit for every death, and wants nearly every one of them to
// happen: how often TrueConf is polled may differ by a look between two runs.
func eachDeath(t *testing.T, how bot.How, deaths map[string]death) {
	t.Helper()
	var died atomic.Int64
	t.Run(string(how), func(t *testing.T) {
		for name, at := range deaths {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				_, _, n := killed(t, how, at)
				require.LessOrEqual(t, n, 1)
				died.Add(int64(n))
			})
		}
	})
	require.GreaterOrEqual(t, int(died.Load()), len(deaths)-6)
}

// Kill after every single commit: the writes of a whole visit are counted, and the
// process dies in each, with the write lost and with only its answer lost.
func TestKillInEveryCommitOfAVisit(t *testing.T) {
	for _, how := range []bot.How{bot.ByPage, bot.ByApp} {
		writes, _, _ := killed(t, how, death{})
		require.Greater(t, writes, 15)
		deaths := map[string]death{}
		for n := 1; n <= writes; n++ {
			for _, lost := range []storetest.How{storetest.LoseCommit, storetest.LoseAnswer} {
				deaths[fmt.Sprintf("write %d, %s", n, lost)] = death{write: n, how: lost}
			}
		}
		eachDeath(t, how, deaths)
	}
}

// Kill at every request to TrueConf, before it has left and when it has been done
// but not been heard of.
func TestKillAtEveryRequestOfAVisit(t *testing.T) {
	for _, how := range []bot.How{bot.ByPage, bot.ByApp} {
		_, requests, _ := killed(t, how, death{})
		require.Greater(t, requests, 15)
		deaths := map[string]death{}
		for n := 1; n <= requests; n++ {
			if how == bot.ByPage {
				deaths[fmt.Sprintf("before request %d", n)] = death{request: n}
			}
			deaths[fmt.Sprintf("after request %d", n)] = death{request: n, after: true}
		}
		eachDeath(t, how, deaths)
	}
}
