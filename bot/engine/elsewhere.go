package engine

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"bedside/bot"
	"bedside/store"
)

// spaceElsewhere holds the links by which a patient goes on on another device,
// by the hash of their secret; spaceDevice the tickets of those conversations
// that have more than one, as conversation/hash.
const (
	spaceElsewhere = "elsewhere"
	spaceDevice    = "device"
)

// ElsewhereLife is how long such a link can be used.
const ElsewhereLife = 10 * time.Minute

// manyDevices is more than a patient has; the oldest links of a conversation
// with so many are of no use until *only here* was pressed.
const manyDevices = 20

// elsewhere is a record of spaceElsewhere.
type elsewhere struct {
	Conversation string `json:"conversation"`
	Made         uint64 `json:"made,omitempty"` // the journal's last entry then
	From         string `json:"from"`           // the hash of the ticket that made it
	Used         string `json:"used,omitempty"` // … and of the one that it gave
}

// Elsewhere makes a link's secret for another device of the patient whose ticket
// it is. It is told once and kept as a hash; it can be used once, within
// ElsewhereLife.
func (e *Engine) Elsewhere(ctx context.Context, raw string) (secret string, expires time.Time, err error) {
	t, err := e.ticket(ctx, raw)
	if err != nil {
		return "", time.Time{}, err
	}
	f, _, err := e.fresh(ctx, t.Conversation)
	if err != nil {
		return "", time.Time{}, e.unavailable("make a link to another device", err)
	}
	secret, expires = rand.Text(), e.now().Add(ElsewhereLife).UTC()
	link := elsewhere{Conversation: t.Conversation, Made: f.state.Seq, From: bot.TicketHash(raw)}
	put := e.elsewherePut(secret, link, store.Absent, expires)
	if err := e.store.Commit(ctx, store.Batch{Records: []store.Put{put}}); err != nil {
		return "", time.Time{}, e.unavailable("make a link to another device", err)
	}
	return secret, expires, nil
}

// GoOn gives a browser's own new ticket its place in the conversation of a link.
// Of two browsers with one link the first wins; it is answered again if it asks
// again. Refusals: gone for a link that is too old, ended or never was, taken for
// one that was used.
func (e *Engine) GoOn(ctx context.Context, secret, raw, device string) (conversation string, err error) {
	if !bot.ValidTicket(raw) {
		return "", &bot.Refusal{Code: bot.Malformed, Message: "a ticket is at least 256 random bits in base64url or hex"}
	}
	mine := bot.TicketHash(raw)
	link, _, err := e.linkElsewhere(ctx, secret, mine)
	if err != nil {
		return "", err
	}
	if there, err := e.hasPlace(ctx, link, raw); there || err != nil {
		return link.Conversation, err
	}
	c := bot.Command{
		Conversation: link.Conversation, Key: bot.ElsewhereKey(secret, raw), Do: bot.DoElsewhere,
		Actor: bot.Actor{Role: bot.Patient, Conversation: link.Conversation},
	}
	_, err = e.do(ctx, job{command: c, records: func(next *folded) ([]store.Put, error) {
		link, r, err := e.linkElsewhere(ctx, secret, mine)
		if err != nil {
			return nil, err
		}
		if link.Made < next.state.OnlySince {
			return nil, goneLink()
		}
		link.Used = mine
		return []store.Put{
			e.elsewherePut(secret, link, store.Rev(r.Rev), r.Expires),
			e.ticketPut(raw, ticket{Conversation: link.Conversation, Device: device, Start: next.state.Seq}),
			devicePut(link.Conversation, link.From), devicePut(link.Conversation, mine),
		}, nil
	}})
	return link.Conversation, err
}

// hasPlace reports whether the ticket needs no link any more: it has used this one,
// or is in the conversation anyway. One that has another conversation keeps it.
func (e *Engine) hasPlace(ctx context.Context, link elsewhere, raw string) (bool, error) {
	if link.Used != "" {
		return true, nil
	}
	t, err := e.ticket(ctx, raw)
	switch {
	case errors.Is(err, &bot.Refusal{Code: bot.Unauthorized}):
		return false, nil
	case err != nil:
		return false, err
	case t.Conversation != link.Conversation:
		return false, &bot.Refusal{Code: bot.Taken, Message: "This browser has another conversation with this ticket. Open the link with a new one."}
	}
	return true, nil
}

