package web

import (
	"sync"
	"time"

	"bedside/bot"
)

const (
	// darkAfter is how long a doctor's console may say nothing and still be there. It
	// is beaten every staffBeat and answers at once, so two beats may be lost.
	darkAfter = 12 * time.Second
	staffBeat = 5 * time.Second
)

// duty knows which doctors have a console open that answers. A reload counts as
// being there, and for a while after a start no department is taken for empty:
// browsers come back one after the other.
type duty struct {
	now   func() time.Time
	began time.Time
	away  func(login string) bool // by hand, or by offers that were missed
	tell  func(login string)      // somebody has come or gone; called with no lock held

	mu  sync.Mutex
	all map[string]*seated // by login
}

// seated is a doctor whose console was open since the start.
type seated struct {
	departments []string
	open        int       // sockets
	heard       time.Time // the last word of any of them
	here        bool      // as it was told last
	leaving     bool      // the session has ended: its last socket is no lift and no reload
}

func newDuty(now func() time.Time, away func(string) bool, tell func(string)) *duty {
	return &duty{now: now, began: now(), away: away, tell: tell, all: map[string]*seated{}}
}

// came is for each socket that has signed in; went when it is over.
func (d *duty) came(a bot.Actor) {
	if a.Role != bot.Doctor {
		return
	}
	d.mu.Lock()
	s := d.all[a.Login]
	if s == nil {
		s = &seated{}
		d.all[a.Login] = s
	}
	s.open++
	s.departments, s.heard, s.leaving = a.Departments, d.now(), false
	news := !s.here
	s.here = true
	d.mu.Unlock()
	if news {
		d.tell(a.Login)
	}
}

func (d *duty) went(a bot.Actor) {
	d.mu.Lock()
	s := d.all[a.Login]
	if s == nil || a.Role != bot.Doctor {
		d.mu.Unlock()
		return
	}
	s.open--
	news := s.open == 0 && s.leaving && s.here
	if news {
		s.here, s.heard = false, time.Time{}
	}
	d.mu.Unlock()
	if news {
		d.tell(a.Login)
	}
}

// leaves is for one who signs out, or is no more among the staff: with the last
// socket they are gone, and not only after a while.
func (d *duty) leaves(login string) {
	d.mu.Lock()
	s := d.all[login]
	news := false
	if s != nil {
		s.leaving = true
		if news = s.open == 0 && s.here; news {
			s.here, s.heard = false, time.Time{}
		}
	}
	d.mu.Unlock()
	if news {
		d.tell(login)
	}
}

// heard is for each word of a console, its answer to a beat among them.
func (d *duty) heard(a bot.Actor) {
	d.mu.Lock()
	s := d.all[a.Login]
	if s == nil || a.Role != bot.Doctor {
		d.mu.Unlock()
		return
	}
	s.heard = d.now()
	news := !s.here
	s.here = true
	d.mu.Unlock()
	if news {
		d.tell(a.Login)
	}
}

// look finds the consoles that have gone dark.
func (d *duty) look() {
	var gone []string
	d.mu.Lock()
	now := d.now()
	for login, s := range d.all {
		if s.here && now.Sub(s.heard) >= darkAfter {
			s.here = false
			gone = append(gone, login)
		}
	}
	d.mu.Unlock()
	for _, login := range gone {
		d.tell(login)
	}
}

// present reports whether a console of the doctor is open and answers.
func (d *duty) present(login string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	s := d.all[login]
	return s != nil && d.now().Sub(s.heard) < darkAfter
}

// on reports whether a doctor of the department is there who has not said that
// they are away.
func (d *duty) on(department string) bool {
	if d.now().Sub(d.began) < unknownFor {
		return true
	}
	for _, login := range d.of(department) {
		if !d.away(login) {
			return true
		}
	}
	return false
}

// of are the doctors of a department who are there.
func (d *duty) of(department string) []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var out []string
	for login, s := range d.all {
		if d.now().Sub(s.heard) < darkAfter && (bot.Actor{Departments: s.departments}).Serves(department) {
			out = append(out, login)
		}
	}
	return out
}

// OnDuty reports whether a doctor of the department is there and not away, as far
// as anybody can say.
func (s *Server) OnDuty(department string) bool { return s.duty.on(department) }

// Present reports whether a console of the staff member is open and answers.
func (s *Server) Present(login string) bool { return s.duty.present(login) }
