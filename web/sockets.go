package web

import (
	"sync"
	"time"

	"bedside/web/wire"
)

// sockets are all that are open, and the one goroutine that tends them: a beat
// where none went for a while, and an end where the credential has ended.
type sockets struct {
	s *Server

	mu      sync.Mutex
	all     map[*socket]struct{}
	byKey   map[string]map[*socket]struct{} // signed-in ones, by credential
	closing bool
}

// tendEvery is how soon the end of a session or ticket reaches its sockets;
// 2 s are promised.
const tendEvery = time.Second

func newSockets(s *Server) *sockets {
	return &sockets{s: s, all: map[*socket]struct{}{}, byKey: map[string]map[*socket]struct{}{}}
}

// add is false when the server stops.
func (t *sockets) add(c *socket) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.all[c] = struct{}{}
	return !t.closing
}

func (t *sockets) signedIn(c *socket) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.byKey[c.p.key] == nil {
		t.byKey[c.p.key] = map[*socket]struct{}{}
	}
	t.byKey[c.p.key][c] = struct{}{}
}

func (t *sockets) remove(c *socket) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.all, c)
	if same := t.byKey[c.p.key]; same != nil {
		delete(same, c)
		if len(same) == 0 {
			delete(t.byKey, c.p.key)
		}
	}
}

func (t *sockets) count() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.all)
}

// endOf closes all sockets of a credential.
func (t *sockets) endOf(key string, code int, reason string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for c := range t.byKey[key] {
		c.close(code, reason)
	}
}

// closeAll tells every socket to come back, and lets no more in.
func (t *sockets) closeAll() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.closing = true
	for c := range t.all {
		c.close(wire.CloseRestart, "stopping")
	}
}

// tend runs until the server stops.
func (t *sockets) tend() {
	tick := time.NewTicker(tendEvery)
	defer tick.Stop()
	for {
		select {
		case <-t.s.ctx.Done():
			return
		case now := <-tick.C:
			t.beat(now)
			t.endDead()
			t.s.duty.look()
			t.s.crew.rest()
		}
	}
}

var beat = []byte(`{"type":"` + wire.TypeBeat + `"}`)

func (t *sockets) beat(now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, same := range t.byKey {
		for c := range same {
			every := beatEvery
			if c.p.kind == bySession {
				every = staffBeat // a console that does not answer is noticed soon
			}
			if last := c.beatAt.Load(); now.UnixNano()-last >= int64(every-tendEvery/2) {
				c.beatAt.Store(now.UnixNano())
				c.out.put(beat)
			}
		}
	}
}

// endDead closes the sockets whose session or ticket has ended, wherever that
// happened. A store that does not answer ends nothing.
func (t *sockets) endDead() {
	for key, p := range t.parties() {
		if err := t.s.alive(t.s.ctx, p); unauthorized(err) {
			t.s.leaves(p)
			t.endOf(key, wire.CloseSignedOut, "signed out")
		}
	}
}

func (t *sockets) parties() map[string]party {
	t.mu.Lock()
	defer t.mu.Unlock()
	out := make(map[string]party, len(t.byKey))
	for key, same := range t.byKey {
		for c := range same {
			out[key] = c.p
			break
		}
	}
	return out
}
