package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/tls"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/stretchr/testify/require"
)

// person is a scripted patient or doctor over real sockets, who knows nothing
// of Bedside but the wire.
type person struct {
	t      *testing.T
	base   string // http://localhost:PORT
	ticket string // a patient's
	id     string // of the conversation
	http   *http.Client
	tls    *tls.Config // whom an https address is trusted by
	socket *websocket.Conn
	frames []frame // read and not yet asked for
}

// frame is what matters to us of any frame or entry.
type frame struct {
	Type         string    `json:"type"`
	Conversation string    `json:"conversation"`
	Key          string    `json:"key"`
	Code         string    `json:"code"`
	Seq          uint64    `json:"seq"`
	Prev         uint64    `json:"prev"`
	Kind         string    `json:"kind"`
	Call         string    `json:"call"`
	WebURL       string    `json:"web_url"`
	ExpiresAt    time.Time `json:"expires_at"`
	Deeplinks    struct{ Default string }
	Body         json.RawMessage `json:"body"`
}

// body is what matters of an entry's body.
type body struct {
	Step    string
	Type    string
	Text    string
	Call    string
	Options []struct{ ID, Text string }
}

func (f frame) body(t *testing.T) body {
	t.Helper()
	var b body
	require.NoError(t, json.Unmarshal(f.Body, &b))
	return b
}

func newPerson(t *testing.T, base string) *person {
	t.Helper()
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	return &person{t: t, base: base, http: &http.Client{Jar: jar, Timeout: 20 * time.Second}}
}

func newKey() string { return rand.Text() }

func newTicket() string {
	raw := make([]byte, 32)
	_, _ = rand.Read(raw) // never fails
	return base64.RawURLEncoding.EncodeToString(raw)
}

// call asks for one thing and reads the answer into out; it returns the status.
func (p *person) call(method, path string, in, out any) int {
	p.t.Helper()
	var reader io.Reader
	if in != nil {
		text, err := json.Marshal(in)
		require.NoError(p.t, err)
		reader = bytes.NewReader(text)
	}
	req, err := http.NewRequestWithContext(p.t.Context(), method, p.base+path, reader)
	require.NoError(p.t, err)
	if in != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if p.ticket != "" {
		req.Header.Set("Authorization", "Bearer "+p.ticket)
	}
	resp, err := p.http.Do(req)
	require.NoError(p.t, err)
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	require.NoError(p.t, err)
	if out != nil && resp.StatusCode < 300 {
		require.NoError(p.t, json.Unmarshal(text, out), "%s %s: %s", method, path, text)
	}
	if resp.StatusCode >= 300 {
		p.t.Logf("%s %s: %d %s", method, path, resp.StatusCode, text)
	}
	return resp.StatusCode
}

// fields are a JSON object to send.
type fields = map[string]any

// start begins a conversation as a patient.
func (p *person) start() {
	p.t.Helper()
	p.ticket = newTicket()
	var began struct{ Conversation string }
	require.Equal(p.t, http.StatusCreated, p.call("POST", "/api/v1/conversations", fields{"key": newKey(), "language": "en"}, &began))
	require.NotEmpty(p.t, began.Conversation)
	p.id = began.Conversation
}

// signIn begins a doctor's session.
func (p *person) signIn(login, password string) {
	p.t.Helper()
	require.Equal(p.t, http.StatusNoContent, p.call("POST", "/api/v1/session", fields{"login": login, "password": password}, nil))
}

// do gives a command and wants it done.
func (p *person) do(command fields) uint64 {
	p.t.Helper()
	if command["key"] == nil {
		command["key"] = newKey()
	}
	var done struct{ Seq uint64 }
	status := p.call("POST", "/api/v1/conversations/"+p.id+"/commands", command, &done)
	require.Equal(p.t, http.StatusOK, status, "%v", command)
	return done.Seq
}

