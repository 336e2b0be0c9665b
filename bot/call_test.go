package bot_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
)

func TestAnEscalationIsAWishUntilTheRoomStands(t *testing.T) {
	w := newWorld(t)
	w.consulting()
	got := w.do(igor, bot.DoEscalate, bot.Args{})
	require.Equal(t, []bot.Kind{bot.CallRequested}, kinds(got))
	require.Equal(t, bot.ByPage, w.s.Call.How, "a doctor without TrueConf ID comes by page")
	wishes := bot.Wishes(w.s)
	require.Len(t, wishes, 1)
	require.Equal(t, bot.MakeRoom, wishes[0].Deed)
	require.Empty(t, w.do(igor, bot.DoEscalate, bot.Args{}), "pressed twice is pressed once")

	w.do(system, bot.DoMade, w.ofCall())
	require.Empty(t, bot.Wishes(w.s))
	require.Empty(t, w.do(system, bot.DoMade, w.ofCall()), "old news changes nothing")
}

func TestTheAppIsRungOnceEachTimeTheRoomStands(t *testing.T) {
	w := newWorld(t)
	w.waiting()
	w.do(vera, bot.DoClaim, bot.Args{})
	w.do(vera, bot.DoEscalate, bot.Args{})
	require.Equal(t, bot.ByApp, w.s.Call.How)
	require.Equal(t, "doctor1", w.s.Call.Owner)
	w.do(system, bot.DoMade, w.ofCall())
	require.Equal(t, bot.RingDoctor, bot.Wishes(w.s)[0].Deed)
	w.do(system, bot.DoRing, w.who(bot.Doctor))
	require.Empty(t, bot.Wishes(w.s))

	args := w.ofCall()
	args.Why = "stopped"
	w.do(system, bot.DoBroken, args)
	w.do(system, bot.DoMade, w.ofCall())
	require.Equal(t, bot.RingDoctor, bot.Wishes(w.s)[0].Deed, "a room that stopped and runs again rings again")
}

func TestWhatCanNeverFitIsRefusedAtTheClick(t *testing.T) {
	w := newWorld(t)
	w.consulting()
	w.refused(bot.NeverFits, igor, bot.DoEscalate, bot.Args{How: bot.ByApp})
	w.limits.GuestSeats = 1
	w.refused(bot.NeverFits, igor, bot.DoEscalate, bot.Args{How: bot.ByPage})
	w.refused(bot.Malformed, igor, bot.DoEscalate, bot.Args{How: "fax"})
}

func TestAnotherWayInIsAnotherAttempt(t *testing.T) {
	w := newWorld(t)
	w.waiting()
	w.do(vera, bot.DoClaim, bot.Args{})
	w.do(vera, bot.DoEscalate, bot.Args{How: bot.ByPage})
	w.refused(bot.CallNotReady, vera, bot.DoEscalate, bot.Args{How: bot.ByApp})
	w.do(system, bot.DoMade, w.ofCall())
	first := w.s.Call.Room()
	w.do(vera, bot.DoEscalate, bot.Args{How: bot.ByApp})
	require.Equal(t, first.Call, w.s.Call.ID)
	require.Equal(t, 2, w.s.Call.Attempt)
	wishes := bot.Wishes(w.s)
	require.Equal(t, bot.MakeRoom, wishes[0].Deed)
	require.Equal(t, bot.Wish{Deed: bot.RemoveRoom, Room: first}, wishes[1], "the old room is removed")
	require.Empty(t, w.do(system, bot.DoSeen, bot.Args{Call: first.Call, Attempt: 1, Who: bot.Patient}), "news of the old room is old")
}

func TestHangingUpWhileTheRoomIsBeingMade(t *testing.T) {
	w := newWorld(t)
	w.consulting()
	w.do(igor, bot.DoEscalate, bot.Args{})
	room := w.s.Call.Room()
	w.do(igor, bot.DoHangUp, bot.Args{})
	require.Equal(t, bot.CallDropped, w.s.Call.State)
	require.Empty(t, w.do(system, bot.DoMade, w.ofCall()), "an answer after the end makes no call")
	require.Equal(t, []bot.Wish{{Deed: bot.RemoveRoom, Room: room}}, bot.Wishes(w.s))
	w.do(system, bot.DoRemoved, w.ofCall())
	require.Empty(t, bot.Wishes(w.s))
	w.refused(bot.NoCall, igor, bot.DoHangUp, bot.Args{})
}

