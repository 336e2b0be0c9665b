package notifytest

import (
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"bedside/bot/notify"
)

// Gateway takes text messages.
type Gateway struct {
	URL string

	mu     sync.Mutex
	answer func(n int) int // a status for the n-th request, from 1; 0 breaks the connection off
	says   string          // the body of every answer
	taken  []Request
}

// Request is one request that a gateway has read whole.
type Request struct {
	Method string
	Query  string
	Header http.Header
	Body   string
}

// NewGateway begins to listen, until the test ends.
func NewGateway(t testing.TB) *Gateway {
	g := &Gateway{}
	s := httptest.NewServer(http.HandlerFunc(g.serve))
	t.Cleanup(s.Close)
	g.URL = s.URL + "/send"
	return g
}

// Answer says how requests are answered from here on; nil is 200.
func (g *Gateway) Answer(f func(n int) int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.answer = f
}

// Say is the body of answers from here on.
func (g *Gateway) Say(body string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.says = body
}

// Taken are the requests so far.
func (g *Gateway) Taken() []Request {
	g.mu.Lock()
	defer g.mu.Unlock()
	return append([]Request{}, g.taken...)
}

func (g *Gateway) serve(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body) // a broken body is an empty one
	g.mu.Lock()
	g.taken = append(g.taken, Request{r.Method, r.URL.RawQuery, r.Header.Clone(), string(body)})
	n, answer, says := len(g.taken), g.answer, g.says
	g.mu.Unlock()
	status := http.StatusOK
	if answer != nil {
		status = answer(n)
	}
	if status == 0 {
		panic(http.ErrAbortHandler)
	}
	w.WriteHeader(status)
	_, _ = io.WriteString(w, says) // a client that leaves has its status
}

// Sender sends by this gateway, with a secret in a header.
func (g *Gateway) Sender(t testing.TB, secret string) *notify.Gateway {
	t.Helper()
	s, err := notify.NewGateway(notify.GatewayConfig{
		URL: g.URL, Body: `{"to": "{{.Phone}}", "text": "{{.Text}}", "id": "{{.Key}}"}`,
		Headers: []notify.Header{{Name: "Authorization", Value: "Bearer {{.Secret}}"}}, Secret: secret,
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}
