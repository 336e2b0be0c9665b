package bot_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bedside/bot"
	"bedside/flows"
)

// here is a doctor with a console open and nothing to do.
func here(a bot.Actor) bot.DoctorNow { return bot.DoctorNow{Actor: a, Here: true, Duty: bot.DutyOn} }

// doctor is the n-th of gp.
func doctor(n int, departments ...string) bot.Actor {
	if len(departments) == 0 {
		departments = []string{"gp"}
	}
	return bot.Actor{Role: bot.Doctor, Login: fmt.Sprintf("doctor_%d", n), Name: fmt.Sprintf("Doctor %d", n), Departments: departments, TrueConfID: "tc"}
}

// crew are doctors of whom each is changed as a row of a table wants it.
func (w *world) crew(all ...bot.DoctorNow) {
	w.doctors = func() []bot.DoctorNow { return slices.Clone(all) }
}

// rung is who is rung, or "".
func (w *world) rung() string {
	if w.s.Offer == nil {
		return ""
	}
	return w.s.Offer.Doctor
}

// orders is a flow whose three departments ring in the three orders; the fourth
// prefers who saw the patient.
func orders(t *testing.T, offer, prefer string) *flows.Program {
	t.Helper()
	source := strings.Replace(visitFlow, "hours: always, reply_within: 4m}",
		"hours: always, reply_within: 4m, answer_within: 40s, offer: "+offer+prefer+"}", 1)
	p, problems := flows.Compile([]flows.File{{Path: "visit.yaml", Data: []byte(source)}})
	require.NotNil(t, p, "%v", problems)
	return p
}

func TestWhoIsRungFirst(t *testing.T) {
	ago := func(m int) time.Time { return noon.Add(-time.Duration(m) * time.Minute) }
	change := func(d bot.DoctorNow, f func(*bot.DoctorNow)) bot.DoctorNow { f(&d); return d }
	one, two, three := here(doctor(1)), here(doctor(2)), here(doctor(3))
	open := func(d bot.DoctorNow, n int) bot.DoctorNow { return change(d, func(d *bot.DoctorNow) { d.Open = n }) }
	took := func(d bot.DoctorNow, m int) bot.DoctorNow {
		return change(d, func(d *bot.DoctorNow) { d.LastTook = ago(m) })
	}
	idle := func(d bot.DoctorNow, m int) bot.DoctorNow {
		return change(d, func(d *bot.DoctorNow) { d.IdleFrom = ago(m) })
	}
	rows := []struct {
		name, offer string
		crew        []bot.DoctorNow
		want        string
		why         bot.ChosenBy
	}{
		{"the fewest", "least_busy", []bot.DoctorNow{open(one, 2), open(two, 1), open(three, 2)}, "doctor_2", bot.ByLeastBusy},
		{"as few: who took one longest ago", "least_busy", []bot.DoctorNow{took(open(one, 1), 3), took(open(two, 1), 9)}, "doctor_2", bot.ByLeastBusy},
		{"nobody ever took one: by login", "least_busy", []bot.DoctorNow{two, one}, "doctor_1", bot.ByLeastBusy},
		{"the longest idle", "longest_idle", []bot.DoctorNow{idle(one, 5), idle(two, 50), idle(three, 7)}, "doctor_2", bot.ByLongestIdle},
		{"who has somebody is not idle", "longest_idle", []bot.DoctorNow{open(one, 1), idle(two, 1)}, "doctor_2", bot.ByLongestIdle},
		{"in turn", "round_robin", []bot.DoctorNow{took(one, 1), took(open(two, 2), 8), took(three, 4)}, "doctor_2", bot.ByRoundRobin},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			w := newWorld(t)
			w.program = orders(t, row.offer, "")
			w.waiting()
			w.crew(row.crew...)
			entries := w.do(system, bot.DoOffer, bot.Args{})
			require.Equal(t, []bot.Kind{bot.OfferMade}, kinds(entries))
			require.Equal(t, row.want, w.s.Offer.Doctor)
			require.Equal(t, row.why, w.s.Offer.Why)
			require.Equal(t, w.now.Add(40*time.Second), w.s.Offer.Until)
			require.Len(t, w.s.Offer.Considered, len(row.crew), "everybody was considered")
			for _, c := range w.s.Offer.Considered {
				want := bot.NotFirst
				if c.Doctor == row.want {
					want = ""
				}
				require.Equal(t, want, c.Not, c.Doctor)
			}
			require.Empty(t, w.s.Offer.TrueConfID, "no room stands: no app is rung for a chat")
		})
	}
}

