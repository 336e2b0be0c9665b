package engine

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"

	"bedside/bot"
	"bedside/flows"
	"bedside/store"
)

// Start begins a conversation with a ticket. The conversation's id is derived
// from the ticket, so the same ticket again, here or on another node, is
// answered with what the first start recorded. Ticket, pinned flow and journal
// are one commit.
func (e *Engine) Start(ctx context.Context, r StartRequest) (StartResult, error) {
	var made string
	if r.Ticket == "" {
		made = newTicket()
		r.Ticket = made
	}
	c, live, err := e.startCommand(r)
	if err != nil {
		return StartResult{}, err
	}
	person := c.Args.Start.Person
	if t, err := e.ticket(ctx, r.Ticket); err == nil && t.Conversation != c.Conversation {
		return e.startedBefore(ctx, r.Ticket, person) // it came into a conversation by a link
	}
	if f, _, err := e.fresh(ctx, c.Conversation); err != nil {
		return StartResult{}, e.startFailed(err)
	} else if f.state.Started() {
		return e.startedBefore(ctx, r.Ticket, person)
	}
	if err := e.unlink(ctx, c.Args.Start); err != nil {
		return StartResult{}, err
	}
	done, err := e.do(ctx, job{command: c, records: func(next *folded) ([]store.Put, error) {
		pin, err := e.pinFlow(live)
		return append(pin, e.ticketRecord(r, next.state)), err
	}})
	switch {
	case err != nil:
		return StartResult{}, e.startFailed(err)
	case len(done.Entries) == 0: // another request with the ticket was faster
		return e.startedBefore(ctx, r.Ticket, person)
	}
	e.pins.markStored(live.Hash())
	return StartResult{Conversation: c.Conversation, Ticket: made, Entries: done.Entries, New: true}, nil
}

func (e *Engine) startCommand(r StartRequest) (bot.Command, *flows.Program, error) {
	if !bot.ValidTicket(r.Ticket) {
		return bot.Command{}, nil, &bot.Refusal{Code: bot.Malformed, Message: "a ticket is at least 256 random bits in base64url or hex"}
	}
	live := e.o.Flows.Live(r.Site)
	if live == nil {
		return bot.Command{}, nil, &bot.Refusal{Code: bot.Unknown, Message: "there is no such site"}
	}
	if _, ok := live.Door(r.Door); !ok {
		return bot.Command{}, nil, &bot.Refusal{Code: bot.Unknown, Message: "the flow has no such door"}
	}
	id := bot.ConversationID(r.Ticket)
	actor := bot.Actor{Role: bot.Patient, Conversation: id}
	if r.Service.Role == bot.Service {
		actor = r.Service
		actor.Conversation = id
	}
	person := ""
	if r.Subject != "" {
		person = bot.PersonID(e.o.Key, r.Site, r.Subject)
	}
	c := bot.Command{
		Conversation: id, Key: r.Key, Do: bot.DoStart, Actor: actor,
		Args: bot.Args{Start: &bot.Started{
			Site: r.Site, Door: r.Door, Version: live.Hash(), Language: live.Language(r.Language),
			Previous: r.Previous, Zone: r.Zone, Person: person, Patient: r.Patient,
		}},
	}
	return c, live, checkKey(c)
}

// unlink drops the link to an earlier conversation that is not the same person's:
// a signed person and the unsigned have nothing in common, and neither have two
// signed ones.
func (e *Engine) unlink(ctx context.Context, b *bot.Started) error {
	if b.Previous == "" {
		return nil
	}
	f, _, err := e.fresh(ctx, b.Previous)
	switch {
	case errors.Is(err, store.ErrErased), errors.Is(err, store.ErrMalformed), errors.Is(err, errUnreadable):
		b.Previous = ""
	case err != nil:
		return e.unavailable("look up an earlier conversation", err)
	case !bot.MayFollow(f.state, *b):
		b.Previous = ""
	}
	return nil
}

// startedBefore answers a start that was made already with its own entries, to
// the same person.
func (e *Engine) startedBefore(ctx context.Context, ticket, person string) (StartResult, error) {
	t, err := e.ticket(ctx, ticket)
	if err != nil {
		return StartResult{}, err
	}
	f, _, err := e.fresh(ctx, t.Conversation)
	if err != nil {
		return StartResult{}, e.startFailed(err)
	}
	if f.state.Person != person {
		return StartResult{}, deadTicket()
	}
	entries, err := e.read(ctx, t.Conversation, 0, int(t.Start))
	if err != nil {
		return StartResult{}, e.unavailable("read a start", err)
	}
	return StartResult{Conversation: t.Conversation, Entries: entries}, nil
}

// startFailed tells a client that comes with the ticket of an erased
// conversation to begin anew.
func (e *Engine) startFailed(err error) error {
	if errors.Is(err, store.ErrErased) || errors.Is(err, &bot.Refusal{Code: bot.Unknown}) {
		return &bot.Refusal{Code: bot.ClosedCode, Message: "this conversation is gone; begin a new one with a new ticket"}
	}
	return e.unavailable("start a conversation", err)
}

func (e *Engine) ticketRecord(r StartRequest, next bot.State) store.Put {
	return e.ticketPut(r.Ticket, ticket{Conversation: next.ID, Device: r.Device, Start: next.Seq})
}

// ticketPut writes a ticket that nobody has yet.
func (e *Engine) ticketPut(raw string, t ticket) store.Put {
	t.Scope, t.Created = scopeWhole, e.now().UTC()
	return store.Put{Space: spaceTicket, Key: bot.TicketHash(raw), Of: t.Conversation, Value: encoded(t), If: store.Absent}
}

func newTicket() string {
	b := make([]byte, bot.TicketBytes)
	if _, err := rand.Read(b); err != nil {
		panic("engine: no random numbers: " + err.Error()) // crypto/rand never fails
	}
	return hex.EncodeToString(b)
}
