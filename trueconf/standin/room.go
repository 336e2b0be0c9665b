package standin

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// room is one conference. Everything in it is guarded by Server.mu.
type room struct {
	id, topic, description, owner string
	kind                          int // 0 all on screen, 1 lecture, 3 role-based
	maxPodiums, maxParticipants   int
	allowGuests, plannedOnly      bool
	autoInvite, recording         int
	schedule                      schedule
	invitations                   []invitation
	tags                          []string
	rights                        json.RawMessage
	created                       time.Time

	session *session // nil: stopped
	runs    int
	people  []*person // in the order of joining, ghosts included
	started bool      // its one scheduled start is over
}

// person is somebody in a running room.
type person struct {
	n      uint64 // unique on the server
	id     string // "*guest*p1" or a TrueConf ID without server
	name   string
	guest  bool
	joined time.Time
	lost   time.Time // when the connection died; zero: alive. A ghost until it is settled.
	line   *line     // nil: a visitor without a browser, or a ghost
	key    string    // lets the page come back after its connection died
	media  media
	entry  *sessionEntry
}

// media is what a page says about its own camera, microphone and picture.
type media struct {
	Camera bool `json:"camera"`
	Mic    bool `json:"mic"`
	Screen bool `json:"screen"`

	framesDecoded uint64
	audioEnergy   float64
}

func (rm *room) state() string {
	if rm.session != nil {
		return "running"
	}
	return "stopped"
}

// run starts a session; the caller holds the mutex and knows that none runs.
func (s *Server) run(rm *room, now time.Time) {
	rm.runs++
	rm.session = &session{
		id:   fmt.Sprintf("%08x@%s#vcs", s.next(), s.opt.ServerName),
		room: rm.id, topic: rm.topic, owner: rm.owner, kind: rm.kind, start: now,
	}
	s.sessions = append(s.sessions, rm.session)
	s.tellApps()
}

// stop ends a running session and sends everybody away; on a stopped room it does
// nothing. The caller holds the mutex.
func (s *Server) stop(rm *room, now time.Time, why closing) {
	if rm.session == nil {
		return
	}
	for _, p := range rm.people {
		p.entry.left = now
	}
	s.emptyRoom(rm, why)
	rm.session.end = now
	rm.session = nil
	s.tellApps()
}

// emptyRoom drops everybody without touching the session.
func (s *Server) emptyRoom(rm *room, why closing) {
	for _, p := range rm.people {
		p.line.end(why)
	}
	rm.people = nil
}

// remove stops and forgets a room. Links to it die with it.
func (s *Server) remove(rm *room, now time.Time, why closing) {
	s.stop(rm, now, why)
	delete(s.rooms, rm.id)
	s.order = slices.DeleteFunc(s.order, func(o *room) bool { return o == rm })
	for token, l := range s.links {
		if l.room == rm.id {
			delete(s.links, token)
		}
	}
	s.tellApps()
}

// settle lets time do its work on a room: ghosts fade, a scheduled meeting starts
// (the owner is rung) and, where a switch says so, ends.
func (s *Server) settle(rm *room, now time.Time) {
	for _, p := range slices.Clone(rm.people) {
		if !p.lost.IsZero() && now.Sub(p.lost) >= s.sw.ghost() {
			s.leave(rm, p, now)
		}
	}
	start := rm.begins()
	if rm.schedule.Type == scheduleNone || rm.schedule.StartTime == 0 || now.Before(start) {
		return
	}
	if s.sw.NoStart {
		return
	}
	if !rm.started && rm.session == nil {
		s.run(rm, now)
		s.ring(rm, rm.owner, RingSchedule, now)
	}
	rm.started = true
	end := start.Add(time.Duration(rm.schedule.Duration) * time.Second)
	if s.sw.EndsOnTime && rm.schedule.Duration > 0 && !now.Before(end) {
		s.stop(rm, now, closedStopped)
	}
}

// StopRoom stops a conference as an administrator would. It reports whether the
// room exists and was running.
func (s *Server) StopRoom(id string) bool {
	now := s.lock()
	defer s.mu.Unlock()
	rm := s.rooms[id]
	if rm == nil || rm.session == nil {
		return false
	}
	s.stop(rm, now, closedStopped)
	return true
}

// StartRoom starts a stopped conference as an administrator would. It reports whether
// the room exists and was stopped.
func (s *Server) StartRoom(id string) bool {
	now := s.lock()
	defer s.mu.Unlock()
	rm := s.rooms[id]
	if rm == nil || rm.session != nil {
		return false
	}
	s.run(rm, now)
	return true
}

// DeleteRoom deletes a conference, running or not, as an administrator would. It
// reports whether the room existed.
func (s *Server) DeleteRoom(id string) bool {
	now := s.lock()
	defer s.mu.Unlock()
	rm := s.rooms[id]
	if rm == nil {
		return false
	}
	s.remove(rm, now, closedDeleted)
	return true
}

// bare is a TrueConf ID without its server: anna and anna@server are one user
// (API reference §3).
func bare(id string) string {
	name, _, _ := strings.Cut(id, "@")
	return name
}
