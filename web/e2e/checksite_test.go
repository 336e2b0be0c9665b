//go:build browser

package e2e

import (
	"encoding/json"
	"io"
	"net/http"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// spoilt is a page of the clinic with one thing wrong: its headers and its snippet,
// in which BEDSIDE stands for Bedside's address.
type spoilt struct {
	name    string
	headers []string
	snippet string
}

const goodSnippet = `<script src="BEDSIDE/widget.js" data-site="clinic" async></script>`

var spoiltPages = []spoilt{
	{"good", nil, goodSnippet},
	{"policy-names-bedside", []string{"Content-Security-Policy", "default-src 'none'; script-src BEDSIDE; frame-src BEDSIDE"}, goodSnippet},
	{"policy-wildcard", []string{"Content-Security-Policy", "default-src http://*.localhost:*"}, goodSnippet},
	{"policy-self", []string{"Content-Security-Policy", "default-src 'self'"}, goodSnippet},
	{"policy-no-frame", []string{"Content-Security-Policy", "script-src BEDSIDE; frame-src 'self'"}, goodSnippet},
	{"policy-elem", []string{"Content-Security-Policy", "script-src BEDSIDE; script-src-elem 'self'; frame-src BEDSIDE"}, goodSnippet},
	{"policy-child", []string{"Content-Security-Policy", "script-src BEDSIDE; child-src 'none'"}, goodSnippet},
	{"policy-path", []string{"Content-Security-Policy", "script-src BEDSIDE/widget.js; frame-src BEDSIDE/widget/"}, goodSnippet},
	{"policy-dynamic", []string{"Content-Security-Policy", "script-src 'nonce-abc' 'strict-dynamic' BEDSIDE"}, goodSnippet},
	{"policy-nonce", []string{"Content-Security-Policy", "script-src 'nonce-abc' 'strict-dynamic'"}, `<script nonce="abc" src="BEDSIDE/widget.js" data-site="clinic" async></script>`},
	{"policy-two", []string{"Content-Security-Policy", "default-src *", "Content-Security-Policy", "frame-src 'none'"}, goodSnippet},
	{"policy-sandbox", []string{"Content-Security-Policy", "sandbox allow-forms"}, goodSnippet},
	{"policy-reported", []string{"Content-Security-Policy-Report-Only", "default-src 'none'"}, goodSnippet},
	{"policy-in-body", nil, `<meta http-equiv="Content-Security-Policy" content="script-src 'self'">` + goodSnippet},
	{"policy-in-head", nil, `<meta http-equiv="Content-Security-Policy" content="frame-src 'self'">` + goodSnippet},
	{"trusted-types", []string{"Content-Security-Policy", "require-trusted-types-for 'script'; trusted-types 'none'"}, goodSnippet},
	{"no-camera", []string{"Permissions-Policy", "camera=(), microphone=()"}, goodSnippet},
	{"camera-self", []string{"Permissions-Policy", "camera=(self)"}, goodSnippet},
	{"camera-bedside", []string{"Permissions-Policy", `camera=(self "BEDSIDE"), microphone=*`}, goodSnippet},
	{"camera-not-own", []string{"Permissions-Policy", `camera=("BEDSIDE")`}, goodSnippet},
	{"older-header", []string{"Feature-Policy", "camera 'none'; microphone 'none'"}, goodSnippet},
	{"older-header-bedside", []string{"Feature-Policy", "camera 'self' BEDSIDE"}, goodSnippet},
	{"camera-others", []string{"Permissions-Policy", "geolocation=(), usb=()"}, goodSnippet},
	{"isolated", []string{"Cross-Origin-Embedder-Policy", "require-corp"}, goodSnippet},
	{"isolated-softly", []string{"Cross-Origin-Embedder-Policy", "credentialless"}, goodSnippet},
	{"opener", []string{"Cross-Origin-Opener-Policy", "same-origin", "X-Frame-Options", "DENY"}, goodSnippet},
	{"crossorigin", nil, `<script src="BEDSIDE/widget.js" data-site="clinic" crossorigin="anonymous" async></script>`},
	{"type", nil, `<script src="BEDSIDE/widget.js" data-site="clinic" type="text/template" async></script>`},
	{"unknown-site", nil, `<script src="BEDSIDE/widget.js" data-site="pets" async></script>`},
	{"twice", nil, goodSnippet + goodSnippet},
}

func (h *house) spoiltSite() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		here := strings.NewReplacer("BEDSIDE", "http://"+h.bedside)
		for _, s := range spoiltPages {
			if r.URL.Path != "/"+s.name {
				continue
			}
			for i := 0; i+1 < len(s.headers); i += 2 {
				w.Header().Add(s.headers[i], here.Replace(s.headers[i+1]))
			}
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			page := `<!doctype html><html lang="en"><head><title>A clinic</title></head><body><h1>A clinic</h1>` + s.snippet
			if s.name == "policy-in-head" {
				page = strings.Replace(page, "</head><body><h1>A clinic</h1>", "", 1)
			}
			_, _ = io.WriteString(w, here.Replace(page))
			return
		}
		http.NotFound(w, r)
	})
}

// What check-site calls broken is broken in a real browser, and what it lets pass
// works there.
func TestCheckSiteAgreesWithABrowser(t *testing.T) {
	t.Parallel() // one of the long ones
	h := &house{}
	h.pages = h.spoiltSite()
	h.serve(t, "")
	p := sit(t, "patient", look{width: 1000, height: 700})
	for _, s := range spoiltPages {
		t.Run(s.name, func(t *testing.T) {
			at := "http://" + h.clinic + "/" + s.name
			widget, camera := h.judged(t, at)
			p.open(at)
			seesWidget := p.getsWidget(h)
			require.Equal(t, seesWidget, widget, "the widget: the browser has it %v", seesWidget)
			if seesWidget {
				allowed, err := ask[bool](p, h.bedside, `["camera", "microphone"].every((f) => document.featurePolicy.allowsFeature(f))`)
				require.NoError(t, err)
				require.Equal(t, allowed, camera, "the camera: the browser gives it %v", allowed)
			}
		})
	}
}

// judged is what check-site says of a page.
func (h *house) judged(t *testing.T, at string) (widget, camera bool) {
	t.Helper()
	out, _ := exec.Command(program, "check-site", at, "--bedside", "http://"+h.bedside, "--format", "json").Output()
	var said struct {
		OK       bool
		Findings []struct{ Code, Breaks string }
	}
	require.NoError(t, json.Unmarshal(out, &said), "%s", out)
	widget, camera = true, true
	for _, f := range said.Findings {
		widget = widget && f.Breaks != "widget"
		camera = camera && f.Breaks == ""
	}
	require.Equal(t, said.OK, widget && camera)
	return widget, camera
}

// getsWidget presses where the button should be, and says whether the chat opens.
func (p *person) getsWidget(h *house) bool {
	p.t.Helper()
	p.until(h.clinic, "the page is whole", `document.readyState === "complete"`)
	there, err := ask[bool](p, h.clinic, `document.querySelector("bedside-widget") !== null`)
	require.NoError(p.t, err)
	if !there {
		return false
	}
	require.NoError(p.t, chromedp.Do(p.ctx, chromedp.MouseClickXY(950, 650)))
	for end := time.Now().Add(4 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if open, err := ask[bool](p, h.bedside, visible(".composer")); err == nil && open {
			return true
		}
	}
	return false
}
