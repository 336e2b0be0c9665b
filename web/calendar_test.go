package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"bedside/bot"
	"bedside/store"
	"bedside/web"
	"bedside/web/wire"

	"github.com/emersion/go-ical"
	"github.com/stretchr/testify/require"
)

// happens writes a fact into a conversation's journal, as a decision would.
func (p *person) happens(kind bot.Kind, body any) {
	p.h.t.Helper()
	ctx := context.Background()
	raw, err := p.h.store.Entries(ctx, p.id, 0, 10_000)
	require.NoError(p.h.t, err)
	s := bot.State{ID: p.id}
	for _, r := range raw {
		e, err := bot.DecodeEntry(r.Data)
		require.NoError(p.h.t, err)
		s, err = bot.Apply(s, e)
		require.NoError(p.h.t, err)
	}
	text, err := json.Marshal(body)
	require.NoError(p.h.t, err)
	e := bot.Entry{
		V: bot.Format, Seq: s.Seq + 1, At: s.At, Kind: kind, By: bot.By{Role: bot.System}, Audience: bot.ForAll,
		Prev: bot.Prev{All: s.LastAll, Staff: s.LastStaff}, Body: text,
	}
	next, err := bot.Apply(s, e)
	require.NoError(p.h.t, err)
	row := bot.HeadOf(next)
	head := store.Head{ID: p.id, Seq: next.Seq, Wake: time.Now().Add(time.Hour), Body: row.Body}
	for _, l := range row.Lists {
		head.Lists = append(head.Lists, store.Term{List: l.List, Rank: l.Rank})
	}
	require.NoError(p.h.t, p.h.store.Commit(ctx, store.Batch{Head: head, After: s.Seq, Entries: []store.Entry{{Seq: e.Seq, Data: e.Encode()}}}))
}

var visitAt = time.Date(2030, 1, 7, 9, 30, 0, 0, time.UTC)

// booked is a patient with an appointment at oleg's.
func (h *house) booked(booking string) *person {
	h.t.Helper()
	p := h.patient()
	p.happens(bot.BookingMade, bot.Booked{
		Booking: booking, Department: "gp", Doctor: "oleg", DoctorName: "Dr Oleg", TrueConfID: "doctor1", How: bot.ByApp,
		Start: visitAt, Length: 1800, Text: "Monday 7 January, 9:30",
	})
	return p
}

// file reads the calendar file and its headers.
func (p *person) file(booking string) (http.Header, *ical.Calendar, ical.Event) {
	p.h.t.Helper()
	res, err := http.DefaultClient.Do(p.request("GET", "/api/v1/bookings/"+booking+"/calendar.ics", nil))
	require.NoError(p.h.t, err)
	defer res.Body.Close()
	require.Equal(p.h.t, 200, res.StatusCode)
	c, err := ical.NewDecoder(res.Body).Decode()
	require.NoError(p.h.t, err)
	require.Len(p.h.t, c.Events(), 1)
	return res.Header, c, c.Events()[0]
}

// The patient's entry leads to their join link, by ticket and by its visit key
// alike; the doctor's leads into the console and holds no key.
func TestTheCalendarsOfAVisit(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	p := h.booked("b1")
	join := h.url + "/join/b1#" + h.e.VisitKey("b1")
	byKey := &person{h: h, bearer: h.e.VisitKey("b1")}
	for _, who := range []*person{p, byKey} {
		var got wire.Calendar
		who.call("GET", "/api/v1/bookings/b1/calendar", nil, 200, &got)
		require.Equal(t, "/api/v1/bookings/b1/calendar.ics", got.ICS)
		require.Empty(t, got.TrueConf)
		for _, link := range []string{got.Google, got.Outlook, got.Office} {
			u, err := url.Parse(link)
			require.NoError(t, err)
			require.Equal(t, "https", u.Scheme)
			require.Equal(t, join, u.Query().Get("location"))
		}
		head, c, e := who.file("b1")
		require.Equal(t, "text/calendar; charset=utf-8; method=PUBLISH", head.Get("Content-Type"))
		require.Equal(t, `attachment; filename="visit.ics"`, head.Get("Content-Disposition"))
		require.Contains(t, head.Get("Cache-Control"), "no-store")
		require.Equal(t, "PUBLISH", c.Props.Get("METHOD").Value)
		require.Equal(t, "20300107T093000Z", e.Props.Get("DTSTART").Value)
		require.Equal(t, "20300107T100000Z", e.Props.Get("DTEND").Value)
		require.Equal(t, join, e.Props.Get("URL").Value)
		require.Equal(t, "b1@127.0.0.1", e.Props.Get("UID").Value)
		require.Equal(t, "Video visit: Rassvet Clinic", e.Props.Get("SUMMARY").Value)
	}
	doctor := h.staff("oleg")
	doctor.header = http.Header{"Accept-Language": {"ru-RU,ru;q=0.9"}}
	var got wire.Calendar
	doctor.call("GET", "/api/v1/bookings/b1/calendar", nil, 200, &got)
	require.NotContains(t, got.Google+got.Outlook+got.Office, url.QueryEscape(h.e.VisitKey("b1")))
	_, _, e := doctor.file("b1")
	require.Equal(t, h.url+"/console/#call/b1", e.Props.Get("URL").Value)
	require.True(t, strings.HasPrefix(e.Props.Get("SUMMARY").Value, "Видеовизит"))
	for _, secret := range []string{"GP", "Dr Oleg", "oleg", "doctor1"} {
		require.NotContains(t, e.Props.Get("SUMMARY").Value+e.Props.Get("DESCRIPTION").Value, secret)
	}
}

