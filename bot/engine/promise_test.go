package engine_test

import (
	"encoding/json"
	"fmt"
	"os"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/flows"
	"bedside/store/storetest"
)

// wholeFlow is the flow of package bot's own tests, with a ladder, silence, emergencies and
// promises.
func wholeFlow(t testing.TB) *flows.Program {
	t.Helper()
	data, err := os.ReadFile("../testdata/clinic.yaml")
	require.NoError(t, err)
	p, problems := flows.Compile([]flows.File{{Path: "clinic.yaml", Data: data}, {Path: "privacy.md", Data: []byte("We keep it.\n")}})
	require.NotNil(t, p, "%v", problems)
	return p
}

// newSurgery is a house with that flow, on a Monday morning.
func newSurgery(t *testing.T, change ...func(*engine.Options)) *house {
	t.Helper()
	time.Sleep(time.Until(time.Date(2000, 1, 3, 7, 0, 0, 0, time.UTC)))
	h := newHouse(t, change...)
	h.lib.p.Store(wholeFlow(t))
	return h
}

func (h *house) press(a bot.Actor, option string) {
	h.t.Helper()
	asked := h.state(a).Asked
	require.NotNil(h.t, asked)
	h.do(a, a.Conversation, bot.DoChoose, bot.Args{Step: asked.Step, Option: option})
}

// queued brings a conversation of the whole flow into the queue of gp.
func (h *house) queued(name string) bot.Actor {
	h.t.Helper()
	a := h.start(name)
	for _, option := range []string{"agree", "doctor", "no"} {
		h.press(a, option)
	}
	h.do(a, a.Conversation, bot.DoSend, bot.Args{Text: "Anna"})
	require.Equal(h.t, bot.Waiting, h.state(a).Phase)
	return a
}

// A wait that goes up its whole ladder and ends in a promise that is missed, with
// the process dying in each of its writes: nothing is left out and nothing is done
// twice.
func TestKillAfterEveryCommitOfAWait(t *testing.T) {
	commits, died := waitOnce(t, -1, storetest.LoseCommit)
	require.False(t, died)
	require.GreaterOrEqual(t, commits, 6, "four rungs, a promise, and its end")
	for n := range commits {
		for _, how := range []storetest.How{storetest.LoseCommit, storetest.LoseAnswer} {
			t.Run(fmt.Sprintf("%d %v", n, how), func(t *testing.T) {
				_, died := waitOnce(t, n, how)
				require.True(t, died)
			})
		}
	}
}

func waitOnce(t *testing.T, n int, how storetest.How) (commits int, died bool) {
	synctest.Test(t, func(t *testing.T) {
		h := newSurgery(t)
		a := h.queued("anna")
		disk := h.store
		process := storetest.Crashing(disk, n, how)
		h.opts.Store = process
		h.restart()
		stop := h.run()
		for range 2*60 + 30 {
			time.Sleep(time.Minute)
			synctest.Wait()
			select {
			case <-process.Dead():
				died, commits = true, process.Commits()
				stop()
				process = storetest.Crashing(disk, -1, how)
				h.opts.Store = process
				h.restart()
				stop = h.run()
				synctest.Wait()
			default:
			}
		}
		stop()
		if !died {
			commits = process.Commits()
		}
		var rungs []int
		for _, e := range h.journal(a.Conversation) {
			if e.Kind == bot.WaitReached {
				var b bot.Reached
				require.NoError(t, json.Unmarshal(e.Body, &b))
				rungs = append(rungs, b.Rung)
			}
		}
		require.Equal(t, []int{1, 2, 3, 4}, rungs)
		kinds := h.kinds(a.Conversation)
		require.Equal(t, 1, count(kinds, bot.CallbackPromised))
		require.Equal(t, 1, count(kinds, bot.CallbackMissed))
		require.Equal(t, 3, count(kinds, bot.LeadAlerted), "by the ladder, for want of an answer, and for the call")
	})
	return commits, died
}

