package trueconf_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/trueconf"
	"bedside/trueconf/standin"
)

// Every shape of the participant list names a guest and a user so that they
// are found again.
func TestParticipantsOfTheStandIn(t *testing.T) {
	for _, shape := range []standin.ParticipantShape{standin.ShapeGuestID, standin.ShapeBareID, standin.ShapeUID, standin.ShapeV4, standin.ShapeStrings} {
		t.Run(string(shape), func(t *testing.T) {
			s, server := standIn(t, standin.Options{Switches: standin.Switches{Participants: shape}})
			room := s.room(t)
			link, err := s.JoinLink(t.Context(), room.ID, trueconf.GuestWithID("p_1", "Ann"), "en")
			require.NoError(t, err)
			_, err = server.Enter(link.WebURL)
			require.NoError(t, err)
			_, err = server.EnterUser(room.ID, "doctor1")
			require.NoError(t, err)

			people, err := s.Participants(t.Context(), room.ID)
			require.NoError(t, err)
			require.Len(t, people, 2)
			guests, users := 0, 0
			for _, p := range people {
				if trueconf.SameGuest(p.ID, link.GuestLogin) {
					guests++
				}
				if !p.Guest && trueconf.SameUser(p.ID, s.owner) {
					users++
				}
			}
			require.Equal(t, 1, guests)
			require.Equal(t, 1, users)
		})
	}
}

// Bad luck becomes a typed error that a caller may or may not retry, never a
// wrong answer.
func TestTroublesOfTheStandIn(t *testing.T) {
	for kind, want := range map[standin.TroubleKind]struct {
		kind      trueconf.Kind
		temporary bool
	}{
		standin.TroubleLost:      {trueconf.Unreachable, true},
		standin.TroubleCut:       {trueconf.Unreachable, true},
		standin.TroubleTruncated: {trueconf.Unreachable, true},
		standin.Trouble500:       {trueconf.Unexpected, true},
		standin.TroubleHTML:      {trueconf.Unexpected, true},
		standin.TroubleOKError:   {trueconf.Unexpected, true},
		standin.TroubleThrottle:  {trueconf.Unexpected, true},
		standin.TroubleDown:      {trueconf.Unexpected, true},
		standin.TroubleShort:     {trueconf.Unexpected, false},
		standin.TroubleEmpty:     {trueconf.Unexpected, false},
	} {
		t.Run(string(kind), func(t *testing.T) {
			s, server := standIn(t, standin.Options{})
			room := s.room(t) // settles version and token
			server.SetSwitches(func(w *standin.Switches) { w.Troubles = []standin.Trouble{{Kind: kind}} })
			defer server.SetSwitches(func(w *standin.Switches) { w.Troubles = nil })

			_, err := s.Participants(t.Context(), room.ID)
			require.Equal(t, want.kind, trueconf.KindOf(err), err)
			require.Equal(t, want.temporary, trueconf.Temporary(err))
			require.NotContains(t, err.Error(), room.ID)
			_, err = s.JoinLink(t.Context(), room.ID, trueconf.GuestNamed("Ann"), "en")
			require.Equal(t, want.kind, trueconf.KindOf(err), err)
			_, err = s.Conference(t.Context(), room.ID)
			require.Equal(t, want.kind, trueconf.KindOf(err), err)
			_, err = s.Create(t.Context(), s.visit())
			require.Equal(t, want.kind, trueconf.KindOf(err), err)
		})
	}
}

func TestRefusalsOfTheStandIn(t *testing.T) {
	t.Run("id replaced", func(t *testing.T) {
		s, _ := standIn(t, standin.Options{Switches: standin.Switches{OwnIDs: standin.OwnIDReplaced}})
		made, err := s.Create(t.Context(), s.visit())
		require.Equal(t, trueconf.Refused, trueconf.KindOf(err))
		require.NotEmpty(t, made.ID)
		require.NoError(t, s.Delete(t.Context(), made.ID))
	})
	t.Run("id refused", func(t *testing.T) {
		s, _ := standIn(t, standin.Options{Switches: standin.Switches{OwnIDs: standin.OwnIDRefused}})
		_, err := s.Create(t.Context(), s.visit())
		require.Equal(t, trueconf.Refused, trueconf.KindOf(err), err)
	})
	t.Run("no web client", func(t *testing.T) {
		s, _ := standIn(t, standin.Options{Switches: standin.Switches{NoWeb: true}})
		room := s.room(t)
		_, err := s.JoinLink(t.Context(), room.ID, trueconf.GuestNamed("Ann"), "en")
		require.Equal(t, trueconf.Refused, trueconf.KindOf(err), err)
	})
	t.Run("scope missing", func(t *testing.T) {
		s, _ := standIn(t, standin.Options{Scopes: []string{"conferences"}})
		_, err := s.User(t.Context(), "doctor1")
		require.Equal(t, trueconf.Scope, trueconf.KindOf(err), err)
	})
	for _, form := range []standin.TokenRefusal{standin.RefusalOAuth, standin.RefusalReason, standin.Refusal401} {
		t.Run("bad secret "+string(form), func(t *testing.T) {
			_, server := standIn(t, standin.Options{Switches: standin.Switches{TokenRefusal: form}})
			listener := httptest.NewServer(server)
			defer listener.Close()
			stranger, err := trueconf.New(trueconf.Config{URL: listener.URL, ClientID: "stranger", ClientSecret: "wrong"})
			require.NoError(t, err)
			defer stranger.Close()
			_, err = stranger.User(t.Context(), "doctor1")
			require.Equal(t, trueconf.Credentials, trueconf.KindOf(err), err)
		})
	}
}

