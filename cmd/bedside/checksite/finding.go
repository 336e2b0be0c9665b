package checksite

import (
	"net/url"
	"strings"

	"bedside/cmd/bedside/check"
)

// Breaks says what a failed finding keeps from working.
type Breaks string

// What may break.
const (
	Nothing Breaks = ""
	Widget  Breaks = "widget" // the chat does not appear
	Camera  Breaks = "camera" // the chat appears, a call has no picture or sound
)

// Finding is one thing about a page.
type Finding struct {
	Code    string        `json:"code"`
	Verdict check.Verdict `json:"verdict"`
	Breaks  Breaks        `json:"breaks,omitempty"`
	Says    string        `json:"says"`
	Cure    string        `json:"cure,omitempty"`
	// Lines to add, for those who serve the page; HTML where it stands in the page.
	Nginx  string `json:"nginx,omitempty"`
	Apache string `json:"apache,omitempty"`
	HTML   string `json:"html,omitempty"`
}

// Want is the Bedside that the page is for.
type Want struct {
	Origin string // https://bedside.clinic.example
	// Sites are the origins of each site by its name, in the configuration's order;
	// nil where no configuration is at hand.
	Sites []Site
}

// Site is one website of the configuration.
type Site struct {
	Name    string
	Origins []string
}

// site finds a site by its name; "" is the first.
func (w Want) site(name string) (Site, bool) {
	for i, s := range w.Sites {
		if s.Name == name || name == "" && i == 0 {
			return s, true
		}
	}
	return Site{}, false
}

func (w Want) names() string {
	names := make([]string, len(w.Sites))
	for i, s := range w.Sites {
		names[i] = s.Name
	}
	return strings.Join(names, ", ")
}

// header gives the lines that send a header from nginx and Apache.
func header(name, value string) (nginx, apache string) {
	quoted := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(value)
	return `add_header ` + name + ` "` + quoted + `" always;`, `Header always set ` + name + ` "` + quoted + `"`
}

// originOf is what a browser calls an address's origin.
func originOf(u *url.URL) string { return strings.ToLower(u.Scheme + "://" + u.Host) }

// local reports whether browsers take an address for this machine, where they ask
// for no TLS.
func local(u *url.URL) bool {
	host := u.Hostname()
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || strings.HasPrefix(host, "127.") || host == "::1"
}

func ok(code, says string) Finding { return Finding{Code: code, Verdict: check.OK, Says: says} }

func warn(code, says, cure string) Finding {
	return Finding{Code: code, Verdict: check.Warning, Says: says, Cure: cure}
}

func fail(code string, breaks Breaks, says, cure string) Finding {
	return Finding{Code: code, Verdict: check.Failed, Breaks: breaks, Says: says, Cure: cure}
}
