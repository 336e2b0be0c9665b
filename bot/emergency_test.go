package bot_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/flows"
)

// A word of the list is heard before anything else, in every phase.
func TestEmergencyWordsAreHeardInEveryPhase(t *testing.T) {
	for name, there := range map[string]func(*world){
		"before the consent": (*world).start,
		"at a choice":        (*world).agreed,
		"waiting":            (*world).queued,
		"parked":             (*world).called,
	} {
		w := newClinic(t)
		there(w)
		phase, at := w.s.Phase, w.s.Memory.Base().At
		got := w.type_("I have chest pain")
		require.Equal(t, bot.MessageSent, got[0].Kind, "%s: what was said is kept", name)
		require.Equal(t, bot.EmergencyRaised, got[1].Kind, name)
		require.Equal(t, 1, count(got, bot.LeadAlerted), "%s: the lead is woken at once", name)
		require.Equal(t, phase, w.s.Phase, "%s: the place is kept", name)
		require.Equal(t, at, w.s.Memory.Base().At, name)
		require.Equal(t, flows.Emergency, w.s.Urgency(), name)
		require.Equal(t, "duty", w.s.Offered()[0], name)
		require.True(t, bot.May(guard, bot.DoClaim, w.s), name)
		require.Contains(t, lastSaid(w), "Call 103 now.", name)

		w.do(guard, bot.DoClaim, bot.Args{})
		require.Equal(t, bot.Consulting, w.s.Phase, name)
		require.Nil(t, w.s.Asked, name)
		require.Nil(t, w.s.Emergency, name)
	}
}

func TestANameIsNotSearched(t *testing.T) {
	w := newClinic(t)
	w.agreed()
	w.pick("doctor")
	w.pick("no")
	w.type_("Chest pain Smith")
	require.Nil(t, w.s.Emergency)
	require.Equal(t, bot.Waiting, w.s.Phase)
}

func TestAFalseAlarmGivesEverythingBack(t *testing.T) {
	w := newClinic(t)
	w.queued()
	offered := w.s.Offered()
	w.type_("chest pain")
	require.Equal(t, []string{"duty", "gp"}, w.s.Offered())
	w.pick("mistake")
	require.Equal(t, offered, w.s.Offered())
	require.Equal(t, flows.Normal, w.s.Urgency())
	require.Nil(t, w.s.Asked)

	w = newClinic(t)
	w.agreed()
	w.pick("doctor")
	w.pick("yes")
	require.Equal(t, "red_flag", w.s.Emergency.By)
	w.pick("mistake")
	require.Equal(t, "name", w.s.Asked.Slot, "it goes on behind the question")
	yes, _ := w.s.Memory.Slots["pressure"].Bool()
	require.True(t, yes, "the answer stays as it was given")
}

// Somebody who has fainted presses no buttons.
func TestSilenceNeverClosesAnEmergency(t *testing.T) {
	w := newClinic(t)
	w.agreed()
	w.type_("can't breathe")
	got := w.wakes(48 * time.Hour)
	require.Equal(t, bot.Intake, w.s.Phase)
	require.Greater(t, count(got, bot.LeadAlerted), 10, "the lead is woken again while nobody comes")
	require.Equal(t, 30*time.Second, got[0].At.Sub(w.s.Emergency.At), "first when the department has not answered")
	require.Zero(t, count(got, bot.BotSaid))
}

func TestAnEmergencyBesideADoctor(t *testing.T) {
	w := newClinic(t)
	w.queued()
	w.do(vera, bot.DoClaim, bot.Args{})
	got := w.type_("chest pain")
	require.Equal(t, []bot.Kind{bot.MessageSent, bot.EmergencyRaised}, kinds(got), "the number as a card, no part")
	require.JSONEq(t, `{"by":"word","phone":"103","department":"duty","title":"doctor on duty","priority":"emergency","card":true}`, string(got[1].Body))
	w.refused(bot.Unknown, guard, bot.DoClaim, bot.Args{})

	got = w.wakes(30 * time.Second)
	require.Equal(t, []bot.Kind{bot.EmergencyOffered, bot.LeadAlerted}, kinds(got))
	require.Contains(t, bot.MayDo(guard, w.s), bot.DoClaim)
	got = w.do(guard, bot.DoClaim, bot.Args{})
	require.Equal(t, []bot.Kind{bot.DoctorReleased, bot.DoctorAssigned, bot.EmergencyEnded}, kinds(got))
	require.Equal(t, "doctor_4", w.s.Doctor)

	w = newClinic(t)
	w.queued()
	w.do(vera, bot.DoClaim, bot.Args{})
	w.type_("chest pain")
	w.do(vera, bot.DoSend, bot.Args{Text: "Call 103, I stay with you."})
	require.Nil(t, w.s.Emergency, "the doctor's word ends it")
	require.Zero(t, count(w.wakes(time.Minute), bot.EmergencyOffered))
}

