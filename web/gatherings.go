package web

import (
	"maps"
	"slices"
	"sync"

	"bedside/bot"
	"bedside/web/wire"
)

// gatherings know who has which conversation open on this server, to pass on
// typing and presence. Nothing of it is stored, and nothing is promised by it.
//
// The patient sees the doctor who has the conversation; staff see the patient's
// page (attendance counts polls too), and each other.
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
	alone := !g.with(f)
	g.all[f.id][f] = struct{}{}
	f.joined = true
	if !f.staff() {
		g.tellThem(f, func(other *follow) (any, bool) { return other.presence(true), other.shown })
		return
	}
	g.tellThem(f, func(other *follow) (any, bool) { return other.looks(true), other.colleague(f) })
	if alone {
		g.tell(f, f.looks(true), func(other *follow) bool { return other.colleague(f) })
	}
	if here, known, left := f.c.s.present.of(f.id); known {
		f.c.send(f.c.s.patientIs(f.id, here, left))
	}
}

// tellThem tells one who comes of each that is there.
func (g *gatherings) tellThem(f *follow, of func(*follow) (any, bool)) {
	for other := range g.all[f.id] {
		if frame, ok := of(other); ok && other != f {
			f.c.send(frame)
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
	if f.staff() && !g.with(f) {
		g.tell(f, f.looks(false), func(other *follow) bool { return other.colleague(f) })
	}
	if len(g.all[f.id]) == 0 {
		delete(g.all, f.id)
	}
}

// with reports whether the same person is there with another tab.
func (g *gatherings) with(f *follow) bool {
	for other := range g.all[f.id] {
		if other != f && other.c.p.actor.Key() == f.c.p.actor.Key() {
			return true
		}
	}
	return false
}

// show says whether a follow counts as present, and tells the patient of a doctor
// when that changes: the last tab of somebody to go is the one that counts.
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
	if f.staff() {
		g.tell(f, f.presence(shown), across(f))
	}
}

// tell sends a frame to those of the conversation to whom it goes.
func (g *gatherings) tell(f *follow, frame any, to func(*follow) bool) {
	b := f.c.encode(frame)
	if b == nil {
		return
	}
	for other := range g.all[f.id] {
		if other != f && to(other) {
			other.c.out.put(b)
		}
	}
}

// across is the other side: the clinic's for a patient, the patient's for staff.
func across(f *follow) func(*follow) bool {
	return func(other *follow) bool { return other.staff() != f.staff() }
}

// patient tells the staff who look how it is with the patient's page now.
func (g *gatherings) patient(s *Server, id string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	here, known, left := s.present.of(id)
	for f := range g.all[id] {
		if f.staff() && known {
			f.c.send(s.patientIs(id, here, left))
		}
	}
}

// everyPatient tells it of all: the time is over in which nothing was known.
func (g *gatherings) everyPatient(s *Server) {
	g.mu.Lock()
	ids := slices.Collect(maps.Keys(g.all))
	g.mu.Unlock()
	for _, id := range ids {
		g.patient(s, id)
	}
}

// staff is the clinic's side; the other is the patient's.
func (f *follow) staff() bool { return f.c.p.actor.Role.Staff() }

// colleague reports whether the follow is another staff member's than this one.
func (f *follow) colleague(of *follow) bool {
	return f.staff() && f.c.p.actor.Key() != of.c.p.actor.Key()
}

func (f *follow) by() wire.By { return wire.By{Role: f.c.p.actor.Role, Name: f.c.p.actor.Name} }

func (f *follow) presence(here bool) wire.PresenceFrame {
	return wire.PresenceFrame{Type: wire.TypePresence, Conversation: f.id, By: f.by(), Here: here, Read: f.read}
}

// looks is what colleagues are told.
func (f *follow) looks(here bool) wire.PresenceFrame {
	return wire.PresenceFrame{
		Type: wire.TypePresence, Conversation: f.id, By: f.by(), Here: here, Login: f.c.p.actor.Login,
	}
}

// appear shows the patient, and the doctor who has the conversation; colleagues
// who only look are not shown to the patient.
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
