//go:build browser

package e2e

import (
	"encoding/json"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"bedside/web/ui"
	"bedside/web/wire"
)

// A theatre serves the pages alone, without a clinic behind them: what a socket
// would bring is played into them, so that every state of a conversation can be
// seen within a moment, and what is pressed is heard.
type theatre struct {
	t        *testing.T
	host     string
	commands chan wire.Command // that were given at once, outside the socket
	also     *http.ServeMux    // what else the server answers
}

// fact is one entry of a journal that is played.
type fact struct {
	kind, by string
	body     map[string]any
}

// stage is the socket of a page that is played; window.play brings what comes
// later, and window.sent holds the commands that were given.
const stage = `
window.sent = [];
window.line = null;
window.WebSocket = class {
  constructor() { this.readyState = 1; window.line = this; setTimeout(() => this.onopen && this.onopen()); }
  say(frame) { setTimeout(() => this.onmessage && this.onmessage({ data: JSON.stringify(frame) })); }
  close() {}
  send(text) {
    const f = JSON.parse(text), journal = window.journal;
    if (f.type === "hello") {
      this.say({ type: "welcome", role: journal.role, beat_seconds: 25, at: new Date().toISOString() });
      if (journal.heads) this.say({ type: "heads", all: true, heads: journal.heads });
      if (journal.role !== "patient") this.say({ type: "video", up: true });
    }
    if (f.type === "open") {
      journal.entries.forEach((e) => this.say({ type: "entry", conversation: f.conversation, ...e }));
      this.say({ type: "caught_up", conversation: f.conversation, last: journal.entries.length });
    }
    if (f.type === "command") {
      window.sent.push(f);
      this.say({ type: "ack", conversation: f.conversation, key: f.key, seq: journal.entries.length + 1 });
    }
  }
};
window.WebSocket.OPEN = 1;
window.play = (entries) => {
  window.journal.entries.push(...entries);
  entries.forEach((e) => window.line.say({ type: "entry", conversation: "c1", ...e }));
};
`

// newTheatre opens one; its clinic has two numbers.
func newTheatre(t *testing.T, with ...func(*wire.Page)) *theatre {
	t.Helper()
	assets := ui.Assets()
	config := wire.Page{
		Site: "clinic", Title: "Harbour Clinic", Titles: map[string]string{"en": "Harbour Clinic", "ru": "Клиника «Гавань»"},
		Phone: "+1 555 0100", Emergency: "112", TrueConf: []string{}, How: "page",
		Departments: []wire.Department{
			{ID: "gp", Title: map[string]string{"en": "general practitioner", "ru": "терапевт"}},
			{ID: "duty", Title: map[string]string{"en": "doctor on duty", "ru": "дежурный врач"}},
		},
	}
	for _, set := range with {
		set(&config)
	}
	commands := make(chan wire.Command, 16)
	show := func(p ui.Page) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			doc, err := ui.Render(p, config)
			if err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
				return
			}
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = w.Write(doc)
		}
	}
	data := func(status int, v any) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(status)
			_ = json.NewEncoder(w).Encode(v)
		}
	}
	mux := http.NewServeMux()
	also := http.NewServeMux()
	mux.Handle("/api/v1/", also)
	mux.Handle("/ui/", assets)
	mux.Handle("/widget/", show(ui.Widget))
	mux.Handle("/console/", show(ui.Console))
	mux.Handle("POST /api/v1/conversations", data(http.StatusCreated, wire.Started{Conversation: "c1", Entries: []wire.Entry{}}))
	mux.Handle("GET /api/v1/session", data(http.StatusOK, wire.Session{Login: "doctor1", Name: "Doctor One", Role: "doctor", Departments: []string{"gp", "duty"}}))
	mux.Handle("GET /api/v1/health", data(http.StatusOK, wire.Health{Video: wire.Video{Up: true}}))
	mux.HandleFunc("POST /api/v1/conversations/c1/commands", func(w http.ResponseWriter, r *http.Request) {
		var c wire.Command
		if err := json.NewDecoder(r.Body).Decode(&c); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		commands <- c
		data(http.StatusOK, wire.Commanded{})(w, r)
	})
	mux.Handle("POST /api/v1/conversations/c1/elsewhere", data(http.StatusCreated, wire.Elsewhere{
		Link: "http://localhost/widget/?site=clinic#go-on=secret", ExpiresAt: time.Now().Add(10 * time.Minute), QR: []string{"101", "010", "101"},
	}))
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	_, port, err := net.SplitHostPort(s.Listener.Addr().String())
	require.NoError(t, err)
	return &theatre{t: t, host: "bedside.localhost:" + port, commands: commands, also: also}
}

