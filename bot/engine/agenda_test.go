package engine_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/bot/rooms"
)

// guest is whoever holds the join link of a call, in a browser that knows nothing.
func (h *house) guest(call string) (bot.Actor, error) {
	return h.e.ByVisitKey(h.t.Context(), call, h.e.VisitKey(call))
}

// The link of an appointment, opened a week later where nothing is known of the
// patient, leads at once into the visit under the booked name.
func TestTheLinkOfAnAppointmentAWeekLater(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newPractice(t)
		h.lib.p.Store(compile(t, strings.Replace(bookFlow, "until: 3d", "until: 8d", 1)))
		var minted rooms.MintOrder
		h.rooms.mint = func(_ context.Context, o rooms.MintOrder) (rooms.Link, error) { minted = o; return linkFor(o), nil }
		stop := h.run()
		defer stop()
		h.start("nobody") // another conversation
		a, asked := h.choosing("anna")
		times, err := h.e.Times(t.Context(), a, a.Conversation, engine.TimesRequest{Department: "gp"})
		require.NoError(t, err)
		week := times.Starts[len(times.Starts)-40]
		require.Greater(t, time.Until(week), 6*24*time.Hour)
		_, err = h.try(a, a.Conversation, bot.DoChoose, bot.Args{Step: asked.Step, Option: week.Format(time.RFC3339)})
		require.NoError(t, err)
		b := h.state(a).Bookings[0]

		guest, err := h.guest(b.ID)
		require.NoError(t, err)
		r := engine.JoinRequest{Call: b.ID}
		_, err = h.e.Join(t.Context(), guest, r)
		early := requireCode(t, bot.TooEarly, err)
		require.InDelta(t, time.Until(b.Start).Seconds(), early.RetryAfter, 2)
		now, err := h.e.CallNow(t.Context(), guest, b.ID)
		require.NoError(t, err)
		require.Equal(t, bot.BookedFor, now.Booked.State)
		require.Equal(t, b.Start, now.Booked.Start)
		require.Equal(t, "general practitioner", now.Booked.Title)
		require.Empty(t, now.Booked.May, "a key lets into the visit and does nothing else")
		_, err = h.try(guest, a.Conversation, bot.DoCancel, bot.Args{Booking: b.ID})
		require.Error(t, err)
		mine, err := h.e.CallNow(t.Context(), a, b.ID)
		require.NoError(t, err)
		require.Equal(t, []bot.Do{bot.DoCancel, bot.DoMove}, mine.Booked.May)

		time.Sleep(time.Until(b.Start) + time.Second)
		synctest.Wait()
		guest, err = h.guest(b.ID)
		require.NoError(t, err)
		now, err = h.e.CallNow(t.Context(), guest, b.ID)
		require.NoError(t, err)
		require.Equal(t, bot.CallStands, now.State)
		require.Equal(t, bot.DueNow, now.Booked.State)
		got, err := h.e.Join(t.Context(), guest, r)
		require.NoError(t, err)
		require.NotEmpty(t, got.WebURL)
		require.Equal(t, "Anna", minted.Name)
		require.Equal(t, bot.Room{Call: b.ID, Attempt: 1}, minted.Room)
	})
}

