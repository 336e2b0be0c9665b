package engine_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/bot/rooms"
)

const rushFlow = `
bedside: 1
languages: [en]
clinic: {name: {en: "Rassvet Clinic"}, phone: "+7 495 000-00-00", zone: Europe/Moscow, alert: lead}
emergency: {phone: "103"}
departments:
  gp:   {title: {en: "general practitioner"}, hours: always, booking: {length: 30m, from: 1h, until: 3d}}
  kids: {title: {en: "paediatrician"}, hours: always}
  skin: {title: {en: "dermatologist"}, hours: always, answer_within: 1m}
slots:
  name: {type: text, fills: patient.name, label: {en: "Name"}, ask: {en: "What is your name?"}}
flows:
  visit: {start: hello, title: {en: "See a doctor"}}
parts:
  hello:
    - ask: name
    - hand_over: gp
      tell: {en: "Handing you over."}
    - end: {en: "Thank you!"}
`

// rush is a clinic in which 500 visits begin at ten o'clock, with a TrueConf Server
// that thinks for five seconds about everything.
type rush struct {
	*house
	ten    time.Time
	booked []bot.Actor
	waits  []bot.Actor // whose first rung comes about ten
	comes  []bot.Actor // who come about ten, a doctor free for each
}

const (
	rushVisits = 500
	rushOthers = 60
	rushThinks = 5 * time.Second
)

func newRush(t *testing.T) *rush {
	staff := crew(rushVisits)
	for i := range rushOthers {
		login := fmt.Sprintf("skin_%02d", i)
		staff[login] = bot.Actor{Role: bot.Doctor, Login: login, Name: "Doctor", Departments: []string{"skin"}, Capacity: 1}
	}
	h := newHouse(t, seats(rushVisits+100, 0), func(o *engine.Options) {
		o.Log = nil
		o.Staff = func(context.Context) map[string]bot.Actor { return staff }
	})
	thinks := func(ctx context.Context) error {
		select {
		case <-time.After(rushThinks):
		case <-ctx.Done():
		}
		return ctx.Err()
	}
	h.rooms.plan = func(ctx context.Context, _ rooms.Order) error { return thinks(ctx) }
	h.rooms.make_ = h.rooms.plan
	h.rooms.mend = func(ctx context.Context, _ bot.Room) error { return thinks(ctx) }
	h.rooms.remove = h.rooms.mend
	h.rooms.ring = func(ctx context.Context, _ bot.Room, _ string) error { return thinks(ctx) }
	h.rooms.look = func(ctx context.Context, _ bot.Room) (rooms.Reading, error) { return inside(bot.Patient), thinks(ctx) }
	return &rush{house: h, ten: time.Now().Truncate(24 * time.Hour).Add(10 * time.Hour)}
}

// handsOver is a flow that brings patients to a department.
func (r *rush) handsOver(department string) {
	r.lib.p.Store(compile(r.t, strings.Replace(rushFlow, "hand_over: gp", "hand_over: "+department, 1)))
}

// books has a visit of every doctor with a patient begin at ten.
func (r *rush) books() {
	r.handsOver("gp")
	for i := range rushVisits {
		a := r.waiting(fmt.Sprint("booked", i))
		d := r.opts.Staff(r.t.Context())[fmt.Sprintf("doctor_%03d", i)]
		r.do(d, a.Conversation, bot.DoClaim, bot.Args{})
		r.do(d, a.Conversation, bot.DoPropose, bot.Args{Time: r.ten, Minutes: 10})
		r.do(a, a.Conversation, bot.DoAcceptTime, bot.Args{Booking: r.state(a).Bookings[0].ID})
		r.do(d, a.Conversation, bot.DoFinish, bot.Args{Text: "Until ten."})
		r.booked = append(r.booked, a)
	}
}

// late adds how much later than it should a moment was.
type late struct {
	t   *testing.T
	all []time.Duration
}

func (l *late) add(should, was time.Time) {
	l.t.Helper()
	require.False(l.t, was.IsZero(), "it never came")
	require.False(l.t, was.Before(should), "it came %s too soon", should.Sub(was))
	l.all = append(l.all, was.Sub(should))
}

// within holds that 99 of 100 were no later than a second, and says how many there were.
func (l *late) within(what string, n int) {
	l.t.Helper()
	require.Len(l.t, l.all, n, what)
	slices.Sort(l.all)
	require.LessOrEqual(l.t, l.all[len(l.all)*99/100], time.Second, what)
	l.t.Logf("%s: p50 %s, p99 %s, most %s", what, l.all[len(l.all)/2], l.all[len(l.all)*99/100], l.all[len(l.all)-1])
}

