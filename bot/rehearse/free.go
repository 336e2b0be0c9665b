package rehearse

import (
	"time"

	"bedside/bot"
	"bedside/flows"
)

// FreeTimes are all the times that a department's hours and its `booking` leave
// to be booked at a moment, as if it had a doctor who has nothing else to do.
func FreeTimes(d flows.Department, now time.Time) []time.Time {
	return bot.Grid(d.Hours(), d.Booking, now)
}
