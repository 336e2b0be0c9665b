package badluck_test

import (
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/trueconf/standin"
)

// practice plays with a clinic that books visits: the one of random days, with
// nobody rung for offers.
func practice(t *testing.T, at death, change func(*clinic), play func(t *testing.T, c *clinic)) {
	t.Helper()
	town(t, func(t *testing.T, v *video, log *logbook) {
		c := newClinic(t, v, log, "bedside", 9, at, func(c *clinic) {
			c.opts.Flows, c.opts.Staff = dayLibrary{}, dayStaffOf
			if change != nil {
				change(c)
			}
		})
		defer c.close()
		play(t, c)
		c.over()
	})
}

// books brings a patient through the door of appointments to the first free time,
// and answers with the doctor of it as well.
func (c *clinic) books(name string) (p, d *person, b bot.Booking) {
	c.t.Helper()
	p = c.patient(name)
	p.startsBy("appointment")
	p.sends("Patient One")
	p.sends("+79161234567")
	asked := p.state().Asked
	require.NotNil(c.t, asked)
	p.gives(bot.DoChoose, bot.Args{Step: asked.Step, Option: asked.Options[0].ID})
	return p, p.withWhomBooked(), p.booking()
}

// booking is the patient's one appointment.
func (p *person) booking() bot.Booking {
	p.c.t.Helper()
	require.Len(p.c.t, p.state().Bookings, 1)
	return p.state().Bookings[0]
}

func (p *person) withWhomBooked() *person {
	p.c.t.Helper()
	login := p.booking().Doctor
	i := slices.IndexFunc(dayStaff, func(a bot.Actor) bool { return a.Login == login })
	require.GreaterOrEqual(p.c.t, i, 0)
	return p.doctor(dayStaff[i])
}

// sleepsUntil lets time go on until a moment, and all that is due by then.
func sleepsUntil(at time.Time) {
	time.Sleep(time.Until(at))
	synctest.Wait()
}

// visits is a booked visit from its beginning on: both come, and the appointment is
// kept.
func (p *person) visits(d *person) {
	p.c.t.Helper()
	p.until("the booked room is ready", ready)
	p.enters()
	d.enters()
	p.until("both are seen", bothInside)
	require.Equal(p.c.t, 1, count(p.kinds(0), bot.BookingKept))
	require.Len(p.c.t, p.c.rooms(), 1)
	d.ends()
}

// The server is down at the booked moment, or from before the seats are held: the
// visit begins when it is up again. Down until the visit is over, the patient is
// the first of those who wait and the lead knows.
func TestTheServerIsDownAtTheBookedMoment(t *testing.T) {
	for name, down := range map[string][2]time.Duration{
		"a minute before to four after":  {-time.Minute, 4 * time.Minute},
		"from before the seats are held": {-15 * time.Minute, 2 * time.Minute},
		"from before the reminder on":    {-40 * time.Minute, time.Second},
		"until the end":                  {-time.Minute, 45 * time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			practice(t, death{}, nil, func(t *testing.T, c *clinic) {
				p, d, b := c.books("anna")
				sleepsUntil(b.Start.Add(down[0]))
				c.stop()
				time.Sleep(down[1] - down[0])
				c.begin(death{})
				synctest.Wait()
				if down[1] < b.Length {
					p.visits(d)
					return
				}
				s := p.state()
				require.Equal(t, bot.Waiting, s.Phase)
				require.True(t, s.First, "before all others")
				kinds := p.kinds(0)
				require.Equal(t, 1, count(kinds, bot.BookingMissed))
				require.Contains(t, kinds, bot.LeadAlerted)
				require.Empty(t, c.claimsOf(p.id))
				d.claims()
				d.finishes()
			})
		})
	}
}

// claimsOf are the claims that a conversation holds, on the disk.
func (c *clinic) claimsOf(id string) (out []string) {
	c.t.Helper()
	for key, by := range (&day{clinic: c}).claimed() {
		if by == id {
			out = append(out, key)
		}
	}
	return out
}

