package web_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"bedside/bot"
	"bedside/web/wire"

	"github.com/stretchr/testify/require"
)

// A doctor proposes one of their free times, the patient takes it, moves it and
// cancels it; its link is the same throughout and dead with it.
func TestAnAppointmentOverHTTP(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	p := h.patient()
	d := h.staff("oleg").with(p)
	d.do(wire.Command{Do: bot.DoClaim})
	times := "/api/v1/conversations/" + p.id + "/times"
	var free wire.Times
	d.call("GET", times+"?days=10", nil, 200, &free)
	require.NotEmpty(t, free.Days)
	require.Equal(t, 1800, free.Length)
	zone, err := time.LoadLocation(free.Zone)
	require.NoError(t, err)
	for _, day := range free.Days {
		for _, at := range day.Starts {
			require.Equal(t, day.Day, at.In(zone).Format(time.DateOnly))
			require.Less(t, time.Until(at), 11*24*time.Hour)
		}
	}
	at := free.Days[len(free.Days)-1].Starts[0]
	d.do(wire.Command{Do: bot.DoPropose, Start: at, Text: "To look at it again."})
	proposed := p.until(0, bot.BookingProposed).Body.(map[string]any)
	require.Equal(t, "Dr Oleg", proposed["doctor_name"])
	require.NotContains(t, proposed, "doctor", "a login is staff's to know")
	id := proposed["booking"].(string)
	p.do(wire.Command{Do: bot.DoAcceptTime, Booking: id})

	made := p.until(0, bot.BookingMade).Body.(map[string]any)
	link, err := url.Parse(made["link"].(string))
	require.NoError(t, err)
	require.Equal(t, "/join/"+id, link.Path)
	guest := &person{h: h, bearer: link.Fragment}
	var now wire.CallNow
	guest.call("GET", "/api/v1/calls/"+id, nil, 200, &now)
	require.Equal(t, bot.BookedFor, now.Booked.State)
	require.True(t, at.Equal(now.Booked.Start))
	require.WithinDuration(t, time.Now(), now.Booked.Now, 30*time.Second)
	require.Empty(t, now.Booked.May)
	require.Empty(t, now.Conversation, "a visit key opens a call and no conversation")
	early := guest.refused("POST", "/api/v1/calls/"+id+"/join", nil, 409, bot.TooEarly)
	require.InDelta(t, time.Until(at).Seconds(), early.RetryAfter, 30)
	require.NotEmpty(t, early.Detail)
	d.refused("POST", "/api/v1/calls/"+id+"/join", nil, 409, bot.TooEarly)
	now = wire.CallNow{}
	d.call("GET", "/api/v1/calls/"+id, nil, 200, &now)
	require.Equal(t, p.id, now.Conversation, "the link in the doctor's calendar names the call alone")
	now = wire.CallNow{}
	late := "/api/v1/calls/" + id + "/late"
	guest.refused("POST", late, wire.LateChoice{Key: newKey(), Option: bot.LateWait}, 409, bot.NotNow)
	guest.refused("POST", "/api/v1/calls/none/late", wire.LateChoice{Key: newKey(), Option: bot.LateWait}, 401, bot.Unauthorized)
	p.call("GET", "/api/v1/calls/"+id, nil, 200, &now)
	require.Equal(t, []bot.Do{bot.DoCancel, bot.DoMove}, now.Booked.May)

	var all wire.Bookings
	window := "?from=" + url.QueryEscape(at.Format(time.RFC3339)) + "&to=" + url.QueryEscape(at.Add(time.Second).Format(time.RFC3339))
	d.call("GET", "/api/v1/bookings"+window, nil, 200, &all)
	require.Len(t, all.Bookings, 1)
	require.Equal(t, p.id, all.Bookings[0].Conversation)
	require.Equal(t, "Anna Lee", all.Bookings[0].Patient)
	h.staff("rita").call("GET", "/api/v1/bookings", nil, 200, &all)
	require.Empty(t, all.Bookings)
	d.refused("GET", "/api/v1/bookings?from=tomorrow", nil, 400, bot.Malformed)
	p.refused("GET", "/api/v1/bookings", nil, 401, bot.Unauthorized)

	var other wire.Times
	p.call("GET", times+"?booking="+id, nil, 200, &other)
	to := other.Days[0].Starts[len(other.Days[0].Starts)-1]
	p.do(wire.Command{Do: bot.DoMove, Booking: id, Start: to})
	guest.call("GET", "/api/v1/calls/"+id, nil, 200, &now)
	require.True(t, to.Equal(now.Booked.Start))
	p.refused("GET", times+"?booking=none", nil, 404, bot.Unknown)
	p.refused("GET", times+"?department=none", nil, 422, bot.Invalid)
	h.begun().refused("GET", times, nil, 404, bot.Unknown)

	p.do(wire.Command{Do: bot.DoCancel, Booking: id})
	over := guest.refused("GET", "/api/v1/calls/"+id, nil, 409, bot.CallOver)
	require.False(t, strings.Contains(over.Detail, "login"))
}
