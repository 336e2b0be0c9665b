package bot_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
)

// Appointments of the time before they had ids are told apart by where they stand: by
// the id the join link's key is made, and what one link opens no other may.
func TestAppointmentsWithoutAnIDAreToldApart(t *testing.T) {
	at := time.Date(2027, 2, 15, 9, 0, 0, 0, time.UTC)
	body, err := json.Marshal(bot.Booked{Department: "gp", Start: at.Add(24 * time.Hour), Length: 1800})
	require.NoError(t, err)
	seen := map[string]bool{}
	for _, id := range []string{"c_1", "c_2"} {
		s := bot.State{ID: id}
		for range 2 {
			s, err = bot.Apply(s, bot.Entry{
				V: bot.Format, Seq: s.Seq + 1, At: at, Kind: bot.BookingMade, By: bot.By{Role: bot.Bot}, Audience: bot.ForAll,
				Prev: bot.Prev{All: s.LastAll, Staff: s.LastStaff}, Body: body,
			})
			require.NoError(t, err)
		}
		require.Len(t, s.Bookings, 2)
		for _, b := range s.Bookings {
			require.LessOrEqual(t, len(b.ID), 64)
			require.False(t, seen[b.ID])
			seen[b.ID] = true
		}
	}
}
