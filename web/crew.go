package web

import "sync"

// crew does short work on goroutines that stay for a moment afterwards: their
// stacks have grown already. The goroutines that wait for sockets never do such
// work themselves, so theirs stay small however busy the socket was. The zero
// value is ready.
type crew struct {
	mu     sync.Mutex
	idle   []*hand // the last to come back is the first to go
	spare  int     // how many of them nobody has needed since rest
	closed bool
	all    sync.WaitGroup
}

// hand is one goroutine of the crew.
type hand struct{ work chan func() }

// do has f done, beside whatever else goes on. f recovers its own panics.
func (c *crew) do(f func()) { c.take().work <- f }

func (c *crew) take() *hand {
	c.mu.Lock()
	defer c.mu.Unlock()
	if last := len(c.idle) - 1; last >= 0 {
		h := c.idle[last]
		c.idle[last] = nil
		c.idle = c.idle[:last]
		c.spare = min(c.spare, last)
		return h
	}
	h := &hand{work: make(chan func(), 1)}
	c.all.Go(func() {
		for f := range h.work {
			f()
			if !c.back(h) {
				return
			}
		}
	})
	return h
}

// back is false when the crew goes home.
func (c *crew) back(h *hand) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.closed {
		c.idle = append(c.idle, h)
	}
	return !c.closed
}

// rest sends home whoever has not been needed since it was last called.
func (c *crew) rest() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, h := range c.idle[:c.spare] {
		close(h.work)
	}
	c.idle = append([]*hand(nil), c.idle[c.spare:]...)
	c.spare = len(c.idle)
}

// close sends all home and waits until they have gone. Work that comes later is
// still done.
func (c *crew) close() {
	c.mu.Lock()
	c.closed = true
	for _, h := range c.idle {
		close(h.work)
	}
	c.idle, c.spare = nil, 0
	c.mu.Unlock()
	c.all.Wait()
}
