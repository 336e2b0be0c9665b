package engine_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/store"
)

// syncing is a store whose commits take a moment, as a disk's do: whoever decides
// at the same time has read the same.
type syncing struct{ store.Store }

func (s syncing) Commit(ctx context.Context, b store.Batch) error {
	time.Sleep(time.Millisecond)
	return s.Store.Commit(ctx, b)
}

// crew are n doctors of gp with a TrueConf app.
func crew(n int) map[string]bot.Actor {
	staff := map[string]bot.Actor{}
	for i := range n {
		login := fmt.Sprintf("doctor_%03d", i)
		staff[login] = bot.Actor{Role: bot.Doctor, Login: login, Name: "Doctor", Departments: []string{"gp"}, TrueConfID: login}
	}
	return staff
}

// crowd is a practice of so many doctors, guest seats and rooms at once, and nodes
// over its one store.
func crowd(t *testing.T, doctors, guests, calls, nodes int) (*house, []*engine.Engine) {
	t.Helper()
	staff := crew(doctors)
	h := newHouse(t, seats(guests, calls), func(o *engine.Options) {
		o.Staff = func(context.Context) map[string]bot.Actor { return staff }
		o.Store, o.Log = syncing{o.Store}, nil
	})
	all := []*engine.Engine{h.e}
	for len(all) < nodes {
		e, err := engine.New(h.opts)
		require.NoError(t, err)
		all = append(all, e)
	}
	return h, all
}

// atOnce gives the commands at the same moment, to the nodes in turn.
func atOnce(t *testing.T, nodes []*engine.Engine, commands []bot.Command) []error {
	errs := make([]error, len(commands))
	var wg sync.WaitGroup
	for i, c := range commands {
		c.Key = fmt.Sprint("crowd", i)
		wg.Go(func() { _, errs[i] = nodes[i%len(nodes)].Do(t.Context(), c) })
	}
	wg.Wait()
	return errs
}

// soleClaims holds that nothing is held twice.
func soleClaims(t *testing.T, states []bot.State) {
	t.Helper()
	taken := map[string]string{}
	for _, s := range states {
		for _, c := range bot.Claims(s) {
			require.Empty(t, taken[c.Space+" "+c.Key], "%s %s twice", c.Space, c.Key)
			taken[c.Space+" "+c.Key] = s.ID
		}
	}
}

// A crowd chooses one time at once. As many as there are doctors and seats for it
// have it, all others are asked again, and nobody is told that something is broken.
func TestACrowdThatWantsOneTime(t *testing.T) {
	for _, c := range []struct{ people, doctors, guests, nodes, get int }{
		{64, 64, 100, 1, 64}, {64, 30, 20, 1, 20}, {200, 3, 100, 1, 3}, {200, 20, 100, 1, 20}, {64, 20, 100, 2, 20},
	} {
		t.Run(fmt.Sprint(c), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				h, nodes := crowd(t, c.doctors, c.guests, 0, c.nodes)
				h.lib.p.Store(compile(t, bookFlow))
				var commands []bot.Command
				for i := range c.people {
					a, asked := h.choosing(fmt.Sprint("p", i))
					commands = append(commands, bot.Command{
						Conversation: a.Conversation, Do: bot.DoChoose, Actor: a,
						Args: bot.Args{Step: asked.Step, Option: asked.Options[3].ID},
					})
				}
				errs := atOnce(t, nodes, commands)
				var states []bot.State
				got := 0
				for i, command := range commands {
					require.NoError(t, errs[i])
					s := h.state(command.Actor)
					states = append(states, s)
					if got += len(s.Bookings); len(s.Bookings) == 0 {
						require.Equal(t, "times", s.Asked.Type)
					}
				}
				require.Equal(t, c.get, got)
				soleClaims(t, states)
			})
		})
	}
}

// Doctors propose times that overlap, all at once, with fewer seats than doctors:
// who comes too late is told that the time is taken.
func TestACrowdOfProposalsThatOverlap(t *testing.T) {
	const people, doctors, guests = 200, 40, 12
	synctest.Test(t, func(t *testing.T) {
		h, nodes := crowd(t, doctors, guests, 0, 1)
		start := time.Now().Truncate(time.Hour).Add(26 * time.Hour)
		var commands []bot.Command
		for i := range people {
			a := h.waiting(fmt.Sprint("p", i))
			login := fmt.Sprintf("doctor_%03d", i%doctors)
			d := h.opts.Staff(t.Context())[login]
			h.do(d, a.Conversation, bot.DoClaim, bot.Args{})
			commands = append(commands, bot.Command{
				Conversation: a.Conversation, Do: bot.DoPropose, Actor: d,
				Args: bot.Args{Time: start.Add(time.Duration(i%6) * bot.Granule), Minutes: 30},
			})
		}
		errs := atOnce(t, nodes, commands)
		var states []bot.State
		got := 0
		for i, c := range commands {
			s := h.state(bot.Actor{Role: bot.Patient, Conversation: c.Conversation})
			states = append(states, s)
			if errs[i] != nil {
				requireCode(t, bot.SlotTaken, errs[i])
				require.Empty(t, s.Bookings)
				continue
			}
			got++
		}
		require.Equal(t, guests, got, "as many as seats")
		soleClaims(t, states)
	})
}

// Doctors call at once: as many calls begin as may, and the others wait in order.
func TestACrowdOfCalls(t *testing.T) {
	const people, guests, calls = 200, 150, 90
	synctest.Test(t, func(t *testing.T) {
		h, nodes := crowd(t, people, guests, calls, 1)
		var commands []bot.Command
		for i := range people {
			a := h.waiting(fmt.Sprint("p", i))
			d := h.opts.Staff(t.Context())[fmt.Sprintf("doctor_%03d", i)]
			h.do(d, a.Conversation, bot.DoClaim, bot.Args{})
			commands = append(commands, bot.Command{Conversation: a.Conversation, Do: bot.DoEscalate, Actor: d, Args: bot.Args{How: bot.ByApp}})
		}
		require.NoError(t, errors.Join(atOnce(t, nodes, commands)...))
		var states []bot.State
		for _, c := range commands {
			states = append(states, h.state(bot.Actor{Role: bot.Patient, Conversation: c.Conversation}))
		}
		soleClaims(t, states)
		require.Equal(t, calls, h.seats().Used)
		require.Equal(t, people-calls, h.seats().Waiting)
	})
}
