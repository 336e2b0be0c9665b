package bot_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
)

// Who was busy already when they were rung, in an emergency or by a colleague, is rung
// as long as anybody; who says so while it rings is not.
func TestWhoIsRungThoughBusyIsRungToTheEnd(t *testing.T) {
	busy := here(doctor(1))
	busy.Duty = bot.DutyBusy
	gone := bot.Args{Doctor: busy.Actor.Login}
	for name, ring := range map[string]func(*world){
		"by a colleague": func(w *world) {
			w.staff = map[string]bot.Actor{"doctor_1": doctor(1), igor.Login: igor}
			w.consulting()
			w.do(igor, bot.DoTransfer, bot.Args{To: "doctor/doctor_1"})
		},
		"in an emergency": func(w *world) {
			w.waiting()
			w.writes(bot.EmergencyRaised, bot.Raised{By: "word", Department: "gp"})
			w.do(system, bot.DoOffer, bot.Args{})
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.crew(busy)
			ring(w)
			require.Equal(t, "doctor_1", w.rung())
			w.now = w.now.Add(15 * time.Second)
			require.Empty(t, w.do(system, bot.DoOfferGone, gone))
			now := busy
			now.Since = w.now
			w.crew(now)
			require.NotEmpty(t, w.do(system, bot.DoOfferGone, gone))
			now.Here = false
			w.crew(now)
			w.do(system, bot.DoOfferGone, gone)
			require.Empty(t, w.rung(), "nobody hears it")
		})
	}
}

// Whoever was rung in vain in an emergency is rung again whenever the lead is woken
// again, also where the patient stands in no queue with rungs of its own.
func TestAnEmergencyIsRungForAgainAndAgain(t *testing.T) {
	w := newClinic(t)
	w.agreed()
	w.crew(here(guard))
	w.type_("chest pain")
	w.do(system, bot.DoOffer, bot.Args{})
	require.Equal(t, bot.Intake, w.s.Phase)
	require.Equal(t, guard.Login, w.rung())
	for range 3 {
		for w.rung() != "" {
			w.wakes(time.Second)
		}
		alerts := w.s.Emergency.Alerts
		w.do(system, bot.DoOffer, bot.Args{})
		require.Empty(t, w.rung(), "not without a pause")
		for w.s.Emergency.Alerts == alerts {
			w.wakes(10 * time.Second)
		}
		w.do(system, bot.DoOffer, bot.Args{})
		require.Equal(t, guard.Login, w.rung())
	}
}

// The seat that is kept while a doctor's app rings is theirs who accept, whoever waits.
func TestTheSeatOfAnOfferIsItsOwn(t *testing.T) {
	w := newVideo(t)
	w.offered(vera)
	seats := w.s.Offer.Seats
	require.Len(t, seats, 1)
	w.claimed = claimedBy(map[string]string{"seat live/" + itoa(seats[0]): w.s.ID})
	w.others = func() bool { return true }
	w.do(vera, bot.DoClaim, bot.Args{})
	require.Empty(t, w.s.Call.Lacks)
	require.Equal(t, seats, w.s.Call.Seats)
}

// A colleague who was named is rung outside the hours too: what the flow has for a
// closed department is for those for whom nobody is there.
func TestAColleagueIsRungAfterClosingToo(t *testing.T) {
	c := newSurgery(t, bookFlow, vera, igor)
	c.doctors = []bot.DoctorNow{here(vera), here(igor)}
	c.calls("c_1", vera)
	c.hangsUp("c_1", vera)
	c.now = c.now.Add(10 * time.Hour)
	c.do("c_1", vera, bot.DoTransfer, bot.Args{To: "doctor/" + igor.Login})
	s := c.state("c_1")
	require.Equal(t, bot.Waiting, s.Phase)
	require.NotNil(t, s.Offer)
	require.Equal(t, igor.Login, s.Offer.Doctor)
}
