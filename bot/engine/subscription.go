package engine

import (
	"context"
	"sync/atomic"

	"bedside/bot"
)

// Subscription wakes whoever follows one conversation. Wake-ups may melt into
// one, and none is ever the last without an entry to read: subscribe, read, and
// read again after each.
type Subscription struct {
	C <-chan struct{} // of Subscribe: closed when the engine closes

	e     *Engine
	shard *hubShard
	id    string
	c     chan struct{}
	wake  func() // of SubscribeFunc
	read  bool   // the store has been read since it began; under the shard's lock
	ended atomic.Bool
}

// Subscribe follows a conversation from now on. It asks nobody whether the
// conversation exists or may be read: reading does.
func (e *Engine) Subscribe(id string) *Subscription {
	c := make(chan struct{}, 1)
	return e.subscribe(&Subscription{C: c, c: c, id: id})
}

// SubscribeFunc follows a conversation without a channel, and so without a
// goroutine that waits at it. wake is called for each wake-up, and once more
// when the engine closes; it must return at once and ask nothing of the engine.
func (e *Engine) SubscribeFunc(id string, wake func()) *Subscription {
	return e.subscribe(&Subscription{wake: wake, id: id})
}

func (e *Engine) subscribe(s *Subscription) *Subscription {
	s.e, s.shard = e, e.hub.shard(s.id)
	s.shard.join(s)
	return s
}

// Close ends the subscription; closing twice is no error.
func (s *Subscription) Close() { s.shard.leave(s) }

// Ended reports whether the engine has closed.
func (s *Subscription) Ended() bool { return s.ended.Load() }

// Entries is Engine.Entries of the conversation. The first page comes from the
// store; later ones come from memory where that has all that has been heard of
// since, as after each commit of this process. The right to read is asked of the
// state with which the page ends.
func (s *Subscription) Entries(ctx context.Context, a bot.Actor, p PageRequest) (Page, error) {
	f, ok := s.remembered(p)
	if !ok {
		var err error
		if f, _, err = s.e.fresh(ctx, s.id); err != nil {
			return Page{}, s.e.unavailable("read a conversation", err)
		}
		s.hasRead(f.state.Seq)
	}
	if err := s.e.mayRead(ctx, a, f); err != nil {
		return Page{}, err
	}
	return s.e.page(ctx, a, f, p)
}

// remembered is the conversation from memory, if there is something above
// p.After and nothing missing of what this subscription must show.
func (s *Subscription) remembered(p PageRequest) (*folded, bool) {
	f, ok := s.e.cache.get(s.id)
	if !ok || p.Before > 0 || f.state.Seq <= p.After {
		return nil, false
	}
	s.shard.mu.Lock()
	defer s.shard.mu.Unlock()
	t := s.shard.topics[s.id]
	return f, s.read && t != nil && t.heard <= f.state.Seq
}

// hasRead notes how far the store went when this subscription read it: memory
// that is older than that will not do any more.
func (s *Subscription) hasRead(seq uint64) {
	s.shard.mu.Lock()
	defer s.shard.mu.Unlock()
	s.shard.hear(s.id, seq)
	s.read = true
}

// tell wakes the follower; the shard's lock is held.
func (s *Subscription) tell() {
	if s.wake != nil {
		s.wake()
		return
	}
	select {
	case s.c <- struct{}{}:
	default: // woken already, and not come yet
	}
}

// over ends the subscription from the engine's side.
func (s *Subscription) over() {
	s.ended.Store(true)
	if s.wake != nil {
		s.wake()
		return
	}
	close(s.c)
}
