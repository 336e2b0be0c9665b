package bot_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
)

// A reminder that could not be sent names a time; once that is another one it is not
// sent any more.
func TestAReminderOfATimeThatWasMovedIsNotSent(t *testing.T) {
	w := newReach(t)
	w.waiting()
	w.phone()
	start := w.now.Add(3 * time.Hour)
	w.writes(bot.BookingMade, bot.Booked{Booking: "b", Department: "gp", Doctor: vera.Login, Start: start, Length: 1800, Text: "at three", Beside: true})
	w.leaves()
	w.pass(time.Hour)
	require.Len(t, w.s.Notices, 1)
	id := bot.Args{Notice: bot.OfNotice{Notice: w.s.Notices[0].Notice.Notice}}
	w.writes(bot.BookingMoved, bot.MovedBooking{Booking: "b", Start: start.Add(24 * time.Hour), Length: 1800, Text: "tomorrow", Seq: 1, Attempt: 2})
	require.Equal(t, []bot.Kind{bot.NoticeNotMore}, kinds(w.do(system, bot.DoNoticeTried, id)))
}
