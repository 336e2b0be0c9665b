package standin

import (
	"slices"
	"strings"
	"time"
)

// Reason tells why somebody was not let into a room. It is an error.
type Reason string

// The reasons for which the stand-in lets nobody in. Where a real server refuses,
// and with which words, is unknown (API reference §19.7); the page turns each of
// them into a face and tells its parent "loginFail".
const (
	ReasonUnknown    Reason = "unknown"     // no such link, room or user, or guests are not allowed
	ReasonExpired    Reason = "expired"     // the link outlived its minute, or was used up
	ReasonNotRunning Reason = "not_running" // the room is stopped
	ReasonRoomFull   Reason = "room_full"   // max_participants are inside
	ReasonNoSeat     Reason = "no_seat"     // the licence's guest connections are all in use
	ReasonInside     Reason = "inside"      // this guest id is inside already and the switch refuses it twice
)

// Error says in words what the reason is.
func (r Reason) Error() string {
	switch r {
	case ReasonExpired:
		return "the guest link has expired or was used up"
	case ReasonNotRunning:
		return "the room is not running"
	case ReasonRoomFull:
		return "the room is full"
	case ReasonNoSeat:
		return "no guest seat is free on the server"
	case ReasonInside:
		return "this guest is in the room already"
	default:
		return "the guest link is not known"
	}
}

// admitGuest lets the holder of a guest link into its room, or tells why not; the
// link may be that of a user's own app too. The caller holds the mutex.
func (s *Server) admitGuest(roomID, login, token string, now time.Time) (*room, *person, error) {
	l, rm := s.links[token], s.rooms[roomID]
	switch {
	case l == nil || rm == nil || l.room != roomID || login != l.login() || !l.user && !rm.allowGuests:
		return nil, nil, ReasonUnknown
	case now.Sub(l.minted) >= s.sw.linkLife(), l.used && s.sw.LinkOnce:
		return nil, nil, ReasonExpired
	case l.user:
		return s.admitUser(roomID, l.id, now)
	case rm.session == nil && !s.sw.StoppedAdmits:
		return nil, nil, ReasonNotRunning
	}
	p := &person{id: login, name: l.name, guest: true}
	if err := s.admit(rm, p, now); err != nil {
		return nil, nil, err
	}
	l.used = true
	return rm, p, nil
}

// admitUser lets a registered user into a running room; the owner of a planned one
// may come before its time, which begins it (API reference §8).
func (s *Server) admitUser(roomID, userID string, now time.Time) (*room, *person, error) {
	u, rm := s.user(userID), s.rooms[roomID]
	switch {
	case u == nil || rm == nil:
		return nil, nil, ReasonUnknown
	case rm.session == nil && !rm.awaits(u.ID, now):
		return nil, nil, ReasonNotRunning
	}
	p := &person{id: u.ID, name: u.name()}
	if err := s.admit(rm, p, now); err != nil {
		return nil, nil, err
	}
	for i := range s.rings {
		if s.rings[i].Room == rm.id && s.rings[i].User == u.ID {
			s.rings[i].Answered = true
		}
	}
	s.tellApps()
	return rm, p, nil
}

// awaits reports whether the room is planned, its time has not come, and the user
// is its owner.
func (rm *room) awaits(user string, now time.Time) bool {
	return strings.EqualFold(rm.owner, user) && rm.schedule.Type != scheduleNone && now.Before(rm.begins())
}

// begins is the moment at which a planned room starts by itself.
func (rm *room) begins() time.Time { return time.Unix(int64(rm.schedule.StartTime), 0) }

// admit counts places and seats, ghosts included, and lets p in. Somebody who is
// replaced gives up place and seat first.
func (s *Server) admit(rm *room, p *person, now time.Time) error {
	var old *person
	if i := slices.IndexFunc(rm.people, func(o *person) bool { return o.id == p.id }); i >= 0 {
		switch {
		case s.sw.SecondJoin == SecondRefused:
			return ReasonInside
		case s.sw.SecondJoin == SecondReplaces || !p.guest:
			old = rm.people[i]
		}
	}
	freed := bit(old != nil)
	if len(rm.people)-freed >= rm.maxParticipants {
		return ReasonRoomFull
	}
	if p.guest && s.guestsInside()-freed >= s.sw.guestSeats() {
		return ReasonNoSeat
	}
	if rm.session == nil { // the owner before the time, or a guest where StoppedAdmits: entering starts the meeting
		s.run(rm, now)
	}
	if old != nil {
		old.line.end(closedReplaced)
		s.leave(rm, old, now)
	}
	p.n, p.joined = s.next(), now
	p.entry = rm.session.enter(p, now)
	rm.people = append(rm.people, p)
	s.ringInvitees(rm, p, now)
	return nil
}

// guestsInside counts the guest connections of the whole server.
func (s *Server) guestsInside() int {
	n := 0
	for _, rm := range s.order {
		for _, p := range rm.people {
			n += bit(p.guest)
		}
	}
	return n
}

// leave takes somebody out of a room and tells the others. It is safe to call it
// for somebody who is gone.
func (s *Server) leave(rm *room, p *person, now time.Time) {
	i := slices.Index(rm.people, p)
	if i < 0 {
		return
	}
	rm.people = slices.Delete(rm.people, i, i+1)
	p.entry.left = now
	s.tellApps()
	for _, o := range rm.people {
		o.line.send(signal{Type: "peer_out", N: p.n})
	}
}

// guestName is the id of a guest without its prefix.
func (p *person) guestName() string { return strings.TrimPrefix(p.id, guestPrefix) }
