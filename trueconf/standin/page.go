package standin

import (
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"slices"
	"strings"
)

// pageFiles are the call page and the front page: plain HTML, CSS and script
// modules, served as they stand.
//
//go:embed page
var pageFiles embed.FS

var frontPage = template.Must(template.ParseFS(pageFiles, "page/front.html"))

// pageRoutes serves what people see.
func (s *Server) pageRoutes(mux *http.ServeMux) {
	files, err := fs.Sub(pageFiles, "page")
	if err != nil {
		panic(err) // the folder is named in the embed directive above
	}
	mux.Handle("GET /standin/", http.StripPrefix("/standin/", noStore(http.FileServerFS(files))))
	mux.HandleFunc("GET /webrtc/{id}", s.serveCallPage)
	mux.HandleFunc("GET /webrtc/{id}/signal", s.serveSignal)
	mux.HandleFunc("GET /c/{id}", s.serveCallPage) // the page asks for a name when the fragment holds no login
	mux.HandleFunc("GET /c/{id}/ics", s.serveCalendarFile)
	mux.HandleFunc("GET /doctor/{login}", s.serveAppPage)
	mux.HandleFunc("GET /doctor/{login}/signal", s.serveAppSignal)
	mux.HandleFunc("GET /{$}", s.serveFront)
}

func noStore(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		next.ServeHTTP(w, r)
	})
}

// strictPolicy lets the page run its own files and open its own socket only. It
// says nothing of frame-ancestors: guests meet it inside clinics' pages.
const strictPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; " +
	"media-src 'self' blob:; base-uri 'none'; form-action 'none'"

// serveCallPage is /webrtc/<id>. Whether a real server limits framing is unknown
// (API reference §13).
func (s *Server) serveCallPage(w http.ResponseWriter, r *http.Request) {
	s.through(w, r, s.countAndDraw(EndpointPage), func() answer {
		html, err := pageFiles.ReadFile("page/call.html")
		if err != nil {
			return answer{status: http.StatusInternalServerError}
		}
		h := w.Header()
		h.Set("Content-Security-Policy", strictPolicy)
		if s.switches().RefuseFrames {
			h.Set("Content-Security-Policy", strictPolicy+"; frame-ancestors 'none'")
			h.Set("X-Frame-Options", "DENY")
		}
		h.Set("Permissions-Policy", "camera=(self), microphone=(self), display-capture=(self), autoplay=(self), fullscreen=(self)")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Content-Type-Options", "nosniff")
		return ok(document{"text/html; charset=utf-8", told(string(html), s.switches())})
	})
}

// told writes into the page how it is to behave.
func told(html string, w Switches) string {
	return strings.Replace(html, `<main id="call"`, fmt.Sprintf(`<main id="call" data-no-camera="%s" data-mute="%t"`, w.NoCamera, w.MutePage), 1)
}

// serveFront says what this is and which of its answers are guesses.
func (s *Server) serveFront(w http.ResponseWriter, _ *http.Request) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", strictPolicy)
	h.Set("Cache-Control", "no-store")
	var said struct {
		Guesses, Luck []FaultDoc
		Users         []User
	}
	s.mu.Lock()
	said.Users = slices.Clone(s.users)
	s.mu.Unlock()
	for _, f := range Faults() {
		if f.Source != "" {
			said.Guesses = append(said.Guesses, f)
		} else {
			said.Luck = append(said.Luck, f)
		}
	}
	if err := frontPage.Execute(w, said); err != nil {
		s.log.Error("front page", "error", err)
	}
}
