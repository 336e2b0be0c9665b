package web

import (
	"sync"

	"bedside/bot"
	"bedside/web/wire"
)

// gatherings know who has which conversation open on this server, to pass on
// typing and presence. Nothing of it is stored, and nothing is promised by it.
type gatherings struct {
	mu  sync.Mutex
	all map[string]map[*follow]struct{}
}

func newGatherings() *gatherings { return &gatherings{all: map[string]map[*follow]struct{}{}} }

func (g *gatherings) join(f *follow) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.all[f.id] == nil {
		g.all[f.id] = map[*follow]struct{}{}
	}
	g.all[f.id][f] = struct{}{}
	f.joined = true
	for other := range g.all[f.id] {
		if other != f && other.shown && other.side() != f.side() {
			f.c.send(other.presence(true))
		}
	}
}

func (g *gatherings) leave(f *follow) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !f.joined {
		return
	}
	f.joined = false
	delete(g.all[f.id], f)
	g.show(f, false)
	if len(g.all[f.id]) == 0 {
		delete(g.all, f.id)
	}
}

// show says whether a follow counts as present, and tells the other side when
// that changes: the last tab of somebody to go is the one that counts.
func (g *gatherings) show(f *follow, shown bool) {
	if f.shown == shown {
		return
	}
	f.shown = shown
	for other := range g.all[f.id] {
		if other != f && other.shown && other.c.p.actor.Key() == f.c.p.actor.Key() {
			return
		}
	}
	g.tell(f, f.presence(shown))
}

// tell sends a frame to the other side.
func (g *gatherings) tell(f *follow, frame any) {
	b := f.c.encode(frame)
	if b == nil {
		return
	}
	for other := range g.all[f.id] {
		if other.side() != f.side() {
			other.c.out.put(b)
		}
	}
}

// side is the patient's or the clinic's.
func (f *follow) side() bool { return f.c.p.actor.Role.Staff() }

func (f *follow) by() wire.By { return wire.By{Role: f.c.p.actor.Role, Name: f.c.p.actor.Name} }

func (f *follow) presence(here bool) wire.PresenceFrame {
	return wire.PresenceFrame{Type: wire.TypePresence, Conversation: f.id, By: f.by(), Here: here, Read: f.read}
}

// appear shows the patient, and the doctor who has the conversation; colleagues
// who only look are not shown.
func (f *follow) appear() {
	a := f.c.p.actor
	shown := a.Role == bot.Patient
	if !shown {
		state, err := f.c.s.o.Engine.State(f.c.ctx, a, f.id)
		shown = err == nil && state.Doctor == a.Login && a.Login != ""
	}
	g := f.c.s.rooms
	g.mu.Lock()
	defer g.mu.Unlock()
	if f.joined {
		g.show(f, shown)
	}
}