func TestJoinedAndLeft(t *testing.T) {
	w := newWorld(t)
	w.call()
	w.do(system, bot.DoSeen, w.who(bot.Patient))
	w.do(system, bot.DoSeen, w.who(bot.Doctor))
	require.Empty(t, w.do(system, bot.DoSeen, w.who(bot.Doctor)))
	require.Equal(t, bot.CallLive, w.s.Call.State)
	w.do(system, bot.DoGone, w.who(bot.Doctor))
	require.Equal(t, bot.CallLive, w.s.Call.State)
	w.do(system, bot.DoGone, w.who(bot.Patient))
	require.Equal(t, bot.CallStands, w.s.Call.State)
	w.do(igor, bot.DoNothing, bot.Args{})
	require.Equal(t, w.now.Add(10*time.Minute), bot.Wake(w.s, w.limits, w.program))
	w.pass(10 * time.Minute)
	require.Equal(t, bot.EndEmpty, w.s.Call.EndWhy)
}

func TestAnUnusedRoomEndsLaterThanAnEmptyOne(t *testing.T) {
	w := newWorld(t)
	w.call()
	w.do(igor, bot.DoNothing, bot.Args{})
	w.pass(29 * time.Minute)
	require.True(t, w.s.Call.Open())
	w.pass(time.Minute)
	require.Equal(t, bot.EndEmpty, w.s.Call.EndWhy)
}

func TestWithoutAListAbsenceIsNeverKnown(t *testing.T) {
	w := newWorld(t)
	w.call()
	w.do(system, bot.DoUnwatched, w.ofCall())
	w.pass(59 * time.Minute)
	require.True(t, w.s.Call.Open())
	require.Equal(t, bot.Consulting, w.s.Phase, "nor does the doctor's time run")
	w.pass(time.Minute)
	require.Equal(t, bot.EndLimit, w.s.Call.EndWhy)
}

func TestTheDoctorsTimeRestsInACall(t *testing.T) {
	w := newWorld(t)
	w.call()
	w.do(system, bot.DoSeen, w.who(bot.Doctor))
	w.do(patient, bot.DoSend, bot.Args{Text: "I cannot hear you"})
	w.pass(30 * time.Minute)
	require.Equal(t, bot.Consulting, w.s.Phase)
	w.do(igor, bot.DoHangUp, bot.Args{})
	require.Equal(t, w.now, w.s.OwedSince, "what was owed counts from the end of the call")
	w.pass(4 * time.Minute)
	require.Equal(t, bot.Waiting, w.s.Phase)
}

func TestARoomThatFailsIsTriedAgainAndThenGivenUp(t *testing.T) {
	w := newWorld(t)
	w.consulting()
	w.do(igor, bot.DoSend, bot.Args{Text: "let us talk"})
	w.do(igor, bot.DoEscalate, bot.Args{})
	tries := 0
	for w.s.Call.Open() {
		switch w.s.Call.State {
		case bot.CallAsked:
			tries++
			args := w.ofCall()
			args.Failure, args.Retry = &bot.CallFailure{Kind: "unreachable"}, true
			w.do(system, bot.DoFailed, args)
		case bot.CallDown:
			at := bot.Wake(w.s, w.limits, w.program)
			require.False(t, at.IsZero())
			w.pass(at.Sub(w.now))
		}
		require.Less(t, tries, 40)
	}
	require.Equal(t, bot.EndFailed, w.s.Call.EndWhy)
	require.Equal(t, 1, w.s.Call.Attempt, "the same room is asked for again and again")
	require.GreaterOrEqual(t, w.now.Sub(noon), w.limits.GiveUpAfter)
	require.Greater(t, tries, 5)
	require.Equal(t, bot.RemoveRoom, bot.Wishes(w.s)[0].Deed, "what may have been made is removed")
}

