package web

import (
	"net/http"
	"runtime/debug"
	"time"

	"bedside/bot"
)

// answerWithin bounds an answer, the longest poll included.
const answerWithin = time.Minute

// guard is all that stands before the routes of one address: a request id, the
// headers, the limit by address, the log.
func (s *Server) guard(open doors) http.Handler {
	mux := s.mux(open)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := s.now()
		v := &visit{id: newRequestID(), doors: open}
		v.address, v.direct = addressOf(r, s.live.Load().TrustedProxies)
		if !s.proofs.proven(r) { // what a check claims to be says nothing of a proxy
			s.noteProxy(r)
		}
		r = r.WithContext(v.in(r.Context()))
		out := &noted{ResponseWriter: w}
		defer s.note(out, r, v, began)
		defer s.rescue(out, r)
		s.commonHeaders(out.Header(), v)
		if _, ok := s.rates.requests.take(v.address, 1); !ok {
			s.fail(out, r, slowDown(1))
			return
		}
		// A reader that takes no answer is dropped; a socket sets its own time.
		_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(answerWithin))
		if s.witness(out, r, v) {
			return
		}
		s.dispatch(mux, out, r)
	})
}

// noteProxy says once that somebody forwards requests whom nobody has named: all
// who come that way share one address and its limits. The address is told where
// it is one of the clinic's net and no visitor's.
func (s *Server) noteProxy(r *http.Request) {
	if r.Header.Get("X-Forwarded-For") == "" {
		return
	}
	peer := parseAddress(r.RemoteAddr)
	if within(peer, s.live.Load().TrustedProxies) {
		return
	}
	s.strangeProxy.Do(func() {
		from := "elsewhere"
		if peer.IsLoopback() || peer.IsPrivate() {
			from = peer.String()
		}
		s.log.Warn("web: requests with X-Forwarded-For come from somebody who is not in trusted_proxies; if it is your reverse proxy, name it there", "from", from)
	})
}

// dispatch routes the request. What the mux refuses becomes a problem like any
// other refusal.
func (s *Server) dispatch(mux *http.ServeMux, w http.ResponseWriter, r *http.Request) {
	h, pattern := mux.Handler(r)
	if pattern != "" {
		mux.ServeHTTP(w, r)
		return
	}
	var unrouted unrouted
	unrouted.header = http.Header{}
	h.ServeHTTP(&unrouted, r)
	if allow := unrouted.header.Get("Allow"); allow != "" {
		w.Header().Set("Allow", allow)
		s.problem(w, r, http.StatusMethodNotAllowed, &bot.Refusal{Code: bot.Malformed, Message: "This call knows other methods: " + allow + "."})
		return
	}
	s.fail(w, r, refuse(bot.Unknown, "There is no such call."))
}

// unrouted catches what the mux says of a request that it has no route for.
type unrouted struct{ header http.Header }

func (u *unrouted) Header() http.Header         { return u.header }
func (u *unrouted) Write(b []byte) (int, error) { return len(b), nil }
func (u *unrouted) WriteHeader(int)             {}

// note writes the access log and counts: the route's pattern, never the path,
// which holds ids.
func (s *Server) note(w *noted, r *http.Request, v *visit, began time.Time) {
	took, status := s.now().Sub(began), w.status
	if status == 0 {
		status = http.StatusOK
	}
	pattern := r.Pattern
	if pattern == "" {
		pattern = "none"
	}
	s.metrics.request(pattern, status, took)
	s.log.Info("web: request", "request", v.id, "route", pattern, "status", status, "took", took)
}

// rescue answers for a handler that panicked.
func (s *Server) rescue(w *noted, r *http.Request) {
	p := recover()
	if p == nil {
		return
	}
	if p == http.ErrAbortHandler {
		panic(p)
	}
	s.metrics.panics.Inc()
	s.log.Error("web: panic", "in", r.Pattern, "panic", p, "stack", stack())
	if w.status == 0 {
		s.problem(w, r, http.StatusInternalServerError, &bot.Refusal{Code: bot.Unavailable, Message: "Bedside met a fault of its own."})
	}
}

func stack() string { return string(debug.Stack()) }

// noted remembers the status for the log. Unwrap and Hijack keep sockets and
// deadlines working through it.
type noted struct {
	http.ResponseWriter
	status int
}

func (n *noted) WriteHeader(status int) {
	if n.status == 0 {
		n.status = status
	}
	n.ResponseWriter.WriteHeader(status)
}

func (n *noted) Write(b []byte) (int, error) {
	if n.status == 0 {
		n.status = http.StatusOK
	}
	return n.ResponseWriter.Write(b)
}

// Unwrap is for http.ResponseController.
func (n *noted) Unwrap() http.ResponseWriter { return n.ResponseWriter }
