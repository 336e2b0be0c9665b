package web

import (
	"context"
	"net/http"
	"net/netip"
	"strings"

	"bedside/bot"
)

// party is who is asking, and the credential that says so.
type party struct {
	actor  bot.Actor
	kind   credentialKind
	secret string // ticket, visit key or session token; in no log
	key    string // names the credential in counts

	address netip.Addr // from which it came
}

// device names the browser that presses Join: the credential, and what the page
// says beside it where many browsers may hold the same.
func (p party) device(said string) string { return p.key + "/" + said }

// ticketHash is the hash of the ticket by which a patient came, or "".
func (p party) ticketHash() string {
	if p.kind != byTicket || p.secret == "" {
		return ""
	}
	return bot.TicketHash(p.secret)
}

type credentialKind int

const (
	byTicket credentialKind = iota
	byVisitKey
	bySession
)

// partyOf is who asks: a bearer, where there is one, decides alone; else it is
// staff, or nobody.
func (s *Server) partyOf(r *http.Request) (party, error) {
	ticket, ok, err := bearer(r)
	if err != nil {
		return party{}, err
	}
	if ok && !visitOf(r.Context()).doors.patients {
		return party{}, notHere()
	}
	if ok {
		p, err := s.byTicket(r.Context(), ticket)
		p.address = visitOf(r.Context()).address
		return p, err
	}
	return s.staffOf(r)
}

// bearer is the request's bearer, and whether there is one at all.
func bearer(r *http.Request) (secret string, ok bool, err error) {
	all := r.Header.Values("Authorization")
	if len(all) == 0 {
		return "", false, nil
	}
	scheme, secret, found := strings.Cut(all[0], " ")
	secret = strings.TrimSpace(secret)
	if len(all) > 1 || !found || !strings.EqualFold(scheme, "Bearer") || secret == "" {
		return "", true, refuse(bot.Unauthorized, "The credential must be one bearer.")
	}
	return secret, true, nil
}

// alive reports whether the credential still stands for the same party.
func (s *Server) alive(ctx context.Context, p party) error {
	var err error
	switch p.kind {
	case bySession:
		_, err = s.sessions.who(ctx, p.secret)
	case byTicket:
		_, err = s.o.Engine.ByTicket(ctx, p.secret)
	}
	return err
}
