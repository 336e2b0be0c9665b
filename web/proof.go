package web

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"bedside/web/wire"

	"github.com/gorilla/websocket"
)

// Whoever looks from outside whether the way to Bedside is in order wants to know
// how its requests arrive. Strangers are told nothing of the kind: a request that
// carries a live proof is noted, and only whoever made the proof, over the control
// socket, reads the notes.

// ProofHeader carries a proof, as [Server.Prove] makes it.
const ProofHeader = "Bedside-Proof"

const (
	proofLife  = 3 * time.Minute
	proofsMost = 16
	sightsMost = 64
	proofBody  = 32 << 20 // bytes of a body that are counted
	idleFor    = 100 * time.Second
)

// Sight is how one request with a proof arrived.
type Sight struct {
	Method    string   `json:"method"`
	Path      string   `json:"path"`
	Peer      string   `json:"peer"`      // who connected
	Forwarded []string `json:"forwarded"` // X-Forwarded-For, from left to right
	Believed  string   `json:"believed"`  // whom Bedside takes for the visitor
	Body      int64    `json:"body"`      // bytes of a POST's body
}

// proofs are those that are live, by their hash.
type proofs struct {
	now func() time.Time
	mu  sync.Mutex
	all map[[sha256.Size]byte]*proof
}

type proof struct {
	until  time.Time
	sights []Sight
}

func newProofs(now func() time.Time) *proofs {
	return &proofs{now: now, all: map[[sha256.Size]byte]*proof{}}
}

// Prove makes a proof: for three minutes, requests that carry it in ProofHeader
// are noted. It is for whoever runs the server, and never for the net.
func (s *Server) Prove() string {
	token := rand.Text()
	s.proofs.mu.Lock()
	defer s.proofs.mu.Unlock()
	s.proofs.forget()
	s.proofs.all[sha256.Sum256([]byte(token))] = &proof{until: s.now().Add(proofLife)}
	return token
}

// Sights are the requests that carried a proof, in the order of their arrival.
func (s *Server) Sights(token string) []Sight {
	s.proofs.mu.Lock()
	defer s.proofs.mu.Unlock()
	if p := s.proofs.all[sha256.Sum256([]byte(token))]; p != nil {
		return append([]Sight{}, p.sights...)
	}
	return nil
}

// forget drops what is over, and the oldest where there are too many. The caller
// holds the mutex.
func (p *proofs) forget() {
	now := p.now()
	for len(p.all) > 0 {
		var oldest [sha256.Size]byte
		var until time.Time
		for key, one := range p.all {
			if until.IsZero() || one.until.Before(until) {
				oldest, until = key, one.until
			}
		}
		if len(p.all) < proofsMost && now.Before(until) {
			return
		}
		delete(p.all, oldest)
	}
}

// proven reports whether a request carries a live proof.
func (p *proofs) proven(r *http.Request) bool {
	token := r.Header.Get(ProofHeader)
	if token == "" {
		return false
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	one := p.all[sha256.Sum256([]byte(token))]
	return one != nil && p.now().Before(one.until)
}

func (p *proofs) note(r *http.Request, seen Sight) {
	p.mu.Lock()
	defer p.mu.Unlock()
	one := p.all[sha256.Sum256([]byte(r.Header.Get(ProofHeader)))]
	if one != nil && len(one.sights) < sightsMost {
		one.sights = append(one.sights, seen)
	}
}

// witness notes a request with a proof. A POST ends here, once its body is
// counted: it is about how much passes, and means nothing.
func (s *Server) witness(w http.ResponseWriter, r *http.Request, v *visit) (done bool) {
	if !s.proofs.proven(r) {
		return false
	}
	seen := Sight{Method: r.Method, Path: r.URL.Path, Peer: parseAddress(r.RemoteAddr).String(), Believed: v.address.String()}
	if forwarded := strings.Join(r.Header.Values("X-Forwarded-For"), ","); forwarded != "" {
		for _, hop := range strings.Split(forwarded, ",") {
			seen.Forwarded = append(seen.Forwarded, strings.TrimSpace(hop))
		}
	}
	if r.Method == http.MethodPost {
		seen.Body, _ = io.Copy(io.Discard, http.MaxBytesReader(w, r.Body, proofBody))
	}
	s.proofs.note(r, seen)
	if r.Method != http.MethodPost {
		return false
	}
	w.WriteHeader(http.StatusNoContent)
	return true
}

// holdIdle keeps a socket that was opened with a proof, sends nothing by itself,
// and says back the first frame that comes.
func (s *Server) holdIdle(conn *websocket.Conn) {
	ended := context.AfterFunc(s.ctx, func() { _ = conn.Close() })
	defer func() {
		ended()
		_ = conn.Close()
	}()
	_ = conn.SetReadDeadline(time.Now().Add(idleFor))
	conn.SetReadLimit(1 << 10)
	kind, word, err := conn.ReadMessage()
	if err != nil {
		return
	}
	_ = conn.SetWriteDeadline(time.Now().Add(writeWithin))
	_ = conn.WriteMessage(kind, word)
	_ = conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(wire.CloseNoHello, "seen"), time.Now().Add(writeWithin))
}