func TestWhoIsPassedOver(t *testing.T) {
	rows := map[bot.NotThey]func(*bot.DoctorNow){
		bot.NotHere:    func(d *bot.DoctorNow) { d.Here = false },
		bot.NotAway:    func(d *bot.DoctorNow) { d.Duty = bot.DutyAway },
		bot.NotBusy:    func(d *bot.DoctorNow) { d.Duty = bot.DutyBusy },
		bot.NotInCall:  func(d *bot.DoctorNow) { d.InCall, d.Open = true, 1 },
		bot.NotFree:    func(d *bot.DoctorNow) { d.Open = 3 },
		bot.NotRinging: func(d *bot.DoctorNow) { d.Ringing = "c_2" },
	}
	for not, change := range rows {
		t.Run(string(not), func(t *testing.T) {
			w := newWorld(t)
			w.waiting()
			one, two := here(doctor(1)), here(doctor(2))
			change(&one)
			w.crew(one)
			require.Empty(t, w.do(system, bot.DoOffer, bot.Args{}), "nobody is free")
			w.crew(one, two)
			w.do(system, bot.DoOffer, bot.Args{})
			require.Equal(t, "doctor_2", w.rung())
			require.Contains(t, w.s.Offer.Considered, bot.Considered{Doctor: "doctor_1", Not: not, Open: one.Open})
		})
	}
	t.Run("as many as they take", func(t *testing.T) {
		w := newWorld(t)
		w.waiting()
		one := here(doctor(1))
		one.Open, one.Actor.Capacity = 3, 4
		w.crew(one)
		w.do(system, bot.DoOffer, bot.Args{})
		require.Equal(t, "doctor_1", w.rung())
	})
	t.Run("another department's", func(t *testing.T) {
		w := newWorld(t)
		w.waiting()
		w.crew(here(doctor(1, "kids")))
		require.Empty(t, w.do(system, bot.DoOffer, bot.Args{}))
	})
	t.Run("nobody knows who is there", func(t *testing.T) {
		w := newWorld(t)
		w.waiting()
		require.Empty(t, w.do(system, bot.DoOffer, bot.Args{}))
	})
}

func TestWhoSawThePatientBeforeIsRungFirst(t *testing.T) {
	w := newWorld(t)
	w.program = orders(t, "least_busy", ", prefer: same_doctor")
	w.startSigned("person_1", map[string]string{"name": "Patient One"})
	w.do(patient, bot.DoChoose, bot.Args{Step: w.s.Asked.Step, Option: "doctor"})
	w.do(patient, bot.DoSkip, bot.Args{Step: w.s.Asked.Step})
	two, three := here(doctor(2)), here(doctor(3))
	two.Open, three.Open = 1, 2
	w.crew(here(doctor(1)), two, three)
	w.knows = []string{"doctor_3", "doctor_2"}
	w.do(system, bot.DoOffer, bot.Args{})
	require.Equal(t, "doctor_3", w.rung(), "the last who saw them, in an earlier conversation")
	require.Equal(t, bot.BySameDoctor, w.s.Offer.Why)
	w.do(doctor(2), bot.DoClaim, bot.Args{})
	w.do(doctor(2), bot.DoRelease, bot.Args{})
	w.do(system, bot.DoOffer, bot.Args{})
	require.Equal(t, "doctor_3", w.rung(), "not back to the one who has just given them back")
}

func TestAnOfferGoesFromOneToTheNext(t *testing.T) {
	w := newWorld(t)
	w.waiting()
	w.crew(here(doctor(1)), here(doctor(2)), here(doctor(3)))
	w.do(system, bot.DoOffer, bot.Args{})
	require.Equal(t, "doctor_1", w.rung())
	require.Contains(t, lists(w.s), bot.ListRung("doctor_1"))
	require.Empty(t, w.do(system, bot.DoOffer, bot.Args{}), "one at a time")

	w.refused(bot.NotNow, doctor(2), bot.DoDecline, bot.Args{})
	got := w.do(doctor(1), bot.DoDecline, bot.Args{Reason: "on my way home"})
	require.Equal(t, []bot.Kind{bot.OfferEnded, bot.OfferMade}, kinds(got), "the next in the same commit")
	require.Equal(t, "doctor_2", w.rung())
	w.refused(bot.NotNow, doctor(1), bot.DoDecline, bot.Args{})

	got = w.wakes(time.Minute)
	require.Equal(t, []bot.Kind{bot.OfferEnded, bot.OfferMade}, kinds(got))
	require.Equal(t, "doctor_3", w.rung())
	got = w.wakes(time.Minute)
	require.Equal(t, []bot.Kind{bot.OfferEnded}, kinds(got), "all were asked; the ladder goes on")
	require.False(t, bot.Wake(w.s, w.limits, w.program).IsZero())
	require.Empty(t, w.do(system, bot.DoOffer, bot.Args{}))

	w.wakes(5 * time.Minute)
	w.do(system, bot.DoOffer, bot.Args{})
	require.Equal(t, "doctor_1", w.rung(), "a rung of the wait begins the round anew")

	w.do(doctor(1), bot.DoClaim, bot.Args{})
	require.Equal(t, bot.Consulting, w.s.Phase)
	require.Empty(t, w.rung())
	last := w.journal[len(w.journal)-1]
	require.Contains(t, string(last.Body), `"why":"least_busy"`)
	require.Contains(t, string(last.Body), `"considered":`)
}

