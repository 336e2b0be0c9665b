package engine

import (
	"maps"
	"slices"
	"sync"
)

// HeadSubscription tells a console whose heads have changed: a place in a list,
// or what the lists show. Further entries alone are no change.
type HeadSubscription struct {
	C <-chan struct{}

	c       chan struct{}
	hub     *headHub
	mu      sync.Mutex
	changed map[string]struct{}
}

// Changed takes the ids of the conversations whose heads changed since it was
// last asked, sorted.
func (s *HeadSubscription) Changed() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	ids := slices.Sorted(maps.Keys(s.changed))
	s.changed = map[string]struct{}{}
	return ids
}

// Close ends the subscription; closing twice is no error.
func (s *HeadSubscription) Close() {
	s.hub.mu.Lock()
	defer s.hub.mu.Unlock()
	delete(s.hub.all, s)
}

// headHub tells all consoles of changed heads.
type headHub struct {
	mu     sync.Mutex
	all    map[*HeadSubscription]struct{}
	closed bool
}

func newHeadHub() *headHub { return &headHub{all: map[*HeadSubscription]struct{}{}} }

// SubscribeHeads follows the heads of all conversations. Which of them a staff
// member may see is decided by Heads.
func (e *Engine) SubscribeHeads() *HeadSubscription { return e.heads.subscribe() }

func (h *headHub) subscribe() *HeadSubscription {
	c := make(chan struct{}, 1)
	s := &HeadSubscription{C: c, c: c, hub: h, changed: map[string]struct{}{}}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		close(c)
		return s
	}
	h.all[s] = struct{}{}
	return s
}

func (h *headHub) tell(id string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for s := range h.all {
		s.mu.Lock()
		s.changed[id] = struct{}{}
		s.mu.Unlock()
		select {
		case s.c <- struct{}{}:
		default: // told already, and has not looked yet
		}
	}
}

func (h *headHub) count() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.all)
}

func (h *headHub) close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for s := range h.all {
		close(s.c)
	}
	h.all, h.closed = map[*HeadSubscription]struct{}{}, true
}
