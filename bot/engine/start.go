package engine

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

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
	if f, _, err := e.fresh(ctx, c.Conversation); err != nil {
		return StartResult{}, e.startFailed(err)
	} else if f.state.Started() {
		return e.startedBefore(ctx, r.Ticket)
	}
	done, err := e.do(ctx, job{command: c, records: func(next *folded) ([]store.Put, error) {
		pin, err := e.pinFlow(live)
		return append(pin, e.ticketRecord(r, next.state)), err
	}})
	switch {
	case err != nil:
		return StartResult{}, e.startFailed(err)
	case len(done.Entries) == 0: // another request with the ticket was faster
		return e.startedBefore(ctx, r.Ticket)
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
	c := bot.Command{
		Conversation: id, Key: r.Key, Do: bot.DoStart, Actor: actor,
		Args: bot.Args{Start: &bot.Started{
			Site: r.Site, Door: r.Door, Version: live.Hash(), Language: live.Language(r.Language),
			Previous: r.Previous, Patient: r.Patient,
		}},
	}
	return c, live, checkKey(c)
}

// startedBefore answers a start that was made already with its own entries.
func (e *Engine) startedBefore(ctx context.Context, ticket string) (StartResult, error) {
	t, err := e.ticket(ctx, ticket)
	if err != nil {
		return StartResult{}, err
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
	value, err := json.Marshal(ticket{
		Conversation: next.ID, Device: r.Device, Scope: scopeWhole, Created: e.now().UTC(), Start: next.Seq,
	})
	if err != nil {
		panic(fmt.Sprintf("engine: a ticket that cannot be written: %v", err)) // our own struct
	}
	return store.Put{Space: spaceTicket, Key: bot.TicketHash(r.Ticket), Of: next.ID, Value: value, If: store.Absent}
}

func newTicket() string {
	b := make([]byte, bot.TicketBytes)
	if _, err := rand.Read(b); err != nil {
		panic("engine: no random numbers: " + err.Error()) // crypto/rand never fails
	}
	return hex.EncodeToString(b)
}
