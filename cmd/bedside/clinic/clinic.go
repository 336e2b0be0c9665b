// Package clinic is the website of the demo's clinic, and its flow.
//
// The website is what a real one would be: a page of its own with a strict
// content security policy that allows Bedside and nobody else, and the snippet
// that a clinic pastes. It answers to several names, so that Bedside's frame on
// it can be a foreign site, a sibling subdomain, or neither; each name is shown
// Bedside under the name that belongs to it.
package clinic

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net"
	"net/http"
	"strings"
)

//go:embed site flow.yaml
var files embed.FS

// Department is the one whose doctors the flow hands over to.
const Department = "gp"

// The numbers of the snippet, as in the flow.
const (
	phone     = "+44 20 7946 0000"
	emergency = "999"
)

// Flow is the demo's flow: a few questions, and a doctor whatever is answered.
func Flow() []byte { return read("flow.yaml") }

// names are Bedside's name for each name of the clinic.
var names = []struct{ clinic, bedside string }{
	{"localhost", "localhost"},
	{"127.0.0.1", "127.0.0.1"},
	{"www.clinic.localhost", "bedside.localhost"},          // foreign sites
	{"www.sibling.localhost", "bedside.sibling.localhost"}, // subdomains of one site
}

// Hosts are the names to which the website answers.
func Hosts() []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = n.clinic
	}
	return out
}

// Page is the website; Bedside answers on bedsidePort of the same machine.
func Page(bedsidePort int) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /{$}", page("site/en.html", bedsidePort))
	mux.Handle("GET /ru/{$}", page("site/ru.html", bedsidePort))
	mux.HandleFunc("GET /site.css", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/css; charset=utf-8")
		_, _ = w.Write(read("site/site.css"))
	})
	return mux
}

// shown is what the pages are filled with.
type shown struct{ Bedside, Phone, PhoneLink, Emergency string }

func page(name string, bedsidePort int) http.HandlerFunc {
	t := template.Must(template.New("page").Parse(string(read(name))))
	return func(w http.ResponseWriter, r *http.Request) {
		bedside := fmt.Sprintf("http://%s:%d", bedsideFor(r.Host), bedsidePort)
		var body bytes.Buffer
		err := t.Execute(&body, shown{Bedside: bedside, Phone: phone, PhoneLink: strings.ReplaceAll(phone, " ", ""), Emergency: emergency})
		if err != nil {
			http.Error(w, "the page cannot be shown", http.StatusInternalServerError)
			return
		}
		h := w.Header()
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("Content-Security-Policy", policy(bedside))
		h.Set("Permissions-Policy", permissions(bedside))
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
		_, _ = w.Write(body.Bytes())
	}
}

// policy allows the page's own style sheet, and Bedside's script and frame.
func policy(bedside string) string {
	return "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src " + bedside +
		"; frame-src " + bedside + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}

// permissions lets Bedside's frame have the camera, and hand it on.
func permissions(bedside string) string {
	var out []string
	for _, feature := range []string{"camera", "microphone", "autoplay", "display-capture", "fullscreen", "clipboard-write"} {
		out = append(out, fmt.Sprintf("%s=(self %q)", feature, bedside))
	}
	return strings.Join(out, ", ")
}

// bedsideFor is Bedside's name beside the name that the page was asked by.
func bedsideFor(host string) string {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	for _, n := range names {
		if n.clinic == host {
			return n.bedside
		}
	}
	return "localhost"
}

func read(name string) []byte {
	b, err := files.ReadFile(name)
	if err != nil {
		panic("clinic: an embedded file is missing: " + err.Error())
	}
	return b
}
