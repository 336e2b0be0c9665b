package engine

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"

	"bedside/bot"
	"bedside/store"
)

// visitRevision is counted up by *send a new link*; the first key is revision 0.
const visitRevision = 0

// VisitKey is the key of a call's join link. It is computed when it is shown and
// kept nowhere; it lets its holder enter this call as the patient and do nothing
// else.
func (e *Engine) VisitKey(call string) string {
	m := hmac.New(sha256.New, e.o.Key)
	fmt.Fprintf(m, "visit\x00%s\x00%d", call, visitRevision)
	return base64.RawURLEncoding.EncodeToString(m.Sum(nil))
}

// ByVisitKey is the patient of an open call, of an appointment to come, or of one
// whose link leads into the next call, or a Refusal: unauthorized for a wrong key,
// ended for a call that is over.
func (e *Engine) ByVisitKey(ctx context.Context, call, key string) (bot.Actor, error) {
	if !hmac.Equal([]byte(e.VisitKey(call)), []byte(key)) {
		return bot.Actor{}, &bot.Refusal{Code: bot.Unauthorized, Message: "this link opens nothing"}
	}
	id, err := e.conversationOf(ctx, call)
	if errors.Is(err, &bot.Refusal{Code: bot.NoCall}) {
		return bot.Actor{}, callOver("") // the key proves that there was one
	}
	if err != nil {
		return bot.Actor{}, err
	}
	f, _, err := e.fresh(ctx, id)
	if err != nil {
		return bot.Actor{}, e.unavailable("look up a call", err)
	}
	if c := f.state.Call; !(c.Open() && c.Named(call)) && f.state.BookingOf(call) == nil && !f.state.LeadsOn(call) {
		return bot.Actor{}, callOver(f.state.Language)
	}
	return bot.Actor{Role: bot.Patient, Conversation: id, Call: call}, nil
}

// PersonShelf names where a browser keeps what belongs to a signed person.
func (e *Engine) PersonShelf(site, subject string) string {
	return bot.PersonShelf(e.o.Key, site, subject)
}

// conversationOf finds the conversation of a call.
func (e *Engine) conversationOf(ctx context.Context, call string) (string, error) {
	const longest = 64
	if call == "" || len(call) > longest {
		return "", noCall()
	}
	heads, _, err := e.store.List(ctx, bot.ListCall(call), "", 1)
	if err != nil && !errors.Is(err, store.ErrMalformed) {
		return "", e.unavailable("look up a call", err)
	}
	if len(heads) == 0 {
		return "", noCall()
	}
	return heads[0].ID, nil
}

// callOver is said of a call that there was; noCall of one that nobody knows.
func callOver(language string) error {
	return &bot.Refusal{Code: bot.CallOver, Message: bot.InWords(bot.CallOver, language)}
}

func noCall() error {
	return &bot.Refusal{Code: bot.NoCall, Message: bot.InWords(bot.NoCall, "")}
}