func TestAVisitThatMovesOrIsOffReplacesItsEntry(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	p := h.booked("b1")
	_, _, was := p.file("b1")
	p.happens(bot.BookingMoved, bot.MovedBooking{Booking: "b1", Start: visitAt.Add(24 * time.Hour), Length: 900, Text: "Tuesday", Seq: 1, Attempt: 2})
	_, c, now := p.file("b1")
	require.Equal(t, "PUBLISH", c.Props.Get("METHOD").Value)
	require.Equal(t, was.Props.Get("UID").Value, now.Props.Get("UID").Value)
	require.Equal(t, "0", was.Props.Get("SEQUENCE").Value)
	require.Equal(t, "1", now.Props.Get("SEQUENCE").Value)
	require.Equal(t, "20300108T093000Z", now.Props.Get("DTSTART").Value)
	require.Equal(t, "20300108T094500Z", now.Props.Get("DTEND").Value)

	p.happens(bot.BookingCancelled, bot.CancelledBooking{Booking: "b1", Seq: 2})
	head, c, off := p.file("b1")
	require.Equal(t, "text/calendar; charset=utf-8; method=CANCEL", head.Get("Content-Type"))
	require.Equal(t, "CANCEL", c.Props.Get("METHOD").Value)
	require.Equal(t, "CANCELLED", off.Props.Get("STATUS").Value)
	require.Equal(t, "2", off.Props.Get("SEQUENCE").Value)
	require.Equal(t, was.Props.Get("UID").Value, off.Props.Get("UID").Value)
	require.Equal(t, "20300108T093000Z", off.Props.Get("DTSTART").Value)
	(&person{h: h, bearer: h.e.VisitKey("b1")}).refused("GET", "/api/v1/bookings/b1/calendar", nil, 409, bot.CallOver)
	doctor := h.staff("oleg")
	doctor.refused("GET", "/api/v1/bookings/b1/calendar.ics", nil, 409, bot.NoCall)
	var got wire.Calendar
	doctor.call("GET", "/api/v1/bookings/b1/calendar?conversation="+p.id, nil, 200, &got)
	require.Equal(t, "/api/v1/bookings/b1/calendar.ics?conversation="+p.id, got.ICS)

	p.happens(bot.BookingMade, bot.Booked{Booking: "b2", Department: "gp", Doctor: "oleg", Start: visitAt, Length: 1800, Text: "Monday"})
	p.happens(bot.BookingKept, bot.OfBooking{Booking: "b2"})
	p.refused("GET", "/api/v1/bookings/b2/calendar", nil, 409, bot.CallOver)
}

func TestCalendarsThatAreNotForEverybody(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	p := h.booked("b1")
	stranger := h.patient()
	for _, path := range []string{"/api/v1/bookings/b1/calendar", "/api/v1/bookings/b1/calendar.ics"} {
		stranger.refused("GET", path, nil, 409, bot.NoCall)
		(&person{h: h, bearer: h.e.VisitKey("b2")}).refused("GET", path, nil, 401, bot.Unauthorized)
		(&person{h: h}).refused("GET", path, nil, 401, bot.Unauthorized)
		h.staff("rita").refused("GET", path, nil, 409, bot.NoCall)
		h.staff("rita").refused("GET", path+"?conversation="+p.id, nil, 409, bot.NoCall)
	}
	h.staff("vera").call("GET", "/api/v1/bookings/b1/calendar", nil, 200, nil)
	h.staff("anton").call("GET", "/api/v1/bookings/b1/calendar", nil, 200, nil)
	p.refused("GET", "/api/v1/bookings/b9/calendar", nil, 409, bot.NoCall)
	h.staff("oleg").refused("GET", "/api/v1/bookings/"+strings.Repeat("b", 70)+"/calendar", nil, 409, bot.NoCall)

	p.happens(bot.BookingProposed, bot.Proposal{Booking: "b3", Department: "gp", Doctor: "oleg", Start: visitAt, Length: 1800, Until: visitAt})
	p.refused("GET", "/api/v1/bookings/b3/calendar", nil, 409, bot.NotNow)
}

// TrueConf's own links hold the room's id: they are off unless the clinic wants
// them, and then for the visit's own doctor alone.
func TestTrueConfsOwnCalendarsAreForTheDoctorAlone(t *testing.T) {
	t.Parallel()
	var asked []bot.Room
	fails := false
	h := newHouse(t, func(o *web.Options) {
		o.TrueConfCalendars = func(_ context.Context, r bot.Room) ([]string, error) {
			asked = append(asked, r)
			if fails {
				return nil, errors.New("TrueConf is away")
			}
			return []string{"https://calendar.google.com/x"}, nil
		}
	})
	p := h.booked("b1")
	calendars := func(who *person) []string {
		var got wire.Calendar
		who.call("GET", "/api/v1/bookings/b1/calendar", nil, 200, &got)
		return got.TrueConf
	}
	require.Empty(t, calendars(h.staff("oleg")), "there is no room yet")
	p.happens(bot.BookingRoom, bot.OfBooking{Booking: "b1", Attempt: 1})
	require.Equal(t, []string{"https://calendar.google.com/x"}, calendars(h.staff("oleg")))
	require.Equal(t, []bot.Room{{Call: "b1", Attempt: 1}}, asked)
	for _, who := range []*person{p, {h: h, bearer: h.e.VisitKey("b1")}, h.staff("vera"), h.staff("anton")} {
		require.Empty(t, calendars(who))
	}
	require.Len(t, asked, 1)
	fails = true
	require.Empty(t, calendars(h.staff("oleg")))
	require.True(t, bytes.Contains([]byte(h.log.String()), []byte("TrueConf is away")))
}
