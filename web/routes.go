package web

import (
	"net/http"

	"bedside/web/api"
	"bedside/web/ui"
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
)

func (s *Server) routes() []route {
	const v1 = "/api/v1"
	return []route{
		{http.MethodPost, v1 + "/conversations", patients, s.start},
		{http.MethodGet, v1 + "/conversations", staff, s.listHeads},
		{http.MethodGet, v1 + "/conversations/{id}", everybody, s.head},
		{http.MethodGet, v1 + "/conversations/{id}/entries", everybody, s.entries},
		{http.MethodPost, v1 + "/conversations/{id}/commands", everybody, s.command},
		{http.MethodPost, v1 + "/conversations/{id}/calls/{call}/join", everybody, s.join},
		{http.MethodPost, v1 + "/calls/{call}/join", everybody, s.join},
		{http.MethodPost, v1 + "/session", staff, s.signIn},
		{http.MethodGet, v1 + "/session", staff, s.whoAmI},
		{http.MethodDelete, v1 + "/session", staff, s.signOut},
		{http.MethodGet, v1 + "/socket", everybody, s.socket},

		{http.MethodGet, "/widget.js", patients, files(ui.Assets())},
		{http.MethodGet, "/ui/{file}", everybody, files(ui.Assets())},
		{http.MethodGet, "/widget/", patients, s.widgetPage},
		{http.MethodGet, "/join/{call}", patients, s.joinPage},
		{http.MethodGet, "/console/", staff, s.consolePage},
		{http.MethodGet, "/api/openapi.yaml", everybody, files(http.StripPrefix("/api", api.Files()))},
		{http.MethodGet, "/api/asyncapi.yaml", everybody, files(http.StripPrefix("/api", api.Files()))},
		{http.MethodGet, "/api/wire.schema.json", everybody, files(http.StripPrefix("/api", api.Files()))},

		{http.MethodGet, "/healthz", everybody, s.health},
		{http.MethodGet, "/readyz", everybody, s.ready},
		{http.MethodGet, "/metrics", everybody, s.showMetrics},
	}
}

// files lets a plain handler stand in the table.
func files(h http.Handler) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		h.ServeHTTP(w, r)
		return nil
	}
}

// mux routes for one address of ours; routes of a closed door are unknown there.
func (s *Server) mux(open doors) *http.ServeMux {
	mux := http.NewServeMux()
	for _, route := range s.routes() {
		if route.open.patients && open.patients || route.open.staff && open.staff {
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
