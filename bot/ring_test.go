package bot_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/flows"
)

// newVideo is a world whose hand-over is a visit by video at once.
func newVideo(t *testing.T) *world {
	t.Helper()
	w := newWorld(t)
	p, problems := flows.Compile([]flows.File{{Path: "visit.yaml", Data: []byte(strings.Replace(visitFlow, "- hand_over: gp", "- video: gp", 1))}})
	require.NotNil(t, p, "%v", problems)
	w.program = p
	w.staff = map[string]bot.Actor{vera.Login: vera, igor.Login: igor}
	return w
}

// offered leads to an offer of a visit by video to the doctors, the first of them.
func (w *world) offered(all ...bot.Actor) {
	w.t.Helper()
	var crew []bot.DoctorNow
	for _, a := range all {
		crew = append(crew, here(a))
	}
	w.crew(crew...)
	w.waiting()
	w.do(system, bot.DoOffer, bot.Args{})
	require.NotNil(w.t, w.s.Offer)
}

func TestTheAppOfWhoIsOfferedAVisitIsRung(t *testing.T) {
	w := newVideo(t)
	w.offered(vera)
	o := w.s.Offer
	require.True(t, o.RingsApp())
	require.Len(t, o.Seats, 1, "the patient's, kept while it rings")
	require.Len(t, bot.Claims(w.s), 2)
	require.Equal(t, []bot.Wish{{Deed: bot.RingOffer, Room: o.Room(), How: bot.ByApp, Owner: "doctor1"}}, bot.Wishes(w.s))
	rung := bot.Args{Call: o.Call, Doctor: vera.Login}
	require.Len(t, w.do(system, bot.DoRingOffer, rung), 1)
	require.Empty(t, w.do(system, bot.DoRingOffer, rung), "at most once")
	require.Empty(t, bot.Wishes(w.s), "its room stays while it rings")

	got := kinds(w.do(vera, bot.DoClaim, bot.Args{}))
	require.Equal(t, []bot.Kind{bot.DoctorAssigned, bot.CallRequested}, got, "in one commit")
	require.Equal(t, o.Call, w.s.Call.ID, "the call into whose room the app is rung")
	require.Equal(t, o.Seats, w.s.Call.Seats)
	require.Equal(t, bot.MakeRoom, bot.Wishes(w.s)[0].Deed)
}

func TestToAnswerInTheAppIsToAccept(t *testing.T) {
	w := newVideo(t)
	w.offered(vera)
	o := w.s.Offer
	args := bot.Args{Call: o.Call, Doctor: vera.Login}
	w.do(system, bot.DoRingOffer, args)
	require.Empty(t, w.do(system, bot.DoAnswered, bot.Args{Call: "call_0", Doctor: vera.Login}), "of another offer")
	got := w.do(system, bot.DoAnswered, args)
	require.Equal(t, []bot.Kind{bot.DoctorAssigned, bot.CallRequested, bot.CallRung}, kinds(got))
	require.Equal(t, vera.Login, got[0].By.Login, "the doctor's own deed")
	require.Equal(t, vera.Login, w.s.Doctor)
	w.do(system, bot.DoMade, w.ofCall())
	require.Empty(t, bot.Wishes(w.s), "who has answered is not rung again")
	require.Empty(t, w.do(system, bot.DoAnswered, args))
}

func TestAnOfferThatIsNotTakenLeavesNothing(t *testing.T) {
	for name, end := range map[string]func(*world){
		"missed":                func(w *world) { w.pass(time.Minute + time.Second) },
		"declined":              func(w *world) { w.do(vera, bot.DoDecline, bot.Args{}) },
		"another takes it":      func(w *world) { w.do(igor, bot.DoClaim, bot.Args{}); w.do(igor, bot.DoHangUp, bot.Args{}) },
		"the patient goes away": func(w *world) { w.do(patient, bot.DoClose, bot.Args{}) },
		"by the page, not rung": func(w *world) {
			w.do(vera, bot.DoClaim, bot.Args{How: bot.ByPage})
			w.do(vera, bot.DoHangUp, bot.Args{})
		},
		"after it was given up":  func(w *world) { w.crew(); w.do(system, bot.DoOfferGone, bot.Args{Doctor: vera.Login}) },
		"answered, then hung up": func(w *world) { w.do(vera, bot.DoClaim, bot.Args{}); w.do(vera, bot.DoHangUp, bot.Args{}) },
	} {
		t.Run(name, func(t *testing.T) {
			w := newVideo(t)
			w.offered(vera)
			room := w.s.Offer.Room()
			end(w)
			require.False(t, w.s.Offer.RingsApp())
			require.Contains(t, bot.Wishes(w.s), bot.Wish{Deed: bot.RemoveRoom, Room: room})
			for r := range w.s.Rooms {
				w.do(system, bot.DoRemoved, bot.Args{Call: r.Call, Attempt: r.Attempt})
			}
			require.Empty(t, bot.Claims(w.s))
			require.Empty(t, bot.Wishes(w.s))
		})
	}
}

func TestWhenNoAppIsRung(t *testing.T) {
	for name, spoil := range map[string]func(*world){
		"no seat is free": func(w *world) {
			w.claimed = claimedBy(map[string]string{"seat live/1": "c_2", "seat live/2": "c_2"})
		},
		"others wait for one": func(w *world) { w.others = func() bool { return true } },
		"no room is free": func(w *world) {
			w.limits.MaxCalls, w.claimed = 1, claimedBy(map[string]string{"room live/1": "c_2"})
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newVideo(t)
			spoil(w)
			w.offered(vera)
			require.Equal(t, vera.Login, w.rung(), "the console rings all the same")
			require.False(t, w.s.Offer.RingsApp())
			require.Empty(t, bot.Wishes(w.s))
		})
	}
	w := newVideo(t)
	w.offered(igor)
	require.False(t, w.s.Offer.RingsApp(), "a doctor without a TrueConf ID")
	w = newWorld(t)
	w.offered(vera)
	require.False(t, w.s.Offer.RingsApp(), "a chat rings no app")
}
