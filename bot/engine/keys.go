package engine

import (
	"context"
	"fmt"
	"hash/maphash"
	"sync"

	"bedside/bot"
)

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

// keys finds the entries of a command by who sent it and its key. It holds what
// is on the disk and nothing else, so all generations of a folded share one. A
// command that somebody else has recorded meanwhile is missing here, but then
// the journal has grown, a commit conflicts, and the next look is a fresh one.
type keys struct {
	mu   sync.Mutex
	seed maphash.Seed
	seq  uint64          // the journal is known so far
	open uint64          // the command that the entry at seq belongs to, as hashed
	last string          // its key
	by   map[uint64]span // by hash: a whole key would be most of what is kept of a message
}

// span are the entries of one command.
type span struct{ first, last uint64 }

func newKeys() *keys { return &keys{seed: maphash.MakeSeed(), by: map[uint64]span{}} }

// learn takes in entries as they are on the disk, in their order. Known ones may
// come again.
func (k *keys) learn(entries []bot.Entry) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, e := range entries {
		if e.Seq != k.seq+1 {
			continue
		}
		k.seq = e.Seq
		if e.Actor != "" || e.Key != k.last {
			k.last, k.open = e.Key, k.hash(e.Actor, e.Key)
		}
		if e.Key == "" {
			continue
		}
		s := k.by[k.open]
		if s.first == 0 || s.last != e.Seq-1 {
			s.first = e.Seq
		}
		s.last = e.Seq
		k.by[k.open] = s
	}
}

func (k *keys) hash(actor, key string) uint64 {
	return maphash.Comparable(k.seed, [2]string{actor, key})
}

// find gives the entries that may be the command's: one who looks reads them.
// Journals of before entries named the actor answer for whoever has the key.
func (k *keys) find(actor, key string) []span {
	k.mu.Lock()
	defer k.mu.Unlock()
	var out []span
	for _, whose := range []string{actor, ""} {
		if s, ok := k.by[k.hash(whose, key)]; ok {
			out = append(out, s)
		}
	}
	return out
}

// answered looks for what the same key of the same actor has recorded in f. All
// patients are one actor, so only the holder of the conversation is answered.
func (e *Engine) answered(ctx context.Context, f *folded, c bot.Command) (Result, bool, error) {
	if c.Key == "" || c.Do == bot.DoStart { // a start is known by its ticket
		return Result{}, false, nil
	}
	if c.Actor.Role == bot.Patient && !bot.May(c.Actor, bot.DoRead, f.state) {
		return Result{}, false, nil
	}
	for _, s := range f.keys.find(c.Actor.Key(), c.Key) {
		entries, err := e.read(ctx, c.Conversation, s.first-1, int(s.last-s.first)+1)
		if err != nil {
			return Result{}, false, err
		}
		if len(entries) > 0 && entries[0].Key == c.Key && (entries[0].Actor == "" || entries[0].Actor == c.Actor.Key()) {
			return Result{Seq: s.last, Entries: entries}, true, nil
		}
	}
	return Result{}, false, nil
}
