package storetest

import (
	"sync"
	"time"
)

// Clock is a clock that stands still until it is told to move.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock starts at a full second of a day in 2031, in UTC.
func NewClock() *Clock {
	return &Clock{now: time.Date(2031, 3, 14, 9, 26, 53, 0, time.UTC)}
}

// Now is the clock's time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Pass moves it on.
func (c *Clock) Pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}