// answers has the server answer a call of the wire.
func (th *theatre) answers(call string, with any) {
	th.also.HandleFunc(call, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(with)
	})
}

// entries numbers facts from a sequence on, a minute apart and until just now.
func entries(after int, facts []fact) []map[string]any {
	out := make([]map[string]any, len(facts))
	for i, f := range facts {
		body := f.body
		if body == nil {
			body = map[string]any{}
		}
		seq := after + i + 1
		by := map[string]any{"role": f.by}
		if f.by == "doctor" {
			by["name"] = "Doctor One"
		}
		out[i] = map[string]any{
			"seq": seq, "prev": seq - 1, "kind": f.kind, "by": by, "body": body,
			"at": time.Now().Add(time.Duration(i-len(facts)) * time.Minute / 2).UTC().Format(time.RFC3339),
		}
	}
	return out
}

// sets has a person's next pages played by a journal.
func (th *theatre) sets(p *person, journal map[string]any) (over func()) {
	th.t.Helper()
	text, err := json.Marshal(journal)
	require.NoError(th.t, err)
	id, err := chromedp.Call(p.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
		Source: "window.journal = " + string(text) + ";" + stage,
	})
	require.NoError(th.t, err)
	return func() {
		_, err := chromedp.Call(p.ctx, page.RemoveScriptToEvaluateOnNewDocument, page.RemoveScriptToEvaluateOnNewDocumentParams(id))
		require.NoError(th.t, err)
	}
}

// panel opens the patient's page with a journal in it.
func (th *theatre) panel(p *person, language string, facts ...fact) {
	th.t.Helper()
	over := th.sets(p, map[string]any{"role": "patient", "entries": entries(0, append([]fact{{"conversation.started", "patient", map[string]any{"language": language}}}, facts...))})
	defer over()
	p.open("http://" + th.host + "/widget/?site=clinic&language=" + language)
	p.until(th.host, "the journal is there", `document.querySelector("[data-phase]")?.dataset.phase`)
}

// console opens the doctor's page with heads in its lists, and one journal.
func (th *theatre) console(p *person, language string, heads []map[string]any, facts ...fact) {
	th.t.Helper()
	over := th.sets(p, map[string]any{"role": "doctor", "heads": heads, "entries": entries(0, facts)})
	defer over()
	p.open("http://" + th.host + "/console/")
	p.sees(th.host, ".lists")
	if language == "ru" {
		p.press(th.host, ".me > summary")
		p.press(th.host, `.me input[value="ru"]`)
		p.until(th.host, "it is in Russian", `document.documentElement.lang === "ru"`)
		if open, err := ask[bool](p, th.host, `document.querySelector(".me").open === true`); err == nil && open {
			p.press(th.host, ".me > summary")
		}
	}
}

// plays brings further entries.
func (th *theatre) plays(p *person, facts ...fact) {
	th.t.Helper()
	n, err := ask[int](p, th.host, `window.journal.entries.length`)
	require.NoError(th.t, err)
	text, err := json.Marshal(entries(n, facts))
	require.NoError(th.t, err)
	_, err = ask[bool](p, th.host, `(window.play(`+string(text)+`), true)`)
	require.NoError(th.t, err)
}

// sent waits for the command that was given last, without its key.
func (th *theatre) sent(p *person, want string) {
	th.t.Helper()
	p.until(th.host, "gives "+want, `((f) => f && (() => { const { key, type, conversation, ...rest } = f; return JSON.stringify(rest) === `+quote(want)+` })())(window.sent[window.sent.length - 1])`)
}

// document is a consent's text as the flow's test data has it.
func document(t *testing.T, language string) string {
	t.Helper()
	text, err := os.ReadFile("../../flows/testdata/reference/consents/privacy." + language + ".md")
	require.NoError(t, err)
	return strings.TrimSpace(string(text))
}
