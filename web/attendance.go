package web

import (
	"sync"
	"time"

	"bedside/bot"
	"bedside/web/wire"
)

const (
	// awayAfter is for how long a patient may be without socket and long poll and
	// still be there: a reload, the gap between two polls, a lift.
	awayAfter = 10 * time.Second
	// unknownFor is how long nothing is known after a start: browsers come back
	// one after the other.
	unknownFor = 30 * time.Second
	// attendedFor is how long it is remembered when a page was closed.
	attendedFor = 12 * time.Hour
)

// attendance knows of which conversations a patient's page is open, by socket or
// by long poll, and since when it no longer is. Nothing of it is stored, and no
// promise rests on it: staff are told, and who has left is written to where they
// have left an address.
type attendance struct {
	now   func() time.Time
	began time.Time
	tell  func(id string) // the staff who look; called with no lock held

	mu     sync.Mutex
	after  time.Duration // awayAfter
	all    map[string]*attended
	swept  time.Time
	closed bool
	first  *time.Timer // ends the time in which nothing is known
}

// attended is one patient's page.
type attended struct {
	open int       // sockets and polls
	left time.Time // when the last of them went
	gone *time.Timer
}

func newAttendance(now func() time.Time, tell func(id string)) *attendance {
	return &attendance{now: now, after: awayAfter, began: now(), tell: tell, all: map[string]*attended{}, swept: now()}
}

// came is for each socket and poll of a patient; went when it is over.
func (a *attendance) came(id string) {
	a.mu.Lock()
	t := a.all[id]
	if t == nil {
		t = &attended{}
		a.all[id] = t
	}
	news := t.open == 0 && (t.gone == nil || !t.gone.Stop())
	t.open++
	t.gone = nil
	a.mu.Unlock()
	if news {
		a.tell(id)
	}
}

func (a *attendance) went(id string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	t := a.all[id]
	if t == nil || a.closed {
		return
	}
	if t.open--; t.open > 0 {
		return
	}
	t.left = a.now()
	t.gone = time.AfterFunc(a.after, func() { a.gone(id, t) })
	a.sweep()
}

// gone tells that a page has been closed for a while.
func (a *attendance) gone(id string, t *attended) {
	a.mu.Lock()
	away := t.open == 0 && !a.closed
	a.mu.Unlock()
	if away {
		a.tell(id)
	}
}

// of is what is known of a patient's page; left is zero where nobody knows since
// when it is closed.
func (a *attendance) of(id string) (here, known bool, left time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	t := a.all[id]
	if t == nil {
		return false, a.now().Sub(a.began) >= unknownFor, time.Time{}
	}
	return t.open > 0 || a.now().Sub(t.left) < a.after, true, t.left
}

// PatientHere reports whether a patient's page is open at this moment.
func (s *Server) PatientHere(conversation string) bool {
	a := s.present
	a.mu.Lock()
	defer a.mu.Unlock()
	t := a.all[conversation]
	return t != nil && t.open > 0
}

// PatientLeft is when it was closed, as far as anybody can say.
func (s *Server) PatientLeft(conversation string) bot.Leave {
	_, known, left := s.present.of(conversation)
	return bot.Leave{At: left, Known: known}
}

// afterStart calls f when the time in which nothing is known is over.
func (a *attendance) afterStart(f func()) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.first = time.AfterFunc(unknownFor, f)
}

// sweep forgets pages that were closed long ago, once in a while; the lock is held.
func (a *attendance) sweep() {
	now := a.now()
	if now.Sub(a.swept) < attendedFor/12 {
		return
	}
	a.swept = now
	for id, t := range a.all {
		if t.open == 0 && now.Sub(t.left) > attendedFor {
			delete(a.all, id)
		}
	}
}

// close tells nobody anything any more.
func (a *attendance) close() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.closed = true
	if a.first != nil {
		a.first.Stop()
	}
	for _, t := range a.all {
		if t.gone != nil {
			t.gone.Stop()
		}
	}
}

// patientChanged tells all staff whom it concerns: those who have the conversation
// open, and those who see it in a list.
func (s *Server) patientChanged(id string) {
	s.rooms.patient(s, id)
	if here, known, left := s.present.of(id); known {
		s.desk.patient(id, s.patientIs(id, here, left))
	}
}

// patientIs says how it is with a patient's page.
func (s *Server) patientIs(id string, here bool, left time.Time) wire.PresenceFrame {
	f := wire.PresenceFrame{Type: wire.TypePresence, Conversation: id, By: wire.By{Role: "patient"}, Here: here}
	if !here && !left.IsZero() {
		f.Away = max(1, int(s.now().Sub(left)/time.Second))
	}
	return f
}
