package web

import (
	"cmp"
	"fmt"
	"net/http"
	"strconv"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/web/wire"
)

const (
	defaultHeads = 50
	maxHeads     = 200
)

// start is POST /api/v1/conversations.
func (s *Server) start(w http.ResponseWriter, r *http.Request) error {
	ticket, err := ticketToStart(r)
	if err != nil {
		return err
	}
	var in wire.Start
	if err := decodeBody(w, r, &in, false); err != nil {
		return err
	}
	site, err := s.mayStart(r, in)
	if err != nil {
		return err
	}
	who, err := s.signedBy(site, in.Identity)
	if err != nil {
		return err
	}
	res, err := s.o.Engine.Start(r.Context(), engine.StartRequest{
		Key: in.Key, Site: site.ID, Door: first(in.Flow, site.Flow), Previous: in.Previous, Zone: in.Zone, Ticket: ticket,
		Language: first(in.Language, site.Language, r.Header.Get("Accept-Language")),
		Device:   clip(r.UserAgent(), 160), Subject: who.subject, Patient: who.facts,
	})
	if err != nil {
		return err
	}
	reader := party{actor: bot.Actor{Role: bot.Patient, Conversation: res.Conversation}}
	lang := s.languageOf(r.Context(), reader, res.Conversation)
	return answer(w, http.StatusCreated, wire.Started{
		Conversation: res.Conversation, Ticket: res.Ticket,
		Entries: s.glass(reader, res.Conversation, lang).all(res.Entries),
	})
}

// mayStart checks what needs no engine, and the limits of starts.
func (s *Server) mayStart(r *http.Request, in wire.Start) (Site, error) {
	if err := checkKey(in.Key); err != nil {
		return Site{}, err
	}
	for _, text := range []string{in.Flow, in.Language, in.Previous, in.Zone} {
		if len(text) > 255 {
			return Site{}, refuse(bot.Malformed, "A field of the start is too long.")
		}
	}
	site, err := s.live.Load().site(in.Site)
	if err != nil {
		return Site{}, err
	}
	if err := s.disk.mayFill(); err != nil {
		return Site{}, err
	}
	if wait, ok := s.rates.starts.take(visitOf(r.Context()).address, 1); !ok {
		return Site{}, slowDownFor(wait)
	}
	return site, spend(s.rates.siteStarts, site.ID)
}

// head is GET /api/v1/conversations/{id}.
func (s *Server) head(w http.ResponseWriter, r *http.Request) error {
	p, err := s.partyOf(r)
	if err != nil {
		return err
	}
	id := r.PathValue("id")
	state, err := s.o.Engine.State(r.Context(), p.actor, id)
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, headOfState(s.o.Engine, p.actor, state))
}

// listHeads is GET /api/v1/conversations, for staff.
func (s *Server) listHeads(w http.ResponseWriter, r *http.Request) error {
	p, err := s.staffOf(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	limit, err := number(q.Get("limit"), maxHeads)
	if err != nil {
		return err
	}
	rows, next, err := s.o.Engine.Heads(r.Context(), p.actor, q.Get("list"), q.Get("before"), cmp.Or(limit, defaultHeads))
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, wire.Heads{Heads: headsOf(rows), Next: next})
}

// spend takes a token of a limit or refuses.
func spend(b *buckets, key string) error {
	if wait, ok := b.take(key, 1); !ok {
		return slowDownFor(wait)
	}
	return nil
}

func checkKey(key string) error {
	if key == "" || len(key) > engine.MaxKey {
		return refuse(bot.Malformed, fmt.Sprintf("A key has 1 to %d characters.", engine.MaxKey))
	}
	for _, c := range key {
		if c <= ' ' || c > '~' {
			return refuse(bot.Malformed, "A key holds letters, digits and signs of ASCII only.")
		}
	}
	return nil
}

// number reads a query's number: empty is 0, more than most is most.
func number(text string, most int) (int, error) {
	if text == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return 0, refuse(bot.Malformed, "limit, wait and days are whole numbers, none below 0.")
	}
	return min(n, most), nil
}

func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