func TestAnEscalationReplacesAFailedCall(t *testing.T) {
	w := newWorld(t)
	w.consulting()
	w.do(igor, bot.DoEscalate, bot.Args{})
	args := w.ofCall()
	args.Failure = &bot.CallFailure{Kind: "setup", Cure: "name a service account"}
	w.do(system, bot.DoFailed, args)
	require.True(t, w.s.Call.RetryAt.IsZero())
	old := w.s.Call.ID
	w.do(igor, bot.DoEscalate, bot.Args{})
	require.NotEqual(t, old, w.s.Call.ID)
	require.Equal(t, bot.CallAsked, w.s.Call.State)
}

func TestAnInterruptedRoomIsTakenUpAgain(t *testing.T) {
	w := newWorld(t)
	w.call()
	w.do(system, bot.DoSeen, w.who(bot.Patient))
	args := w.ofCall()
	args.Why = "stopped"
	w.do(system, bot.DoBroken, args)
	require.Equal(t, bot.MendRoom, bot.Wishes(w.s)[0].Deed)
	require.Empty(t, w.s.Call.Inside)
	ready := w.s.Call.ReadyAt
	w.do(system, bot.DoMade, w.ofCall())
	require.Equal(t, bot.CallStands, w.s.Call.State)
	require.Equal(t, ready, w.s.Call.ReadyAt, "the limit counts from the first readiness")

	w.do(system, bot.DoBroken, args)
	args.Why = "gone"
	w.do(system, bot.DoRenew, args)
	require.Equal(t, 2, w.s.Call.Attempt)
}

func TestAStrangerLeadsToANewRoom(t *testing.T) {
	w := newWorld(t)
	w.call()
	args := w.ofCall()
	args.Name = "somebody"
	w.do(system, bot.DoStrange, args)
	require.Equal(t, []string{"somebody"}, w.s.Call.Strangers)
	w.do(igor, bot.DoNewRoom, bot.Args{})
	require.Empty(t, w.s.Call.Strangers)
	require.Equal(t, 2, w.s.Call.Attempt)
	w.refused(bot.NoCall, igor, bot.DoNewRoom, bot.Args{})
}

func TestWhateverEndsTheConsultationEndsTheCall(t *testing.T) {
	for _, do := range []bot.Do{bot.DoRelease, bot.DoFinish, bot.DoClose} {
		w := newWorld(t)
		w.call()
		got := w.do(igor, do, bot.Args{})
		require.Contains(t, kinds(got), bot.CallEnded, do)
		require.False(t, w.s.Call.Open())
		require.Equal(t, bot.RemoveRoom, bot.Wishes(w.s)[0].Deed)
	}
}

func TestWhoWaitsMayRingTheOther(t *testing.T) {
	w := newWorld(t)
	w.call()
	args := bot.Args{Call: w.s.Call.ID}
	w.do(system, bot.DoSeen, w.who(bot.Patient))
	got := w.do(patient, bot.DoRingAgain, args)
	require.Equal(t, []bot.Kind{bot.CallAwaited}, kinds(got))
	require.Equal(t, bot.ForAll, got[0].Audience, "both pages show it, and the other's rings")
	w.refused(bot.TooMany, patient, bot.DoRingAgain, args)
	w.now = w.now.Add(20 * time.Second)
	require.Len(t, w.do(patient, bot.DoRingAgain, args), 1)

	w.now = w.now.Add(time.Minute)
	require.Empty(t, w.do(igor, bot.DoRingAgain, args), "who is inside is not rung")
	guest := bot.Actor{Role: bot.Patient, Conversation: "c_1", Call: w.s.Call.ID}
	require.Len(t, w.do(guest, bot.DoRingAgain, args), 1, "the holder of the join link may")
	w.refused(bot.CallOver, patient, bot.DoRingAgain, bot.Args{Call: "call_0"})
	w.do(igor, bot.DoHangUp, bot.Args{})
	w.refused(bot.CallOver, patient, bot.DoRingAgain, args)
}