func TestAClaimByHandWinsOverAnOffer(t *testing.T) {
	w := newWorld(t)
	w.waiting()
	w.crew(here(doctor(1)), here(doctor(2)))
	w.do(system, bot.DoOffer, bot.Args{})
	require.Equal(t, "doctor_1", w.rung())
	w.do(doctor(2), bot.DoClaim, bot.Args{})
	require.Equal(t, "doctor_2", w.s.Doctor)
	require.Nil(t, w.s.Offer)
	last := w.journal[len(w.journal)-1]
	require.Contains(t, string(last.Body), `"why":"claim"`)
	require.Contains(t, string(last.Body), `{"doctor":"doctor_1","not":"offered"}`)
	w.refused(bot.Taken, doctor(1), bot.DoClaim, bot.Args{})
}

func TestAnOfferThatNobodyCouldHaveAnsweredIsNotMissed(t *testing.T) {
	for name, gone := range map[string]func(*world){
		"no process ran":        func(w *world) { w.now = w.now.Add(time.Hour) },
		"the console went dark": func(w *world) { w.now = w.s.Offer.Until; w.doctors = func() []bot.DoctorNow { return nil } },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.waiting()
			w.crew(here(doctor(1)))
			w.do(system, bot.DoOffer, bot.Args{})
			gone(w)
			got := w.do(system, bot.DoWake, bot.Args{})
			require.Equal(t, bot.OfferEnded, got[0].Kind)
			require.Contains(t, string(got[0].Body), `"gone"`)
		})
	}
}

func TestAnEmergencyIsRungForBeforeAllElse(t *testing.T) {
	w := newClinic(t)
	w.queued()
	full := here(doctor(9, "duty"))
	full.Open = 7
	w.crew(here(doctor(1)), full)
	w.do(system, bot.DoOffer, bot.Args{})
	require.Equal(t, "doctor_1", w.rung())
	w.now = w.now.Add(time.Second)
	got := w.type_("chest pain")
	require.Equal(t, 1, count(got, bot.OfferEnded), "who was rung before stands back")
	require.Equal(t, "doctor_9", w.rung(), "full hands are no reason in an emergency")
	w.do(doctor(9, "duty"), bot.DoDecline, bot.Args{})
	require.Equal(t, "doctor_1", w.rung(), "and the queue's own after them")
}

func TestATransferToADoctorRingsThem(t *testing.T) {
	w := newWorld(t)
	w.crew(here(doctor(1)), here(doctor(2)), here(doctor(3, "kids")))
	w.staff = map[string]bot.Actor{"doctor_1": doctor(1), "doctor_2": doctor(2), "doctor_3": doctor(3, "kids"), "lead": lead}
	w.waiting()
	w.do(doctor(1), bot.DoClaim, bot.Args{})
	w.refused(bot.Invalid, doctor(1), bot.DoTransfer, bot.Args{To: "doctor/nobody"})
	w.refused(bot.Invalid, doctor(1), bot.DoTransfer, bot.Args{To: "doctor/lead"})
	w.refused(bot.Invalid, doctor(1), bot.DoTransfer, bot.Args{To: "doctor/doctor_1"})
	w.do(doctor(1), bot.DoTransfer, bot.Args{To: "doctor/doctor_3", Reason: "a child"})
	require.Equal(t, bot.Waiting, w.s.Phase)
	require.Equal(t, "doctor_3", w.rung())
	require.Equal(t, "kids", w.s.Department)
	require.Equal(t, bot.ByTransfer, w.s.Offer.Why)
	w.do(doctor(3, "kids"), bot.DoClaim, bot.Args{})

	gone := here(doctor(2))
	gone.Here = false
	w.crew(here(doctor(1)), gone, here(doctor(3, "kids")))
	w.refused(bot.NotNow, doctor(3, "kids"), bot.DoTransfer, bot.Args{To: "doctor/doctor_2"})
	w.crew(here(doctor(1)), here(doctor(2)), here(doctor(3, "kids")))
	w.do(doctor(3, "kids"), bot.DoTransfer, bot.Args{To: "doctor/doctor_2"})
	w.wakes(time.Minute)
	require.Equal(t, bot.Waiting, w.s.Phase)
	require.Equal(t, "doctor_1", w.rung(), "who does not answer is followed by the department's")
}

