package bot_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
)

func TestAnIntakeLeadsToTheQueue(t *testing.T) {
	w := newWorld(t)
	w.start()
	require.Equal(t, []bot.Kind{bot.ConversationStarted, bot.BotSaid, bot.BotAsked}, kinds(w.journal))
	w.refused(bot.Overtaken, patient, bot.DoChoose, bot.Args{Step: "triage/1", Option: "doctor"})
	w.refused(bot.Invalid, patient, bot.DoChoose, bot.Args{Step: w.s.Asked.Step, Option: "nurse"})

	got := w.do(patient, bot.DoChoose, bot.Args{Step: w.s.Asked.Step, Option: "doctor"})
	require.Equal(t, []bot.Kind{bot.AnswerGiven, bot.BotAsked}, kinds(got))
	w.do(patient, bot.DoSend, bot.Args{Text: "  Patient One "})
	require.Equal(t, "Patient One", w.s.Name())
	w.refused(bot.Invalid, patient, bot.DoSend, bot.Args{Text: "eleven hundred"})

	got = w.do(patient, bot.DoSkip, bot.Args{Step: w.s.Asked.Step})
	require.Equal(t, []bot.Kind{bot.AnswerSkipped, bot.BotSaid, bot.QueueJoined}, kinds(got))
	require.Equal(t, bot.Waiting, w.s.Phase)
	require.Equal(t, "gp", w.s.Department)
	require.Nil(t, w.s.Asked)
}

func TestADoctorWhoIsNotThereIsTold(t *testing.T) {
	w := newWorld(t)
	w.onDuty = false
	w.waiting()
	require.Equal(t, bot.LeadAlerted, w.journal[len(w.journal)-1].Kind)
}

func TestTheFirstDoctorWins(t *testing.T) {
	w := newWorld(t)
	w.waiting()
	w.do(vera, bot.DoClaim, bot.Args{})
	w.refused(bot.Taken, igor, bot.DoClaim, bot.Args{})
	require.Empty(t, w.do(vera, bot.DoClaim, bot.Args{}), "claiming what one has changes nothing")
	require.Equal(t, "doctor_1", w.s.Doctor)
}

func TestEveryWaitHasANextStep(t *testing.T) {
	w := newWorld(t)
	w.waiting()
	w.pass(4 * time.Minute)
	require.Zero(t, w.s.Rung)
	w.pass(time.Minute)
	require.Equal(t, 1, w.s.Rung)
	last := w.journal[len(w.journal)-2:]
	require.Equal(t, []bot.Kind{bot.WaitReminded, bot.LeadAlerted}, kinds(last))
	require.Contains(t, string(last[0].Body), "+7 495 000-00-00")
	require.Contains(t, string(last[0].Body), "103")

	w.pass(16 * time.Minute) // a restart: the rungs of 10, 15 and 20 minutes are overdue
	require.Equal(t, 4, w.s.Rung)
	require.Equal(t, []bot.Kind{bot.WaitReminded, bot.LeadAlerted}, kinds(w.journal[len(w.journal)-2:]))
	require.NotEqual(t, bot.WaitReminded, w.journal[len(w.journal)-3].Kind, "only the last is said")
	require.Equal(t, noon.Add(25*time.Minute), bot.Wake(w.s, w.limits, w.program))
}

func TestASilentIntakeClosesInWordsAndGoesOn(t *testing.T) {
	w := newWorld(t)
	w.start()
	asked := *w.s.Asked
	w.pass(24 * time.Hour)
	require.Equal(t, bot.ClosedDown, w.s.Phase)
	require.True(t, bot.Wake(w.s, w.limits, w.program).IsZero())

	w.now = w.now.Add(13 * 24 * time.Hour)
	got := w.do(patient, bot.DoSend, bot.Args{Text: "I am back"})
	require.Equal(t, []bot.Kind{bot.ConversationResumed, bot.MessageSent, bot.BotAsked}, kinds(got))
	require.Equal(t, bot.Intake, w.s.Phase)
	require.Equal(t, asked.Step, w.s.Asked.Step)
}

func TestAClosedConversationThatIsOverStaysClosed(t *testing.T) {
	w := newWorld(t)
	w.start()
	w.do(patient, bot.DoChoose, bot.Args{Step: w.s.Asked.Step, Option: "leave"})
	require.Equal(t, bot.ClosedDown, w.s.Phase)
	w.refused(bot.ClosedCode, patient, bot.DoSend, bot.Args{Text: "one more thing"})
}