func TestAnAppIsRungAgainForWhoWaits(t *testing.T) {
	w := newWorld(t)
	w.waiting()
	w.do(vera, bot.DoClaim, bot.Args{})
	w.do(vera, bot.DoEscalate, bot.Args{How: bot.ByApp})
	w.do(system, bot.DoMade, w.ofCall())
	w.do(system, bot.DoRing, w.who(bot.Doctor))
	require.Empty(t, bot.Wishes(w.s))
	w.do(patient, bot.DoRingAgain, bot.Args{Call: w.s.Call.ID})
	require.Equal(t, bot.RingDoctor, bot.Wishes(w.s)[0].Deed)
	w.do(system, bot.DoRing, w.who(bot.Doctor))
	require.Empty(t, bot.Wishes(w.s), "once for each press")
}

// A patient who waits in the room for a doctor who does not come is owed an
// answer like one who has written.
func TestAPatientAloneInTheRoomHasADeadline(t *testing.T) {
	w := newWorld(t)
	w.consulting()
	w.do(igor, bot.DoSend, bot.Args{Text: "Let us talk by video."})
	w.do(igor, bot.DoEscalate, bot.Args{How: bot.ByPage})
	w.do(system, bot.DoMade, w.ofCall())
	w.do(system, bot.DoSeen, w.who(bot.Patient))
	w.pass(2*time.Minute + time.Second)
	require.Equal(t, bot.DoctorReminded, w.journal[len(w.journal)-1].Kind)
	w.do(system, bot.DoSeen, w.who(bot.Doctor))
	require.True(t, w.s.OwedSince.IsZero(), "coming is the answer")

	w.do(system, bot.DoGone, w.who(bot.Doctor))
	w.do(patient, bot.DoSend, bot.Args{Text: "Where are you?"})
	w.do(system, bot.DoSeen, w.who(bot.Doctor))
	require.False(t, w.s.OwedSince.IsZero(), "to come answers no question that was written")
	w.do(system, bot.DoGone, w.who(bot.Doctor))
	w.pass(4*time.Minute + time.Second)
	require.Equal(t, bot.Waiting, w.s.Phase)
	require.False(t, w.s.Call.Open())
}

// Whatever the doctor has said to a patient alone in the room, what is written
// after it is owed an answer, and going out of the room takes nothing back.
func TestWordsAfterAnAnswerAreOwedThoughThePatientIsAlone(t *testing.T) {
	for name, answer := range map[string]func(*world){
		"words":  func(w *world) { w.do(igor, bot.DoSend, bot.Args{Text: "I come in a minute"}) },
		"excuse": func(w *world) { w.do(igor, bot.DoNothing, bot.Args{}) },
	} {
		for _, next := range []bot.Do{bot.DoGone, bot.DoSeen} {
			t.Run(name+" "+string(next), func(t *testing.T) {
				w := newWorld(t)
				w.call()
				w.do(igor, bot.DoSend, bot.Args{Text: "Please come in"})
				w.do(system, bot.DoSeen, w.who(bot.Patient))
				answer(w)
				require.True(t, w.s.OwedSince.IsZero())
				w.do(patient, bot.DoSend, bot.Args{Text: "It hurts more"})
				owed := w.s.OwedSince
				require.False(t, owed.IsZero())
				who := bot.Patient
				if next == bot.DoSeen {
					who = bot.Doctor
				}
				w.do(system, next, w.who(who))
				require.Equal(t, owed, w.s.OwedSince, "nobody has answered")
			})
		}
	}
}

func TestWhoIsTurnedAwayIsToldToStaffOnce(t *testing.T) {
	w := newWorld(t)
	w.call()
	args := w.who(bot.Patient)
	args.Why, args.Cure = string(bot.NoGuestSeat), "raise the licence"
	got := w.do(system, bot.DoCrowded, args)
	require.Equal(t, []bot.Kind{bot.CallCrowded}, kinds(got))
	require.Equal(t, bot.ForStaff, got[0].Audience)
	require.Empty(t, w.do(system, bot.DoCrowded, args))
	w.do(system, bot.DoSeen, w.who(bot.Patient))
	require.Nil(t, w.s.Call.Crowded)
	require.Empty(t, w.do(system, bot.DoCrowded, args), "who is inside is not at the door")
	w.do(system, bot.DoGone, w.who(bot.Patient))
	require.Len(t, w.do(system, bot.DoCrowded, args), 1)
}
