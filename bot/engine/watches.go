package engine

import (
	"context"
	"sync"
	"time"

	"bedside/bot"
	"bedside/bot/rooms"
)

const (
	lookOften  = 3 * time.Second  // while somebody is waited for
	lookSeldom = 15 * time.Second // while both are inside
	lookTime   = 10 * time.Second // one look
)

// watches look into the rooms of all open calls and keep the last reading of
// each. They write nothing by themselves and hold no promise: after a restart
// they begin again from the list of open calls.
type watches struct {
	e       *Engine
	looking chan struct{} // bounds looks at once

	mu  sync.Mutex
	ctx context.Context // nil while nobody runs
	all map[string]*watch
	wg  sync.WaitGroup
}

func newWatches(e *Engine) *watches {
	return &watches{e: e, looking: make(chan struct{}, 2*e.o.Workers), all: map[string]*watch{}}
}

// lookedInto is the room of a call that stands, or the one into which the app of the
// doctor is rung to whom the patient is offered.
func lookedInto(s bot.State) (bot.Room, bool) {
	switch {
	case s.Call.Stands():
		return s.Call.Room(), true
	case s.Offer.RingsApp() && s.Offer.Rung:
		return s.Offer.Room(), true
	}
	return bot.Room{}, false
}

// follow begins or ends the watch of a conversation as its call stands.
func (ws *watches) follow(s bot.State) {
	room, standing := lookedInto(s)
	ws.mu.Lock()
	defer ws.mu.Unlock()
	was := ws.all[s.ID]
	if was != nil && s.Started() { // an older state was read before others wrote: it ends nothing
		if s.Seq < was.seq {
			return
		}
		was.seq = s.Seq
	}
	switch {
	case ws.ctx == nil, was == nil && !standing:
		return
	case was != nil && standing && was.room == room:
		return
	case was != nil:
		was.stop()
		delete(ws.all, s.ID)
	}
	if !standing {
		return
	}
	ctx, stop := context.WithCancel(ws.ctx)
	w := &watch{e: ws.e, id: s.ID, room: room, stop: stop, missing: map[bot.Role]int{}, soon: make(chan struct{}, 1)}
	ws.all[s.ID] = w
	w.seq = s.Seq
	ws.wg.Go(func() { w.run(ctx) })
}

// begin lets watches start.
func (ws *watches) begin(ctx context.Context) {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	ws.ctx = ctx
}

// end waits until all have stopped, once their context has ended.
func (ws *watches) end() {
	ws.mu.Lock()
	ws.ctx = nil
	clear(ws.all)
	ws.mu.Unlock()
	ws.wg.Wait()
}

// forget ends the watch of an erased conversation.
func (ws *watches) forget(id string) { ws.follow(bot.State{ID: id}) }

// reading is the last look into the room of a call, nil where there is none.
func (ws *watches) reading(id string, room bot.Room) *rooms.Reading {
	ws.mu.Lock()
	w := ws.all[id]
	ws.mu.Unlock()
	if w == nil || w.room != room {
		return nil
	}
	return w.last()
}

// minted hears what was seen when somebody was given a link, and looks often
// while it lives.
func (ws *watches) minted(id string, room bot.Room, r rooms.Reading) {
	ws.mu.Lock()
	w := ws.all[id]
	ws.mu.Unlock()
	if w == nil || w.room != room {
		return
	}
	w.keep(r)
	w.mu.Lock()
	w.expect = ws.e.now().Add(linkLife)
	w.mu.Unlock()
	select {
	case w.soon <- struct{}{}:
	default:
	}
}

// guestsElsewhere counts the guest connections that this installation's other
// calls take, as far as they can be seen.
func (ws *watches) guestsElsewhere(id string) int {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	n := 0
	for other, w := range ws.all {
		if r := w.last(); other != id && r != nil {
			n += r.Guests
		}
	}
	return n
}

func (ws *watches) count() int {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	return len(ws.all)
}