func TestTheDoctorOpensARoomEarlyAndTheLinkEndsWithTheVisit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newPractice(t)
		var here scene
		here.set(inside(), nil)
		h.rooms.look, h.rooms.make_ = here.look, slowly
		stop := h.run()
		defer stop()
		a, b := h.booked("anna", 5)
		r := engine.JoinRequest{Call: b.ID}
		_, err := h.e.Join(t.Context(), vera, r)
		requireCode(t, bot.TooEarly, err)
		_, err = h.e.Join(t.Context(), mona, r)
		requireCode(t, bot.Unknown, err)
		time.Sleep(time.Until(b.Start.Add(-5 * time.Minute)))
		_, err = h.e.Join(t.Context(), a, r)
		requireCode(t, bot.TooEarly, err)
		_, err = h.e.Join(t.Context(), vera, r)
		requireCode(t, bot.CallNotReady, err)
		time.Sleep(2 * time.Second)
		synctest.Wait()
		got, err := h.e.Join(t.Context(), vera, r)
		require.NoError(t, err)
		require.True(t, got.Rung)
		_, err = h.e.Join(t.Context(), a, r)
		require.NoError(t, err, "it opened by itself")
		here.set(inside(bot.Patient, bot.Doctor), nil)
		time.Sleep(30 * time.Second)
		synctest.Wait()
		require.Empty(t, h.state(a).Bookings)
		require.Contains(t, h.kinds(a.Conversation), bot.BookingKept)
		guest, err := h.guest(b.ID)
		require.NoError(t, err, "one who drops out comes in again")
		_, err = h.e.Join(t.Context(), guest, r)
		require.NoError(t, err)
		h.do(vera, a.Conversation, bot.DoHangUp, bot.Args{})
		_, err = h.guest(b.ID)
		requireCode(t, bot.CallOver, err)
	})
}

func TestALinkOfAnAppointmentThatIsMovedOrCancelled(t *testing.T) {
	h := newPractice(t)
	a, b := h.booked("anna", 5)
	times, err := h.e.Times(t.Context(), a, a.Conversation, engine.TimesRequest{Booking: b.ID})
	require.NoError(t, err)
	require.NotContains(t, times.Starts, b.Start)
	require.Equal(t, 30*time.Minute, times.Length)
	h.do(a, a.Conversation, bot.DoMove, bot.Args{Booking: b.ID, Time: times.Starts[8]})
	guest, err := h.guest(b.ID)
	require.NoError(t, err, "the link stays the same")
	now, err := h.e.CallNow(t.Context(), guest, b.ID)
	require.NoError(t, err)
	require.True(t, times.Starts[8].Equal(now.Booked.Start))
	h.do(a, a.Conversation, bot.DoCancel, bot.Args{Booking: b.ID})
	_, err = h.guest(b.ID)
	requireCode(t, bot.CallOver, err)
}

func TestAppointmentsAreListedForThoseWhoseTheyAre(t *testing.T) {
	nurse := bot.Actor{Role: bot.Admin, Login: "admin"}
	h := newPractice(t)
	_, first := h.booked("anna", 5)
	_, second := h.booked("bob", 1)
	for _, x := range []struct {
		a    bot.Actor
		r    engine.BookingsRequest
		want []string
	}{
		{vera, engine.BookingsRequest{}, []string{second.ID, first.ID}},
		{igor, engine.BookingsRequest{}, []string{second.ID, first.ID}},
		{igor, engine.BookingsRequest{Doctor: igor.Login}, nil},
		{mona, engine.BookingsRequest{}, nil},
		{nurse, engine.BookingsRequest{Department: "gp"}, []string{second.ID, first.ID}},
		{nurse, engine.BookingsRequest{From: first.Start}, []string{first.ID}},
		{nurse, engine.BookingsRequest{To: first.Start}, []string{second.ID}},
	} {
		got, more, err := h.e.Bookings(t.Context(), x.a, x.r)
		require.NoError(t, err)
		require.True(t, more.IsZero())
		var ids []string
		for _, b := range got {
			ids = append(ids, b.ID)
			require.Equal(t, "Anna", b.Patient)
		}
		require.Equal(t, x.want, ids, "%s %+v", x.a.Login, x.r)
	}
	_, _, err := h.e.Bookings(t.Context(), mona, engine.BookingsRequest{Department: "gp"})
	requireCode(t, bot.Forbidden, err)
	_, _, err = h.e.Bookings(t.Context(), bot.Actor{Role: bot.Auditor}, engine.BookingsRequest{})
	requireCode(t, bot.Forbidden, err)
	rows, _, err := h.e.Heads(t.Context(), vera, "", "", 50)
	require.NoError(t, err)
	require.Len(t, rows, 2, "a doctor's appointments are among their lists")
}
