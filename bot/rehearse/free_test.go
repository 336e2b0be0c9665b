package rehearse_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot/rehearse"
	"bedside/flows"
)

const bookable = `
bedside: 1
languages: [en]
clinic: {name: {en: "Rassvet Clinic"}, phone: "+7 495 000-00-00", zone: Europe/Moscow}
emergency: {phone: "103"}
holidays:
  russia: {2027-02-23: closed}
hours:
  clinic: {mon-fri: ["08:00-12:00", "13:00-20:00"], sat: "09:00-14:00", holidays: russia}
departments:
  gp:    {title: {en: "general practitioner"}, hours: clinic, booking: {length: 50m, from: 2h, until: 8d}}
  night: {title: {en: "doctor on duty"}, hours: always, booking: {length: 8h, from: 1h, until: 1d}}
  none:  {title: {en: "laboratory"}, hours: clinic}
slots:
  name: {type: text, label: {en: "Name"}, ask: {en: "What is your name?"}}
flows:
  visit: {start: hello, title: {en: "See a doctor"}}
parts:
  hello:
    - ask: name
    - end: {en: "Call {clinic.phone}, in danger {emergency.phone}."}
`

func TestFreeTimesFollowTheDepartmentsHours(t *testing.T) {
	p, problems := flows.Compile([]flows.File{{Path: "flow.yaml", Data: []byte(bookable)}})
	require.NotNil(t, p, "%v", problems)
	zone := p.Clinic().Zone
	now := time.Date(2027, 2, 15, 10, 0, 0, 0, zone)
	times := func(id string) (all []string) {
		d, ok := p.Department(id)
		require.True(t, ok)
		for _, at := range rehearse.FreeTimes(d, now) {
			all = append(all, at.In(zone).Format("02 15:04"))
		}
		return all
	}
	gp := times("gp")
	require.Equal(t, []string{"15 13:00", "15 13:50", "15 14:40"}, gp[:3], "not before the notice, and whole before lunch")
	require.Contains(t, gp, "16 10:30")
	require.NotContains(t, gp, "16 11:20", "it would not be over before lunch")
	require.Contains(t, gp, "20 12:20")
	require.NotContains(t, gp, "21 09:00", "a Sunday")
	require.NotContains(t, gp, "23 08:00", "a holiday")
	require.Equal(t, []string{"15 16:00", "16 00:00", "16 08:00"}, times("night"))
	require.Empty(t, times("none"))
}
