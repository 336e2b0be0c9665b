package web

import (
	"context"
	"net/http"

	"bedside/bot"
	"bedside/web/wire"
)

// pushKey is GET /api/v1/push: the key with which a browser subscribes. It is nobody's
// secret. Where the clinic wakes no browsers it is empty.
func (s *Server) pushKey(w http.ResponseWriter, _ *http.Request) error {
	return answer(w, http.StatusOK, wire.PushKey{PublicKey: s.o.Engine.PushKey()})
}

// addPush is POST /api/v1/push: a browser of the caller's wants to be woken when they
// are rung. Patients leave theirs in the conversation.
func (s *Server) addPush(w http.ResponseWriter, r *http.Request) error {
	p, push, err := s.pushOf(w, r)
	if err != nil {
		return err
	}
	if s.o.Engine.PushKey() == "" {
		return refuse(bot.NotNow, "The clinic wakes no browsers: notify.push is off.")
	}
	if err := s.o.Engine.AddPush(r.Context(), p.actor.Login, p.key, push); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// dropPush is DELETE /api/v1/push. The endpoint comes in the body: it is a capability,
// which no address holds.
func (s *Server) dropPush(w http.ResponseWriter, r *http.Request) error {
	p, push, err := s.pushOf(w, r)
	if err != nil {
		return err
	}
	if err := s.o.Engine.DropPush(r.Context(), p.actor.Login, push.Endpoint); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func (s *Server) pushOf(w http.ResponseWriter, r *http.Request) (p party, push bot.Subscription, err error) {
	if p, err = s.staffOf(r); err != nil {
		return p, push, err
	}
	if err := spend(s.rates.commands, p.key); err != nil {
		return p, push, err
	}
	var in wire.StaffPush
	err = decodeBody(w, r, &in, false)
	return p, in.Push, err
}

// sleeps forgets the browsers that a sign-in has left. That the word is lost keeps
// nobody signed in: the console has ended its own, and the push service says so.
func (s *Server) sleeps(ctx context.Context, p party) {
	if err := s.o.Engine.DropPushes(ctx, p.actor.Login, p.key); err != nil {
		s.log.Warn("web: the browser of somebody who has signed out is still kept", "login", p.actor.Login, "error", err)
	}
}