// An administrator deletes, stops or starts the booked room, long before its time,
// while its seats are held, or at its very moment: the visit takes place in one
// room all the same.
func TestAnAdministratorAndTheBookedRoom(t *testing.T) {
	for name, does := range map[string]func(*standin.Server, string) bool{
		"deletes":          (*standin.Server).DeleteRoom,
		"starts":           func(s *standin.Server, id string) bool { s.StartRoom(id); return true }, // it may run already
		"starts and stops": func(s *standin.Server, id string) bool { s.StartRoom(id); return s.StopRoom(id) },
	} {
		for _, before := range []time.Duration{40 * time.Minute, 5 * time.Minute, 0} {
			t.Run(fmt.Sprint(name, ", ", before, " before"), func(t *testing.T) {
				t.Parallel()
				practice(t, death{}, nil, func(t *testing.T, c *clinic) {
					p, d, b := c.books("anna")
					p.until("the room is scheduled", func(s bot.State) bool { return s.Bookings[0].RoomStands })
					require.Len(t, c.rooms(), 1)
					sleepsUntil(b.Start.Add(-before))
					require.True(t, does(c.video.Server, c.rooms()[0]))
					sleepsUntil(b.Start)
					p.visits(d)
				})
			})
		}
	}
}

// The doctor changes while the patient is on the page: the page's key and call stay
// what they are, and the visit is with the new doctor.
func TestTheDoctorChangesWhileThePatientIsOnThePage(t *testing.T) {
	for _, before := range []time.Duration{30 * time.Minute, 5 * time.Minute, time.Second} {
		t.Run(before.String()+" before", func(t *testing.T) {
			t.Parallel()
			practice(t, death{}, nil, func(t *testing.T, c *clinic) {
				p, d, b := c.books("anna")
				key := c.e.VisitKey(b.ID)
				c.video.secrets.learn("visit key", key)
				sleepsUntil(b.Start.Add(-before))
				to := igor
				if d.actor.Login == igor.Login {
					to = vera
				}
				admin := p.doctor(bot.Actor{Role: bot.Admin, Login: "lead", Name: "Lead One"})
				admin.gives(bot.DoReassign, bot.Args{Booking: b.ID, To: to.Login})
				require.Equal(t, b.ID, p.booking().ID)
				require.Equal(t, key, c.e.VisitKey(p.booking().ID))
				sleepsUntil(b.Start)
				p.until("the booked room is ready", ready)
				require.Equal(t, to.Login, p.state().Doctor)
				guest, err := c.e.ByVisitKey(t.Context(), b.ID, key)
				require.NoError(t, err)
				link, err := c.e.Join(t.Context(), guest, engine.JoinRequest{Call: b.ID})
				require.NoError(t, err)
				_, err = c.video.Enter(link.WebURL)
				require.NoError(t, err)
				now := p.doctor(to)
				now.enters()
				p.until("both are seen", bothInside)
				require.Len(t, c.rooms(), 1)
				now.ends()
			})
		})
	}
}

// A booking is moved in another tab: nothing happens at the old moment, its room
// and its claims are let go, and the link that was given first leads in at the new
// one.
func TestABookingIsMovedInAnotherTab(t *testing.T) {
	practice(t, death{}, nil, func(t *testing.T, c *clinic) {
		p, d, b := c.books("anna")
		p.until("the room is scheduled", func(s bot.State) bool { return s.Bookings[0].RoomStands })
		sleepsUntil(b.Start.Add(-5 * time.Minute))
		old := c.claimsOf(p.id)
		to := b.Start.Add(2 * time.Hour)
		p.gives(bot.DoMove, bot.Args{Booking: b.ID, Time: to})
		moved := p.booking()
		require.Equal(t, b.ID, moved.ID)
		require.Greater(t, moved.Seq, b.Seq)
		for _, key := range c.claimsOf(p.id) {
			require.NotContains(t, old, key, "of the time that is given up")
		}
		sleepsUntil(b.Start.Add(30 * time.Minute))
		require.False(t, p.calling())
		require.Len(t, c.rooms(), 1, "the old time's room is gone")
		sleepsUntil(to)
		guest, err := c.e.ByVisitKey(t.Context(), b.ID, c.e.VisitKey(b.ID))
		require.NoError(t, err)
		require.Equal(t, p.id, guest.Conversation)
		p.visits(d)
	})
}

