package badluck_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/flows"
	"bedside/store/storetest"
)

// bookedVisit is everything of an appointment: made, moved, kept and ended.
func bookedVisit(c *clinic) (p, d *person) {
	p, d, b := c.books("anna")
	time.Sleep(time.Minute)
	p.gives(bot.DoMove, bot.Args{Booking: b.ID, Time: b.Start.Add(20 * time.Minute)})
	sleepsUntil(b.Start.Add(20 * time.Minute))
	c.revive()
	p.until("the booked room is ready", ready)
	p.enters()
	d.enters()
	p.until("both are seen", bothInside)
	d.sends("Get well soon.")
	d.hangsUp()
	p.until("the rooms are gone", tidied)
	d.finishes()
	return p, d
}

// A restart at every step of a booked visit: the process dies in each of its
// writes, which is lost, or its answer is. What is left is what any such visit
// leaves.
func TestKillInEveryCommitOfABookedVisit(t *testing.T) {
	play := func(t *testing.T, at death) (writes int) {
		practice(t, at, nil, func(t *testing.T, c *clinic) {
			first := c.life
			p, _ := bookedVisit(c)
			time.Sleep(time.Minute)
			synctest.Wait()
			c.revive()
			writes = first.Commits()
			kinds := p.kinds(0)
			for kind, want := range map[bot.Kind]int{
				bot.BookingMade: 1, bot.BookingMoved: 1, bot.BookingDue: 1, bot.BookingKept: 1, bot.BookingMissed: 0,
				bot.CallRequested: 1, bot.CallEnded: 1, bot.DoctorFinished: 1, bot.ConversationClosed: 1, bot.CallInterrupted: 0,
			} {
				require.Equal(t, want, count(kinds, kind), kind)
			}
			require.Empty(t, c.claimsOf(p.id))
			require.Empty(t, c.rooms())
			require.Equal(t, bot.ClosedDown, p.state().Phase)
		})
		return writes
	}
	writes := play(t, death{})
	require.Greater(t, writes, 15)
	for n := 1; n <= writes; n++ {
		for _, lost := range []storetest.How{storetest.LoseCommit, storetest.LoseAnswer} {
			t.Run(fmt.Sprintf("write %d, %s", n, lost), func(t *testing.T) {
				t.Parallel()
				play(t, death{write: n, how: lost})
			})
		}
	}
}

// Clocks change between the booking and the visit: it begins at the hour that the
// patient was told, on their own clock and on the clinic's.
func TestTheClockChangesBeforeTheVisit(t *testing.T) {
	for zone, day := range map[string]time.Time{
		"Europe/Berlin":       time.Date(2000, 3, 26, 0, 0, 0, 0, time.UTC),
		"America/New_York":    time.Date(2000, 4, 2, 0, 0, 0, 0, time.UTC),
		"Australia/Lord_Howe": time.Date(2000, 3, 26, 0, 0, 0, 0, time.UTC),
	} {
		t.Run(zone, func(t *testing.T) {
			t.Parallel()
			where, err := time.LoadLocation(zone)
			require.NoError(t, err)
			practice(t, death{}, func(c *clinic) { c.opts.Flows = zoned(zone) }, func(t *testing.T, c *clinic) {
				eve := time.Date(day.Year(), day.Month(), day.Day()-1, 12, 0, 0, 0, where)
				sleepsUntil(eve)
				p := c.patient("anna")
				p.startsBy("appointment")
				p.sends("Patient One")
				p.sends("+79161234567")
				ten := time.Date(day.Year(), day.Month(), day.Day(), 10, 0, 0, 0, where)
				require.NotEqual(t, 22*time.Hour, ten.Sub(eve), "the clock changes in between")
				asked := p.state().Asked
				i := slices.IndexFunc(asked.Options, func(o bot.Option) bool {
					at, err := time.Parse(time.RFC3339, o.ID)
					return err == nil && at.Equal(ten)
				})
				require.GreaterOrEqual(t, i, 0, "ten o'clock is free")
				p.gives(bot.DoChoose, bot.Args{Step: asked.Step, Option: asked.Options[i].ID})
				b := p.booking()
				require.True(t, b.Start.Equal(ten))
				require.Contains(t, b.Text, "10:00")
				sleepsUntil(ten.Add(-time.Second))
				require.False(t, p.calling())
				sleepsUntil(ten)
				p.visits(p.withWhomBooked())
			})
		})
	}
}

// zoned is the clinic of random days in another zone.
func zoned(zone string) zonedLibrary {
	p, problems := flows.Compile([]flows.File{{Path: "day.yaml", Data: []byte(strings.ReplaceAll(dayFlow, "Europe/Moscow", zone))}})
	if p == nil {
		panic(fmt.Sprint(problems))
	}
	return zonedLibrary{p}
}

type zonedLibrary struct{ p *flows.Program }

func (l zonedLibrary) Live(string) *flows.Program { return l.p }
