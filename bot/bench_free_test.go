package bot_test

import (
	"fmt"
	"testing"
	"time"

	"bedside/bot"
)

// What a question for a time costs in a clinic of twenty doctors, half of whose
// next fortnight is booked, beside the reading of the records.
func BenchmarkFreeTimes(b *testing.B) {
	c := newSurgery(b, bookFlow)
	c.limits.GuestSeats = 40
	for n := range 20 {
		login := fmt.Sprintf("d%02d", n)
		c.staff[login] = bot.Actor{Role: bot.Doctor, Login: login, Departments: []string{"gp"}, TrueConfID: login}
		for i := range 14 * 16 {
			start := c.now.Truncate(24 * time.Hour).Add(time.Duration(i/16)*24*time.Hour + time.Duration(6*60+i%16*60)*time.Minute)
			s := bot.State{ID: fmt.Sprint("x", n, i), Bookings: []bot.Booking{{State: bot.BookedFor, Doctor: login, Start: start, Length: 30 * time.Minute, Seats: []int{n + 1}}}}
			if !c.claims.take(bot.State{}, s) {
				b.Fatal("taken")
			}
		}
	}
	byPrefix := map[string]map[string]string{}
	f := c.facts()
	f.Claimed = func(space, prefix string) map[string]string {
		if byPrefix[space+prefix] == nil {
			byPrefix[space+prefix] = c.claims.claimed(space, prefix)
		}
		return byPrefix[space+prefix]
	}
	for b.Loop() {
		if times, _ := bot.FreeTimes(bot.State{ID: "c_1"}, f, bot.Wanted{Department: "gp"}); len(times) == 0 {
			b.Fatal("nothing is free")
		}
	}
}