// Two devices as one patient: the second asks whether the call is to move to it,
// moves it, and one guest is inside.
func TestTwoDevicesAsOnePatient(t *testing.T) {
	practice(t, death{}, nil, func(t *testing.T, c *clinic) {
		p, d, b := c.books("anna")
		sleepsUntil(b.Start)
		p.until("the booked room is ready", ready)
		press := func(device string, move bool) (*standin.Visitor, error) {
			link, err := c.e.Join(t.Context(), p.actor, engine.JoinRequest{Call: b.ID, Device: device, Move: move})
			if err != nil {
				return nil, err
			}
			return c.video.Enter(link.WebURL)
		}
		one, err := press("desktop", false)
		require.NoError(t, err)
		d.enters()
		p.until("both are seen", bothInside)
		_, err = press("phone", false)
		require.ErrorIs(t, err, &bot.Refusal{Code: bot.Elsewhere})
		two, err := press("phone", true)
		require.NoError(t, err)
		require.False(t, one.Inside())
		require.True(t, two.Inside())
		time.Sleep(time.Minute)
		require.True(t, bothInside(p.state()))
		require.Equal(t, 1, p.attempt())
		d.ends()
	})
}

// The tab is killed in a booked call: its patient is back in the same room.
func TestTheTabIsKilledInTheBookedCall(t *testing.T) {
	practice(t, death{}, nil, func(t *testing.T, c *clinic) {
		p, d, b := c.books("anna")
		sleepsUntil(b.Start)
		p.until("the booked room is ready", ready)
		tab := p.enters()
		d.enters()
		p.until("both are seen", bothInside)
		tab.Vanish()
		p.enters()
		time.Sleep(time.Minute)
		require.True(t, bothInside(p.state()))
		require.Equal(t, b.ID, p.state().Call.ID)
		d.ends()
	})
}

// oneSeat leaves one guest connection for everybody.
func oneSeat(c *clinic) {
	c.config.GuestSeats = 1
	c.video.seats(1)
	c.limit(func(l *bot.Limits) { l.GuestSeats = 1 })
}

// opening waits for the hour at which the clinic opens.
func (c *clinic) opening() {
	now := time.Now().UTC()
	sleepsUntil(time.Date(now.Year(), now.Month(), now.Day(), 1, 0, 0, 0, time.UTC))
}

// visitOf is a patient in a chat with a doctor, in opening hours.
func (c *clinic) visitOf(name string, a bot.Actor) (p, d *person) {
	c.t.Helper()
	p = c.patient(name)
	p.startsBy("visit")
	p.sends("Patient One")
	p.gives(bot.DoChoose, bot.Args{Step: p.state().Asked.Step, Option: "no"})
	d = p.doctor(a)
	d.claims()
	d.sends("Good day.")
	return p, d
}

// A doctor is in the call by the app and would rather come by the page, and the
// other way round: both ways lead in, into one room at a time.
func TestADoctorInAppAndPageAtOnce(t *testing.T) {
	for _, first := range []bot.How{bot.ByApp, bot.ByPage} {
		t.Run("by "+string(first)+" first", func(t *testing.T) {
			t.Parallel()
			practice(t, death{}, nil, func(t *testing.T, c *clinic) {
				second := bot.ByPage
				if first == bot.ByPage {
					second = bot.ByApp
				}
				c.opening()
				p, d := c.visitOf("anna", vera)
				d.escalates(first)
				p.until("the call is ready", ready)
				p.enters()
				d.enters()
				p.until("both are seen", bothInside)
				d.escalates(second)
				p.until("the call is ready again", func(s bot.State) bool { return ready(s) && s.Call.How == second })
				p.enters()
				d.enters()
				p.until("both are seen again", bothInside)
				require.Len(t, c.rooms(), 1)
				require.Len(t, c.claimsOf(p.id), map[bot.How]int{bot.ByApp: 1, bot.ByPage: 2}[second], "the seats of the way that is taken")
				d.ends()
			})
		})
	}
}

