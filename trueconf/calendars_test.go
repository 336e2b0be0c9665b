package trueconf

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// Nobody has seen the answer of a real server (API reference §8): every plausible
// shape is read to the same links.
func TestCalendarsInEveryShape(t *testing.T) {
	const google = `https:\/\/calendar.google.com\/calendar\/render?action=TEMPLATE&text=Visit&dates=20270101T090000Z\/20270101T093000Z`
	const outlook = `https:\/\/outlook.live.com\/calendar\/0\/deeplink\/compose?subject=Visit`
	const file = `https:\/\/v.example\/c\/` + testID + `\/ics`
	want := []CalendarLink{
		{GoogleCalendar, `https://calendar.google.com/calendar/render?action=TEMPLATE&text=Visit&dates=20270101T090000Z/20270101T093000Z`},
		{CalendarFile, `https://v.example/c/` + testID + `/ics`},
		{OutlookCalendar, `https://outlook.live.com/calendar/0/deeplink/compose?subject=Visit`},
	}
	for name, body := range map[string]string{
		"wrapped":          `{"calendars":{"google":"` + google + `","outlook":"` + outlook + `","other":"` + file + `"}}`,
		"bare":             `{"google":"` + google + `","outlook":"` + outlook + `","ics":"` + file + `"}`,
		"array of objects": `{"calendars":[{"type":"google","url":"` + google + `"},{"name":"ics","link":"` + file + `"},{"type":"outlook","href":"` + outlook + `"}]}`,
		"array":            `["` + google + `","` + file + `","` + outlook + `"]`,
		"object of objects": `{"calendars":{"google":{"url":"` + google + `"},"outlook":{"url":"` + outlook + `"},
			"ics":{"url":"` + file + `"},"none":null,"count":{}}}`,
		"encoded twice": `{"calendars":{"google":"https:\\\/\\\/calendar.google.com\\\/calendar\\\/render?action=TEMPLATE&amp;text=Visit&amp;dates=20270101T090000Z\\\/20270101T093000Z","outlook":"` + outlook + `","other":"` + file + `"}}`,
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake()
			f.answer("GET /api/v3.11/conferences/"+testID+"/calendars", 200, body)
			got, err := f.client(t).Calendars(ctx, testID)
			require.NoError(t, err)
			require.ElementsMatch(t, want, got)
			require.NotContains(t, fmt.Sprintf("%v %#v", got, got), testID, "the links hold the conference's id")
		})
	}
}

func TestCalendarsThatAreNone(t *testing.T) {
	for body, fails := range map[string]bool{
		`{}`: false, `[]`: false, `{"calendars":{}}`: false, `{"calendars":[]}`: false, `{"calendars":null}`: false,
		`{"calendars":"moon"}`: true, `"moon"`: true,
	} {
		f := newFake()
		f.answer("GET /api/v3.11/conferences/"+testID+"/calendars", 200, body)
		got, err := f.client(t).Calendars(ctx, testID)
		require.Empty(t, got, body)
		require.Equal(t, fails, err != nil, body)
	}
	f := newFake()
	f.answer("GET /api/v3.11/conferences/"+testID+"/calendars", 404, fault(404, "conferenceNotFound", "x", "conference_id"))
	_, err := f.client(t).Calendars(ctx, testID)
	require.Equal(t, NotFound, KindOf(err))
}

// A link is pressed by a person: what leads to anything but a plain secure page
// is left out.
func TestCalendarLinksThatNobodyMayPress(t *testing.T) {
	for _, bad := range []string{
		`javascript:alert(1)`, `http://v.example/c/1/ics`, `https://anna@v.example/ics`, `https:/v.example/ics`, `//v.example/ics`,
		`https://v.example/a b`, `https://v.example\\.evil.example/ics`, `ftp://v.example/ics`, `data:text/calendar,x`, ``,
	} {
		f := newFake()
		f.answer("GET /api/v3.11/conferences/"+testID+"/calendars", 200, `{"calendars":{"other":"`+bad+`"}}`)
		got, err := f.client(t).Calendars(ctx, testID)
		require.NoError(t, err)
		require.Empty(t, got, bad)
	}
}

func TestKindsOfCalendars(t *testing.T) {
	for address, kind := range map[string]CalendarKind{
		"https://www.google.com/calendar/event?action=TEMPLATE":         GoogleCalendar,
		"https://outlook.office365.com/owa/?path=/calendar":             OutlookCalendar,
		"https://outlook.office.com/calendar/0/deeplink/compose":        OutlookCalendar,
		"https://v.example/download/visit.ICS":                          CalendarFile,
		"https://v.example/somewhere":                                   OtherCalendar,
		"https://calendar.google.com.evil.example/render?x=.ics":        OtherCalendar,
		"https://v.example/api/v3.11/conferences/1/ics?access_token=no": CalendarFile,
	} {
		require.Equal(t, kind, kindOfCalendar("moon", address), address)
	}
	require.Equal(t, GoogleCalendar, kindOfCalendar("Google Calendar", "https://v.example/go"))
	require.Equal(t, OutlookCalendar, kindOfCalendar("outlook", "https://v.example/go"))
	require.Equal(t, CalendarFile, kindOfCalendar("ics", "https://v.example/go"))
}
