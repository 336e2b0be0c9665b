package badluck_test

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"sync"
	"testing"

	"bedside/trueconf/standin"
)

const (
	origin       = "http://trueconf.localhost:8093"
	clientID     = "bedside-client"
	clientSecret = "the-client-secret-that-nobody-may-read"
)

// video is a TrueConf Server for one or more clinics, and all that must never
// leave it.
type video struct {
	*standin.Server
	calls   sync.WaitGroup // requests under way, also those whose client has left
	secrets secrets

	mu   sync.Mutex
	look []func([]standin.Room) // told of all rooms after every request
}

func newVideo(t *testing.T, log *slog.Logger) *video {
	t.Helper()
	return &video{Server: standin.New(standin.Options{
		ClientID: clientID, ClientSecret: clientSecret, PublicURL: origin, GuestSeats: 4, Log: log,
	})}
}

// trouble is what befalls requests from now on; none ends all trouble.
func (v *video) trouble(all ...standin.Trouble) {
	v.SetSwitches(func(w *standin.Switches) { w.Troubles = all })
}

// secretive are the calls whose answers hold tokens.
var secretive = regexp.MustCompile(`/(token|clients)$`)

var tokens = regexp.MustCompile(`\$2([0-9a-f]{32})\*\d+\*([0-9a-f]{32})|"access_token":"([0-9a-f]+)"`)

// serve answers one request and looks at the world after it. A broken connection
// is what it is on a network: an error, or a body that ends too soon.
func (v *video) serve(in *http.Request) (answer *http.Response, err error) {
	rec := httptest.NewRecorder()
	defer func() {
		if secretive.MatchString(in.URL.Path) {
			for _, found := range tokens.FindAllStringSubmatch(rec.Body.String(), -1) {
				for _, secret := range found[1:] {
					v.secrets.learn("token", secret)
				}
			}
		}
		v.inspect()
	}()
	defer func() {
		switch broken := recover(); {
		case broken == nil:
		case broken != any(http.ErrAbortHandler):
			panic(broken)
		case rec.Body.Len() == 0:
			answer, err = nil, errors.New("the connection was closed")
		default:
			answer, err = rec.Result(), nil
			answer.Body = io.NopCloser(io.MultiReader(bytes.NewReader(rec.Body.Bytes()), cut{}))
		}
	}()
	v.ServeHTTP(rec, in)
	return rec.Result(), nil
}

func (v *video) inspect() {
	v.mu.Lock()
	defer v.mu.Unlock()
	all := v.Rooms()
	for _, room := range all {
		v.secrets.learn("room id", room.ID)
	}
	for _, look := range v.look {
		look(all)
	}
}

func (v *video) watchedBy(look func([]standin.Room)) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.look = append(v.look, look)
}

// cut is where a body breaks off.
type cut struct{}

func (cut) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// line carries the requests of one process to the server without a network, so
// that the bubble's clock goes on. The server finishes what it has begun when the
// client hangs up; a process that has died asks nothing and hears nothing.
type line struct {
	to   *video
	life *life
}

func (l line) RoundTrip(r *http.Request) (*http.Response, error) {
	if !l.life.asks() {
		return nil, errDead
	}
	in, err := carried(r)
	if err != nil {
		return nil, err
	}
	type result struct {
		answer *http.Response
		err    error
	}
	done := make(chan result, 1)
	l.to.calls.Go(func() {
		answer, err := l.to.serve(in)
		done <- result{answer, err}
	})
	select {
	case got := <-done:
		if !l.life.hears() {
			return nil, errDead
		}
		return got.answer, got.err
	case <-r.Context().Done():
		return nil, r.Context().Err()
	case <-l.life.dead():
		return nil, errDead
	}
}

var errDead = errors.New("the process is dead")

// carried is the request as the server gets it, free of the client's context.
func carried(r *http.Request) (*http.Request, error) {
	var body []byte
	if r.Body != nil {
		var err error
		if body, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
	}
	in := httptest.NewRequest(r.Method, r.URL.RequestURI(), bytes.NewReader(body))
	in.Header, in.Host = r.Header.Clone(), r.URL.Host
	return in, nil
}

// seats is how many guests the server takes at once.
func (v *video) seats(n int) {
	v.SetSwitches(func(w *standin.Switches) { w.GuestSeats = n })
}
