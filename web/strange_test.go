package web_test

import (
	"testing"

	"bedside/bot"
	"bedside/web"
	"bedside/web/wire"

	"github.com/stretchr/testify/require"
)

// Names that nothing can have are names of nothing: no fault of ours that stands in
// the log, and none that a client should try again.
func TestNamesThatNothingCanHave(t *testing.T) {
	h := newHouse(t)
	p := h.patient()
	doctor, admin := h.staff("vera").with(p), h.staff("anton")
	for path, code := range map[string]bot.Code{
		"/api/v1/bookings/%00/calendar":                          bot.NoCall,
		"/api/v1/bookings/x/calendar?conversation=%00":           bot.NoCall,
		"/api/v1/bookings/%00/calendar.ics?conversation=" + p.id: bot.NoCall,
		"/api/v1/calls/%00":                                      bot.NoCall,
		"/api/v1/conversations/%00":                              bot.Unknown,
		"/api/v1/conversations/%00/times":                        bot.Unknown,
	} {
		doctor.refused("GET", path, nil, map[bot.Code]int{bot.NoCall: 409, bot.Unknown: 404}[code], code)
	}
	var none wire.Bookings
	admin.call("GET", "/api/v1/bookings?doctor=%00", nil, 200, &none)
	admin.call("GET", "/api/v1/bookings?department=%00", nil, 200, &none)
	require.Empty(t, none.Bookings)
	doctor.refused("POST", "/api/v1/calls/x/devices", wire.Checked{Key: newKey(), Devices: bot.Devices{Camera: "ok", Microphone: "ok", Speaker: "ok", Connection: "ok", Browser: "ok", Way: "page"}}, 403, bot.Forbidden)
	require.NotContains(t, h.log.String(), "level=ERROR")
}

// What is written, or read whole, at each call has the rate of a command.
func TestStaffAskNoFasterThanTheyCommand(t *testing.T) {
	h := newHouse(t, func(o *web.Options) { o.Limits.CommandsPerSecond, o.Limits.CommandBurst = 0.001, 2 })
	for path, method := range map[string]string{"/api/v1/duty": "PUT", "/api/v1/board": "GET", "/api/v1/bookings": "GET"} {
		var in any
		if method == "PUT" {
			in = wire.SetDuty{State: bot.DutyBusy}
		}
		doctor := h.staff("vera")
		for range 2 {
			doctor.call(method, path, in, 200, nil)
		}
		doctor.refused(method, path, in, 429, bot.TooMany)
	}
}
