package web

import (
	"net/http"
	"strings"

	"bedside/bot"
	"bedside/web/wire"
)

// signIn is POST /api/v1/session: 204 and the cookie. A wrong login and a wrong
// password are one answer and take as long.
func (s *Server) signIn(w http.ResponseWriter, r *http.Request) error {
	if !s.fromOwnPage(r) {
		return refuse(bot.Forbidden, "Sign in on Bedside's own page.")
	}
	var in wire.SignIn
	if err := decodeBody(w, r, &in, false); err != nil {
		return err
	}
	if in.Login == "" || len(in.Login) > 128 || in.Password == "" || len(in.Password) > maxPassword {
		return refuse(bot.Unauthorized, "Login or password is wrong.")
	}
	a := newAttempt(strings.ToLower(in.Login), visitOf(r.Context()).address)
	a.known = s.recognise(r.Context(), a)
	if wait := s.backoff.wait(a); wait > 0 {
		s.metrics.signIns.WithLabelValues("delayed").Inc()
		return slowDownFor(wait)
	}
	s.backoff.trying(a)
	m := s.sessions.staff(a.login)
	ok, err := s.checker.check(r.Context(), m.PasswordHash, in.Password)
	if err != nil {
		return err
	}
	if !ok {
		s.metrics.signIns.WithLabelValues("wrong").Inc()
		return refuse(bot.Unauthorized, "Login or password is wrong.")
	}
	s.backoff.succeeded(a)
	s.remember(r.Context(), a)
	if err := s.sessions.begin(w, r, m); err != nil {
		return err
	}
	s.backAtWork(r.Context(), m.actor())
	s.metrics.signIns.WithLabelValues("ok").Inc()
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// whoAmI is GET /api/v1/session.
func (s *Server) whoAmI(w http.ResponseWriter, r *http.Request) error {
	p, err := s.staffOf(r)
	if err != nil {
		return err
	}
	a := p.actor
	return answer(w, http.StatusOK, wire.Session{
		Login: a.Login, Name: a.Name, Role: a.Role,
		Departments: append([]string{}, a.Departments...), App: a.TrueConfID != "",
	})
}

// signOut is DELETE /api/v1/session; it ends the session's sockets at once, and the
// browser is woken no more.
func (s *Server) signOut(w http.ResponseWriter, r *http.Request) error {
	p, err := s.staffOf(r)
	if err != nil {
		return err
	}
	if err := s.stillHas(r.Context(), p, r.URL.Query().Get("keep") == "yes"); err != nil {
		return s.refuseSignOut(w, err)
	}
	if err := s.sessions.end(w, r, p.secret); err != nil {
		return err
	}
	s.sleeps(r.Context(), p)
	s.leaves(p)
	s.sockets.endOf(p.key, wire.CloseSignedOut, "signed out")
	w.WriteHeader(http.StatusNoContent)
	return nil
}
