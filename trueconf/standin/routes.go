package standin

import (
	"maps"
	"net/http"
	"regexp"
	"strconv"
	"strings"
)

// Endpoint names a group of calls for counters and troubles.
type Endpoint string

// The endpoints.
const (
	EndpointToken        Endpoint = "token"
	EndpointCreate       Endpoint = "create"
	EndpointGet          Endpoint = "get"
	EndpointList         Endpoint = "list"
	EndpointReplace      Endpoint = "replace"
	EndpointDelete       Endpoint = "delete"
	EndpointRun          Endpoint = "run"
	EndpointStop         Endpoint = "stop"
	EndpointParticipants Endpoint = "participants"
	EndpointInvite       Endpoint = "invite"
	EndpointInvitations  Endpoint = "invitations"
	EndpointClients      Endpoint = "clients"
	EndpointUsers        Endpoint = "users"
	EndpointLogs         Endpoint = "logs"
	EndpointCalendars    Endpoint = "calendars"
	EndpointServer       Endpoint = "server"
	EndpointPage         Endpoint = "page"   // the call page
	EndpointSignal       Endpoint = "signal" // its socket
	EndpointApp          Endpoint = "app"    // the page of a user's own app, and its socket
	EndpointOther        Endpoint = "other"  // no such route
)

// endpoints lists them all.
var endpoints = []Endpoint{
	EndpointToken, EndpointCreate, EndpointGet, EndpointList, EndpointReplace, EndpointDelete, EndpointRun,
	EndpointStop, EndpointParticipants, EndpointInvite, EndpointInvitations, EndpointClients, EndpointUsers,
	EndpointLogs, EndpointCalendars, EndpointServer, EndpointPage, EndpointSignal, EndpointApp, EndpointOther,
}

// request is one call of the API.
type request struct {
	*http.Request
	luck luck
}

// route is one call that the API knows.
type route struct {
	pattern  string // method and path behind the version prefix
	endpoint Endpoint
	scope    string // empty: open to everybody
	do       func(*Server, *request) answer
}

const (
	readConf, writeConf = "conferences:read", "conferences:write"
	readInv, writeInv   = "conferences.invitations:read", "conferences.invitations:write"
	readLogs            = "logs.calls:read"
)

// v3Routes is the whole of API v3 here (API reference §4).
var v3Routes = []route{
	{"POST /conferences", EndpointCreate, writeConf, create},
	{"GET /conferences", EndpointList, readConf, list},
	{"GET /conferences/{id}", EndpointGet, readConf, get},
	{"PUT /conferences/{id}", EndpointReplace, writeConf, replace},
	{"DELETE /conferences/{id}", EndpointDelete, writeConf, remove},
	{"POST /conferences/{id}/run", EndpointRun, writeConf, start},
	{"POST /conferences/{id}/stop", EndpointStop, writeConf, halt},
	{"GET /conferences/{id}/participants", EndpointParticipants, "conferences.participants:read", participants},
	{"GET /conferences/{id}/participants/{pid}", EndpointParticipants, "conferences.participants:read", participant},
	{"POST /conferences/{id}/participants", EndpointInvite, "conferences.participants:write", invite},
	{"POST /conferences/{id}/invite", EndpointInvite, writeConf, invite},
	{"GET /conferences/{id}/invitations", EndpointInvitations, readInv, listInvitations},
	{"POST /conferences/{id}/invitations", EndpointInvitations, writeInv, addInvitation},
	{"GET /conferences/{id}/invitations/{uid}", EndpointInvitations, readInv, getInvitation},
	{"PUT /conferences/{id}/invitations/{uid}", EndpointInvitations, writeInv, replaceInvitation},
	{"DELETE /conferences/{id}/invitations/{uid}", EndpointInvitations, writeInv, removeInvitation},
	{"GET /conferences/{id}/calendars", EndpointCalendars, readConf, calendars},
	{"GET /conferences/{id}/ics", EndpointCalendars, readConf, calendarFile},
	{"GET /conference-sessions/{session}/participants", EndpointLogs, "conferences.sessions.participants:read", sessionRoster},
	{"GET /software/clients", EndpointClients, "", softwareClients},
	{"GET /users", EndpointUsers, "users:read", listUsers},
	{"GET /users/{id}", EndpointUsers, "users:read", getUser},
	{"GET /groups", EndpointUsers, "groups:read", listGroups},
	{"GET /logs/calls", EndpointLogs, readLogs, listCalls},
	{"GET /logs/calls/{session}", EndpointLogs, readLogs, getCall},
	{"GET /logs/calls/{session}/participants", EndpointLogs, "logs.calls.participants:read", listCallParticipants},
}

