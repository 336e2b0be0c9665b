package web

import (
	"net/http"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/web/wire"
)

// join is both join calls: it mints a guest link for the caller, who is the
// patient or the assigned doctor by the credential alone.
func (s *Server) join(w http.ResponseWriter, r *http.Request) error {
	call := r.PathValue("call")
	p, err := s.joiner(r, call)
	if err != nil {
		return err
	}
	if id := r.PathValue("id"); id != "" && p.actor.Conversation != "" && p.actor.Conversation != id {
		return refuse(bot.Unknown, "There is no such conversation.")
	}
	var in wire.Join
	if err := decodeBody(w, r, &in, true); err != nil {
		return err
	}
	if len(in.Language) > 35 {
		return refuse(bot.Malformed, "language is a tag such as en or pt-BR.")
	}
	if err := spend(s.rates.commands, p.key); err != nil {
		return err
	}
	got, err := s.o.Engine.Join(r.Context(), p.actor, engine.JoinRequest{Call: call, Failed: in.Failed, Language: in.Language})
	s.metrics.mint("http", err)
	if err != nil {
		return err
	}
	if id := r.PathValue("id"); id != "" && got.Conversation != id {
		return refuse(bot.Unknown, "There is no such call in this conversation.")
	}
	return answer(w, http.StatusOK, joined(got))
}

func joined(a engine.JoinAnswer) wire.Joined {
	if a.Rung {
		return wire.Joined{Rung: true}
	}
	return wire.Joined{
		WebURL:    a.WebURL,
		Deeplinks: &wire.Deeplinks{Default: a.Deeplinks.Default, Android: a.Deeplinks.Android},
		ExpiresAt: a.ExpiresAt.UTC(),
	}
}
