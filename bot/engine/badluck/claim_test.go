package badluck_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"bedside/bot"
)

// Two doctors claim at once, and the patient writes in the same moment: one has
// the conversation, the other is told who, and the word is there once and owed.
func TestTwoDoctorsClaimAtOnce(t *testing.T) {
	scene(t, func(t *testing.T, c *clinic) {
		for round := range 12 {
			p := c.patient(fmt.Sprint("anna", round))
			p.starts()
			p.sends("Anna")
			claims := []*person{p.doctor(vera), p.doctor(igor)}
			refusals := make([]error, len(claims))
			var wg sync.WaitGroup
			for i, d := range claims {
				wg.Go(func() { refusals[i] = d.tries(bot.DoClaim, bot.Args{}) })
			}
			wg.Go(func() {
				if err := p.says("Is anybody there?"); err != nil {
					t.Errorf("a word of the patient: %v", err)
				}
			})
			wg.Wait()
			synctest.Wait()
			requireOneClaim(t, p, claims, refusals)
		}
	})
}

func requireOneClaim(t *testing.T, p *person, claims []*person, refusals []error) {
	t.Helper()
	s := p.state()
	require.Equal(t, bot.Consulting, s.Phase)
	require.False(t, s.OwedSince.IsZero(), "a first word is owed")
	kinds := p.kinds(0)
	require.Equal(t, 1, count(kinds, bot.DoctorAssigned))
	require.Equal(t, 1, count(kinds, bot.MessageSent))
	for i, d := range claims {
		if s.Doctor == d.actor.Login {
			require.NoError(t, refusals[i])
			continue
		}
		var r *bot.Refusal
		require.True(t, errors.As(refusals[i], &r), "%v", refusals[i])
		require.Equal(t, bot.Taken, r.Code)
		require.Equal(t, s.DoctorName, r.Message, "who has it")
		require.Error(t, d.says("Good day."), "not the loser's conversation")
	}
}

// All at once, many times over: both doctors and two tabs of the patient press
// everything that there is. The promises hold, and one room at most is there.
func TestEverybodyPressesAtOnce(t *testing.T) {
	scene(t, func(t *testing.T, c *clinic) {
		p, d := c.inConsulting()
		e := p.doctor(igor)
		for range 6 {
			var wg sync.WaitGroup
			for _, press := range []func() error{
				func() error { return p.says("Hello?") },
				func() error { return p.says("Hello!") },
				func() error { return d.tries(bot.DoEscalate, bot.Args{How: bot.ByPage}) },
				func() error { return d.tries(bot.DoEscalate, bot.Args{How: bot.ByApp}) },
				func() error { return d.tries(bot.DoHangUp, bot.Args{}) },
				func() error { return d.says("One moment.") },
				func() error { return e.tries(bot.DoClaim, bot.Args{}) },
				func() error { _, err := p.presses(false); return err },
			} {
				wg.Go(func() {
					if err := press(); err != nil && !errors.As(err, new(*bot.Refusal)) {
						t.Errorf("a press: %v", err)
					}
				})
			}
			wg.Wait()
			synctest.Wait()
		}
		require.Equal(t, 12, countBy(p, bot.Patient))
		if p.calling() {
			d.hangsUp()
		}
		p.until("the rooms are gone", tidied)
		require.Empty(t, c.rooms())
	})
}

// countBy counts the messages of a role.
func countBy(p *person, by bot.Role) int {
	n := 0
	for _, e := range p.journal(0) {
		if e.Kind == bot.MessageSent && e.By.Role == by {
			n++
		}
	}
	return n
}
