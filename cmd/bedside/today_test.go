package main

import (
	"context"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/bot"
)

// Who may work is asked with every command: it is reckoned anew when somebody is
// kept out, or let in, or the configuration changes, and not in between.
func TestWhoIsInIsReckonedWhenItChanges(t *testing.T) {
	settingWithStaff := func(logins ...string) *setting {
		s := &setting{actors: map[string]bot.Actor{}}
		for _, login := range logins {
			s.actors[login] = bot.Actor{Login: login}
		}
		return s
	}
	var day today
	in := func() []string { return slices.Sorted(maps.Keys(day.staff(context.Background()))) }
	day.Store(settingWithStaff("boris", "vera"))
	require.Equal(t, []string{"boris", "vera"}, in())

	day.out.Store(&outs{"boris": {Disabled: true}})
	require.Equal(t, []string{"vera"}, in())
	require.Zero(t, testing.AllocsPerRun(10, func() { day.staff(context.Background()) }), "it is reckoned with each command")

	day.Store(settingWithStaff("boris", "vera", "zoe"))
	require.Equal(t, []string{"vera", "zoe"}, in(), "somebody new, and the one who is out stays out")
	day.out.Store(&outs{"boris": {}, "zoe": {Disabled: true}})
	require.Equal(t, []string{"boris", "vera"}, in(), "let in again, and another one out")
	day.out.Store(&outs{})
	require.Equal(t, []string{"boris", "vera", "zoe"}, in())
}
