package web

import (
	"context"
	"net/http"

	"bedside/bot"
	"bedside/web/wire"
)

// Flows is how the versions of the flow are had and changed; the zero value has
// none. Its errors are refusals where an admin can do something about them.
type Flows struct {
	State    func(ctx context.Context) (wire.Flows, error)
	Publish  func(ctx context.Context, by, note string) error
	RollBack func(ctx context.Context, by string, to int, note string) error
	Draw     func(ctx context.Context, language string, dark bool) ([]byte, error) // SVG, with where conversations stand
}

// drawFlow is GET /api/v1/flows/drawing: the served flow as a picture, with where
// open conversations stand and where patients stop.
func (s *Server) drawFlow(w http.ResponseWriter, r *http.Request) error {
	if _, err := s.flowsAdmin(r); err != nil {
		return err
	}
	if s.o.Flows.Draw == nil {
		return refuse(bot.Unknown, "This server draws no flow.")
	}
	ask := r.URL.Query()
	svg, err := s.o.Flows.Draw(r.Context(), ask.Get("language"), ask.Get("theme") == "dark")
	if err != nil {
		return err
	}
	head := w.Header()
	head.Set("Content-Type", "image/svg+xml")
	head.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	head.Set("X-Content-Type-Options", "nosniff")
	head.Set("Cache-Control", "no-store")
	_, _ = w.Write(svg) // the client is gone, or has it
	return nil
}

// showFlows is GET /api/v1/flows.
func (s *Server) showFlows(w http.ResponseWriter, r *http.Request) error {
	if _, err := s.flowsAdmin(r); err != nil {
		return err
	}
	return s.answerFlows(w, r)
}

// publishFlow is POST /api/v1/flows/publish: what stands in the files is served.
func (s *Server) publishFlow(w http.ResponseWriter, r *http.Request) error {
	p, err := s.flowsAdmin(r)
	if err != nil {
		return err
	}
	var in wire.PublishFlow
	if err := decodeBody(w, r, &in, true); err != nil {
		return err
	}
	if err := s.o.Flows.Publish(r.Context(), p.actor.Login, in.Note); err != nil {
		return err
	}
	return s.answerFlows(w, r)
}

// rollBackFlow is POST /api/v1/flows/rollback: an earlier version is served again.
func (s *Server) rollBackFlow(w http.ResponseWriter, r *http.Request) error {
	p, err := s.flowsAdmin(r)
	if err != nil {
		return err
	}
	var in wire.RollBackFlow
	if err := decodeBody(w, r, &in, false); err != nil {
		return err
	}
	if in.To < 1 {
		return refuse(bot.Malformed, "Name the version to go back to by its number.")
	}
	if err := s.o.Flows.RollBack(r.Context(), p.actor.Login, in.To, in.Note); err != nil {
		return err
	}
	return s.answerFlows(w, r)
}

func (s *Server) answerFlows(w http.ResponseWriter, r *http.Request) error {
	out, err := s.o.Flows.State(r.Context())
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, out)
}

// flowsAdmin is whoever asks, where it is an admin and there are versions.
func (s *Server) flowsAdmin(r *http.Request) (party, error) {
	p, err := s.staffOf(r)
	switch {
	case err != nil:
		return p, err
	case p.actor.Role != bot.Admin:
		return p, refuse(bot.Forbidden, "The versions of the flow are for admins.")
	case s.o.Flows.State == nil:
		return p, refuse(bot.Unknown, "This server keeps no versions of its flow.")
	}
	return p, spend(s.rates.commands, p.key)
}
