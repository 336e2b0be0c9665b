package web

import (
	"net/http"

	"bedside/bot"
	"bedside/web/wire"
)

// checked is POST /api/v1/calls/{call}/devices: what the patient's browser found
// before the call, for whoever has its visit key. It is the command devices.
func (s *Server) checked(w http.ResponseWriter, r *http.Request) error {
	p, err := s.joiner(r, r.PathValue("call"))
	if err != nil {
		return err
	}
	if p.actor.Role.Staff() {
		return refuse(bot.Forbidden, "It is the patient's browser that is checked.")
	}
	var in wire.Checked
	if err := decodeBody(w, r, &in, false); err != nil {
		return err
	}
	if _, err := s.perform(r.Context(), p, p.actor.Conversation, wire.Command{Key: in.Key, Do: bot.DoDevices, Devices: &in.Devices}); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// late is POST /api/v1/calls/{call}/late: what is to be done about a doctor who is
// late, by whoever has the appointment's visit key. It is the command late.
func (s *Server) late(w http.ResponseWriter, r *http.Request) error {
	call := r.PathValue("call")
	p, err := s.joiner(r, call)
	if err != nil {
		return err
	}
	var in wire.LateChoice
	if err := decodeBody(w, r, &in, false); err != nil {
		return err
	}
	if _, err := s.perform(r.Context(), p, p.actor.Conversation, wire.Command{Key: in.Key, Do: bot.DoLate, Booking: call, Option: in.Option}); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}
