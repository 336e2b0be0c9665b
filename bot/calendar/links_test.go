package calendar_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestLinksOpenTheFilledInEvent(t *testing.T) {
	e := visit(time.Unix(1798794000, 0)).Event()
	for link, wants := range map[string]struct {
		place string
		query map[string]string
	}{
		e.Google(): {"https://calendar.google.com/calendar/render", map[string]string{
			"action": "TEMPLATE", "text": "Video visit: Rassvet Clinic", "dates": "20270101T090000Z/20270101T093000Z",
			"location": address,
		}},
		e.Outlook(): {"https://outlook.live.com/calendar/0/deeplink/compose", outlook},
		e.Office():  {"https://outlook.office.com/calendar/0/deeplink/compose", outlook},
	} {
		u, err := url.Parse(link)
		require.NoError(t, err)
		require.Equal(t, wants.place, "https://"+u.Host+u.Path)
		require.Empty(t, u.Fragment, "the visit key would be cut off")
		require.NotContains(t, link, "+", "Outlook shows it as it stands")
		got := u.Query()
		for k, v := range wants.query {
			require.Equal(t, []string{v}, got[k], k)
		}
		told := got.Get("details") + got.Get("body")
		require.True(t, strings.HasSuffix(told, "\n"+address), told)
	}
}

var outlook = map[string]string{
	"path": "/calendar/action/compose", "rru": "addevent", "subject": "Video visit: Rassvet Clinic",
	"startdt": "2027-01-01T09:00:00Z", "enddt": "2027-01-01T09:30:00Z", "location": address,
}

func TestAnyTextSurvivesALink(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := visit(written)
		v.Clinic = rapid.String().Draw(t, "clinic")
		e := v.Event()
		for link, name := range map[string]string{e.Google(): "text", e.Outlook(): "subject", e.Office(): "subject"} {
			u, err := url.Parse(link)
			require.NoError(t, err)
			got, err := url.ParseQuery(u.RawQuery)
			require.NoError(t, err)
			require.Equal(t, e.Title, got.Get(name))
			require.Equal(t, address, got.Get("location"))
		}
	})
}
