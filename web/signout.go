package web

import (
	"context"
	"errors"
	"net/http"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/web/wire"
)

// errStillHas says that one who signs out leaves patients behind.
type errStillHas struct{ rows []engine.HeadRow }

func (errStillHas) Error() string { return "web: the doctor still has conversations" }

// stillHas wants a next step for every conversation of one who signs out. With keep
// they are given back, one after the other, as those of somebody who is gone. Who has
// another console open goes nowhere.
func (s *Server) stillHas(ctx context.Context, p party, keep bool) error {
	if p.actor.Role != bot.Doctor || s.sockets.elsewhere(p) {
		return nil
	}
	if keep {
		return s.o.Engine.Leave(ctx, p.actor)
	}
	rows, _, err := s.o.Engine.Heads(ctx, p.actor, bot.ListDoctor(p.actor.Login), "", maxHeads)
	if err == nil && len(rows) > 0 {
		err = errStillHas{rows}
	}
	return err
}

// refuseSignOut lists what needs a next step; any other error stays what it is.
func (s *Server) refuseSignOut(w http.ResponseWriter, err error) error {
	var has errStillHas
	if !errors.As(err, &has) {
		return err
	}
	return answer(w, http.StatusConflict, wire.SignOutRefused{Code: bot.OpenConversations, Heads: headsOf(has.rows)})
}

// leaves is for a session that has ended by a word, not by a lost line. Who is
// signed in elsewhere too stays.
func (s *Server) leaves(p party) {
	if p.actor.Role == bot.Doctor && !s.sockets.elsewhere(p) {
		s.duty.leaves(p.actor.Login)
	}
}

// elsewhere reports whether the staff member has a socket by another session.
func (t *sockets) elsewhere(p party) bool {
	for _, c := range t.ofStaff(p.actor.Login) {
		if c.p.key != p.key {
			return true
		}
	}
	return false
}
