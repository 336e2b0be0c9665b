package bot_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
)

// abandoned is a visit whose doctor has not come and whose patient has asked for
// another one by its link alone.
func abandoned(t *testing.T) (c *surgery, b bot.Booking, link bot.Actor) {
	c, b = standing(t)
	link = bot.Actor{Role: bot.Patient, Conversation: "c_1", Call: b.ID}
	c.enters("c_1", bot.Patient)
	c.until(b.Start.Add(10 * time.Minute))
	c.do("c_1", link, bot.DoLate, bot.Args{Booking: b.ID, Option: bot.LateOther})
	return c, b, link
}

func listsOf(s bot.State) []string {
	var out []string
	for _, l := range bot.HeadOf(s).Lists {
		out = append(out, l.List)
	}
	return out
}

// The link of an appointment that the clinic has missed leads into the call with
// whoever comes instead, through every doctor and call until both have met.
func TestALinkLeadsOnToAnotherDoctor(t *testing.T) {
	c, b, link := abandoned(t)
	s := c.state("c_1")
	require.True(t, s.LeadsOn(b.ID))
	require.Contains(t, listsOf(*s), bot.ListCall(b.ID), "the link finds its conversation")
	require.True(t, bot.May(link, bot.DoJoin, *s))

	c.do("c_1", igor, bot.DoClaim, bot.Args{})
	first := s.Call.ID
	require.NotEqual(t, b.ID, first)
	require.True(t, s.Call.Named(b.ID))
	c.do("c_1", igor, bot.DoHangUp, bot.Args{})
	require.True(t, s.LeadsOn(b.ID), "they have not met")
	c.do("c_1", igor, bot.DoEscalate, bot.Args{How: bot.ByPage})
	require.NotEqual(t, first, s.Call.ID)
	require.True(t, s.Call.Named(b.ID))
	c.do("c_1", system, bot.DoMade, bot.Args{Call: s.Call.ID, Attempt: 1})
	c.enters("c_1", bot.Patient)
	c.enters("c_1", bot.Doctor)
	c.until(c.now.Add(time.Minute))
	require.True(t, bot.May(link, bot.DoJoin, *s))
	c.do("c_1", igor, bot.DoHangUp, bot.Args{})
	require.False(t, s.LeadsOn(b.ID), "the visit has taken place")
	c.do("c_1", igor, bot.DoEscalate, bot.Args{How: bot.ByPage})
	require.False(t, s.Call.Named(b.ID))
}

func TestWhereALinkLeadsOn(t *testing.T) {
	t.Run("also where the clinic says itself that nobody comes", func(t *testing.T) {
		for name, miss := range map[string]func(*surgery, bot.Booking){
			"the room did not come": func(c *surgery, b bot.Booking) { c.until(b.Start.Add(10 * time.Minute)) },
			"the doctor is gone":    func(c *surgery, b bot.Booking) { delete(c.staff, vera.Login); c.until(b.Start) },
			"the time is up": func(c *surgery, b bot.Booking) {
				c.until(b.Start)
				c.do("c_1", system, bot.DoMade, ofBooking(b))
				c.until(b.End())
			},
		} {
			c := newSurgery(t, bookFlow, vera, igor)
			b := c.booked("c_1", 0)
			miss(c, b)
			require.Contains(t, c.kinds("c_1"), bot.BookingMissed, name)
			require.True(t, c.state("c_1").LeadsOn(b.ID), name)
		}
	})
	t.Run("until something else is promised, or the doctor has done", func(t *testing.T) {
		c, b, _ := abandoned(t)
		c.do("c_1", igor, bot.DoClaim, bot.Args{})
		c.do("c_1", igor, bot.DoFinish, bot.Args{})
		require.False(t, c.state("c_1").LeadsOn(b.ID))

		c, b = standing(t)
		c.until(b.Start.Add(10 * time.Minute))
		c.do("c_1", patientOf("c_1"), bot.DoLate, bot.Args{Booking: b.ID, Option: bot.LatePhone})
		require.False(t, c.state("c_1").LeadsOn(b.ID))
	})
	t.Run("and not for whom the doctor has waited", func(t *testing.T) {
		c, b := standing(t)
		c.enters("c_1", bot.Doctor)
		c.until(b.End())
		require.False(t, c.state("c_1").LeadsOn(b.ID))
	})
}
