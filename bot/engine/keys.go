package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"bedside/bot"
	"bedside/store"
)

// spaceKey holds which entries each command key recorded.
const spaceKey = "key"

// span is a record of spaceKey: the entries of one command.
type span struct {
	First uint64 `json:"first"`
	Last  uint64 `json:"last"`
}

// MaxKey is how long a command's key may be: so many visible ASCII characters.
const MaxKey = 128

// checkKey wants 1 to MaxKey visible ASCII characters of everybody but the engine.
func checkKey(c bot.Command) error {
	if c.Key == "" && (c.Actor.Role == bot.System || c.Actor.Role == bot.Bot) {
		return nil
	}
	for _, r := range c.Key {
		if r <= ' ' || r > '~' {
			return badKey()
		}
	}
	if c.Key == "" || len(c.Key) > MaxKey {
		return badKey()
	}
	return nil
}

func badKey() error {
	return &bot.Refusal{Code: bot.Malformed, Message: fmt.Sprintf("a command's key is 1 to %d visible ASCII characters", MaxKey)}
}

func keyName(c bot.Command) string {
	return c.Conversation + "/" + c.Actor.Key() + "/" + c.Key
}

func keyRecord(c bot.Command, first, last uint64) store.Put {
	value, err := json.Marshal(span{First: first, Last: last})
	if err != nil {
		panic("engine: a span that cannot be written: " + err.Error()) // two numbers
	}
	return store.Put{Space: spaceKey, Key: keyName(c), Of: c.Conversation, Value: value, If: store.Absent}
}

// answered looks for what the same key of the same actor has recorded.
func (e *Engine) answered(ctx context.Context, c bot.Command) (Result, bool, error) {
	if c.Key == "" || c.Do == bot.DoStart {
		return Result{}, false, nil
	}
	r, err := e.store.Record(ctx, spaceKey, keyName(c))
	if errors.Is(err, store.ErrNotFound) {
		return Result{}, false, nil
	}
	if err != nil {
		return Result{}, false, err
	}
	var s span
	if err := json.Unmarshal(r.Value, &s); err != nil || s.First == 0 || s.Last < s.First {
		return Result{}, false, fmt.Errorf("engine: record %s/%s is damaged", spaceKey, keyName(c))
	}
	entries, err := e.read(ctx, c.Conversation, s.First-1, int(s.Last-s.First)+1)
	if err != nil {
		return Result{}, false, err
	}
	return Result{Seq: s.Last, Entries: entries}, true, nil
}