// linkElsewhere finds a link that the ticket can use, or has used.
func (e *Engine) linkElsewhere(ctx context.Context, secret, mine string) (elsewhere, store.Record, error) {
	r, err := e.store.Record(ctx, spaceElsewhere, bot.ElsewhereHash(secret))
	if errors.Is(err, store.ErrNotFound) {
		return elsewhere{}, r, goneLink()
	}
	var link elsewhere
	if err == nil {
		err = json.Unmarshal(r.Value, &link)
	}
	if err != nil {
		return link, r, e.unavailable("look up a link to another device", err)
	}
	if link.Used != "" && link.Used != mine {
		return link, r, &bot.Refusal{Code: bot.Taken, Message: "This link has been used already. Make a new one on the first device."}
	}
	return link, r, e.stillHere(ctx, link)
}

// stillHere asks whether whoever made the link may still be in the conversation,
// and whether it has room for one more.
func (e *Engine) stillHere(ctx context.Context, link elsewhere) error {
	if link.Used != "" {
		return nil
	}
	_, err := e.store.Record(ctx, spaceTicket, link.From)
	if errors.Is(err, store.ErrNotFound) {
		return goneLink()
	}
	if err != nil {
		return e.unavailable("look up a link to another device", err)
	}
	devices, _, err := e.store.Records(ctx, spaceDevice, link.Conversation+"/", "", manyDevices)
	if err != nil {
		return e.unavailable("look up devices", err)
	}
	if len(devices) >= manyDevices {
		return &bot.Refusal{Code: bot.TooMany, Message: "Too many devices are in this conversation. Press “only here” on one of them first."}
	}
	return nil
}

func goneLink() error {
	return &bot.Refusal{Code: bot.Gone, Message: "This link is no longer good. Make a new one on the device where you began."}
}

// OnlyHere ends every other ticket of the patient whose ticket it is, and the links
// that were made before.
func (e *Engine) OnlyHere(ctx context.Context, raw string) error {
	t, err := e.ticket(ctx, raw)
	if err != nil {
		return err
	}
	c := bot.Command{
		Conversation: t.Conversation, Key: rand.Text(), Do: bot.DoOnlyHere,
		Actor: bot.Actor{Role: bot.Patient, Conversation: t.Conversation},
	}
	_, err = e.do(ctx, job{command: c, records: func(*folded) ([]store.Put, error) {
		return e.endOthers(ctx, t.Conversation, bot.TicketHash(raw))
	}})
	e.tickets.forget(t.Conversation)
	return err
}

// endOthers are the records that end all tickets of the conversation but mine.
func (e *Engine) endOthers(ctx context.Context, conversation, mine string) ([]store.Put, error) {
	devices, _, err := e.store.Records(ctx, spaceDevice, conversation+"/", "", 2*manyDevices)
	if err != nil {
		return nil, err
	}
	if _, err := e.store.Record(ctx, spaceTicket, mine); err != nil {
		return nil, deadTicket() // the other device was faster
	}
	var out []store.Put
	for _, d := range devices {
		hash := strings.TrimPrefix(d.Key, conversation+"/")
		if hash != mine {
			out = append(out, store.Put{Space: spaceTicket, Key: hash, Of: conversation, Delete: true},
				store.Put{Space: spaceDevice, Key: d.Key, Of: conversation, Delete: true})
		}
	}
	return out, nil
}

func (e *Engine) elsewherePut(secret string, link elsewhere, when store.Cond, expires time.Time) store.Put {
	return store.Put{
		Space: spaceElsewhere, Key: bot.ElsewhereHash(secret), Of: link.Conversation, Value: encoded(link), If: when, Expires: expires,
	}
}

func devicePut(conversation, hash string) store.Put {
	return store.Put{Space: spaceDevice, Key: conversation + "/" + hash, Of: conversation, Value: []byte("{}")}
}

// encoded is a record's value.
func encoded(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("engine: a record that cannot be written: %v", err)) // our own structs
	}
	return b
}
