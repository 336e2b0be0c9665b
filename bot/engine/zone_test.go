package engine_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/engine"
)

// A promise is told in the patient's own time, after a restart too; a zone that
// there is not leaves the clinic's.
func TestMomentsAreToldInThePatientsZone(t *testing.T) {
	calling := strings.Replace(shortFlow, "    - hand_over: gp\n      tell: {en: \"Handing you over.\"}\n",
		"    - callback: gp\n      within: 2h\n      tell: {en: \"By {callback.by}.\"}\n", 1)
	for zone, hours := range map[string]time.Duration{"Asia/Vladivostok": 10, "Asia/Nowhere": 3, "../etc/localtime": 3, "": 3} {
		synctest.Test(t, func(t *testing.T) {
			h := newHouse(t)
			h.lib.p.Store(compile(t, calling))
			_, err := h.e.Start(t.Context(), engine.StartRequest{Key: h.key(), Ticket: ticketOf("far"), Language: "en", Zone: zone})
			require.NoError(t, err)
			h.restart()
			far, err := h.e.ByTicket(t.Context(), ticketOf("far"))
			require.NoError(t, err)
			h.do(far, far.Conversation, bot.DoSend, bot.Args{Text: "Far Away"})
			by := time.Now().UTC().Add(2*time.Hour + hours*time.Hour).Format("2 Jan 2006 15:04")
			var said []string
			for _, e := range h.journal(far.Conversation) {
				said = append(said, string(e.Body))
			}
			require.Contains(t, strings.Join(said, "\n"), by, zone)
		})
	}
}

// A zone is read from the system once, not with every message; names that people
// make up are not kept without end.
func TestAZoneIsReadOnce(t *testing.T) {
	h := newHouse(t)
	zone := h.e.ZoneOf("Asia/Vladivostok")
	require.Equal(t, "Asia/Vladivostok", zone.String())
	require.Same(t, zone, h.e.ZoneOf("Asia/Vladivostok"), "it was read again")
	for n := range 3 * engine.ZonesMost {
		require.Nil(t, h.e.ZoneOf(fmt.Sprint("Asia/Nowhere", n)))
	}
	require.LessOrEqual(t, h.e.ZonesKept(), engine.ZonesMost)
	require.Equal(t, zone.String(), h.e.ZoneOf("Asia/Vladivostok").String())
	require.Nil(t, h.e.ZoneOf("Local"), "the server's own place is nobody's")
}
