package web

import (
	"context"
	"time"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/web/wire"
)

const (
	followPage  = 100
	retryFollow = time.Second
)

// follow delivers one conversation to one socket, in the order of sequence,
// each entry once, from where the client says it is. It subscribes before it
// reads, so nothing falls between replay and life.
type follow struct {
	c      *socket
	id     string
	after  uint64
	ctx    context.Context
	cancel context.CancelFunc
	done   chan struct{}
	glass  glass

	caughtUp bool
	read     uint64 // how far the client says it has read; under the gatherings' lock
	shown    bool   // counts as present; likewise
	joined   bool   // in the gathering; likewise
}

func (c *socket) openConversation(in wire.OpenFrame) error {
	if in.Conversation == "" || len(in.Conversation) > 255 {
		return refuse(bot.Malformed, "Say which conversation.")
	}
	c.stopFollowing(in.Conversation)
	f := &follow{c: c, id: in.Conversation, after: in.After, done: make(chan struct{})}
	f.ctx, f.cancel = context.WithCancel(c.ctx)
	c.mu.Lock()
	full := len(c.opens) >= c.s.o.Limits.OpensPerSocket
	if !full {
		c.opens[f.id] = f
	}
	c.mu.Unlock()
	if full {
		f.cancel()
		return refuse(bot.TooMany, "Too many conversations are open here.")
	}
	c.s.spawn("follow", f.run)
	return nil
}

func (c *socket) unopenConversation(in wire.UnopenFrame) error {
	c.stopFollowing(in.Conversation)
	return nil
}

// stopFollowing ends a follow and waits for it, so that no late entry of it
// comes after what follows.
func (c *socket) stopFollowing(id string) {
	c.mu.Lock()
	f := c.opens[id]
	delete(c.opens, id)
	c.mu.Unlock()
	if f != nil {
		f.cancel()
		<-f.done
	}
}

func (c *socket) following(id string) *follow {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.opens[id]
}

// run replays, and goes on in a fresh goroutine, whose stack is small while
// nothing happens.
func (f *follow) run() {
	sub := f.c.s.o.Engine.Subscribe(f.id)
	handedOn := false
	defer func() { // also when something panicked
		if !handedOn {
			sub.Close()
			f.end()
		}
	}()
	wait := f.pages()
	if wait < 0 {
		return
	}
	handedOn = true
	f.c.s.spawn("follow", func() { f.live(sub, wait) })
}

func (f *follow) live(sub *engine.Subscription, wait time.Duration) {
	defer f.end()
	defer sub.Close()
	for wait >= 0 && f.pause(sub, wait) {
		wait = f.pages()
	}
}

// end leaves the conversation; the socket forgets the follow unless another has
// taken its place.
func (f *follow) end() {
	f.cancel()
	f.c.s.rooms.leave(f)
	f.c.mu.Lock()
	if f.c.opens[f.id] == f {
		delete(f.c.opens, f.id)
	}
	f.c.mu.Unlock()
	close(f.done)
}

// pause waits for news, or for the given time where the store did not answer;
// false means the end.
func (f *follow) pause(sub *engine.Subscription, retry time.Duration) bool {
	var again <-chan time.Time
	if retry > 0 {
		t := time.NewTimer(retry)
		defer t.Stop()
		again = t.C
	}
	select {
	case _, ok := <-sub.C:
		if !ok {
			f.c.close(wire.CloseRestart, "stopping")
		}
		return ok
	case <-again:
		return true
	case <-f.ctx.Done():
		return false
	}
}

// pages delivers all there is. It returns 0 when it has, a time after which to
// try again, or a negative one when there is nothing more to follow.
func (f *follow) pages() time.Duration {
	for {
		page, err := f.c.s.o.Engine.Entries(f.ctx, f.c.p.actor, f.id,
			engine.PageRequest{After: f.after, Limit: followPage})
		if err != nil {
			return f.failed(err)
		}
		f.enter()
		for _, e := range page.Entries {
			if !f.deliver(e) {
				return -1
			}
		}
		if len(page.Entries) > 0 && f.after < page.Last {
			continue
		}
		f.after = min(f.after, page.Last) // a client of a journal that was longer: a restored backup
		if !f.caughtUp {
			f.caughtUp = true
			f.c.send(wire.CaughtUpFrame{Type: wire.TypeCaughtUp, Conversation: f.id, Last: page.Last})
		}
		return 0
	}
}

// failed says why there is nothing to follow; what may pass is tried again.
func (f *follow) failed(err error) time.Duration {
	switch {
	case f.ctx.Err() != nil:
		return -1
	case unavailable(err):
		return retryFollow
	}
	f.c.refused(f.id, "", err)
	return -1
}

// enter makes the follow known to the others, once it is clear that it may be.
func (f *follow) enter() {
	if f.glass.reader.Role != "" {
		return
	}
	f.glass = f.c.s.glass(f.c.p, f.id, f.c.s.languageOf(f.ctx, f.c.p, f.id))
	f.c.s.rooms.join(f)
	f.appear()
}

func (f *follow) deliver(e bot.Entry) bool {
	if e.Seq <= f.after {
		return true
	}
	f.after = e.Seq
	seen, ok := f.glass.one(e)
	if !ok {
		return true
	}
	b := f.c.encode(wire.EntryFrame{Type: wire.TypeEntry, Conversation: f.id, Entry: seen})
	if b != nil && !f.c.out.putWhenRoom(b) {
		return false
	}
	switch e.Kind {
	case bot.CallReady:
		f.invite(e)
	case bot.DoctorAssigned, bot.DoctorReleased, bot.DoctorFinished, bot.ConversationClosed:
		f.appear()
	}
	return true
}