// A promise is kept in mind while no process is there.
func TestACallBackIsMissedAcrossARestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newSurgery(t)
		a := h.start("anna")
		h.press(a, "agree")
		h.press(a, "call")
		h.do(a, a.Conversation, bot.DoSend, bot.Args{Text: "Anna"})
		h.do(a, a.Conversation, bot.DoSend, bot.Args{Text: "+79161234567"})
		require.Equal(t, bot.Parked, h.state(a).Phase)
		rows, _, err := h.e.Heads(t.Context(), vera, bot.ListCallbacks("gp"), "", 0)
		require.NoError(t, err)
		require.Len(t, rows, 1)
		require.Equal(t, "+79161234567", rows[0].CallBack.Phone)

		time.Sleep(5 * time.Hour)
		h.restart()
		stop := h.run()
		defer stop()
		synctest.Wait()
		require.Equal(t, bot.Waiting, h.state(a).Phase)
		require.Equal(t, 1, count(h.kinds(a.Conversation), bot.CallbackMissed), "once for all the time")
		rows, _, err = h.e.Heads(t.Context(), vera, "", "", 0)
		require.NoError(t, err)
		require.Len(t, rows, 1, "in the queue and among the call-backs, and one line")
		h.do(vera, a.Conversation, bot.DoCallbackDone, bot.Args{})
		require.Equal(t, bot.ClosedDown, h.state(a).Phase)
	})
}

func TestAnEmergencyStandsAcrossARestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		guard := bot.Actor{Role: bot.Doctor, Login: "doctor_4", Name: "Doctor Four", Departments: []string{"duty"}}
		h := newSurgery(t)
		a := h.start("anna")
		h.do(a, a.Conversation, bot.DoSend, bot.Args{Text: "I can't breathe"})
		time.Sleep(10 * time.Minute)
		h.restart()
		stop := h.run()
		defer stop()
		synctest.Wait()
		require.Equal(t, bot.Intake, h.state(a).Phase)
		require.Greater(t, count(h.kinds(a.Conversation), bot.LeadAlerted), 1, "nobody has come")
		rows, _, err := h.e.Heads(t.Context(), guard, bot.ListWaiting("duty"), "", 0)
		require.NoError(t, err)
		require.Len(t, rows, 1, "offered although the flow goes on asking")
		require.Equal(t, "emergency", rows[0].Priority)
		h.do(guard, a.Conversation, bot.DoClaim, bot.Args{})
		require.Equal(t, bot.Consulting, h.state(a).Phase)
	})
}

func TestAPlaceInTheQueueAndWhatIsKnownOfWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newSurgery(t)
		for i := range 4 {
			a := h.queued(fmt.Sprint(i))
			time.Sleep(10 * time.Minute)
			h.do(vera, a.Conversation, bot.DoClaim, bot.Args{})
		}
		first, second := h.queued("first"), h.queued("second")
		require.Equal(t, 1, h.e.QueueOf(h.state(first)).Position)
		require.Equal(t, flows.Queue{Position: 2, Wait: 10 * time.Minute}, h.e.QueueOf(h.state(second)))
		time.Sleep(4 * time.Minute)
		require.Equal(t, 6*time.Minute, h.e.QueueOf(h.state(second)).Wait)
		time.Sleep(10 * time.Minute)
		require.Zero(t, h.e.QueueOf(h.state(second)).Wait, "longer than anybody: nobody can say")
		h.restart()
		require.Zero(t, h.e.QueueOf(h.state(second)).Wait, "nothing is invented")
	})
}

// Who has agreed is not asked again, as long as a conversation that rests on it is
// kept.
func TestASignedPersonAgreesOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newSurgery(t)
		begin := func(name, subject string) bot.Actor {
			_, err := h.e.Start(t.Context(), engine.StartRequest{Key: h.key(), Ticket: ticketOf(name), Language: "en", Subject: subject})
			require.NoError(t, err)
			a, err := h.e.ByTicket(t.Context(), ticketOf(name))
			require.NoError(t, err)
			return a
		}
		first := begin("first", "42")
		require.Equal(t, "consent", h.state(first).Asked.Type)
		h.press(first, "agree")
		time.Sleep(time.Hour)
		second := begin("second", "42")
		require.Equal(t, "choice", h.state(second).Asked.Type)
		require.Equal(t, 1, count(h.kinds(second.Conversation), bot.ConsentGiven))
		require.Equal(t, "consent", h.state(begin("other", "43")).Asked.Type, "somebody else")

		require.NoError(t, h.store.Erase(t.Context(), first.Conversation))
		third := begin("third", "42")
		require.Equal(t, "choice", h.state(third).Asked.Type, "the second rests on it still")
		for _, a := range []bot.Actor{second, third} {
			require.NoError(t, h.store.Erase(t.Context(), a.Conversation))
		}
		require.Equal(t, "consent", h.state(begin("last", "42")).Asked.Type, "erased with the last conversation")
	})
}
