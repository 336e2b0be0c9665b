package standin

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// app is one open page that plays the TrueConf app of a user, /doctor/<login>. It
// asks for no password: it is there to show and to test what a doctor sees. While
// one is open its user is online, or busy by its switch; a user whose pages are all
// closed is away; one who never had any is what [User.Status] says.
type app struct {
	user string // id
	line *line
	told string // what it was last told, as JSON
}

// appView is all that an app's page shows.
type appView struct {
	Name     string       `json:"name"`
	Status   int          `json:"status"` // API reference §4.3
	Busy     bool         `json:"busy"`
	Rings    []appRing    `json:"rings"`
	Meetings []appMeeting `json:"meetings"` // of one's own that are planned or run, the earliest first
}

type appRing struct {
	Room  string    `json:"room"`
	Topic string    `json:"topic"`
	Cause RingCause `json:"cause"`
}

type appMeeting struct {
	Room    string    `json:"room"`
	Topic   string    `json:"topic"`
	Start   time.Time `json:"start,omitzero"`
	Running bool      `json:"running"`
}

// appStatus is the presence of somebody who has, or had, a page of their app.
func (s *Server) appStatus(user string) int {
	switch {
	case !slices.ContainsFunc(s.apps, func(a *app) bool { return a.user == user }):
		return 0
	case s.busy[user]:
		return int(StatusBusy)
	}
	return int(StatusOnline)
}

// appView gathers what the app of a user shows; the caller holds the mutex.
func (s *Server) appView(u User) *appView {
	v := &appView{Name: u.name(), Status: s.status(u), Busy: s.busy[u.ID], Rings: []appRing{}, Meetings: []appMeeting{}}
	for _, i := range s.ringing(u, s.looked) {
		r := s.rings[i]
		v.Rings = append(v.Rings, appRing{r.Room, s.rooms[r.Room].topic, r.Cause})
	}
	for _, rm := range s.order {
		m := appMeeting{Room: rm.id, Topic: rm.topic, Running: rm.session != nil}
		start, _, planned := rm.planned()
		if planned {
			m.Start = start
		}
		if strings.EqualFold(rm.owner, u.ID) && (m.Running || planned && s.looked.Before(start)) {
			v.Meetings = append(v.Meetings, m)
		}
	}
	slices.SortStableFunc(v.Meetings, func(a, b appMeeting) int { return a.Start.Compare(b.Start) })
	return v
}

// tellApps brings every open page up to date; the caller holds the mutex.
func (s *Server) tellApps() {
	for _, a := range s.apps {
		u := s.user(a.user)
		if u == nil {
			continue
		}
		v := s.appView(*u)
		if now, err := json.Marshal(v); err == nil && string(now) != a.told {
			a.told = string(now)
			a.line.send(signal{Type: "app", App: v})
		}
	}
}

// serveAppPage is /doctor/<login>.
func (s *Server) serveAppPage(w http.ResponseWriter, r *http.Request) {
	s.through(w, r, s.countAndDraw(EndpointApp), func() answer {
		html, err := pageFiles.ReadFile("page/app.html")
		switch {
		case err != nil:
			return answer{status: http.StatusInternalServerError}
		case !s.hasUser(r.PathValue("login")):
			return unknownUser(r.PathValue("login"))
		}
		h := w.Header()
		h.Set("Content-Security-Policy", strictPolicy+"; frame-src 'self'; frame-ancestors 'none'")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Content-Type-Options", "nosniff")
		return ok(document{"text/html; charset=utf-8", string(html)})
	})
}

func (s *Server) hasUser(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.user(id) != nil
}

// appLook is how often an open page has the server look at its clock, so that a
// meeting that begins rings without anybody asking.
const appLook = 500 * time.Millisecond

// serveAppSignal is the socket of an app's page.
func (s *Server) serveAppSignal(w http.ResponseWriter, r *http.Request) {
	if !s.hasUser(r.PathValue("login")) {
		http.NotFound(w, r)
		return
	}
	s.onLine(w, r, EndpointApp, func(l *line) { s.converseApp(r.PathValue("login"), l) })
}

// converseApp reads a page's socket until it dies.
func (s *Server) converseApp(login string, l *line) {
	a := s.openApp(login, l)
	defer s.closeApp(a)
	stop := s.lookOften()
	defer stop()
	l.conn.SetReadLimit(maxSignal)
	alive := func(string) error { return l.conn.SetReadDeadline(time.Now().Add(silence)) }
	_ = alive("")
	l.conn.SetPongHandler(alive)
	for {
		var m signal
		if l.conn.ReadJSON(&m) != nil {
			return
		}
		_ = alive("")
		s.obey(a, m)
	}
}

func (s *Server) openApp(login string, l *line) *app {
	s.lock()
	defer s.mu.Unlock()
	a := &app{user: s.user(login).ID, line: l}
	s.apps = append(s.apps, a)
	s.known[a.user] = true
	s.tellApps()
	return a
}

func (s *Server) closeApp(a *app) {
	s.lock()
	defer s.mu.Unlock()
	s.apps = slices.DeleteFunc(s.apps, func(o *app) bool { return o == a })
	s.tellApps()
}

// lookOften settles what time has changed until it is stopped.
func (s *Server) lookOften() (stop func()) {
	gone, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(appLook)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				s.lock()
				s.tellApps()
				s.mu.Unlock()
			case <-gone:
				return
			}
		}
	}()
	return func() { close(gone); <-done }
}

// obey does what the person at the app pressed.
func (s *Server) obey(a *app, m signal) {
	now := s.lock()
	defer s.mu.Unlock()
	u := s.user(a.user)
	switch m.Type {
	case "busy":
		s.busy[a.user] = m.On
		s.tellApps()
	case "decline":
		s.decline(m.Room, *u, now)
	case "enter":
		rm := s.rooms[m.Room]
		if rm == nil || rm.session == nil && !rm.awaits(u.ID, now) {
			a.line.send(signal{Type: "refused", Why: string(ReasonNotRunning)})
			return
		}
		token := "app_" + randomHex(16)
		s.links[token] = &link{room: rm.id, id: u.ID, name: u.name(), minted: now, user: true}
		a.line.send(signal{Type: "go", Room: rm.id, URL: "/webrtc/" + url.PathEscape(rm.id) + "#login=" + url.PathEscape(u.ID) + "&token=" + token + "&lang=auto"})
	}
}
