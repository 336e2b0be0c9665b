package engine

import (
	"context"
	"sync"
)

// locks lets one writer of this process at a time into each conversation, so
// that local writers wait instead of colliding in the store. It also knows what
// each of them is about to commit: a hint of that is no news.
type locks struct {
	mu   sync.Mutex
	held map[string]*lock
}

type lock struct {
	token   chan struct{}
	users   int    // holder and waiters; the lock goes with the last
	writing uint64 // the sequence that the holder is committing
}

func newLocks() *locks { return &locks{held: map[string]*lock{}} }

// acquire waits for the conversation; the error is the context's.
func (l *locks) acquire(ctx context.Context, id string) (release func(), err error) {
	l.mu.Lock()
	k := l.held[id]
	if k == nil {
		k = &lock{token: make(chan struct{}, 1)}
		l.held[id] = k
	}
	k.users++
	l.mu.Unlock()
	select {
	case k.token <- struct{}{}:
		return func() { <-k.token; l.leave(id, k) }, nil
	case <-ctx.Done():
		l.leave(id, k)
		return nil, ctx.Err()
	}
}

func (l *locks) leave(id string, k *lock) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if k.users--; k.users == 0 {
		delete(l.held, id)
	}
}

// write notes what the holder is about to commit.
func (l *locks) write(id string, seq uint64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if k := l.held[id]; k != nil {
		k.writing = seq
	}
}

// writing is the last sequence that a holder has been committing, 0 when nobody is.
func (l *locks) writing(id string) uint64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	if k := l.held[id]; k != nil {
		return k.writing
	}
	return 0
}
