package standin

import (
	"net/url"
	"path"
)

// Visitor is somebody in a room without a browser: a guest who came by a minted
// link, or a registered user who answered in an app. Visitors send no picture.
type Visitor struct {
	s      *Server
	room   *room
	person *person
}

// Enter lets a guest in by a minted web_url, checking what the page checks. A
// refusal is a [Reason].
func (s *Server) Enter(webURL string) (*Visitor, error) {
	u, err := url.Parse(webURL)
	if err != nil || path.Dir(u.Path) != "/webrtc" {
		return nil, ReasonUnknown
	}
	// The fragment is no query: a "+" in it is a plus, and "*" and "$" stand bare.
	login, token := fragmentPart(u.EscapedFragment(), "login"), fragmentPart(u.EscapedFragment(), "token")
	now := s.lock()
	defer s.mu.Unlock()
	return s.visitor(s.admitGuest(path.Base(u.Path), login, token, now))
}

// EnterUser lets a registered user into a running room, as one who answers the
// ring in the TrueConf app; it takes no guest seat. A refusal is a [Reason].
func (s *Server) EnterUser(roomID, userID string) (*Visitor, error) {
	now := s.lock()
	defer s.mu.Unlock()
	return s.visitor(s.admitUser(roomID, userID, now))
}

func (s *Server) visitor(rm *room, p *person, err error) (*Visitor, error) {
	if err != nil {
		return nil, err
	}
	s.introduce(rm, p)
	return &Visitor{s, rm, p}, nil
}

// Leave takes the visitor out of the room at once. A second call does nothing.
func (v *Visitor) Leave() {
	now := v.s.lock()
	defer v.s.mu.Unlock()
	v.s.leave(v.room, v.person, now)
}

// Vanish breaks the visitor's connection without a goodbye: a ghost stays in the
// list of participants for the time of the ghost switch.
func (v *Visitor) Vanish() {
	now := v.s.lock()
	defer v.s.mu.Unlock()
	v.person.lost = now
	v.s.settle(v.room, now)
}

// Inside reports whether the visitor is in the room still, rather than left,
// replaced, faded or sent away.
func (v *Visitor) Inside() bool {
	v.s.lock()
	defer v.s.mu.Unlock()
	return v.room.holds(v.person)
}