// Every shape of the calendar links is read to the same three, and a room without
// a plan has none.
func TestCalendarsOfTheStandIn(t *testing.T) {
	for _, shape := range []standin.CalendarShape{
		standin.CalendarsNamed, standin.CalendarsBare, standin.CalendarsList, standin.CalendarsStrings, standin.CalendarsObjects,
	} {
		for _, escaping := range []standin.Escaping{standin.EscapePHP, standin.EscapePlain, standin.EscapeUnicode} {
			t.Run(string(shape)+" "+string(escaping), func(t *testing.T) {
				s, _ := standIn(t, standin.Options{Switches: standin.Switches{Calendars: shape, Escaping: escaping}})
				planned := s.visit()
				planned.State = ""
				planned.Schedule = trueconf.Schedule{Kind: trueconf.Once, StartTime: time.Unix(1798794000, 0), Duration: 30 * time.Minute}
				_, err := s.Create(t.Context(), planned)
				require.NoError(t, err)
				got, err := s.Calendars(t.Context(), planned.ID)
				require.NoError(t, err)
				require.Len(t, got, 3)
				kinds := map[trueconf.CalendarKind]string{}
				for _, l := range got {
					kinds[l.Kind] = l.URL
				}
				require.Contains(t, kinds[trueconf.GoogleCalendar], "dates=20270101T090000Z%2F20270101T093000Z")
				require.Contains(t, kinds[trueconf.OutlookCalendar], "startdt=2027-01-01T09%3A00%3A00Z")
				res, err := http.Get(kinds[trueconf.CalendarFile])
				require.NoError(t, err)
				defer res.Body.Close()
				file, err := io.ReadAll(res.Body)
				require.NoError(t, err)
				require.Contains(t, string(file), "DTSTART:20270101T090000Z\r\n", "a browser opens it without a token")

				unplanned := s.room(t)
				got, err = s.Calendars(t.Context(), unplanned.ID)
				require.Empty(t, got)
				require.Equal(t, shape == standin.CalendarsObjects, err != nil)
			})
		}
	}
	s, _ := standIn(t, standin.Options{Switches: standin.Switches{Calendars: standin.CalendarsNone}})
	_, err := s.Calendars(t.Context(), s.room(t).ID)
	require.Error(t, err)
}

func TestServerOfTheStandIn(t *testing.T) {
	s, _ := standIn(t, standin.Options{})
	info, err := s.Server(t.Context())
	require.NoError(t, err)
	require.NotEmpty(t, info.Version)
	require.NotEmpty(t, info.Name)

	s, _ = standIn(t, standin.Options{Switches: standin.Switches{NoV4: true}})
	_, err = s.Server(t.Context())
	require.Error(t, err)
}

func TestLinksOfAPublicHost(t *testing.T) {
	s, _ := standIn(t, standin.Options{PublicURL: "http://trueconf.localhost:8093"})
	room := s.room(t)
	link, err := s.JoinLink(t.Context(), room.ID, trueconf.GuestWithID("p_1", "Ann"), "en")
	require.NoError(t, err)
	require.Contains(t, link.WebURL, "http://trueconf.localhost:8093/webrtc/")
	require.Contains(t, link.Deeplinks.Default, `trueconf:\c\`)
	require.Contains(t, link.Deeplinks.Android, `intent:\c\`)
}

// The stand-in holds the link to its minute: what ExpiresAt says is what holds.
func TestLinksOfTheStandInEnd(t *testing.T) {
	var ahead atomic.Int64
	s, server := standIn(t, standin.Options{Now: func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }})
	room := s.room(t)
	link, err := s.JoinLink(t.Context(), room.ID, trueconf.GuestWithID("p_1", "Ann"), "en")
	require.NoError(t, err)
	ahead.Store(int64(trueconf.LinkLife + time.Second))
	_, err = server.Enter(link.WebURL)
	require.Error(t, err)
}
