package web

import (
	"context"
	"errors"
	"net/http"

	"bedside/bot"
)

// The patient's door. It takes a bearer and nothing else: a cookie that comes
// along is not looked at, so a page of the clinic can use nobody's sign-in.

// byTicket is the patient of a ticket.
func (s *Server) byTicket(ctx context.Context, ticket string) (party, error) {
	a, err := s.o.Engine.ByTicket(ctx, ticket)
	if err != nil {
		return party{}, err
	}
	recognised(ctx)
	return party{actor: a, kind: byTicket, secret: ticket, key: credentialKey(ticket)}, nil
}

// byBearer is the patient of a visit key for this call, or of a ticket.
func (s *Server) byBearer(ctx context.Context, call, secret string) (party, error) {
	a, err := s.o.Engine.ByVisitKey(ctx, call, secret)
	if err == nil {
		recognised(ctx)
		return party{actor: a, kind: byVisitKey, secret: secret, key: credentialKey(secret)}, nil
	}
	if p, err := s.byTicket(ctx, secret); err == nil {
		return p, nil
	}
	return party{}, err
}

// joiner is who presses Join: a bearer decides alone, else it is staff.
func (s *Server) joiner(r *http.Request, call string) (party, error) {
	secret, ok, err := bearer(r)
	if err != nil {
		return party{}, err
	}
	if ok && !visitOf(r.Context()).doors.patients {
		return party{}, notHere()
	}
	if ok {
		return s.byBearer(r.Context(), call, secret)
	}
	return s.staffOf(r)
}

// notHere refuses a bearer at the console's own address.
func notHere() error {
	return refuse(bot.Unauthorized, "Patients' credentials do not count at this address.")
}

// ticketToStart is the ticket with which a start comes, "" for none. It is the
// client's own making, so it must have the form at least.
func ticketToStart(r *http.Request) (string, error) {
	ticket, ok, err := bearer(r)
	if err != nil || !ok {
		return "", err
	}
	if !bot.ValidTicket(ticket) {
		return "", refuse(bot.Malformed, "A ticket is 32 random bytes in base64url.")
	}
	return ticket, nil
}

// unauthorized reports whether an error means that the credential is dead, and
// unavailable whether it may pass by itself.
func unauthorized(err error) bool { return errors.Is(err, &bot.Refusal{Code: bot.Unauthorized}) }

func unavailable(err error) bool { return errors.Is(err, &bot.Refusal{Code: bot.Unavailable}) }