// entries are all entries after one, long-polled for a moment if there are none.
func (p *person) entries(after uint64, wait int) []frame {
	p.t.Helper()
	var page struct{ Entries []frame }
	path := "/api/v1/conversations/" + p.id + "/entries?after=" + strconv.FormatUint(after, 10)
	if wait > 0 {
		path += "&wait=" + strconv.Itoa(wait)
	}
	require.Equal(p.t, http.StatusOK, p.call("GET", path, nil, &page))
	return page.Entries
}

// await gives the first entry of a kind, from the journal's beginning.
func (p *person) await(kind string) frame {
	p.t.Helper()
	var last uint64
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); {
		for _, e := range p.entries(last, 5) {
			if e.Kind == kind {
				return e
			}
			last = e.Seq
		}
	}
	p.t.Fatalf("no %s within 20 s", kind)
	return frame{}
}

// answerAll answers whatever the bot asks, until the hand-over.
func (p *person) answerAll() {
	p.t.Helper()
	var last uint64
	for range 40 {
		var asked *frame
		for _, e := range p.entries(last, 5) {
			last = e.Seq
			switch e.Kind {
			case "bot.asked":
				asked = &e
			case "queue.joined":
				return
			}
		}
		if asked != nil {
			p.answer(asked.body(p.t))
		}
	}
	p.t.Fatal("the bot never handed over")
}

func (p *person) answer(b body) {
	p.t.Helper()
	switch {
	case len(b.Options) > 0:
		p.do(fields{"do": "choose", "step": b.Step, "option": b.Options[0].ID})
	case b.Type == "yes_no":
		p.do(fields{"do": "choose", "step": b.Step, "option": "yes"})
	default:
		p.do(fields{"do": "send", "text": "Maria"})
	}
}

// connect opens the socket and says hello.
func (p *person) connect() {
	p.t.Helper()
	header := http.Header{}
	if p.ticket == "" {
		req, err := http.NewRequest("GET", p.base, nil)
		require.NoError(p.t, err)
		for _, c := range p.http.Jar.Cookies(req.URL) {
			header.Add("Cookie", c.String())
		}
		header.Set("Origin", p.base)
	}
	dialer := websocket.Dialer{Subprotocols: []string{"bedside.v1"}, HandshakeTimeout: 5 * time.Second, TLSClientConfig: p.tls}
	socket, resp, err := dialer.Dial("ws"+strings.TrimPrefix(p.base, "http")+"/api/v1/socket", header)
	require.NoError(p.t, err)
	resp.Body.Close()
	p.socket = socket
	p.t.Cleanup(func() { socket.Close() })
	hello := fields{"type": "hello"}
	if p.ticket != "" {
		hello["ticket"] = p.ticket
	}
	p.send(hello)
	p.frame("welcome", "")
}

func (p *person) send(frame fields) {
	p.t.Helper()
	require.NoError(p.t, p.socket.SetWriteDeadline(time.Now().Add(5*time.Second)))
	require.NoError(p.t, p.socket.WriteJSON(frame))
}

// frame reads until there is one of this type and, for entries, kind.
func (p *person) frame(typ, kind string) frame {
	p.t.Helper()
	for i, f := range p.frames {
		if f.Type == typ && (kind == "" || f.Kind == kind) {
			p.frames = append(p.frames[:i], p.frames[i+1:]...)
			return f
		}
	}
	require.NoError(p.t, p.socket.SetReadDeadline(time.Now().Add(20*time.Second)))
	for {
		var f frame
		require.NoError(p.t, p.socket.ReadJSON(&f), "waiting for %s %s", typ, kind)
		if f.Type == typ && (kind == "" || f.Kind == kind) {
			return f
		}
		p.frames = append(p.frames, f)
	}
}

// usable wants a guest link that TrueConf lets in.
func usable(t *testing.T, link string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, "GET", link, nil)
	require.NoError(t, err)
	resp, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer resp.Body.Close()
	require.Equal(t, http.StatusOK, resp.StatusCode)
	require.Contains(t, link, "/webrtc/")
}