// A call goes on over the next booking, of the one seat that there is: the lead is
// told when the seat cannot be held; the next patient is not alone meanwhile, and
// their visit begins by itself when the call is over.
func TestACallOverTheNextBooking(t *testing.T) {
	practice(t, death{}, oneSeat, func(t *testing.T, c *clinic) {
		q, e, d, b := c.overrun()
		sleepsUntil(b.Start.Add(3 * time.Minute))
		require.Equal(t, bot.LacksSeat, q.state().Call.Lacks)
		require.NoError(t, q.says("Where are you?"))
		d.hangsUp()
		q.visits(e)
		d.finishes()
	})
}

// overrun brings a booking whose one seat somebody else's call has, nine minutes
// before it begins.
func (c *clinic) overrun() (q, e, d *person, b bot.Booking) {
	c.t.Helper()
	q, e, b = c.books("boris")
	sleepsUntil(b.Start.Add(-15 * time.Minute))
	p := c.patient("anna")
	p.startsBy("appointment")
	p.sends("Patient Two")
	p.sends("+79161234567")
	other := igor
	if e.actor.Login == igor.Login {
		other = vera
	}
	d = p.doctor(other)
	p.gives(bot.DoChoose, bot.Args{Step: p.state().Asked.Step, Option: "none"})
	d.claims()
	d.sends("Good day.")
	d.escalates(bot.ByApp)
	p.until("the call is ready", ready)
	p.enters()
	d.enters()
	p.until("both are seen", bothInside)

	sleepsUntil(b.Start.Add(-9 * time.Minute))
	require.Equal(c.t, bot.LacksSeat, q.booking().Lacks)
	require.Contains(c.t, q.kinds(0), bot.LeadAlerted)
	return q, e, d, b
}

// The seat that a call has over the next booking is held for it in the moment in which
// it falls free, after a restart too; until then the journal holds what has changed and
// not how often anybody looked.
func TestASeatThatFallsFreeBeforeTheBookingIsHeldAtOnce(t *testing.T) {
	for name, killed := range map[string]bool{"at once": false, "the process is killed meanwhile": true} {
		t.Run(name, func(t *testing.T) {
			practice(t, death{}, oneSeat, func(t *testing.T, c *clinic) {
				q, e, d, b := c.overrun()
				before := q.kinds(0)
				sleepsUntil(b.Start.Add(-3 * time.Minute))
				require.Equal(t, before, q.kinds(0), "six minutes of looking")
				if killed {
					c.life.Kill()
					c.revive()
				}
				d.hangsUp()
				d.until("the room is gone", tidied)
				freed := time.Now()
				q.until("the seat is held", func(s bot.State) bool { return s.Bookings[0].Held })
				require.Less(t, time.Since(freed), time.Second)
				d.finishes()
				sleepsUntil(b.Start)
				q.visits(e)
			})
		})
	}
}

// A patient's own call that was to become the visit's ends before it: the visit has
// its seat all the same.
func TestACallThatEndsBeforeItsBooking(t *testing.T) {
	practice(t, death{}, nil, func(t *testing.T, c *clinic) {
		c.opening()
		p, d := c.visitOf("anna", vera)
		start := time.Now().Truncate(20 * time.Minute).Add(20 * time.Minute)
		d.gives(bot.DoPropose, bot.Args{Time: start})
		p.gives(bot.DoAcceptTime, bot.Args{Booking: p.booking().ID})
		sleepsUntil(start.Add(-15 * time.Minute))
		d.escalates(bot.ByApp)
		p.until("the call is ready", ready)
		sleepsUntil(start.Add(-8 * time.Minute)) // the seats of the visit have been looked after
		d.hangsUp()
		sleepsUntil(start)
		require.NotEmpty(t, p.state().Call.Seats)
		p.visits(d)
	})
}
