package engine_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/bot/rooms"
	"bedside/store"
)

const bookFlow = `
bedside: 1
languages: [en]
clinic: {name: {en: "Rassvet Clinic"}, phone: "+7 495 000-00-00", zone: Europe/Moscow, alert: lead}
emergency: {phone: "103"}
departments:
  gp: {title: {en: "general practitioner"}, hours: always, booking: {length: 30m, from: 1h, until: 3d}}
slots:
  name: {type: text, fills: patient.name, label: {en: "Name"}, ask: {en: "What is your name?"}}
flows:
  visit: {start: hello, title: {en: "See a doctor"}}
parts:
  hello:
    - ask: name
    - book: gp
      none: bye
    - end: {en: "See you."}
  bye:
    - end: {en: "Call us: {clinic.phone}"}
`

// newPractice is a house with one doctor who can be booked.
func newPractice(t testing.TB, change ...func(*engine.Options)) *house {
	t.Helper()
	h := newHouse(t, append([]func(*engine.Options){func(o *engine.Options) {
		o.Staff = func(context.Context) map[string]bot.Actor { return map[string]bot.Actor{vera.Login: vera} }
	}}, change...)...)
	h.lib.p.Store(compile(t, bookFlow))
	return h
}

// choosing brings a conversation to the question for a time.
func (h *house) choosing(name string) (bot.Actor, bot.Asked) {
	h.t.Helper()
	a := h.start(name)
	h.do(a, a.Conversation, bot.DoSend, bot.Args{Text: "Anna"})
	s := h.state(a)
	require.NotNil(h.t, s.Asked)
	require.Equal(h.t, "times", s.Asked.Type)
	return a, *s.Asked
}

// booked books the n-th free time.
func (h *house) booked(name string, n int) (bot.Actor, bot.Booking) {
	h.t.Helper()
	a, asked := h.choosing(name)
	h.do(a, a.Conversation, bot.DoChoose, bot.Args{Step: asked.Step, Option: asked.Options[n].ID})
	require.Len(h.t, h.state(a).Bookings, 1)
	return a, h.state(a).Bookings[0]
}

// Many patients and two nodes want the same hour of one doctor: one gets it, and
// all others are asked again with what is left.
func TestOneSlotIsBookedOnce(t *testing.T) {
	h := newPractice(t)
	other, err := engine.New(h.opts)
	require.NoError(t, err)
	const people = 12
	type one struct {
		a     bot.Actor
		asked bot.Asked
	}
	var all []one
	for i := range people {
		a, asked := h.choosing(fmt.Sprintf("p%d", i))
		all = append(all, one{a, asked})
	}
	var wg sync.WaitGroup
	errs := make([]error, people)
	for i, p := range all {
		e := []*engine.Engine{h.e, other}[i%2]
		wg.Go(func() {
			_, errs[i] = e.Do(t.Context(), bot.Command{
				Conversation: p.a.Conversation, Key: fmt.Sprint("choose", i), Do: bot.DoChoose, Actor: p.a,
				Args: bot.Args{Step: p.asked.Step, Option: p.asked.Options[0].ID},
			})
		})
	}
	wg.Wait()
	got, again := 0, 0
	for i, p := range all {
		require.NoError(t, errs[i])
		s := h.state(p.a)
		if len(s.Bookings) == 1 {
			got++
			continue
		}
		require.NotNil(t, s.Asked)
		require.NotEqual(t, p.asked.Options[0], s.Asked.Options[0])
		again++
	}
	require.Equal(t, 1, got)
	require.Equal(t, people-1, again)
}

// The room of an appointment is scheduled at once, again after failures, looked at
// ten minutes before, and spared by the sweep until the appointment is cancelled.
func TestTheRoomOfAnAppointment(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newPractice(t)
		var asked atomic.Int64
		h.rooms.plan = func(context.Context, rooms.Order) error {
			if asked.Add(1) <= 3 {
				return &rooms.Error{Kind: rooms.Unreachable, What: "make the room"}
			}
			return nil
		}
		var spared atomic.Pointer[[]bot.Room]
		h.rooms.sweep = func(ctx context.Context, open func(context.Context) ([]bot.Room, error)) (rooms.Swept, error) {
			all, err := open(ctx)
			spared.Store(&all)
			return rooms.Swept{}, err
		}
		stop := h.run()
		defer stop()
		a, b := h.booked("anna", 5)
		time.Sleep(6 * time.Minute)
		synctest.Wait()
		want := fmt.Sprintf("schedule 1 %d 30m0s", b.Start.Unix())
		require.Equal(t, 4, h.rooms.count(want))
		require.True(t, h.state(a).Bookings[0].RoomStands)
		require.Equal(t, []bot.Room{{Call: b.ID, Attempt: 1}}, *spared.Load())
		time.Sleep(time.Until(b.Start.Add(-11 * time.Minute)))
		synctest.Wait()
		require.Equal(t, 4, h.rooms.count("schedule"), "nothing is asked meanwhile")
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		require.Equal(t, 5, h.rooms.count(want), "looked at again")
		require.True(t, h.state(a).Bookings[0].Held)
		h.do(a, a.Conversation, bot.DoCancel, bot.Args{Booking: b.ID})
		time.Sleep(6 * time.Minute)
		synctest.Wait()
		require.Equal(t, 1, h.rooms.count("remove 1"))
		require.Empty(t, *spared.Load())
	})
}

// blindStore shows no records of calendars.
type blindStore struct{ store.Store }

func (b blindStore) Records(ctx context.Context, space, prefix, cursor string, limit int) ([]store.Record, string, error) {
	if space == bot.SpaceAgenda {
		return nil, "", errors.New("busy")
	}
	return b.Store.Records(ctx, space, prefix, cursor, limit)
}

// Whatever a calendar holds is read or nothing is decided on it.
func TestACalendarThatCannotBeReadBooksNobody(t *testing.T) {
	h := newPractice(t)
	a, asked := h.choosing("anna")
	h.opts.Store = blindStore{h.store}
	h.restart()
	_, err := h.try(a, a.Conversation, bot.DoChoose, bot.Args{Step: asked.Step, Option: asked.Options[0].ID})
	requireCode(t, bot.Unavailable, err)
}