func TestWhatADoctorHasHadReopens(t *testing.T) {
	w := newWorld(t)
	w.consulting()
	first := w.s.WaitingSince
	w.do(igor, bot.DoFinish, bot.Args{})
	require.Equal(t, bot.ClosedDown, w.s.Phase)
	require.Contains(t, string(w.journal[len(w.journal)-2].Body), "Thank you!")

	w.now = w.now.Add(time.Hour)
	w.do(patient, bot.DoSend, bot.Args{Text: "it hurts again"})
	require.Equal(t, bot.Waiting, w.s.Phase)
	require.Equal(t, "gp", w.s.Department)
	require.NotEqual(t, first, w.s.WaitingSince, "a finished wait is no rank for the next")
	w.do(igor, bot.DoClaim, bot.Args{})
	w.do(igor, bot.DoFinish, bot.Args{Outcome: "rest"})
	require.Equal(t, bot.ClosedDown, w.s.Phase, "behind the flow's end there is nothing left to say")

	w.do(igor, bot.DoClaim, bot.Args{})
	require.Equal(t, bot.Consulting, w.s.Phase, "the doctor may take it up too")
	w.do(igor, bot.DoClose, bot.Args{})
	w.now = w.now.Add(15 * 24 * time.Hour)
	w.refused(bot.ClosedCode, patient, bot.DoSend, bot.Args{Text: "hello?"})
}

func TestASilentDoctorLosesThePatient(t *testing.T) {
	w := newWorld(t)
	w.consulting()
	w.pass(2 * time.Minute) // half of the department's four
	require.Equal(t, bot.DoctorReminded, w.journal[len(w.journal)-1].Kind)
	w.do(igor, bot.DoSend, bot.Args{Text: "Good morning"})
	w.pass(10 * time.Minute)
	require.Equal(t, bot.Consulting, w.s.Phase, "an answered patient owes nobody anything")

	w.do(patient, bot.DoSend, bot.Args{Text: "good morning"})
	w.pass(time.Minute)
	w.do(patient, bot.DoSend, bot.Args{Text: "are you there?"})
	rank := w.s.WaitingSince
	w.pass(3 * time.Minute)
	require.Equal(t, bot.Waiting, w.s.Phase, "the time counts from the first message")
	require.Equal(t, rank, w.s.WaitingSince)
	require.Equal(t, bot.LeadAlerted, w.journal[len(w.journal)-1].Kind)
}

func TestNothingOwedStopsTheClock(t *testing.T) {
	w := newWorld(t)
	w.consulting()
	w.do(igor, bot.DoNothing, bot.Args{})
	require.True(t, bot.Wake(w.s, w.limits, w.program).IsZero())
	require.Empty(t, w.do(igor, bot.DoNothing, bot.Args{}))
}

func TestReleaseAndTransferKeepTheRank(t *testing.T) {
	w := newWorld(t)
	w.consulting()
	rank := w.s.WaitingSince
	w.pass(time.Minute)
	w.do(igor, bot.DoRelease, bot.Args{Reason: "break"})
	require.Equal(t, bot.Waiting, w.s.Phase)
	require.Equal(t, rank, w.s.WaitingSince)
	require.Equal(t, w.now, w.s.RungAt, "the rungs count anew")

	w.do(igor, bot.DoClaim, bot.Args{})
	w.refused(bot.Invalid, igor, bot.DoTransfer, bot.Args{To: "surgery"})
	w.refused(bot.Invalid, igor, bot.DoTransfer, bot.Args{To: "gp"})
	w.do(igor, bot.DoTransfer, bot.Args{To: "kids"})
	require.Equal(t, "kids", w.s.Department)
	w.refused(bot.Unknown, vera, bot.DoClaim, bot.Args{})
	w.do(igor, bot.DoClaim, bot.Args{})
}

func TestTextsAreHeldToTheirLimits(t *testing.T) {
	w := newWorld(t)
	w.waiting()
	w.refused(bot.Malformed, patient, bot.DoSend, bot.Args{Text: " \n\t"})
	w.refused(bot.TooLarge, patient, bot.DoSend, bot.Args{Text: strings.Repeat("щ", 4001)})
	w.do(patient, bot.DoSend, bot.Args{Text: strings.Repeat("щ", 4000)})
	w.do(patient, bot.DoSend, bot.Args{Text: "broken \xff bytes"})
	require.Contains(t, string(w.journal[len(w.journal)-1].Body), "broken \uFFFD bytes")
}

func TestTimeNeverRunsBackwards(t *testing.T) {
	w := newWorld(t)
	w.waiting()
	at := w.s.At
	w.now = w.now.Add(-time.Hour)
	w.do(patient, bot.DoSend, bot.Args{Text: "hello"})
	require.Equal(t, at, w.s.At)
}
