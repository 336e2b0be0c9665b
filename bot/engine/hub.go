package engine

import (
	"hash/maphash"
	"slices"
	"sync"
)

const hubShards = 64

// hub wakes the followers of conversations.
type hub struct {
	seed   maphash.Seed
	shards [hubShards]hubShard
}

type hubShard struct {
	mu     sync.Mutex
	topics map[string]*topic
	closed bool
}

// topic is a conversation that somebody follows.
type topic struct {
	followers []*Subscription
	heard     uint64 // the highest sequence that a commit or a hint has named since
}

func newHub() *hub {
	h := &hub{seed: maphash.MakeSeed()}
	for i := range h.shards {
		h.shards[i].topics = map[string]*topic{}
	}
	return h
}

func (h *hub) shard(id string) *hubShard { return &h.shards[maphash.String(h.seed, id)%hubShards] }

// wake tells the followers of a conversation that there is something to read,
// up to seq as far as is known.
func (h *hub) wake(id string, seq uint64) {
	shard := h.shard(id)
	shard.mu.Lock()
	defer shard.mu.Unlock()
	for _, s := range shard.hear(id, seq) {
		s.tell()
	}
}

// hear notes how far a conversation goes without waking anybody.
func (h *hub) hear(id string, seq uint64) {
	shard := h.shard(id)
	shard.mu.Lock()
	defer shard.mu.Unlock()
	shard.hear(id, seq)
}

func (h *hub) close() {
	for i := range h.shards {
		h.shards[i].close()
	}
}

// count is how many subscriptions there are.
func (h *hub) count() int {
	n := 0
	for i := range h.shards {
		s := &h.shards[i]
		s.mu.Lock()
		for _, t := range s.topics {
			n += len(t.followers)
		}
		s.mu.Unlock()
	}
	return n
}

func (h *hubShard) hear(id string, seq uint64) []*Subscription {
	t := h.topics[id]
	if t == nil {
		return nil
	}
	t.heard = max(t.heard, seq)
	return t.followers
}

func (h *hubShard) join(s *Subscription) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		s.over()
		return
	}
	t := h.topics[s.id]
	if t == nil {
		t = &topic{}
		h.topics[s.id] = t
	}
	t.followers = append(t.followers, s)
}

func (h *hubShard) leave(s *Subscription) {
	h.mu.Lock()
	defer h.mu.Unlock()
	t := h.topics[s.id]
	if t == nil {
		return
	}
	if i := slices.Index(t.followers, s); i >= 0 {
		t.followers = slices.Delete(t.followers, i, i+1)
	}
	if len(t.followers) == 0 {
		delete(h.topics, s.id)
	}
}

func (h *hubShard) close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, t := range h.topics {
		for _, s := range t.followers {
			s.over()
		}
	}
	h.topics, h.closed = map[string]*topic{}, true
}
