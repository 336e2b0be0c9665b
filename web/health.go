package web

import (
	"context"
	"io"
	"net/http"
	"time"

	"bedside/bot"
)

// health says that the process answers. It asks nothing of what that needs, but
// a process whose store has stopped for good is none that should be kept.
func (s *Server) health(w http.ResponseWriter, _ *http.Request) error {
	if err := s.o.Engine.Alive(); err != nil {
		return &bot.Refusal{Code: bot.Unavailable, Message: "Bedside cannot write any more and must be started anew.", RetryAfter: 5}
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = io.WriteString(w, "ok\n")
	return nil
}

// ready says whether to send traffic here.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) error {
	if s.ctx.Err() != nil {
		return &bot.Refusal{Code: bot.Unavailable, Message: "Bedside is stopping.", RetryAfter: 5}
	}
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	if err := s.o.Engine.Ready(ctx); err != nil {
		s.log.Warn("web: not ready", "error", err)
		return &bot.Refusal{Code: bot.Unavailable, Message: "Bedside is not ready.", RetryAfter: 5}
	}
	return s.health(w, r)
}
