//go:build browser

package e2e

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// site is a clinic's website of a test's own: pages and scripts by path, under a
// policy that allows Bedside, the website's own scripts, and nothing inline.
type site map[string]string

// usual is the snippet as a clinic pastes it; BEDSIDE stands for the address.
const usual = `<script src="BEDSIDE/widget.js" data-site="clinic" data-phone="+1 555 0100" data-emergency="911" async></script>`

// around is a whole page around what a test puts into it.
func around(inside string) string {
	return `<!doctype html><html lang="en"><head><title>Clinic</title></head><body><h1>A clinic</h1><button id="own">Ask us</button>` + inside + `</body></html>`
}

func (s site) handler(h *house) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		at := "http://" + h.bedside
		if r.URL.Path == "/joined.js" { // an optimiser's file: ours among others, under another name
			joined(w, h)
			return
		}
		text, ok := s[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		kind := "text/html; charset=utf-8"
		if strings.HasSuffix(r.URL.Path, ".js") {
			kind = "text/javascript; charset=utf-8"
		}
		w.Header().Set("Content-Type", kind)
		policy := "default-src 'none'; script-src 'self' " + at + "; frame-src " + at
		if strings.HasPrefix(r.URL.Path, "/strict") {
			policy += "; require-trusted-types-for 'script'; trusted-types 'none'"
		}
		w.Header().Set("Content-Security-Policy", policy)
		fmt.Fprint(w, strings.ReplaceAll(text, "BEDSIDE", at))
	}
}

func joined(w http.ResponseWriter, h *house) {
	port := h.bedside[strings.LastIndex(h.bedside, ":"):]
	answer, err := http.Get("http://127.0.0.1" + port + "/widget.js")
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer answer.Body.Close()
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	fmt.Fprint(w, "var analytics = 1;\n")
	_, _ = io.Copy(w, answer.Body)
}

// showing serves a website, one page of which is /.
func showing(t *testing.T, s site) *house {
	t.Helper()
	h := &house{}
	h.pages = s.handler(h)
	h.serve(t, "")
	return h
}

// button is the launcher as a screen reader and a finger find it: scripts cannot
// look into its closed shadow root.
type button struct {
	name                     string
	left, top, width, height float64
}

// launcher waits for the launcher whose name is one that the test wants.
func (p *person) launcher(wanted func(name string) bool) button {
	p.t.Helper()
	var names []string
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		tree, err := chromedp.Call(p.ctx, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
		require.NoError(p.t, err)
		names = nil
		for _, n := range tree.Nodes {
			if n.Ignored || n.Role == nil || n.Name == nil || !strings.Contains(string(n.Role.Value), "button") {
				continue
			}
			var name string
			require.NoError(p.t, json.Unmarshal([]byte(n.Name.Value), &name))
			if names = append(names, name); wanted(name) {
				return p.measured(n, name)
			}
		}
	}
	require.FailNow(p.t, "no such launcher", "%v", names)
	return button{}
}

func (p *person) measured(n *accessibility.Node, name string) button {
	p.t.Helper()
	model, err := chromedp.Call(p.ctx, dom.GetBoxModel, dom.GetBoxModelParams{BackendNodeID: n.BackendDOMNodeID})
	if err != nil || model.Model == nil {
		return button{name: name}
	}
	b := model.Model.Border
	return button{name: name, left: b[0], top: b[1], width: b[2] - b[0], height: b[5] - b[1]}
}

// named wants one name.
func named(name string) func(string) bool { return func(n string) bool { return n == name } }

const closedName = "Chat with the clinic"

// onPage runs something in the clinic's page.
func (p *person) onPage(h *house, script string) {
	p.t.Helper()
	_, err := ask[bool](p, h.clinic, `((() => { `+script+` })(), true)`)
	require.NoError(p.t, err)
}

// listens notes every event that the widget tells the page.
const listens = `window.heard = []; for (const e of ["ready", "open", "close", "message", "unread", "conversation", "queue", "call", "error"]) Bedside("on", e, (d) => heard.push(e + " " + JSON.stringify(d)));`

// learns waits until the page has been told something.
func (p *person) learns(h *house, event string) {
	p.t.Helper()
	p.until(h.clinic, "the page is told "+event, `window.heard.includes(`+quote(event)+`)`)
}

// clicks presses a button of the launcher by the mouse.
func (p *person) clicks(b button) {
	p.t.Helper()
	require.NoError(p.t, chromedp.Do(p.ctx, chromedp.MouseClickXY(b.left+b.width/2, b.top+b.height/2)))
}
