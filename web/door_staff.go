package web

import (
	"net/http"
	"strings"

	"bedside/bot"
)

// The staff's door. The cookie alone opens nothing: the request must also come
// from one of Bedside's own pages, or from a program that is no browser.

// staffOf is the signed-in staff member of a request without a bearer.
func (s *Server) staffOf(r *http.Request) (party, error) {
	v := visitOf(r.Context())
	token := s.sessions.token(r)
	switch {
	case !v.doors.staff || token == "":
		return party{}, refuse(bot.Unauthorized, "Please sign in.")
	case !s.fromOwnPage(r):
		return party{}, refuse(bot.Forbidden, "This is not one of Bedside's own pages.")
	}
	m, err := s.sessions.who(r.Context(), token)
	if err != nil {
		return party{}, err
	}
	v.staff, v.known = true, true
	return party{actor: m.actor(), kind: bySession, secret: token, key: credentialKey(token)}, nil
}

// fromOwnPage reports whether a request comes from a page of Bedside's own
// origin. Browsers say so by Origin (on everything that changes something and
// on every socket) or by Sec-Fetch-Site; a request with neither comes from no
// browser of today, and the cookie's SameSite=Strict stands behind it. It is
// stricter than http.CrossOriginProtection in that it also guards what is only
// read, and sockets.
func (s *Server) fromOwnPage(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "same-origin", "none":
	default:
		return false
	}
	origins := r.Header.Values("Origin")
	if len(origins) == 0 {
		return true
	}
	return len(origins) == 1 && s.ownOrigin(r, origins[0])
}

// ownOrigin reports whether an origin is the configured one of the address which
// the request was sent to. The panel's pages are none of the console's own, where
// it has its own address. On this machine the very host of the request does too,
// for it has many names (localhost, 127.0.0.1, clinic.localhost); elsewhere a
// Host is only what the sender wrote.
func (s *Server) ownOrigin(r *http.Request, origin string) bool {
	own := s.o.PublicURL
	if !visitOf(r.Context()).doors.patients {
		own = s.o.ConsoleURL
	}
	if origin == own {
		return true
	}
	scheme, _, _ := strings.Cut(own, "://")
	return loopbackHost(r.Host) && strings.EqualFold(origin, scheme+"://"+r.Host)
}
