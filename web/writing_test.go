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

	taken = 0
	for range 1000 {
		if w.spend(patient("tongues", "203.0.113.4"), wire.Command{Do: bot.DoSpeak, Language: "ru"}) == nil {
			taken++
		}
	}
	require.LessOrEqual(t, taken, l.TextBurst/askedWeight, "a question that is asked again weighs more than the press")
	require.Greater(t, taken, 10, "somebody may change their mind")

	taken = 0
	for range 1000 {
		if w.spend(patient("moves", "203.0.113.5"), wire.Command{Do: bot.DoMove}) == nil {
			taken++
		}
	}
	require.LessOrEqual(t, taken, l.TextBurst/movedWeight, "each is a mail to an address that nobody has proven to be theirs")
	require.Greater(t, taken, 10, "somebody may change their mind")
	browser := wire.Command{Do: bot.DoContact, Push: &bot.Subscription{Endpoint: strings.Repeat("x", 2000)}}
	taken = 0
	for range 1000 {
		if w.spend(patient("browsers", "203.0.113.6"), browser) == nil {
			taken++
		}
	}
	require.LessOrEqual(t, taken, l.TextBurst/2000, "what is kept of a browser weighs what it takes")

	var no *bot.Refusal
	require.ErrorAs(t, w.spend(patient("short", "203.0.113.3"), short), &no)
	require.Equal(t, bot.TooMany, no.Code)
	require.Positive(t, no.RetryAfter)
	doctor := party{actor: bot.Actor{Role: bot.Doctor}, key: "d"}
	for range 1000 {
		require.NoError(t, w.spend(doctor, long))
	}
}
