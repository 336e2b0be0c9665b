package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"bedside/bot"
	"bedside/store"
)

// spaceTicket holds tickets by their hash.
const spaceTicket = "ticket"

// scopeWhole is a ticket for everything a patient may do in a conversation.
const scopeWhole = "conversation"

// ticket is a record of spaceTicket.
type ticket struct {
	Conversation string    `json:"conversation"`
	Device       string    `json:"device,omitempty"`
	Scope        string    `json:"scope"`
	Created      time.Time `json:"created"`
	Start        uint64    `json:"start"` // the last entry of the start that it made
}

// ticketFresh is how long a ticket that was good counts without another look: a
// ticket that is taken back is dead everywhere after it. With the second between
// two looks at a socket's credential it stays within the 2 s that are promised.
const (
	ticketFresh  = 900 * time.Millisecond
	ticketsBound = 4096
)

// tickets remembers good tickets for a moment; bad ones are looked up each time.
type tickets struct {
	mu  sync.Mutex
	all map[string]seenTicket // by hash
}

type seenTicket struct {
	ticket ticket
	at     time.Time
}

func newTickets() *tickets { return &tickets{all: map[string]seenTicket{}} }

// ByTicket is the patient whose ticket it is, or a Refusal unauthorized.
func (e *Engine) ByTicket(ctx context.Context, raw string) (bot.Actor, error) {
	t, err := e.ticket(ctx, raw)
	if err != nil {
		return bot.Actor{}, err
	}
	return bot.Actor{Role: bot.Patient, Conversation: t.Conversation}, nil
}

func (e *Engine) ticket(ctx context.Context, raw string) (ticket, error) {
	if !bot.ValidTicket(raw) {
		return ticket{}, deadTicket()
	}
	hash, now := bot.TicketHash(raw), e.now()
	if t, ok := e.tickets.get(hash, now); ok {
		return t, nil
	}
	r, err := e.store.Record(ctx, spaceTicket, hash)
	if errors.Is(err, store.ErrNotFound) {
		return ticket{}, deadTicket()
	}
	if err != nil {
		return ticket{}, e.unavailable("look up a ticket", err)
	}
	var t ticket
	if err := json.Unmarshal(r.Value, &t); err != nil {
		return ticket{}, e.unavailable("look up a ticket", fmt.Errorf("a damaged record: %w", err))
	}
	e.tickets.put(hash, t, now)
	return t, nil
}

func deadTicket() error {
	return &bot.Refusal{Code: bot.Unauthorized, Message: "this ticket opens nothing"}
}

func (s *tickets) get(hash string, now time.Time) (ticket, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t, ok := s.all[hash]
	return t.ticket, ok && now.Sub(t.at) < ticketFresh
}

func (s *tickets) put(hash string, t ticket, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.all) >= ticketsBound {
		clear(s.all)
	}
	s.all[hash] = seenTicket{ticket: t, at: now}
}

// forget drops the tickets of an erased conversation.
func (s *tickets) forget(conversation string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for hash, t := range s.all {
		if t.ticket.Conversation == conversation {
			delete(s.all, hash)
		}
	}
}
