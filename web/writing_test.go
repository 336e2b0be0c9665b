package web

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"bedside/bot"
	"bedside/web/wire"

	"github.com/stretchr/testify/require"
)

func TestOnePatientCannotFillTheDisk(t *testing.T) {
	now := time.Unix(1000, 0)
	l := Limits{}.withDefaults()
	w := newWriting(l, func() time.Time { return now })
	long := wire.Command{Do: bot.DoSend, Text: strings.Repeat("x", 4000)}
	patient := func(ticket, address string) party {
		return party{actor: bot.Actor{Role: bot.Patient}, key: ticket, address: netip.MustParseAddr(address)}
	}
	// write is how many bytes of text somebody gets in within an hour of trying
	// every second, under so many tickets.
	write := func(tickets int, address string) (bytes int) {
		for second := range 3600 {
			now = now.Add(time.Second)
			for range 5 {
				p := patient(fmt.Sprintf("%s/%d", address, second%tickets), address)
				if w.spend(p, long) == nil {
					bytes += len(long.Text)
				}
			}
		}
		return bytes
	}
	one := write(1, "203.0.113.1")
	require.LessOrEqual(t, one, l.TextBurst+3601*int(l.TextPerSecond))
	require.Greater(t, one, 3000*int(l.TextPerSecond), "and not much less")
	many := write(600, "203.0.113.2")
	require.LessOrEqual(t, many, blockShare*(l.TextBurst+3601*int(l.TextPerSecond)))
	require.Greater(t, many, 2*one)

	short := wire.Command{Do: bot.DoSend, Text: "y"}
	taken := 0
	for range 10_000 {
		if w.spend(patient("short", "203.0.113.3"), short) == nil {
			taken++
		}
	}
	require.LessOrEqual(t, taken, l.TextBurst/entryWeight, "an entry weighs something whatever it says")

	var no *bot.Refusal
	require.ErrorAs(t, w.spend(patient("short", "203.0.113.3"), short), &no)
	require.Equal(t, bot.TooMany, no.Code)
	require.Positive(t, no.RetryAfter)
	doctor := party{actor: bot.Actor{Role: bot.Doctor}, key: "d"}
	for range 1000 {
		require.NoError(t, w.spend(doctor, long))
	}
}
