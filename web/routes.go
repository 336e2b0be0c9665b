package web

import (
	"net/http"
	"slices"

	"bedside/bot"
	"bedside/web/api"
)

// route is one call of the wire: its pattern, who may come through which door,
// and what answers. The OpenAPI file lists the same ones; a test holds it so.
type route struct {
	method, path string
	open         doors
	do           func(http.ResponseWriter, *http.Request) error
}

var (
	everybody = doors{patients: true, staff: true}
	patients  = doors{patients: true}
	staff     = doors{staff: true}
	watchers  = doors{watchers: true}
	anybody   = doors{patients: true, staff: true, watchers: true}
)

func (s *Server) routes() []route {
	return slices.Concat(s.calls(), s.pages(), s.probes())
}

// calls are the commands and questions of the wire.
func (s *Server) calls() []route {
	const v1 = "/api/v1"
	return []route{
		{http.MethodPost, v1 + "/conversations", patients, s.start},
		{http.MethodPost, v1 + "/identity", patients, s.identity},
		{http.MethodGet, v1 + "/conversations", staff, s.listHeads},
		{http.MethodPost, v1 + "/conversations/find", staff, s.find},
		{http.MethodGet, v1 + "/conversations/{id}", everybody, s.head},
		{http.MethodGet, v1 + "/conversations/{id}/entries", everybody, s.entries},
		{http.MethodPost, v1 + "/conversations/{id}/commands", everybody, s.command},
		{http.MethodGet, v1 + "/conversations/{id}/times", everybody, s.times},
		{http.MethodPost, v1 + "/conversations/{id}/files", everybody, s.sendFile},
		{http.MethodGet, v1 + "/conversations/{id}/files/{file}", everybody, s.showFile},
		{http.MethodGet, v1 + "/conversations/{id}/files/{file}/thumbnail", everybody, s.showSmall},
		{http.MethodPost, v1 + "/conversations/{id}/elsewhere", patients, s.makeElsewhere},
		{http.MethodDelete, v1 + "/conversations/{id}/elsewhere", patients, s.onlyHere},
		{http.MethodPost, v1 + "/elsewhere", patients, s.goOn},
		{http.MethodPost, v1 + "/conversations/{id}/calls/{call}/join", everybody, s.join},
		{http.MethodPost, v1 + "/calls/{call}/join", everybody, s.join},
		{http.MethodPost, v1 + "/calls/{call}/ring", everybody, s.ringAgain},
		{http.MethodPost, v1 + "/calls/{call}/devices", everybody, s.checked},
		{http.MethodPost, v1 + "/calls/{call}/late", everybody, s.late},
		{http.MethodGet, v1 + "/calls/{call}", everybody, s.callNow},
		{http.MethodGet, v1 + "/bookings/{booking}/calendar", everybody, s.calendar},
		{http.MethodGet, v1 + "/bookings/{booking}/calendar.ics", everybody, s.calendarFile},
		{http.MethodGet, v1 + "/bookings", staff, s.bookings},
		{http.MethodPost, v1 + "/session", staff, s.signIn},
		{http.MethodGet, v1 + "/session", staff, s.whoAmI},
		{http.MethodDelete, v1 + "/session", staff, s.signOut},
		{http.MethodGet, v1 + "/session/app", staff, s.doctorApp},
		{http.MethodGet, v1 + "/duty", staff, s.showDuty},
		{http.MethodPut, v1 + "/duty", staff, s.setDuty},
		{http.MethodGet, v1 + "/board", staff, s.showBoard},
		{http.MethodGet, v1 + "/push", everybody, s.pushKey},
		{http.MethodPost, v1 + "/push", staff, s.addPush},
		{http.MethodDelete, v1 + "/push", staff, s.dropPush},
		{http.MethodGet, v1 + "/health", staff, s.showHealth},
		{http.MethodPost, v1 + "/health", staff, s.lookAgain},
		{http.MethodGet, v1 + "/flows", staff, s.showFlows},
		{http.MethodGet, v1 + "/flows/drawing", staff, s.drawFlow},
		{http.MethodPost, v1 + "/flows/publish", staff, s.publishFlow},
		{http.MethodPost, v1 + "/flows/rollback", staff, s.rollBackFlow},
		{http.MethodGet, v1 + "/socket", everybody, s.socket},
	}
}

// pages are what people and their browsers open.
func (s *Server) pages() []route {
	return []route{
		{http.MethodGet, "/widget.js", patients, files(s.assets)},
		{http.MethodGet, "/ui/{file}", everybody, files(s.assets)},
		{http.MethodGet, "/widget/push.js", patients, files(s.assets)},
		{http.MethodGet, "/console/push.js", staff, files(s.assets)},
		{http.MethodGet, "/widget/", patients, s.widgetPage},
		{http.MethodGet, "/join/{call}", patients, s.joinPage},
		{http.MethodGet, "/console/", staff, s.consolePage},
		{http.MethodGet, "/api/openapi.yaml", everybody, files(http.StripPrefix("/api", api.Files()))},
		{http.MethodGet, "/api/asyncapi.yaml", everybody, files(http.StripPrefix("/api", api.Files()))},
		{http.MethodGet, "/api/wire.schema.json", everybody, files(http.StripPrefix("/api", api.Files()))},
	}
}

// probes are for whoever watches over the server.
func (s *Server) probes() []route {
	metrics := anybody
	if s.o.MetricsApart {
		metrics = watchers
	}
	return []route{
		{http.MethodGet, "/healthz", anybody, s.health},
		{http.MethodGet, "/readyz", anybody, s.ready},
		{http.MethodGet, "/metrics", metrics, s.showMetrics},
	}
}

// files lets a plain handler stand in the table; what it does not have is refused
// as everywhere.
func files(h http.Handler) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		f := &found{ResponseWriter: w}
		h.ServeHTTP(f, r)
		if f.not {
			return refuse(bot.Unknown, "There is no such file.")
		}
		return nil
	}
}

// found keeps a plain handler's own words about what it does not have back.
type found struct {
	http.ResponseWriter
	not bool
}

func (f *found) WriteHeader(status int) {
	if f.not = status == http.StatusNotFound; !f.not {
		f.ResponseWriter.WriteHeader(status)
	}
}

func (f *found) Write(b []byte) (int, error) {
	if f.not {
		return len(b), nil
	}
	return f.ResponseWriter.Write(b)
}

// Unwrap is for http.ResponseController.
func (f *found) Unwrap() http.ResponseWriter { return f.ResponseWriter }

// mux routes for one address of ours; routes of a closed door are unknown there.
func (s *Server) mux(open doors) *http.ServeMux {
	mux := http.NewServeMux()
	for _, route := range s.routes() {
		if route.open.meet(open) {
			mux.HandleFunc(route.method+" "+route.path, func(w http.ResponseWriter, r *http.Request) {
				if err := route.do(w, r); err != nil {
					s.fail(w, r, err)
				}
			})
		}
	}
	if open.staff {
		mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/console/", http.StatusSeeOther)
		})
	}
	return mux
}
