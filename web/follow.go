package web

import (
	"slices"
	"sync"
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
// reads, so nothing falls between replay and life. While nothing happens it is
// an entry in the hub and no more; the crew delivers when there is something.
type follow struct {
	c     *socket
	id    string
	sub   *engine.Subscription
	after uint64 // of whoever delivers, as the three below
	glass glass
	told  bool // that it has caught up
	here  bool // a patient's, and counted as present

	mu    sync.Mutex
	busy  bool          // somebody delivers
	again bool          // there was news meanwhile
	over  bool          // nothing is delivered any more
	gone  chan struct{} // closed when it is over and nobody delivers

	read   uint64 // how far the client says it has read; under the gatherings' lock
	shown  bool   // counts as present; likewise
	joined bool   // in the gathering; likewise
}

func (c *socket) openConversation(in wire.OpenFrame) error {
	if in.Conversation == "" || len(in.Conversation) > 255 {
		return refuse(bot.Malformed, "Say which conversation.")
	}
	c.stopFollowing(in.Conversation)
	f := &follow{c: c, id: in.Conversation, after: in.After, busy: true, gone: make(chan struct{})}
	c.mu.Lock()
	full := len(c.opens) >= c.s.live.Load().Limits.OpensPerSocket
	if !full {
		c.opens = append(c.opens, f)
	}
	c.mu.Unlock()
	if full {
		return refuse(bot.TooMany, "Too many conversations are open here.")
	}
	f.sub = c.s.o.Engine.SubscribeFunc(f.id, f.stir)
	c.s.handOver("follow", f.run)
	return nil
}

func (c *socket) unopenConversation(in wire.UnopenFrame) error {
	c.stopFollowing(in.Conversation)
	return nil
}

// stopFollowing ends a follow and waits for it, so that no late entry of it
// comes after what follows.
func (c *socket) stopFollowing(id string) {
	if f := c.following(id); f != nil {
		f.stop()
	}
}

// stopFollowingAll ends all follows of a socket that has ended.
func (c *socket) stopFollowingAll() {
	c.mu.Lock()
	all := slices.Clone(c.opens)
	c.mu.Unlock()
	for _, f := range all {
		f.stop()
	}
}

func (c *socket) following(id string) *follow {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, f := range c.opens {
		if f.id == id {
			return f
		}
	}
	return nil
}

// stir has the follow look again. It waits for nobody: the hub calls it.
func (f *follow) stir() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.busy || f.over {
		f.again = true
		return
	}
	f.busy = true
	f.c.s.handOver("follow", f.run)
}

// run delivers until there is nothing to deliver, or nothing to follow.
func (f *follow) run() {
	resting := false
	defer func() { // also when something panicked
		if !resting {
			f.end()
		}
		f.c.out.flush()
	}()
	for !f.ended() {
		wait := f.pages()
		if wait < 0 {
			return
		}
		if wait > 0 {
			time.AfterFunc(wait, f.stir)
		}
		if resting = f.rest(); resting {
			return
		}
	}
}

// rest is false when there was news meanwhile, or the follow is over.
func (f *follow) rest() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.again || f.over {
		f.again = false
		return false
	}
	f.busy = false
	return true
}

// delivering reports whether something is being delivered; what is laid into the
// outbox before is flushed with it.
func (f *follow) delivering() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.busy
}

func (f *follow) ended() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.over
}

// stop ends the follow and returns when nothing of it can come any more.
func (f *follow) stop() {
	f.mu.Lock()
	delivering := f.busy
	f.busy, f.over = true, true
	f.mu.Unlock()
	if !delivering {
		f.end()
	}
	<-f.gone
}

// end leaves the conversation; whoever delivers calls it, once.
func (f *follow) end() {
	f.mu.Lock()
	f.over = true
	f.mu.Unlock()
	f.sub.Close()
	f.c.s.rooms.leave(f)
	if f.here {
		f.c.s.present.went(f.id)
	}
	f.c.mu.Lock()
	f.c.opens = slices.DeleteFunc(f.c.opens, func(other *follow) bool { return other == f })
	f.c.mu.Unlock()
	close(f.gone)
}

// pages delivers all there is. It returns 0 when it has, a time after which to
// try again, or a negative one when there is nothing more to follow.
func (f *follow) pages() time.Duration {
	for !f.ended() {
		if f.sub.Ended() {
			f.c.close(wire.CloseRestart, "stopping")
			return -1
		}
		page, err := f.sub.Entries(f.c.ctx, f.c.p.actor, engine.PageRequest{After: f.after, Limit: followPage})
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
		if !f.told {
			f.told = true
			f.c.out.lay(f.c.encode(wire.CaughtUpFrame{Type: wire.TypeCaughtUp, Conversation: f.id, Last: page.Last}))
		}
		return 0
	}
	return -1
}

// failed says why there is nothing to follow; what may pass is tried again.
func (f *follow) failed(err error) time.Duration {
	switch {
	case f.c.ctx.Err() != nil:
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
	f.glass = f.c.s.glass(f.c.p, f.id, f.c.s.languageOf(f.c.ctx, f.c.p, f.id))
	f.c.s.rooms.join(f)
	f.appear()
	if !f.staff() {
		f.c.s.present.came(f.id)
		f.here = true
	}
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
	if b != nil && !f.c.out.layWhenRoom(b) {
		return false
	}
	switch e.Kind {
	case bot.LanguageChosen:
		f.glass.links.Language = f.c.s.languageOf(f.c.ctx, f.c.p, f.id)
	case bot.CallReady:
		f.invite(e)
	case bot.DoctorAssigned, bot.DoctorReleased, bot.DoctorFinished, bot.ConversationClosed:
		f.appear()
	}
	return true
}
