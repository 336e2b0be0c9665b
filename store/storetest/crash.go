package storetest

import (
	"context"
	"errors"
	"sync"

	"bedside/store"
)

// ErrCrashed is all that a process hears of its store after it has died.
var ErrCrashed = errors.New("storetest: the process has crashed")

// How says what becomes of the write in which the process dies.
type How int

const (
	// LoseCommit: it never reaches the disk.
	LoseCommit How = iota
	// LoseAnswer: it is written, but nobody is told.
	LoseAnswer
)

func (h How) String() string {
	if h == LoseCommit {
		return "commit lost"
	}
	return "answer lost"
}

// Crashed is a store seen by a process that is going to die; see Crashing.
type Crashed struct {
	inner store.Store
	after int
	how   How

	count  sync.Mutex
	writes int

	life   sync.RWMutex // held for reading by each call under way
	dead   chan struct{}
	held   map[modelKey]struct{} // leases: conversation and owner
	leases sync.Mutex
}

var _ store.Store = (*Crashed)(nil)

// Crashing returns inner as a process sees it that dies in its write n+1 (Commit,
// PutBlob or Erase): the first n pass, the next is lost as how says, and from then on
// every call answers ErrCrashed, watches end and leases are free, for they die
// with the process. After Dead nothing of it touches inner any more: open the
// next process on inner then. With n below 0 it never dies and only counts.
//
// Close leaves inner open, as a disk outlives its process.
func Crashing(inner store.Store, n int, how How) *Crashed {
	return &Crashed{
		inner: inner, after: n, how: how,
		dead: make(chan struct{}), held: map[modelKey]struct{}{},
	}
}

// Commits is how many writes have been tried, the deadly one and later ones
// included.
func (c *Crashed) Commits() int {
	c.count.Lock()
	defer c.count.Unlock()
	return c.writes
}

// Dead is closed when the process has died.
func (c *Crashed) Dead() <-chan struct{} { return c.dead }

// Kill ends the process between two writes.
func (c *Crashed) Kill() {
	c.life.Lock() // waits for the calls under way
	defer c.life.Unlock()
	if c.isDead() {
		return
	}
	for l := range c.held {
		_ = c.inner.Release(context.Background(), l.Space, l.Key)
	}
	close(c.dead)
}

// Commit is store.Store's.
func (c *Crashed) Commit(ctx context.Context, b store.Batch) error {
	return c.write(func() error { return c.inner.Commit(ctx, b) })
}

// Erase is store.Store's.
func (c *Crashed) Erase(ctx context.Context, id string) error {
	return c.write(func() error { return c.inner.Erase(ctx, id) })
}

// PutBlob is store.Store's.
func (c *Crashed) PutBlob(ctx context.Context, of, id string, data []byte) error {
	return c.write(func() error { return c.inner.PutBlob(ctx, of, id, data) })
}

func (c *Crashed) write(do func() error) error {
	c.count.Lock()
	c.writes++
	number := c.writes
	c.count.Unlock()
	switch {
	case c.after < 0 || number <= c.after:
		return c.alive(do)
	case number > c.after+1:
		<-c.dead // the deadly write is on its way
		return ErrCrashed
	}
	if c.how == LoseAnswer {
		_ = c.alive(do)
	}
	c.Kill()
	return ErrCrashed
}

// alive does something that death waits for.
func (c *Crashed) alive(do func() error) error {
	c.life.RLock()
	defer c.life.RUnlock()
	if c.isDead() {
		return ErrCrashed
	}
	return do()
}

func (c *Crashed) isDead() bool {
	select {
	case <-c.dead:
		return true
	default:
		return false
	}
}
