package standin

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// Trouble is one piece of bad luck that befalls calls of an endpoint.
type Trouble struct {
	Kind  TroubleKind
	On    Endpoint      // empty: every endpoint of the API
	For   time.Duration // how long, for the kinds that wait
	Times int           // for so many calls; 0: until removed
}

// TroubleKind names a kind of bad luck.
type TroubleKind string

// The kinds of trouble. "Works" means that the call takes effect.
const (
	TroubleLatency   TroubleKind = "latency"     // waits, then works and answers; a client that hangs up meanwhile has done nothing
	TroubleHang      TroubleKind = "hang"        // waits, then works, even if the client has hung up
	TroubleLate      TroubleKind = "late"        // works at once, answers after the wait
	TroubleLost      TroubleKind = "lost"        // works, then closes the connection without an answer
	TroubleCut       TroubleKind = "cut"         // closes the connection without working
	Trouble500       TroubleKind = "error_500"   // answers 500 without working
	TroubleHTML      TroubleKind = "html_502"    // answers a proxy's HTML page without working
	TroubleOKError   TroubleKind = "ok_error"    // answers 200 with an error object, without working
	TroubleTruncated TroubleKind = "truncated"   // works, breaks the connection in the middle of the answer
	TroubleShort     TroubleKind = "half_json"   // works, answers half of the JSON as if it were whole
	TroubleEmpty     TroubleKind = "empty"       // works, answers 200 with nothing
	TroubleNobody    TroubleKind = "nobody"      // a participant list is well-formed and empty, whoever is there
	TroubleThrottle  TroubleKind = "error_429"   // answers 429 with Retry-After without working
	TroubleDown      TroubleKind = "unavailable" // answers 503 without working
)

// luck is what befalls one call.
type luck []Trouble

// drawLuck takes the troubles that befall the next call of an endpoint and uses
// up those that come a limited number of times.
func (s *Server) drawLuck(on Endpoint) luck {
	s.mu.Lock()
	defer s.mu.Unlock()
	var l luck
	s.sw.Troubles = slices.DeleteFunc(s.sw.Troubles, func(t Trouble) bool {
		if t.On != "" && t.On != on {
			return false
		}
		l = append(l, t)
		return t.Times == 1
	})
	for i, t := range s.sw.Troubles {
		if t.Times > 1 && (t.On == "" || t.On == on) {
			s.sw.Troubles[i].Times--
		}
	}
	return l
}

func (l luck) find(k TroubleKind) (Trouble, bool) {
	for _, t := range l {
		if t.Kind == k {
			return t, true
		}
	}
	return Trouble{}, false
}

func (l luck) has(k TroubleKind) bool {
	_, found := l.find(k)
	return found
}

// through carries one call through its luck: work is what the call does.
func (s *Server) through(w http.ResponseWriter, r *http.Request, l luck, work func() answer) {
	if !s.reaches(w, r, l) {
		return
	}
	a := work()
	if t, found := l.find(TroubleLate); found {
		s.wait(context.Background(), t.For)
	}
	if l.has(TroubleLost) {
		panic(http.ErrAbortHandler)
	}
	s.write(w, a, l)
}

// reaches reports that a call gets as far as being carried out.
func (s *Server) reaches(w http.ResponseWriter, r *http.Request, l luck) bool {
	if t, found := l.find(TroubleLatency); found && !s.wait(r.Context(), t.For) {
		return false
	}
	if t, found := l.find(TroubleHang); found {
		s.wait(context.Background(), t.For)
	}
	return !s.instead(w, l)
}

// instead answers for a call that is not carried out.
func (s *Server) instead(w http.ResponseWriter, l luck) bool {
	status := func(code int) answer {
		return answer{code, apiErrors{apiError{Code: code, Message: http.StatusText(code)}}}
	}
	switch {
	case l.has(TroubleCut):
		panic(http.ErrAbortHandler)
	case l.has(TroubleHTML):
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusBadGateway)
		_, _ = w.Write([]byte("<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n"))
	case l.has(Trouble500):
		s.write(w, status(http.StatusInternalServerError), nil)
	case l.has(TroubleDown):
		s.write(w, status(http.StatusServiceUnavailable), nil)
	case l.has(TroubleThrottle):
		w.Header().Set("Retry-After", "1")
		s.write(w, status(http.StatusTooManyRequests), nil)
	case l.has(TroubleOKError):
		s.write(w, ok(status(http.StatusInternalServerError).body), nil)
	default:
		return false
	}
	return true
}

// write sends an answer in the style of the switches, spoilt as luck has it.
func (s *Server) write(w http.ResponseWriter, a answer, l luck) {
	w.Header().Set("Cache-Control", "no-store")
	if a.body == nil {
		w.WriteHeader(a.status)
		return
	}
	raw, contentType, err := s.bytes(a.body)
	if err != nil {
		s.log.Error("answer could not be written", "error", err)
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", contentType)
	switch {
	case l.has(TroubleEmpty):
		raw = nil
	case l.has(TroubleShort):
		raw = raw[:len(raw)/2]
	case l.has(TroubleTruncated):
		w.Header().Set("Content-Length", strconv.Itoa(len(raw)))
		w.WriteHeader(a.status)
		_, _ = w.Write(raw[:len(raw)/2])
		panic(http.ErrAbortHandler)
	}
	w.WriteHeader(a.status)
	_, _ = w.Write(raw) // nobody is left to tell when the client has gone
}

func (s *Server) bytes(body any) (raw []byte, contentType string, err error) {
	if d, isDocument := body.(document); isDocument {
		return []byte(d.text), d.contentType, nil
	}
	raw, err = encode(body, s.switches())
	return raw, "application/json", err
}

// wait reports whether the time passed, rather than the client or the server going.
func (s *Server) wait(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
	case <-s.quit:
	}
	return false
}
