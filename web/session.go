package web

import (
	"net/http"
	"strings"
	"time"

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
	login, address := strings.ToLower(in.Login), addressKey(visitOf(r.Context()).address)
	if wait := s.backoff.wait(login, address); wait > 0 {
		s.metrics.signIns.WithLabelValues("delayed").Inc()
		return slowDown(int(wait/time.Second) + 1)
	}
	s.backoff.trying(login, address)
	m := s.sessions.staff[login]
	ok, err := s.checker.check(r.Context(), m.PasswordHash, in.Password)
	if err != nil {
		return err
	}
	if !ok {
		s.metrics.signIns.WithLabelValues("wrong").Inc()
		return refuse(bot.Unauthorized, "Login or password is wrong.")
	}
	s.backoff.succeeded(login, address)
	if err := s.sessions.begin(w, r, m); err != nil {
		return err
	}
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

// signOut is DELETE /api/v1/session; it ends the session's sockets at once.
func (s *Server) signOut(w http.ResponseWriter, r *http.Request) error {
	p, err := s.staffOf(r)
	if err != nil {
		return err
	}
	if err := s.sessions.end(w, r, p.secret); err != nil {
		return err
	}
	s.sockets.endOf(p.key, wire.CloseSignedOut, "signed out")
	w.WriteHeader(http.StatusNoContent)
	return nil
}
