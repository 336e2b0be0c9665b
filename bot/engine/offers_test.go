package engine_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/engine"
)

// town is who of a clinic has a console open.
type town struct {
	mu   sync.Mutex
	here map[string]bool
}

func (p *town) present(login string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.here[login]
}

func (p *town) set(login string, here bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.here[login] = here
}

// newTown is a house in which somebody knows who is there: these are.
func newTown(t *testing.T, here ...bot.Actor) (*house, *town) {
	t.Helper()
	p := &town{here: map[string]bool{}}
	for _, a := range here {
		p.here[a.Login] = true
	}
	h := newHouse(t, func(o *engine.Options) { o.Present, o.Effects = p.present, false })
	return h, p
}

func (h *house) rung(a bot.Actor) string {
	h.t.Helper()
	if o := h.state(a).Offer; o != nil {
		return o.Doctor
	}
	return ""
}

// comes is a console that opens or goes dark.
func (h *house) comes(p *town, a bot.Actor, here bool) {
	p.set(a.Login, here)
	h.e.Presence(a.Login)
	synctest.Wait()
}

func TestOneIsRungAndThenTheNextAndThenTheLadder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, _ := newTown(t, vera, igor)
		defer h.run()()
		a := h.waiting("anna")
		synctest.Wait()
		require.Equal(t, vera.Login, h.rung(a), "at once")
		time.Sleep(59 * time.Second)
		synctest.Wait()
		require.Equal(t, vera.Login, h.rung(a))
		time.Sleep(time.Second)
		synctest.Wait()
		require.Equal(t, igor.Login, h.rung(a), "answer_within is over")
		time.Sleep(time.Minute)
		synctest.Wait()
		require.Empty(t, h.rung(a), "nobody is left")
		time.Sleep(3 * time.Minute)
		synctest.Wait()
		kinds := h.kinds(a.Conversation)
		require.Equal(t, 1, count(kinds, bot.WaitReminded), "the ladder")
		require.Equal(t, 1, count(kinds, bot.LeadAlerted))
		require.Equal(t, vera.Login, h.rung(a), "and with it the round begins anew")
	})
}

func TestTwoMissedOffersInARowAndTheDoctorIsAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, _ := newTown(t, vera)
		defer h.run()()
		duty := func() engine.Duty {
			d, err := h.e.Duty(t.Context(), vera)
			require.NoError(t, err)
			return d
		}
		require.Equal(t, engine.Duty{State: bot.DutyOn, Most: 3}, duty(), "who has never said is on duty")
		a, b := h.waiting("anna"), h.waiting("boris")
		time.Sleep(time.Minute)
		synctest.Wait()
		require.Equal(t, vera.Login, h.rung(b), "the next patient, once the first has been missed")
		require.Equal(t, bot.DutyOn, duty().State)
		h.do(vera, b.Conversation, bot.DoDecline, bot.Args{Reason: "lunch"})
		c := h.waiting("clara")
		time.Sleep(time.Minute)
		synctest.Wait()
		require.Equal(t, bot.DutyOn, duty().State, "an answer in between ends the count")
		d := h.waiting("david")
		time.Sleep(time.Minute)
		synctest.Wait()
		require.Equal(t, bot.DutyAway, duty().State)
		require.True(t, duty().Missed)
		time.Sleep(time.Hour)
		synctest.Wait()
		for _, p := range []bot.Actor{a, b, c, d} {
			require.Empty(t, h.rung(p), "nobody away is rung")
		}
		_, err := h.e.SetDuty(t.Context(), vera, bot.DutyOn)
		require.NoError(t, err)
		synctest.Wait()
		require.False(t, duty().Missed)
		require.Equal(t, vera.Login, h.rung(a), "who is back takes the first of the queue at once")
	})
}

func TestCapacityThatIsFreedTakesTheNextAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		one := vera
		one.Capacity = 1
		p := &town{here: map[string]bool{one.Login: true}}
		h := newHouse(t, func(o *engine.Options) {
			o.Present, o.Effects = p.present, false
			o.Staff = func(context.Context) map[string]bot.Actor { return map[string]bot.Actor{one.Login: one} }
		})
		defer h.run()()
		a := h.waiting("anna")
		synctest.Wait()
		h.do(one, a.Conversation, bot.DoClaim, bot.Args{})
		time.Sleep(time.Second)
		b := h.waiting("boris")
		time.Sleep(time.Second)
		c := h.waiting("clara")
		synctest.Wait()
		require.Empty(t, h.rung(b)+h.rung(c), "one at a time")
		h.do(one, a.Conversation, bot.DoClose, bot.Args{})
		synctest.Wait()
		require.Equal(t, one.Login, h.rung(b), "in the order of the queue")
		require.Empty(t, h.rung(c))
		h.do(one, b.Conversation, bot.DoDecline, bot.Args{})
		synctest.Wait()
		require.Equal(t, one.Login, h.rung(c), "a doctor who declines one is rung for the next")
		h.do(bot.Actor{Role: bot.Patient, Conversation: c.Conversation}, c.Conversation, bot.DoClose, bot.Args{})
		synctest.Wait()
		require.Empty(t, h.records(bot.SpaceOffer), "who leaves takes the ring along")
	})
}

func TestAConsoleThatGoesDarkIsRungNoLonger(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, p := newTown(t, vera, igor)
		defer h.run()()
		time.Sleep(31 * time.Second)
		a := h.waiting("anna")
		synctest.Wait()
		require.Equal(t, vera.Login, h.rung(a))
		h.comes(p, vera, false)
		require.Equal(t, igor.Login, h.rung(a), "at once")
		h.comes(p, igor, false)
		require.Empty(t, h.rung(a))
		h.comes(p, vera, true)
		require.Equal(t, vera.Login, h.rung(a), "who comes back is rung again: they have missed nothing")
		_, err := h.e.SetDuty(t.Context(), vera, bot.DutyBusy)
		require.NoError(t, err)
		synctest.Wait()
		require.Empty(t, h.rung(a), "nor whoever says that they are busy")
	})
}