// v4Routes are the few calls by which a client learns whom it talks to.
var v4Routes = []route{
	{"GET /server", EndpointServer, "", serverInfo},
	{"GET /endpoints/connects", EndpointServer, "", connects},
	{"GET /product/current-stats", EndpointServer, "version:read", currentStats},
	{"GET /software/clients", EndpointClients, "", softwareClients},
}

// apiTable holds the routes of each generation.
type apiTable struct {
	v3, v4 *http.ServeMux
}

func newAPITable(s *Server) apiTable {
	fill := func(routes []route) *http.ServeMux {
		mux := http.NewServeMux()
		for _, rt := range routes {
			mux.HandleFunc(rt.pattern, func(w http.ResponseWriter, r *http.Request) { s.serveRoute(w, r, rt) })
		}
		return mux
	}
	return apiTable{fill(v3Routes), fill(v4Routes)}
}

var v3Version = regexp.MustCompile(`^v3\.([0-9]{1,2})$`)

// routes is everything that the server answers.
func (s *Server) routes() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("/oauth2/v1/token", s.serveToken)
	mux.HandleFunc("/api/v4/oauth2/token", s.serveToken)
	mux.HandleFunc("/api/{version}/", s.serveAPI)
	mux.HandleFunc("GET /vsstatus", s.serveStatus)
	s.pageRoutes(mux)
	return mux
}

// serveAPI finds the generation of /api/<version>/ and hands the rest of the path
// to its routes. What is not there answers routeNotFound as JSON.
func (s *Server) serveAPI(w http.ResponseWriter, r *http.Request) {
	version := r.PathValue("version")
	inner := r.Clone(r.Context())
	inner.URL.Path = trimmed(r.URL.Path, version)
	inner.URL.RawPath = trimmed(r.URL.RawPath, version)
	if mux := s.generation(version); mux != nil {
		if _, pattern := mux.Handler(inner); pattern != "" {
			mux.ServeHTTP(w, inner)
			return
		}
	}
	s.through(w, r, s.countAndDraw(EndpointOther), func() answer { return routeNotFound(strings.HasPrefix(version, "v4")) })
}

// generation is the table of a version prefix, nil where the server has none.
func (s *Server) generation(version string) *http.ServeMux {
	sw := s.switches()
	if version == "v4" || version == "v4.1" {
		if sw.NoV4 {
			return nil
		}
		return s.api.v4
	}
	m := v3Version.FindStringSubmatch(version)
	if m == nil {
		return nil
	}
	if minor, err := strconv.Atoi(m[1]); err != nil || minor < 1 || minor > sw.highestMinor() {
		return nil
	}
	return s.api.v3
}

// serveRoute carries one call through its luck, its authorisation and its handler.
func (s *Server) serveRoute(w http.ResponseWriter, r *http.Request, rt route) {
	q := &request{Request: r, luck: s.countAndDraw(rt.endpoint)}
	s.through(w, r, q.luck, func() answer {
		scope := rt.scope
		if rt.endpoint == EndpointClients && s.switches().ClientsNeedToken {
			scope = readConf
		}
		if scope != "" {
			if refusal := s.authorise(r, scope); refusal != nil {
				return *refusal
			}
		}
		return rt.do(s, q)
	})
}

// trimmed is the path behind the version, without a trailing slash, which the
// real server tolerates.
func trimmed(path, version string) string {
	return strings.TrimSuffix(strings.TrimPrefix(path, "/api/"+version), "/")
}

func (s *Server) count(on Endpoint) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.counts[on]++
}

func (s *Server) countAndDraw(on Endpoint) luck {
	s.count(on)
	return s.drawLuck(on)
}

// Requests counts the calls of each endpoint since the server was made.
func (s *Server) Requests() map[Endpoint]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.counts)
}
