package web

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
)

func TestWhoIsThere(t *testing.T) {
	now := time.Date(2027, 2, 15, 10, 0, 0, 0, time.UTC)
	away, news := map[string]bool{}, []string{}
	d := newDuty(func() time.Time { return now }, func(login string) bool { return away[login] }, func(login string) { news = append(news, login) })
	told := func() []string { out := news; news = nil; return out }
	a := bot.Actor{Role: bot.Doctor, Login: "doctor_1", Departments: []string{"gp", "duty"}}
	require.True(t, d.on("gp"), "nobody is missed while browsers come back")
	require.False(t, d.present(a.Login), "but nobody is rung who has not")
	now = now.Add(unknownFor)
	require.False(t, d.on("gp"))
	d.came(bot.Actor{Role: bot.Admin, Login: "lead", Departments: []string{"gp"}})
	d.came(bot.Actor{Role: bot.Patient})
	require.False(t, d.on("gp"), "neither answers a patient")
	d.came(a)
	d.came(a)
	require.Equal(t, []string{"doctor_1"}, told())
	require.True(t, d.on("gp"))
	require.True(t, d.on("duty"))
	require.False(t, d.on("kids"))
	d.went(a)
	require.True(t, d.on("gp"), "another tab")
	d.went(a)
	require.True(t, d.on("gp"), "a reload")
	now = now.Add(darkAfter)
	d.look()
	require.False(t, d.on("gp"))
	require.Equal(t, []string{"doctor_1"}, told())

	d.came(a)
	for range 10 {
		now = now.Add(staffBeat)
		d.heard(a)
		d.look()
		require.True(t, d.present(a.Login), "it answers")
	}
	away[a.Login] = true
	require.False(t, d.on("gp"), "who is away is not on duty")
	delete(away, a.Login)
	told()
	now = now.Add(darkAfter)
	d.look()
	require.False(t, d.present(a.Login), "an open socket behind which nobody answers")
	require.Equal(t, []string{"doctor_1"}, told())
	d.heard(a)
	require.Equal(t, []string{"doctor_1"}, told(), "the lid is opened again")

	d.leaves(a.Login)
	require.True(t, d.present(a.Login), "the socket still says something")
	d.went(a)
	require.False(t, d.present(a.Login), "signed out is gone at once")
	require.Equal(t, []string{"doctor_1"}, told())
}
