package standin

import (
	"cmp"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// Options configure a [Server]. The zero value is a usable server that no client
// can sign in to: give ClientID and ClientSecret, or SecretKey.
type Options struct {
	ClientID, ClientSecret string   // the OAuth 2 application (API reference §2.1)
	Scopes                 []string // of that application; nil: every known scope
	Clients                []Client // further applications
	SecretKey              string   // unlimited access token; empty: none (API reference §2.3)

	// PublicURL is the base of every link, such as http://trueconf.localhost:8093.
	// When empty, links use the scheme and Host of the request that asked.
	PublicURL string
	// ServerName is the domain part of user and session ids, which need not be a
	// host name (API reference §3). Default "standin.trueconf.name".
	ServerName string

	GuestSeats int    // simultaneous guests on the whole server; default 2, negative: none
	Users      []User // default: doctor1, doctor2 and the service account bedside

	Switches Switches
	Now      func() time.Time // default time.Now
	Log      *slog.Logger     // default: discarded
}

// Client is one OAuth 2 application of the kind "client credentials".
type Client struct {
	ID, Secret string
	Scopes     []string // nil: every known scope
}

// Server is the stand-in. It is an http.Handler and safe for concurrent use.
type Server struct {
	opt     Options
	clients []Client
	log     *slog.Logger
	mux     *http.ServeMux
	api     apiTable
	quit    chan struct{} // closed by Close
	once    sync.Once
	lines   sync.WaitGroup // goroutines of open sockets

	mu       sync.Mutex // guards everything below
	sw       Switches
	rooms    map[string]*room
	order    []*room // by creation
	sessions []*session
	grants   map[string]*grant
	links    map[string]*link // by token
	users    []User
	rings    []Ring
	apps     []*app          // the pages that are open
	busy     map[string]bool // by user id: what the page's switch says
	known    map[string]bool // by user id: had a page, so that presence follows it
	looked   time.Time       // the server's idea of now at the last look
	counts   map[Endpoint]int
	serial   uint64 // numbers sessions, people and generated ids
}

// New makes a stand-in server. It listens to nothing by itself: hand it to an
// http.Server or httptest.NewServer, and Close it afterwards.
func New(o Options) *Server {
	o.ServerName = cmp.Or(o.ServerName, "standin.trueconf.name")
	o.PublicURL = strings.TrimRight(o.PublicURL, "/")
	if o.GuestSeats != 0 && o.Switches.GuestSeats == 0 {
		o.Switches.GuestSeats = o.GuestSeats
	}
	if o.Users == nil {
		o.Users = defaultUsers()
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s := &Server{
		opt: o, log: o.Log, quit: make(chan struct{}),
		sw: o.Switches.clone(), users: o.Users,
		rooms: map[string]*room{}, grants: map[string]*grant{},
		links: map[string]*link{}, counts: map[Endpoint]int{},
		busy: map[string]bool{}, known: map[string]bool{},
	}
	s.clients = append([]Client{{ID: o.ClientID, Secret: o.ClientSecret, Scopes: o.Scopes}}, o.Clients...)
	s.api = newAPITable(s)
	s.mux = s.routes()
	return s
}

// ServeHTTP answers one request; after Close it answers 503.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	select {
	case <-s.quit:
		http.Error(w, "the stand-in is closed", http.StatusServiceUnavailable)
		return
	default:
	}
	w.Header().Set("Server", "Stand-in for TrueConf Server")
	s.mux.ServeHTTP(w, r)
}

// Close ends every open call and waits until their goroutines are gone. It is
// safe to call it more than once.
func (s *Server) Close() error {
	s.once.Do(func() {
		close(s.quit)
		s.mu.Lock()
		for _, rm := range s.order {
			s.emptyRoom(rm, closedRestart)
		}
		s.mu.Unlock()
	})
	s.lines.Wait()
	return nil
}

// Restart forgets what a restart of the real server would: access tokens, guest
// links and running sessions. Conferences and users stay; everybody in a call is
// disconnected.
func (s *Server) Restart() {
	now := s.lock()
	defer s.mu.Unlock()
	for _, rm := range s.order {
		s.stop(rm, now, closedRestart)
	}
	for _, a := range s.apps {
		a.line.end(closedRestart) // the page comes back by itself
	}
	clear(s.grants)
	clear(s.links)
}

// lock takes the mutex, settles whatever time has changed since the last look,
// and returns the server's idea of now (its clock with the skew switch).
func (s *Server) lock() time.Time {
	s.mu.Lock()
	now := s.opt.Now().Add(s.sw.Skew)
	s.looked = now
	for _, rm := range s.order {
		s.settle(rm, now)
	}
	return now
}

// next numbers things; the caller holds the mutex.
func (s *Server) next() uint64 {
	s.serial++
	return s.serial
}

// base is the address on which links of an answer to r stand.
func (s *Server) base(r *http.Request) string {
	if s.opt.PublicURL != "" {
		return s.opt.PublicURL
	}
	u := url.URL{Scheme: "http", Host: r.Host}
	if r.TLS != nil {
		u.Scheme = "https"
	}
	return u.String()
}
