package engine

import (
	"math/rand/v2"
	"sync"
	"time"

	"bedside/bot"
)

const (
	delayFirst = 2 * time.Second
	delayMost  = 5 * time.Minute
)

// delays are the back-offs of what the journal does not count: removals, and
// deadlines that could not be decided. They are written nowhere but as
// Head.Wake; after a restart everything is tried at once.
type delays struct {
	mu  sync.Mutex
	all map[delayKey]delay
}

// delayKey names one thing that is tried again; without a deed it is the
// conversation's deadline.
type delayKey struct {
	conversation string
	room         bot.Room
	deed         bot.Deed
	notice       string
}

type delay struct {
	failures int
	until    time.Time
}

func newDelays() *delays { return &delays{all: map[delayKey]delay{}} }

func delayOf(id string, w bot.Wish) delayKey {
	return delayKey{id, w.Room, w.Deed, w.Notice.Notice.Notice}
}

// until is when the thing may be tried again; zero is now.
func (d *delays) until(k delayKey) time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.all[k].until
}

// fail notes a failure: twice as long each time, and up to half of it off, so
// that many that failed together do not come back together.
func (d *delays) fail(k delayKey, now time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	was := d.all[k]
	wait := min(delayFirst<<min(was.failures, 16), delayMost)
	wait -= rand.N(wait / 2)
	d.all[k] = delay{failures: was.failures + 1, until: now.Add(wait)}
}

func (d *delays) clear(k delayKey) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.all, k)
}
