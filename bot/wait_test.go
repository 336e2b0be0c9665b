package bot_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/flows"
)

func TestTheLadderOfAWait(t *testing.T) {
	w := newClinic(t)
	w.queued()
	require.Equal(t, []string{"gp"}, w.s.Offered())
	got := w.wakes(time.Minute)
	require.Equal(t, []bot.Kind{bot.WaitReached, bot.BotSaid}, kinds(got))
	w.wakes(2 * time.Minute)
	require.Equal(t, []string{"gp", "duty"}, w.s.Offered(), "offered to these as well")
	require.True(t, bot.May(guard, bot.DoClaim, w.s))
	got = w.wakes(2 * time.Minute)
	require.Equal(t, []bot.Kind{bot.WaitReached, bot.LeadAlerted, bot.BotAsked}, kinds(got))

	w.type_("my leg hurts as well")
	require.NotNil(t, w.s.Asked, "what is no answer is a message")
	late := w.s.Asked.Step
	w.pick("wait")
	require.Nil(t, w.s.Asked)
	require.Equal(t, flows.WaitHandOver, w.s.Memory.Waits)
	w.refused(bot.Overtaken, patient, bot.DoChoose, bot.Args{Step: late, Option: "call"})

	w.wakes(15 * time.Minute)
	require.Equal(t, "phone", w.s.Asked.Slot, "the last rung leads to a promise")
	require.Equal(t, bot.Waiting, w.s.Phase)
	w.type_("+79161234567")
	require.Equal(t, bot.Parked, w.s.Phase, "which takes the place in the queue")
	require.Equal(t, "+79161234567", w.s.CallBack.Phone)
	require.Empty(t, w.s.Offered())
}

func TestAClaimOvertakesWhatARungAsks(t *testing.T) {
	w := newClinic(t)
	w.queued()
	w.wakes(5 * time.Minute)
	step := w.s.Asked.Step
	w.do(guard, bot.DoClaim, bot.Args{})
	require.Nil(t, w.s.Asked)
	w.refused(bot.Overtaken, patient, bot.DoChoose, bot.Args{Step: step, Option: "call"})
	w.do(guard, bot.DoFinish, bot.Args{})
	require.True(t, w.s.RateAsked, "the flow goes on behind its hand-over")
}

// After a restart all is due at once: everybody is offered and alerted, and the
// patient hears the last word alone.
func TestRungsThatAreOverdue(t *testing.T) {
	w := newClinic(t)
	w.queued()
	w.now = w.now.Add(4 * time.Minute)
	got := w.do(system, bot.DoWake, bot.Args{})
	require.Equal(t, []bot.Kind{bot.WaitReached, bot.BotSaid, bot.WaitReached}, kinds(got), "the last that speaks")
	require.Equal(t, []string{"gp", "duty"}, w.s.Offered())

	w = newClinic(t)
	w.queued()
	w.now = w.now.Add(21 * time.Minute)
	got = w.do(system, bot.DoWake, bot.Args{})
	require.Equal(t, 4, count(got, bot.WaitReached))
	require.Equal(t, 1, count(got, bot.LeadAlerted))
	require.Equal(t, 0, count(got, bot.BotSaid))
	require.Equal(t, "phone", w.s.Asked.Slot)
}

// The promise of the last rung is made although nobody answers; the place stays.
func TestTheLastRungKeepsItsPromise(t *testing.T) {
	w := newClinic(t)
	w.queued()
	w.wakes(20 * time.Minute)
	require.NotNil(t, w.s.Asked)
	got := w.wakes(5 * time.Minute)
	require.Equal(t, []bot.Kind{bot.CallbackPromised, bot.LeadAlerted}, kinds(got))
	require.Equal(t, bot.Waiting, w.s.Phase)
	require.True(t, w.s.CallBack.PlaceKept)
	require.Nil(t, w.s.Asked)
	require.Equal(t, []string{"gp", "duty"}, w.s.Offered())
	require.True(t, w.s.CallBack.By.Equal(morning.Add(25*time.Minute+2*time.Hour)))
}

func TestNobodyIsToldAtOnce(t *testing.T) {
	w := newClinic(t)
	w.onDuty = false
	w.agreed()
	w.pick("doctor")
	w.pick("no")
	got := w.type_("Patient One")
	require.Equal(t, 1, count(got, bot.LeadAlerted))
	require.Equal(t, bot.Intake, w.s.Phase, "the flow offers something else")
	require.Equal(t, "gp", w.s.Memory.Department)
}

func TestUrgentPatientsStandBeforeOthers(t *testing.T) {
	rank := func(w *world, list string) int64 {
		for _, l := range bot.HeadOf(w.s).Lists {
			if l.List == list {
				return l.Rank
			}
		}
		t.Fatalf("not in %s", list)
		return 0
	}
	normal := newClinic(t)
	normal.queued()
	urgent := newClinic(t)
	urgent.now = morning.Add(time.Hour)
	urgent.agreed()
	urgent.pick("video")
	alarm := newClinic(t)
	alarm.now = morning.Add(2 * time.Hour)
	alarm.queued()
	alarm.type_("chest pain")
	require.Less(t, rank(urgent, bot.ListWaiting("duty")), rank(normal, bot.ListWaiting("gp")))
	require.Less(t, rank(alarm, bot.ListWaiting("duty")), rank(urgent, bot.ListWaiting("duty")))
}

func TestSilenceOfTheFlow(t *testing.T) {
	w := newClinic(t)
	w.agreed()
	got := w.wakes(5 * time.Minute)
	require.Equal(t, []bot.Kind{bot.BotSaid}, kinds(got))
	require.NotNil(t, w.s.Asked, "the question stays")
	w.do(patient, bot.DoSpeak, bot.Args{Language: "ru"})
	got = w.wakes(5 * time.Minute)
	require.Equal(t, []bot.Kind{bot.BotSaid}, kinds(got), "each silence is counted anew")
	w.wakes(24 * time.Hour)
	require.Equal(t, bot.CloseSilence, w.s.ClosedWhy)
	w.type_("I am back")
	require.Equal(t, bot.Intake, w.s.Phase)
	require.Equal(t, "choice", w.s.Asked.Type)
}

func TestAVideoVisitIsCalledWithItsClaim(t *testing.T) {
	w := newClinic(t)
	w.agreed()
	w.pick("video")
	require.Equal(t, flows.ForVideo, w.s.Purpose)
	require.Equal(t, flows.Urgent, w.s.Urgency())
	got := w.do(guard, bot.DoClaim, bot.Args{})
	require.Equal(t, []bot.Kind{bot.DoctorAssigned, bot.CallRequested}, kinds(got))

	w = newClinic(t)
	w.limits.GuestSeats = 1
	w.agreed()
	w.pick("video")
	got = w.do(guard, bot.DoClaim, bot.Args{})
	require.Equal(t, []bot.Kind{bot.DoctorAssigned, bot.BotSaid}, kinds(got), "no way in: it says so, and stays a chat")

	w = newClinic(t)
	w.agreed()
	w.pick("video")
	require.Contains(t, bot.MayDo(patient, w.s), bot.DoSkip)
	w.do(patient, bot.DoSkip, bot.Args{Step: w.s.QueueStep})
	require.Equal(t, []string{"gp"}, w.s.Offered())
	require.Equal(t, flows.ForChat, w.s.Purpose)
	got = w.do(vera, bot.DoClaim, bot.Args{})
	require.Equal(t, []bot.Kind{bot.DoctorAssigned}, kinds(got))
}