func TestWhoSignsOutGivesBackWhatTheyHave(t *testing.T) {
	w := newWorld(t)
	w.consulting()
	require.Empty(t, w.do(system, bot.DoLeave, bot.Args{Doctor: "doctor_9"}))
	w.crew(here(igor))
	w.do(system, bot.DoLeave, bot.Args{Doctor: igor.Login})
	require.Equal(t, bot.Waiting, w.s.Phase)
	require.Empty(t, w.do(system, bot.DoOffer, bot.Args{}), "not back to the one who is about to go")
}

// Doctors come and go, are rung, decline, miss and help themselves in any order.
func TestOffersInAnyOrder(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := newClinic(t)
		w.t = t
		staff := []bot.Actor{doctor(1), doctor(2), doctor(3, "gp", "duty"), doctor(4, "duty")}
		w.staff = map[string]bot.Actor{}
		for _, a := range staff {
			w.staff[a.Login] = a
		}
		now := map[string]bot.DoctorNow{}
		w.doctors = func() []bot.DoctorNow {
			var out []bot.DoctorNow
			for _, a := range staff {
				out = append(out, now[a.Login])
			}
			return out
		}
		for _, a := range staff {
			now[a.Login] = here(a)
		}
		w.queued()
		for range rapid.IntRange(1, 40).Draw(r, "steps") {
			a := rapid.SampledFrom(staff).Draw(r, "doctor")
			switch rapid.IntRange(0, 8).Draw(r, "what") {
			case 0:
				d := now[a.Login]
				d.Here = rapid.Bool().Draw(r, "here")
				d.Duty = rapid.SampledFrom([]bot.DutyState{bot.DutyOn, bot.DutyBusy, bot.DutyAway}).Draw(r, "duty")
				d.Open = rapid.IntRange(0, 4).Draw(r, "open")
				d.Ringing = rapid.SampledFrom([]string{"", "", "c_9"}).Draw(r, "ringing")
				now[a.Login] = d
				if w.rung() == a.Login && !d.Here {
					step(r, w, system, bot.DoOfferGone, bot.Args{Doctor: a.Login})
				}
			case 1:
				toDeadline(r, w)
			case 2:
				step(r, w, a, bot.DoDecline, bot.Args{})
			case 3:
				step(r, w, a, bot.DoClaim, bot.Args{})
			case 4:
				step(r, w, a, rapid.SampledFrom([]bot.Do{bot.DoRelease, bot.DoFinish}).Draw(r, "gives back"), bot.Args{})
			case 5:
				step(r, w, a, bot.DoTransfer, bot.Args{To: "doctor/" + rapid.SampledFrom(staff).Draw(r, "to").Login})
			case 6:
				step(r, w, patient, bot.DoSend, bot.Args{Text: rapid.SampledFrom([]string{"hello", "chest pain"}).Draw(r, "text")})
			default:
				step(r, w, system, bot.DoOffer, bot.Args{})
			}
			offered(r, w, now)
		}
	})
}

// offered holds what is promised of an offer and of a wait without one.
func offered(r require.TestingT, w *world, now map[string]bot.DoctorNow) {
	s := w.s
	claims := 0
	for _, c := range bot.Claims(s) {
		if c.Space == bot.SpaceOffer {
			claims++
		}
	}
	if o := s.Offer; o != nil {
		require.Equal(r, 1, claims, "the bell of one doctor is taken")
		require.Contains(r, s.Offered(), o.Department)
		require.NotEqual(r, s.Doctor, o.Doctor)
		require.False(r, bot.Wake(s, w.limits, w.program).After(o.Until), "an offer without an end")
		taken := 0
		for _, c := range o.Considered {
			if c.Not == "" {
				taken++
				require.Equal(r, o.Doctor, c.Doctor)
			}
		}
		require.Equal(r, 1, taken, "the entry says who it is")
		return
	}
	require.Zero(r, claims)
	if s.Phase == bot.Waiting {
		require.False(r, bot.Wake(s, w.limits, w.program).IsZero(), "nobody is rung and nothing will happen")
	}
}

func lists(s bot.State) []string {
	var out []string
	for _, l := range bot.HeadOf(s).Lists {
		out = append(out, l.List)
	}
	return out
}
