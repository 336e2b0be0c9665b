package web

import "time"

// CheapHash is HashPassword at a price that tests can pay many times.
func CheapHash(password string) string {
	p := phc{memory: 64, passes: 1, lanes: 1, salt: []byte("saltsaltsalt")}
	p.key = p.derive(password, argonKey)
	return p.String()
}

// AwayAfter has a server tell of closed pages sooner.
func AwayAfter(s *Server, d time.Duration) {
	s.present.mu.Lock()
	defer s.present.mu.Unlock()
	s.present.after = d
}

// WhileSomebodySignsIn does something once, between the look at who a staff member
// is and their place among the sockets.
func WhileSomebodySignsIn(s *Server, do func()) {
	look, done := s.sessions.staff, false
	s.sessions.staff = func(login string) StaffMember {
		m := look(login)
		if !done {
			done = true
			do()
		}
		return m
	}
}

// DiskFull is the data disk when nothing is free on it.
func (s *Server) DiskFull() {
	s.disk.free = func(string) (int64, error) { return 0, nil }
}