// Whoever takes an emergency and says nothing gives it back as one.
func TestAnEmergencyThatIsTakenInSilenceComesBack(t *testing.T) {
	w := newClinic(t)
	w.agreed()
	w.type_("chest pain")
	w.do(guard, bot.DoClaim, bot.Args{})
	w.wakes(2 * time.Minute)
	require.Equal(t, bot.Waiting, w.s.Phase)
	require.NotNil(t, w.s.Emergency)
	require.Equal(t, []string{"duty"}, w.s.Offered())
}

func TestAClosedConversationIsSearchedFirst(t *testing.T) {
	w := newClinic(t)
	w.agreed()
	w.wakes(25 * time.Hour)
	require.Equal(t, bot.CloseSilence, w.s.ClosedWhy)
	w.type_("chest pain")
	require.Equal(t, bot.Intake, w.s.Phase)
	require.NotNil(t, w.s.Emergency)
	w.pick("mistake")
	require.Equal(t, "choice", w.s.Asked.Type, "back at the question at which it was closed")

	w = newClinic(t)
	w.queued()
	w.do(vera, bot.DoClaim, bot.Args{})
	w.do(vera, bot.DoFinish, bot.Args{})
	require.Equal(t, bot.ClosedDown, w.s.Phase)
	w.type_("chest pain")
	require.Equal(t, bot.Waiting, w.s.Phase)
	require.Equal(t, []string{"duty", "gp"}, w.s.Offered())
}

func TestAnAdminEndsAnEmergency(t *testing.T) {
	w := newClinic(t)
	w.queued()
	w.type_("chest pain")
	w.refused(bot.Forbidden, vera, bot.DoEndEmergency, bot.Args{})
	w.do(lead, bot.DoEndEmergency, bot.Args{})
	require.Equal(t, []string{"gp"}, w.s.Offered())
	w.refused(bot.NotNow, lead, bot.DoEndEmergency, bot.Args{})
	w.pick("mistake")
	require.Equal(t, bot.Waiting, w.s.Phase)
}

// While the emergency asks, a rung widens and alerts, and neither says nor asks.
func TestRungsAreQuietInAnEmergency(t *testing.T) {
	w := newClinic(t)
	w.queued()
	w.type_("chest pain")
	step := w.s.Asked.Step
	got := w.wakes(21 * time.Minute)
	require.Equal(t, 4, count(got, bot.WaitReached))
	require.Zero(t, count(got, bot.BotSaid)+count(got, bot.BotAsked))
	require.Equal(t, []string{"duty", "gp"}, w.s.Offered())
	require.Equal(t, step, w.s.Asked.Step, "its question stays")
}

func TestAnEndInAnEmergencyParks(t *testing.T) {
	w := newClinic(t)
	w.start()
	w.pick("refuse")
	require.Equal(t, bot.ClosedDown, w.s.Phase)

	w = newClinic(t)
	w.agreed()
	w.type_("chest pain")
	w.pick("stay")
	require.Equal(t, bot.Waiting, w.s.Phase)
	require.Equal(t, []string{"duty"}, w.s.Offered())
	require.Equal(t, flows.Emergency, w.s.Urgency(), "until a doctor takes it")
}

func lastSaid(w *world) string {
	for i := len(w.journal) - 1; i >= 0; i-- {
		if w.journal[i].Kind == bot.BotSaid {
			return string(w.journal[i].Body)
		}
	}
	return ""
}
