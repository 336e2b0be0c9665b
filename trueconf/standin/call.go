package standin

import (
	"net/http"
	"time"

	"github.com/gorilla/websocket"
)

// serveSignal is the socket of one call page, /webrtc/<id>/signal: it lets the
// page's person in and carries what the pages say to each other.
func (s *Server) serveSignal(w http.ResponseWriter, r *http.Request) {
	s.onLine(w, r, EndpointSignal, func(l *line) { s.converse(r.PathValue("id"), l) })
}

// onLine opens a page's socket, has it read, and returns when it is closed.
func (s *Server) onLine(w http.ResponseWriter, r *http.Request, on Endpoint, converse func(*line)) {
	if !s.reaches(w, r, s.countAndDraw(on)) {
		return
	}
	upgrader := websocket.Upgrader{ReadBufferSize: 4096, WriteBufferSize: 4096} // same origin only: its own page
	conn, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // Upgrade has answered
	}
	s.mu.Lock() // so that Close cannot begin to wait between the look and the Add
	select {
	case <-s.quit:
		s.mu.Unlock()
		conn.Close()
		return
	default:
	}
	s.lines.Add(1)
	s.mu.Unlock()
	defer s.lines.Done()

	l := newLine(conn)
	written := make(chan struct{})
	go func() { defer close(written); l.write() }()
	stop := s.watch(l)
	converse(l)
	stop()
	l.finish()
	<-written
}

// watch finishes the line when the server closes; the returned func ends the watch.
func (s *Server) watch(l *line) (stop func()) {
	gone, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		select {
		case <-s.quit:
			l.finish()
		case <-gone:
		}
	}()
	return func() { close(gone); <-done }
}

// converse reads a page's socket until it dies.
func (s *Server) converse(roomID string, l *line) {
	l.conn.SetReadLimit(maxSignal)
	alive := func(string) error { return l.conn.SetReadDeadline(time.Now().Add(silence)) }
	_ = alive("")
	l.conn.SetPongHandler(alive)
	var first signal
	if l.conn.ReadJSON(&first) != nil {
		return
	}
	rm, p := s.letIn(roomID, first, l)
	if p == nil {
		return
	}
	for {
		var m signal
		if l.conn.ReadJSON(&m) != nil {
			s.lose(rm, p, l)
			return
		}
		_ = alive("")
		if !s.hear(rm, p, l, m) {
			return
		}
	}
}

// letIn answers the first message of a socket: join by a link, or resume after a
// broken connection.
func (s *Server) letIn(roomID string, m signal, l *line) (*room, *person) {
	now := s.lock()
	defer s.mu.Unlock()
	if m.Type == "resume" {
		if rm, p := s.byKey(roomID, m.Key); p != nil {
			p.line.finish()
			p.line, p.lost = l, time.Time{}
			l.send(s.welcome(rm, p))
			s.tellOthers(rm, p, signal{Type: "peer_in", Peer: new(p.peer())})
			return rm, p
		}
		l.end(closedRestart)
		return nil, nil
	}
	rm, p, err := s.admitGuest(roomID, m.Login, m.Token, now)
	if err != nil {
		s.log.Info("guest refused", "reason", err.Error())
		reason, _ := err.(Reason)
		l.send(signal{Type: "refused", Why: string(reason)})
		l.finish()
		return nil, nil
	}
	p.line, p.key = l, randomHex(16)
	l.send(s.welcome(rm, p))
	s.introduce(rm, p)
	return rm, p
}

func (s *Server) byKey(roomID, key string) (*room, *person) {
	rm := s.rooms[roomID]
	if rm == nil || key == "" {
		return nil, nil
	}
	for _, p := range rm.people {
		if p.key == key {
			return rm, p
		}
	}
	return nil, nil
}

// welcome tells somebody who else is inside.
func (s *Server) welcome(rm *room, p *person) signal {
	m := signal{Type: "joined", N: p.n, Key: p.key, Name: p.name, Peers: []peer{}}
	for _, o := range rm.people {
		if o != p {
			m.Peers = append(m.Peers, o.peer())
		}
	}
	return m
}

// introduce tells the others who came in.
func (s *Server) introduce(rm *room, p *person) {
	s.tellOthers(rm, p, signal{Type: "peer_in", Peer: new(p.peer())})
	s.log.Info("joined", "guest", p.guest, "inside", len(rm.people))
}

func (s *Server) tellOthers(rm *room, p *person, m signal) {
	for _, o := range rm.people {
		if o != p {
			o.line.send(m)
		}
	}
}

// hear takes one message of somebody inside; false ends the conversation.
func (s *Server) hear(rm *room, p *person, l *line, m signal) bool {
	now := s.lock()
	defer s.mu.Unlock()
	if !rm.holds(p) || p.line != l {
		return false
	}
	switch m.Type {
	case "signal":
		for _, o := range rm.people {
			if o.n == m.To {
				o.line.send(signal{Type: "signal", N: p.n, Data: m.Data})
			}
		}
	case "state":
		if m.Media != nil {
			p.media.Camera, p.media.Mic, p.media.Screen = m.Media.Camera, m.Media.Mic, m.Media.Screen
			s.tellOthers(rm, p, signal{Type: "state", N: p.n, Media: new(p.media)})
		}
	case "stats":
		p.media.framesDecoded, p.media.audioEnergy = m.Frames, m.Energy
	case "leave":
		s.leave(rm, p, now)
		return false
	}
	return true
}

// lose makes a ghost of somebody whose connection died without a goodbye: the
// server cannot know yet that nobody is there.
func (s *Server) lose(rm *room, p *person, l *line) {
	now := s.lock()
	defer s.mu.Unlock()
	if !rm.holds(p) || p.line != l {
		return
	}
	p.line, p.lost = nil, now
	s.tellOthers(rm, p, signal{Type: "peer_lost", N: p.n})
	s.settle(rm, now)
	s.log.Info("connection lost", "guest", p.guest)
}
