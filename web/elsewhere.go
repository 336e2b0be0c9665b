package web

import (
	"net/http"
	"net/url"
	"strings"

	"bedside/bot"
	"bedside/web/wire"

	"rsc.io/qr"
)

// elsewhereFragment begins the fragment of a link to another device.
const elsewhereFragment = "#go-on="

// makeElsewhere is POST /api/v1/conversations/{id}/elsewhere.
func (s *Server) makeElsewhere(w http.ResponseWriter, r *http.Request) error {
	p, err := s.ticketHolder(r)
	if err != nil {
		return err
	}
	if err := spend(s.rates.elsewhere, p.key); err != nil {
		return err
	}
	state, err := s.o.Engine.State(r.Context(), p.actor, p.actor.Conversation)
	if err != nil {
		return err
	}
	secret, expires, err := s.o.Engine.Elsewhere(r.Context(), p.secret)
	if err != nil {
		return err
	}
	link := s.o.PublicURL + "/widget/"
	if state.Site != "" {
		link += "?site=" + url.QueryEscape(state.Site)
	}
	link += elsewhereFragment + secret
	rows, err := qrRows(link)
	if err != nil {
		return err
	}
	return answer(w, http.StatusCreated, wire.Elsewhere{Link: link, ExpiresAt: expires, QR: rows})
}

// goOn is POST /api/v1/elsewhere. Guessing is as slow as beginning conversations.
func (s *Server) goOn(w http.ResponseWriter, r *http.Request) error {
	ticket, err := ticketToStart(r)
	if err != nil {
		return err
	}
	if ticket == "" {
		return refuse(bot.Unauthorized, "Send a ticket of your own making as bearer.")
	}
	var in wire.GoOn
	if err := decodeBody(w, r, &in, false); err != nil {
		return err
	}
	if in.Secret == "" || len(in.Secret) > 128 {
		return refuse(bot.Malformed, "Send the secret of the link's fragment.")
	}
	if wait, ok := s.rates.starts.take(visitOf(r.Context()).address, 1); !ok {
		return slowDownFor(wait)
	}
	conversation, err := s.o.Engine.GoOn(r.Context(), in.Secret, ticket, clip(r.UserAgent(), 160))
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, wire.WentOn{Conversation: conversation})
}

// onlyHere is DELETE /api/v1/conversations/{id}/elsewhere: every other ticket of
// the conversation ends, and its sockets within 2 s.
func (s *Server) onlyHere(w http.ResponseWriter, r *http.Request) error {
	p, err := s.ticketHolder(r)
	if err != nil {
		return err
	}
	if err := spend(s.rates.commands, p.key); err != nil {
		return err
	}
	if err := s.o.Engine.OnlyHere(r.Context(), p.secret); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// ticketHolder is the patient whose ticket opens the conversation of the path;
// nobody else has devices.
func (s *Server) ticketHolder(r *http.Request) (party, error) {
	p, err := s.partyOf(r)
	switch {
	case err != nil:
		return party{}, err
	case p.kind != byTicket:
		return party{}, refuse(bot.Forbidden, "Only the patient goes on on another device.")
	case p.actor.Conversation != r.PathValue("id"):
		return party{}, refuse(bot.Unknown, "There is no such conversation.")
	}
	return p, nil
}

// qrRows draws a QR code that survives a scratched screen (level M).
func qrRows(text string) ([]string, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return nil, err
	}
	rows := make([]string, code.Size)
	for y := range rows {
		var b strings.Builder
		for x := range code.Size {
			if code.Black(x, y) {
				b.WriteByte('1')
			} else {
				b.WriteByte('0')
			}
		}
		rows[y] = b.String()
	}
	return rows, nil
}
