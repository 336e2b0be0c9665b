package web

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// commonHeaders go with every answer; pages set their own policy on top.
func (s *Server) commonHeaders(h http.Header, v *visit) {
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
	h.Set("X-Request-Id", v.id)
	if s.o.HSTS > 0 && strings.HasPrefix(s.o.PublicURL, "https:") {
		h.Set("Strict-Transport-Security", "max-age="+strconv.FormatInt(int64(s.o.HSTS/time.Second), 10))
	}
}

// policies are a page's own headers, made once.
type policies struct{ security, permissions string }

// pagePolicies lets a page run its own scripts, speak to Bedside alone, and
// frame TrueConf alone; ancestors say who may frame the page itself.
func pagePolicies(o Options, ancestors []string) policies {
	framed := "'none'"
	if len(ancestors) > 0 {
		framed = strings.Join(ancestors, " ")
	}
	calls := "'none'"
	if len(o.TrueConf) > 0 {
		calls = strings.Join(o.TrueConf, " ")
	}
	return policies{
		security: strings.Join([]string{
			"default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:", "font-src 'self'", "worker-src 'self'",
			"connect-src 'self' " + socketOrigins(o), "frame-src " + calls, "frame-ancestors " + framed,
			"base-uri 'none'", "form-action 'none'", "require-trusted-types-for 'script'",
		}, "; "),
		permissions: permissionsPolicy(o.TrueConf),
	}
}

// socketOrigins name our sockets for browsers whose 'self' leaves them out.
func socketOrigins(o Options) string {
	out := "ws" + strings.TrimPrefix(o.PublicURL, "http")
	if o.ConsoleURL != "" {
		out += " ws" + strings.TrimPrefix(o.ConsoleURL, "http")
	}
	return out
}

// permissionsPolicy gives camera, microphone and the like to the page and to
// TrueConf's frames in it, and denies what nobody here needs.
func permissionsPolicy(trueconf []string) string {
	list := "self"
	for _, origin := range trueconf {
		list += ` "` + origin + `"`
	}
	var out []string
	for _, feature := range []string{"camera", "microphone", "autoplay", "display-capture", "fullscreen"} {
		out = append(out, feature+"=("+list+")")
	}
	out = append(out, "clipboard-write=(self)")
	for _, feature := range []string{"geolocation", "payment", "usb", "serial", "hid", "midi", "clipboard-read"} {
		out = append(out, feature+"=()")
	}
	return strings.Join(out, ", ")
}

func (p policies) set(h http.Header) {
	h.Set("Content-Security-Policy", p.security)
	h.Set("Permissions-Policy", p.permissions)
}
