package standin

import (
	"slices"
	"time"
)

// RingCause tells what made somebody's app ring.
type RingCause string

// The causes of a ring.
const (
	RingInvite   RingCause = "invite"      // POST …/invite, or the older POST …/participants
	RingAuto     RingCause = "auto_invite" // a participant joined and auto_invite says so
	RingSchedule RingCause = "schedule"    // a scheduled meeting began: the owner is called
)

// Ring is one call to a registered user's app, or to an address such as #sip:….
type Ring struct {
	Room     string
	User     string // without server
	Cause    RingCause
	At       time.Time
	Answered bool // the user entered the room afterwards
	Declined bool // the user would not come
}

// Rings lists every ring since the server was made, oldest first.
func (s *Server) Rings() []Ring {
	s.lock()
	defer s.mu.Unlock()
	return slices.Clone(s.rings)
}

func (s *Server) ring(rm *room, id string, cause RingCause, now time.Time) {
	if !isCallString(id) {
		id = bare(id)
	}
	if u := s.user(id); u != nil {
		id = u.ID
	}
	s.rings = append(s.rings, Ring{Room: rm.id, User: id, Cause: cause, At: now})
	s.log.Info("ring", "user", id, "cause", string(cause))
	s.tellApps()
}

// ringing are the rooms for which somebody's app rings now, the latest ring of each,
// as places in the list of rings.
func (s *Server) ringing(u User, now time.Time) []int {
	var out []int
	for i, r := range s.rings {
		rm := s.rooms[r.Room]
		if r.User != u.ID || rm == nil {
			continue
		}
		out = slices.DeleteFunc(out, func(j int) bool { return s.rings[j].Room == r.Room })
		inside := slices.ContainsFunc(rm.people, func(p *person) bool { return p.id == u.ID })
		if rm.session != nil && !inside && !r.Answered && !r.Declined && now.Sub(r.At) < s.sw.ringFor() {
			out = append(out, i)
		}
	}
	return out
}

// Decline ends the ring of somebody's app for a room, as a press of Decline does.
// It reports whether it rang.
func (s *Server) Decline(roomID, userID string) bool {
	now := s.lock()
	defer s.mu.Unlock()
	u := s.user(userID)
	return u != nil && s.decline(roomID, *u, now)
}

func (s *Server) decline(roomID string, u User, now time.Time) bool {
	rang := false
	for _, i := range s.ringing(u, now) {
		if s.rings[i].Room == roomID {
			s.rings[i].Declined, rang = true, true
		}
	}
	s.tellApps()
	return rang
}

// ringInvitees does what auto_invite says when p has come in: 1 rings every
// invitee when anybody joins, 2 when an invitee joins (API reference §5.1).
// Somebody who is inside, or was rung by it in this session, is left alone.
func (s *Server) ringInvitees(rm *room, p *person, now time.Time) {
	invited := slices.ContainsFunc(rm.invitations, func(inv invitation) bool { return bare(inv.ID) == p.id })
	if rm.autoInvite == 0 || rm.autoInvite == 2 && !invited {
		return
	}
	for _, inv := range rm.invitations {
		id := bare(inv.ID)
		inside := slices.ContainsFunc(rm.people, func(o *person) bool { return o.id == id })
		rung := slices.ContainsFunc(s.rings, func(r Ring) bool {
			return r.Room == rm.id && r.User == id && r.Cause == RingAuto && !r.At.Before(rm.session.start)
		})
		if !inside && !rung && s.user(id) != nil {
			s.ring(rm, id, RingAuto, now)
		}
	}
}
