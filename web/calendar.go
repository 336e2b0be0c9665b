package web

import (
	"context"
	"net/http"
	"net/url"

	"bedside/bot"
	"bedside/bot/calendar"
	"bedside/bot/engine"
	"bedside/web/wire"

	"golang.org/x/text/language"
)

// calendar is GET /api/v1/bookings/{booking}/calendar: the ways to put a visit into
// the caller's calendar.
func (s *Server) calendar(w http.ResponseWriter, r *http.Request) error {
	p, a, err := s.appointment(r)
	if err != nil {
		return err
	}
	e := a.Visit.Event()
	out := wire.Calendar{
		Google: e.Google(), Outlook: e.Outlook(), Office: e.Office(), ICS: r.URL.Path + ".ics",
		TrueConf: s.calendarsOfTrueConf(r.Context(), p, a),
	}
	if r.URL.RawQuery != "" {
		out.ICS += "?" + r.URL.RawQuery
	}
	w.Header().Set("Cache-Control", "private, no-store")
	return answer(w, http.StatusOK, out)
}

// calendarFile is GET /api/v1/bookings/{booking}/calendar.ics: the same as a file,
// which puts a visit in, moves it, or takes one that is cancelled out.
func (s *Server) calendarFile(w http.ResponseWriter, r *http.Request) error {
	_, a, err := s.appointment(r)
	if err != nil {
		return err
	}
	e := a.Visit.Event()
	h := w.Header()
	h.Set("Content-Type", calendar.Type+"; method="+e.Method())
	h.Set("Content-Disposition", `attachment; filename="visit.ics"`)
	h.Set("Cache-Control", "private, no-store")
	_, err = w.Write(e.ICS())
	return err
}

// appointment is the booking that the caller asks of, with the address by which
// they enter: the patient's join link, which carries the visit key, or the doctor's
// page of the call.
func (s *Server) appointment(r *http.Request) (party, engine.Appointment, error) {
	booking := r.PathValue("booking")
	p, err := s.joiner(r, booking)
	if err != nil {
		return p, engine.Appointment{}, err
	}
	if err := spend(s.rates.commands, p.key); err != nil { // a journal is read, or TrueConf asked
		return p, engine.Appointment{}, err
	}
	a, err := s.o.Engine.Appointment(r.Context(), p.actor, booking, r.URL.Query().Get("conversation"), s.spoken(r))
	if err != nil {
		return p, a, err
	}
	a.Visit.PublicURL = s.o.PublicURL
	if p.actor.Role.Staff() {
		a.Visit.URL = first(s.o.ConsoleURL, s.o.PublicURL) + "/console/#call/" + url.PathEscape(booking)
	} else {
		a.Visit.URL = s.joinLink(booking)
	}
	return p, a, nil
}

// joinLink is the patient's address of a call: good for it alone.
func (s *Server) joinLink(call string) string {
	return s.o.PublicURL + "/join/" + url.PathEscape(call) + "#" + s.o.Engine.VisitKey(call)
}

// spoken is the language of the caller's browser among those that we speak.
func (s *Server) spoken(r *http.Request) string {
	spoken := []language.Tag{language.English, language.Russian}
	wanted, _, _ := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	_, i, _ := language.NewMatcher(spoken).Match(wanted...)
	base, _ := spoken[i].Base()
	return base.String()
}

// calendarsOfTrueConf are the links that TrueConf Server itself offers, where the
// clinic wants them. They hold the room's id, so the visit's own doctor alone is
// given them, and they are missing where TrueConf does not answer.
func (s *Server) calendarsOfTrueConf(ctx context.Context, p party, a engine.Appointment) []string {
	if s.o.TrueConfCalendars == nil || a.Visit.Cancelled || !a.Booking.RoomStands || p.actor.Role != bot.Doctor || p.actor.Login != a.Booking.Doctor {
		return nil
	}
	links, err := s.o.TrueConfCalendars(ctx, bot.Room{Call: a.Booking.ID, Attempt: a.Booking.Attempt})
	if err != nil {
		s.log.Info("calendar links of TrueConf", "error", err)
	}
	return links
}