func TestARestartForgetsNoOfferAndTakesNobodyForAbsent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, p := newTown(t, vera, igor)
		stop := h.run()
		a := h.waiting("anna")
		synctest.Wait()
		require.Equal(t, vera.Login, h.rung(a))
		stop()
		p.set(vera.Login, false)
		p.set(igor.Login, false)
		time.Sleep(10 * time.Second)
		h.restart()
		defer h.run()()
		time.Sleep(20 * time.Second)
		synctest.Wait()
		require.Equal(t, vera.Login, h.rung(a), "browsers come back one after the other")
		h.comes(p, igor, true)
		time.Sleep(15 * time.Second)
		synctest.Wait()
		require.Equal(t, igor.Login, h.rung(a), "who has not come back is rung no longer")
		d, err := h.e.Duty(t.Context(), vera)
		require.NoError(t, err)
		require.Equal(t, bot.DutyOn, d.State, "and has missed nothing")
	})
}

func TestASignedPersonsDoctorIsKnown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, _ := newTown(t, vera, igor)
		h.lib.p.Store(compile(t, strings.Replace(shortFlow, "reply_within: 4m}", "reply_within: 4m, prefer: same_doctor}", 1)))
		defer h.run()()
		signed := func(name string) bot.Actor {
			_, err := h.e.Start(t.Context(), engine.StartRequest{
				Key: h.key(), Ticket: ticketOf(name), Language: "en", Subject: "person_1", Patient: map[string]string{"name": "Patient One"},
			})
			require.NoError(t, err)
			a, err := h.e.ByTicket(t.Context(), ticketOf(name))
			require.NoError(t, err)
			return a
		}
		first := signed("one")
		h.do(igor, first.Conversation, bot.DoClaim, bot.Args{})
		h.do(igor, first.Conversation, bot.DoClose, bot.Args{})
		time.Sleep(time.Hour)
		second := signed("two")
		synctest.Wait()
		require.Equal(t, igor.Login, h.rung(second))
		require.Equal(t, bot.BySameDoctor, h.state(second).Offer.Why)
	})
}

// Two processes over one store give patients to doctors who come, go, decline and
// help themselves: nobody is rung for two, nobody is had by two.
func TestTwoEnginesRingNoDoctorTwice(t *testing.T) {
	for seed := range uint64(6) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { scramble(t, seed) })
		})
	}
}

func scramble(t *testing.T, seed uint64) {
	h, p := newTown(t, vera, igor, mona)
	other, err := engine.New(h.opts)
	require.NoError(t, err)
	defer h.run()()
	defer (&house{t: t, e: other}).run()()
	engines := []*engine.Engine{h.e, other}
	chance := rand.New(rand.NewPCG(seed, 5))
	var patients []bot.Actor
	doctors := []bot.Actor{vera, igor, mona}
	for range 60 {
		var all sync.WaitGroup
		for range 1 + chance.IntN(4) {
			e, d := engines[chance.IntN(2)], doctors[chance.IntN(3)]
			what := chance.IntN(8)
			if what == 0 || what == 7 || len(patients) == 0 {
				patients = append(patients, h.waiting(fmt.Sprint("p", seed, len(patients))))
				continue
			}
			a := patients[chance.IntN(len(patients))]
			here := chance.IntN(4) > 0
			all.Go(func() {
				do := map[int]bot.Do{1: bot.DoClaim, 2: bot.DoDecline, 3: bot.DoFinish, 4: bot.DoRelease}[what]
				switch what {
				case 5:
					p.set(d.Login, here)
					e.Presence(d.Login)
					return
				case 6:
					_, _ = e.SetDuty(t.Context(), d, bot.DutyOn)
					return
				}
				_, _ = e.Do(t.Context(), bot.Command{Conversation: a.Conversation, Key: h.key(), Do: do, Actor: d})
			})
		}
		all.Wait()
		synctest.Wait()
		rungOnce(t, h, patients)
		time.Sleep(time.Duration(chance.IntN(40)) * time.Second)
		synctest.Wait()
		rungOnce(t, h, patients)
	}
	require.Greater(t, offersMade(h, patients), 10, "nobody was ever rung")
}

func offersMade(h *house, patients []bot.Actor) (n int) {
	for _, a := range patients {
		n += count(h.kinds(a.Conversation), bot.OfferMade)
	}
	return n
}

// rungOnce holds that the bells are those of the journals, one each.
func rungOnce(t *testing.T, h *house, patients []bot.Actor) {
	rung := map[string]string{}
	for _, a := range patients {
		s, err := bot.Replay(a.Conversation, h.journal(a.Conversation))
		require.NoError(t, err)
		if s.Offer == nil {
			continue
		}
		require.Empty(t, rung[s.Offer.Doctor], "rung for two")
		require.NotEmpty(t, s.Offered(), "rung for one who does not wait")
		rung[s.Offer.Doctor] = a.Conversation
	}
	require.Equal(t, rung, h.records(bot.SpaceOffer))
}

// records are the values of a space by key.
func (h *house) records(space string) map[string]string {
	h.t.Helper()
	out := map[string]string{}
	all, _, err := h.store.Records(h.t.Context(), space, "", "", 1000)
	require.NoError(h.t, err)
	for _, r := range all {
		out[r.Key] = string(r.Value)
	}
	return out
}
