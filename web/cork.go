package web

import (
	"net"
	"sync"
	"time"
)

// cork is a connection that can hold back what is written for a moment, so that
// several frames leave in one system call, and in one TLS record.
type cork struct {
	net.Conn

	mu   sync.Mutex // held while something is written
	held *[]byte    // nil: everything goes out at once

	limits  sync.Mutex
	timeout time.Time // of the next write; zero: none
	latest  time.Time // no write may take longer than this; zero: nothing is said
}

// corkMost is how much is held back; what does not fit goes out at once.
const corkMost = 8 << 10

var corkBuffers = sync.Pool{New: func() any { b := make([]byte, 0, corkMost); return &b }}

// hold keeps back what is written until release.
func (c *cork) hold() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.held == nil {
		c.held = corkBuffers.Get().(*[]byte)
	}
}

// release writes what was held back.
func (c *cork) release() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.held == nil {
		return nil
	}
	err := c.flush()
	corkBuffers.Put(c.held)
	c.held = nil
	return err
}

// flush expects the lock and something held.
func (c *cork) flush() error {
	if len(*c.held) == 0 {
		return nil
	}
	_, err := c.writeNow(*c.held)
	*c.held = (*c.held)[:0]
	return err
}

func (c *cork) Write(b []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.held == nil {
		return c.writeNow(b)
	}
	if len(*c.held)+len(b) <= corkMost {
		*c.held = append(*c.held, b...)
		return len(b), nil
	}
	if err := c.flush(); err != nil {
		return 0, err
	}
	return c.writeNow(b)
}

func (c *cork) writeNow(b []byte) (int, error) {
	c.limits.Lock()
	at := c.timeout
	if !c.latest.IsZero() && (at.IsZero() || c.latest.Before(at)) {
		at = c.latest
	}
	err := c.Conn.SetWriteDeadline(at)
	c.limits.Unlock()
	if err != nil {
		return 0, err
	}
	return c.Conn.Write(b)
}

// SetWriteDeadline is for the writes that follow; one that is under way keeps
// its own.
func (c *cork) SetWriteDeadline(t time.Time) error {
	c.limits.Lock()
	defer c.limits.Unlock()
	c.timeout = t
	return nil
}

// hurry bounds every write from now on, the one under way too.
func (c *cork) hurry(latest time.Time) {
	c.limits.Lock()
	defer c.limits.Unlock()
	c.latest = latest
	_ = c.Conn.SetWriteDeadline(latest)
}