// first is when an entry of a kind was made first; zero: never.
func (r *rush) first(a bot.Actor, k bot.Kind) time.Time {
	for _, e := range r.journal(a.Conversation) {
		if e.Kind == k {
			return e.At
		}
	}
	return time.Time{}
}

// TestFiveHundredBookingsAtTenWithTrueConfSlow: all begin in their second, nobody
// else is late for them, and nobody is left alone.
func TestFiveHundredBookingsAtTenWithTrueConfSlow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRush(t)
		time.Sleep(time.Until(r.ten.Add(-90 * time.Minute)))
		r.books()
		time.Sleep(time.Until(r.ten.Add(-16 * time.Minute)))
		r.opts.Store = syncing{r.opts.Store}
		r.opts.Present = func(login string) bool { return strings.HasPrefix(login, "skin_") }
		r.restart()
		stop := r.run()
		defer stop()
		r.crowdComes()
		time.Sleep(time.Until(r.ten.Add(6 * time.Minute)))
		synctest.Wait()
		r.nobodyIsLate(t)
		r.nobodyIsAlone(t)
	})
}

// crowdComes has others wait whose rungs fall about ten, and others come about ten,
// one a second.
func (r *rush) crowdComes() {
	r.handsOver("kids")
	time.Sleep(time.Until(r.ten.Add(-bot.Defaults().WaitRung - rushOthers/2*time.Second)))
	for i := range rushOthers {
		r.waits = append(r.waits, r.waiting(fmt.Sprint("waits", i)))
		time.Sleep(time.Second)
	}
	r.handsOver("skin")
	time.Sleep(time.Until(r.ten.Add(-rushOthers / 2 * time.Second)))
	var wg sync.WaitGroup
	for i := range rushOthers {
		r.comes = append(r.comes, r.start(fmt.Sprint("comes", i)))
		wg.Go(func() { r.do(r.comes[i], r.comes[i].Conversation, bot.DoSend, bot.Args{Text: "Anna"}) })
		time.Sleep(time.Second)
	}
	wg.Wait()
}

func (r *rush) nobodyIsLate(t *testing.T) {
	held, due, second, fifth := late{t: t}, late{t: t}, late{t: t}, late{t: t}
	for _, a := range r.booked {
		held.add(r.ten.Add(-bot.HeldBefore), r.first(a, bot.BookingHeld))
		due.add(r.ten, r.first(a, bot.BookingDue))
		ready := r.first(a, bot.CallReady)
		var stages []time.Time
		for _, e := range r.journal(a.Conversation) {
			if e.Kind == bot.BookingLate {
				stages = append(stages, e.At)
			}
		}
		require.Len(t, stages, 2, "the doctor is rung again, then the lead is told")
		second.add(ready.Add(2*time.Minute), stages[0])
		fifth.add(ready.Add(5*time.Minute), stages[1])
	}
	held.within("seats held", rushVisits)
	due.within("visits begun", rushVisits)
	second.within("the doctor rung again", rushVisits)
	fifth.within("the lead told", rushVisits)

	rungs, offers, missed := late{t: t}, late{t: t}, late{t: t}
	for _, a := range r.waits {
		rungs.add(r.first(a, bot.QueueJoined).Add(bot.Defaults().WaitRung), r.first(a, bot.WaitReminded))
	}
	for _, a := range r.comes {
		made := r.first(a, bot.OfferMade)
		offers.add(r.first(a, bot.QueueJoined), made)
		missed.add(made.Add(time.Minute), r.first(a, bot.OfferEnded))
	}
	rungs.within("rungs of those who wait", rushOthers)
	offers.within("doctors rung for those who come", rushOthers)
	missed.within("rings that nobody answers ended", rushOthers)
}

// nobodyIsAlone: every visit has its room, its doctor and its patient in it, who is
// waited for no longer than the next deadline, and of each who waits somebody knows.
func (r *rush) nobodyIsAlone(t *testing.T) {
	for _, a := range slices.Concat(r.booked, r.waits, r.comes) {
		h, err := r.store.Head(t.Context(), a.Conversation)
		require.NoError(t, err)
		require.True(t, h.Wake.After(time.Now().Add(-time.Second)), "something is to happen, and is not overdue")
	}
	for _, a := range r.booked {
		s := r.state(a)
		require.True(t, s.Call.Stands())
		require.Equal(t, bot.Consulting, s.Phase)
		require.True(t, s.Call.Inside[bot.Patient])
		require.Positive(t, count(r.kinds(a.Conversation), bot.LeadAlerted), "the lead is told of the doctor who is late")
		require.Positive(t, r.rooms.count("ring 1 "+s.Doctor), "the doctor is rung in the app")
	}
	require.Len(t, r.booked, rushVisits)
}
