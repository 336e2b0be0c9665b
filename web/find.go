package web

import (
	"net/http"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/web/wire"
)

const findBytes = 200 // of a search

// find is POST /api/v1/conversations/find, for staff.
func (s *Server) find(w http.ResponseWriter, r *http.Request) error {
	p, err := s.staffOf(r)
	if err != nil {
		return err
	}
	var in wire.Find
	if err := decodeBody(w, r, &in, false); err != nil {
		return err
	}
	if len(in.Words) > findBytes || in.Limit < 0 {
		return refuse(bot.Malformed, "A search is at most 200 bytes long, and its limit no number below 0.")
	}
	if err := spend(s.rates.commands, p.key); err != nil {
		return err
	}
	rows, more, err := s.o.Engine.Find(r.Context(), p.actor, engine.FindRequest{Words: in.Words, Limit: in.Limit})
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, wire.Found{Heads: headsOf(rows), More: more})
}

// doctorApp is GET /api/v1/session/app.
func (s *Server) doctorApp(w http.ResponseWriter, r *http.Request) error {
	p, err := s.staffOf(r)
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, wire.DoctorApp{State: string(s.o.Engine.DoctorApp(r.Context(), p.actor))})
}
