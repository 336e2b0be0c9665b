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
	if len(in.Device) > 64 {
		return refuse(bot.Malformed, "device is 64 characters at most.")
	}
	if len(in.Language) > 35 {
		return refuse(bot.Malformed, "language is a tag such as en or pt-BR.")
	}
	if err := spend(s.rates.commands, p.key); err != nil {
		return err
	}
	got, err := s.o.Engine.Join(r.Context(), p.actor, engine.JoinRequest{
		Call: call, Failed: in.Failed, Language: in.Language, Device: p.device(in.Device), Move: in.Move, Itself: in.Itself,
	})
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
		Apps:      apps(a.Apps),
	}
}

// apps are the addresses at which the app is had, the store's first: there
// nobody has to open a file.
func apps(all []engine.App) []wire.App {
	var out []wire.App
	for _, a := range all {
		url := a.MarketURL
		if url == "" {
			url = a.DownloadURL
		}
		out = append(out, wire.App{Platform: a.Platform, URL: url})
	}
	return out
}

// callNow is GET /api/v1/calls/{call}: how the call stands for whoever may enter.
func (s *Server) callNow(w http.ResponseWriter, r *http.Request) error {
	p, err := s.joiner(r, r.PathValue("call"))
	if err != nil {
		return err
	}
	got, err := s.o.Engine.CallNow(r.Context(), p.actor, r.PathValue("call"))
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, wire.CallNow{
		State: got.State, Inside: append([]bot.Role{}, got.Inside...), Seen: got.Seen, Doctor: got.Doctor, Lacks: got.Lacks, Until: got.Until,
		Again: got.Again, Booked: bookedCall(got.Booked), Conversation: got.Conversation,
	})
}

// ringAgain is POST /api/v1/calls/{call}/ring: the other of the two is waited for.
func (s *Server) ringAgain(w http.ResponseWriter, r *http.Request) error {
	p, err := s.joiner(r, r.PathValue("call"))
	if err != nil {
		return err
	}
	if err := spend(s.rates.commands, p.key); err != nil {
		return err
	}
	if err := s.o.Engine.RingAgain(r.Context(), p.actor, r.PathValue("call")); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}
