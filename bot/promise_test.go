package bot_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
)

func TestACallBackIsATaskWithADeadline(t *testing.T) {
	w := newClinic(t)
	w.called()
	require.Equal(t, "gp", w.s.CallBack.Department)
	require.True(t, w.s.CallBack.By.Equal(morning.Add(2*time.Hour)))
	head := bot.SummaryOf(w.s)
	require.Equal(t, "+79161234567", head.CallBack.Phone)
	require.True(t, bot.May(vera, bot.DoRead, w.s), "whoever may have to call reads why")
	require.False(t, bot.May(guard, bot.DoRead, w.s))
	require.False(t, bot.May(guard, bot.DoCallbackDone, w.s))

	got := w.do(vera, bot.DoCallbackDone, bot.Args{})
	require.Equal(t, []bot.Kind{bot.CallbackDone, bot.BotSaid, bot.ConversationClosed}, kinds(got))
	require.Equal(t, bot.CloseSettled, w.s.ClosedWhy)
	require.Contains(t, lastSaid(w), "+7 495 000-00-00", "how to go on")
	w.refused(bot.NotNow, lead, bot.DoCallbackDone, bot.Args{})
}

func TestACallThatIsMissedWakesTheLeadEveryHour(t *testing.T) {
	w := newClinic(t)
	w.called()
	got := w.wakes(2 * time.Hour)
	require.Equal(t, []bot.Kind{bot.CallbackMissed, bot.LeadAlerted, bot.BotSaid, bot.QueueJoined}, kinds(got)[:4])
	require.Equal(t, bot.Waiting, w.s.Phase, "the patient waits for a doctor from here on")
	got = w.wakes(3*time.Hour + time.Minute)
	require.Equal(t, 3, count(got, bot.CallbackMissed))
	require.True(t, bot.SummaryOf(w.s).CallBack.Missed)
	w.do(vera, bot.DoCallbackDone, bot.Args{})
	require.Equal(t, bot.ClosedDown, w.s.Phase, "late, and done")
}

func TestACallThatReachesNobody(t *testing.T) {
	w := newClinic(t)
	w.called()
	w.refused(bot.TooLarge, vera, bot.DoCallbackFailed, bot.Args{Reason: strings.Repeat("x", 5000)})
	got := w.do(vera, bot.DoCallbackFailed, bot.Args{Reason: "nobody answers"})
	require.Equal(t, []bot.Kind{bot.CallbackFailed, bot.QueueJoined}, kinds(got)[:2])
	require.Equal(t, bot.Waiting, w.s.Phase)
	seen, _ := bot.View(got[0], patient, bot.Links{Language: "en"})
	require.Empty(t, seen.Body.(bot.SeenCallbackFailure).Reason, "the reason is for colleagues")
	require.NotEmpty(t, seen.Body.(bot.SeenCallbackFailure).Text)
	got = w.wakes(time.Minute)
	require.Equal(t, 1, count(got, bot.LeadAlerted), "no hand-over stands: the lead after the time to answer")
}

func TestADoctorTakesUpAPromise(t *testing.T) {
	w := newClinic(t)
	w.called()
	w.do(vera, bot.DoClaim, bot.Args{})
	require.Equal(t, bot.Consulting, w.s.Phase)
	require.NotNil(t, w.s.CallBack)
	got := w.do(vera, bot.DoSend, bot.Args{Text: "How can I help?"})
	require.Equal(t, []bot.Kind{bot.MessageSent, bot.CallbackDone}, kinds(got), "the first word keeps the promise")
	w.do(vera, bot.DoFinish, bot.Args{})
	require.Equal(t, bot.ClosedDown, w.s.Phase)

	w = newClinic(t)
	w.called()
	w.do(vera, bot.DoClaim, bot.Args{})
	w.refused(bot.NotNow, vera, bot.DoClose, bot.Args{})
	w.do(vera, bot.DoFinish, bot.Args{})
	require.Equal(t, bot.Parked, w.s.Phase, "nothing was said: the promise stands")
}

func TestOneWhoWritesWhileParkedIsInTheQueue(t *testing.T) {
	w := newClinic(t)
	w.called()
	w.type_("It has become worse")
	require.Equal(t, bot.Waiting, w.s.Phase)
	require.Equal(t, []string{"gp"}, w.s.Offered())
	require.NotNil(t, w.s.CallBack, "the promise stands beside it")
	require.Equal(t, 1, count(w.wakes(time.Minute), bot.LeadAlerted))
}

func TestAnAppointmentThatBeginsLeavesNobodyAlone(t *testing.T) {
	w := newClinic(t)
	w.free = true
	w.agreed()
	w.pick("book")
	w.type_("Patient One")
	w.type_("+79161234567")
	require.Equal(t, "times", w.s.Asked.Type)
	w.pick(w.s.Asked.Options[0].ID)
	require.Equal(t, bot.Parked, w.s.Phase)
	start := w.s.NextBooking().Start
	w.wakes(start.Sub(w.now) - time.Second)
	require.Equal(t, bot.Parked, w.s.Phase)
	got := w.wakes(time.Second)
	require.Equal(t, []bot.Kind{bot.BookingDue, bot.BookingMissed, bot.LeadAlerted, bot.BotSaid, bot.QueueJoined}, kinds(got))
	require.True(t, w.s.First)
}

func TestARatingIsGivenOnce(t *testing.T) {
	w := newClinic(t)
	w.queued()
	w.do(vera, bot.DoClaim, bot.Args{})
	w.refused(bot.NotNow, patient, bot.DoRate, bot.Args{Stars: 5})
	w.do(vera, bot.DoFinish, bot.Args{})
	w.refused(bot.Malformed, patient, bot.DoRate, bot.Args{Stars: 6})
	w.refused(bot.TooLarge, patient, bot.DoRate, bot.Args{Stars: 5, Text: strings.Repeat("x", 1001)})
	w.do(patient, bot.DoRate, bot.Args{Stars: 4, Text: "Thank you"})
	require.Equal(t, bot.ClosedDown, w.s.Phase)
	w.refused(bot.NotNow, patient, bot.DoRate, bot.Args{Stars: 1})
}

func TestAnAnswerIsTakenBack(t *testing.T) {
	w := newClinic(t)
	w.agreed()
	w.pick("call")
	w.type_("Patient Oen")
	require.Contains(t, bot.MayDo(patient, w.s), bot.DoBack)
	w.do(patient, bot.DoBack, bot.Args{})
	require.Equal(t, "name", w.s.Asked.Slot)
	require.Empty(t, w.s.Name())
	w.type_("Patient One")
	require.Equal(t, "Patient One", w.s.Name())
}
