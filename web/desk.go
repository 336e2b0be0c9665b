package web

import (
	"context"
	"sync"
	"time"

	"bedside/bot/engine"
	"bedside/web/wire"
)

// desk wakes the consoles whose lists a change touches, and no others: with a
// thousand doctors at work most changes concern one of them. It knows no rights;
// what a console may see is asked of the engine when it looks.
type desk struct {
	s *Server

	mu     sync.Mutex
	byList map[string]map[*console]struct{}
	byID   map[string]map[*console]struct{} // who shows a conversation now
}

// deskPause lets changes gather.
const deskPause = 50 * time.Millisecond

// console is one socket's view of its lists.
type console struct {
	c     *socket
	lists []string
	wake  chan struct{}
	shown []string
}

func newDesk(s *Server) *desk {
	return &desk{s: s, byList: map[string]map[*console]struct{}{}, byID: map[string]map[*console]struct{}{}}
}

// run passes changes on until the server stops.
func (d *desk) run() {
	sub := d.s.o.Engine.SubscribeHeads()
	defer sub.Close()
	for {
		select {
		case <-d.s.ctx.Done():
			return
		case _, ok := <-sub.C:
			if !ok {
				return
			}
		}
		for _, id := range sub.Changed() {
			d.changed(d.s.ctx, id)
		}
		select {
		case <-d.s.ctx.Done():
			return
		case <-time.After(deskPause):
		}
	}
}

// changed wakes whoever shows the conversation and whoever follows a list in
// which it stands now.
func (d *desk) changed(ctx context.Context, id string) {
	head, err := d.s.o.Store.Head(ctx, id) // erased or unreadable: those who show it look anyway
	d.mu.Lock()
	defer d.mu.Unlock()
	ring(d.byID[id])
	if err != nil {
		return
	}
	for _, term := range head.Lists {
		ring(d.byList[term.List])
	}
}

// patient tells the consoles that list the conversation, and have it not open,
// how it is with the patient's page.
func (d *desk) patient(id string, f wire.PresenceFrame) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for k := range d.byID[id] {
		if k.c.following(id) == nil {
			k.c.send(f)
		}
	}
}

func ring(consoles map[*console]struct{}) {
	for c := range consoles {
		select {
		case c.wake <- struct{}{}:
		default: // rung already, and has not looked yet
		}
	}
}

// enter seats a console at the lists that are its staff member's own.
func (d *desk) enter(c *socket) *console {
	k := &console{c: c, wake: make(chan struct{}, 1), lists: engine.OwnLists(c.p.actor)}
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, list := range k.lists {
		seat(d.byList, list, k)
	}
	return k
}

func (d *desk) leave(k *console) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, list := range k.lists {
		unseat(d.byList, list, k)
	}
	d.show(k, nil)
}

// shows notes what a console shows now.
func (d *desk) shows(k *console, ids []string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.show(k, ids)
}

func (d *desk) show(k *console, ids []string) {
	for _, id := range k.shown {
		unseat(d.byID, id, k)
	}
	for _, id := range ids {
		seat(d.byID, id, k)
	}
	k.shown = ids
}

func seat(table map[string]map[*console]struct{}, key string, k *console) {
	if table[key] == nil {
		table[key] = map[*console]struct{}{}
	}
	table[key][k] = struct{}{}
}

func unseat(table map[string]map[*console]struct{}, key string, k *console) {
	delete(table[key], k)
	if len(table[key]) == 0 {
		delete(table, key)
	}
}
