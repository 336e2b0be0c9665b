package engine

import (
	"hash/maphash"
	"sync"
)

const hubShards = 64

// Subscription wakes whoever follows one conversation. Wake-ups that nobody has
// taken melt into one, and none is ever the last without an entry to read:
// subscribe, read, and read again after each.
type Subscription struct {
	C <-chan struct{}

	c     chan struct{}
	shard *hubShard
	id    string
}

// Close ends the subscription; closing twice is no error.
func (s *Subscription) Close() { s.shard.leave(s) }

// hub wakes the followers of conversations.
type hub struct {
	seed   maphash.Seed
	shards [hubShards]hubShard
}

type hubShard struct {
	mu     sync.Mutex
	all    map[string]map[*Subscription]struct{}
	closed bool
}

func newHub() *hub {
	h := &hub{seed: maphash.MakeSeed()}
	for i := range h.shards {
		h.shards[i].all = map[string]map[*Subscription]struct{}{}
	}
	return h
}

// Subscribe follows a conversation from now on. It asks nobody whether the
// conversation exists or may be read: reading does.
func (e *Engine) Subscribe(id string) *Subscription { return e.hub.subscribe(id) }

func (h *hub) shard(id string) *hubShard { return &h.shards[maphash.String(h.seed, id)%hubShards] }

func (h *hub) subscribe(id string) *Subscription {
	c := make(chan struct{}, 1)
	s := &Subscription{C: c, c: c, id: id, shard: h.shard(id)}
	s.shard.join(s)
	return s
}

// wake tells the followers of a conversation that there is something to read.
func (h *hub) wake(id string) {
	shard := h.shard(id)
	shard.mu.Lock()
	defer shard.mu.Unlock()
	for s := range shard.all[id] {
		select {
		case s.c <- struct{}{}:
		default: // woken already, and not come yet
		}
	}
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
		for _, all := range s.all {
			n += len(all)
		}
		s.mu.Unlock()
	}
	return n
}

func (h *hubShard) join(s *Subscription) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		close(s.c)
		return
	}
	if h.all[s.id] == nil {
		h.all[s.id] = map[*Subscription]struct{}{}
	}
	h.all[s.id][s] = struct{}{}
}

func (h *hubShard) leave(s *Subscription) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.all[s.id], s)
	if len(h.all[s.id]) == 0 {
		delete(h.all, s.id)
	}
}

func (h *hubShard) close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, all := range h.all {
		for s := range all {
			close(s.c)
		}
	}
	h.all, h.closed = map[string]map[*Subscription]struct{}{}, true
}
