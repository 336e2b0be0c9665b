package trueconf

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	testID     = "bs_demo_k3v9q2x7m4n8p1r6t5w0"
	testClient = "0123456789abcdef0123456789abcdef01234567"
	testSecret = "fedcba9876543210fedcba9876543210fedcba98"
	testToken  = "a1b2c3d4e5f60718293a4b5c6d7e8f9001122334"
)

// inProcess is a transport that hands requests to a handler without a net.
type inProcess struct{ http.Handler }

func (p inProcess) RoundTrip(r *http.Request) (*http.Response, error) {
	answered := make(chan *http.Response, 1)
	go func() {
		rec := httptest.NewRecorder()
		p.ServeHTTP(rec, r)
		resp := rec.Result()
		resp.Request = r
		answered <- resp
	}()
	select {
	case resp := <-answered:
		return resp, nil
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
}

// fake is a server made of one handler a path; the token endpoint is there
// already. It counts what is asked.
type fake struct {
	mux   *http.ServeMux
	asked chan string
}

func newFake() *fake {
	f := &fake{mux: http.NewServeMux(), asked: make(chan string, 1000)}
	f.answer("POST /oauth2/v1/token", 200, `{"access_token":"`+testToken+`","expires_in":604800,"token_type":"Bearer","scope":"conferences"}`)
	return f
}

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.asked <- r.Method + " " + r.URL.Path
	f.mux.ServeHTTP(w, r)
}

func (f *fake) requests() []string {
	var all []string
	for {
		select {
		case line := <-f.asked:
			all = append(all, line)
		default:
			return all
		}
	}
}

func (f *fake) answer(pattern string, status int, body string) {
	f.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) { reply(w, status, body) })
}

func reply(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body)
}

func fault(status int, reason, message, location string) string {
	return `{"error":{"code":` + strconv.Itoa(status) + `,"message":"x","errors":[{"reason":"` + reason + `","message":"` + message + `","locationType":"path","location":"` + location + `"}]}}`
}

func (f *fake) client(t *testing.T, change ...func(*Config)) *Client {
	t.Helper()
	config := Config{URL: "https://v.example", ClientID: testClient, ClientSecret: testSecret, Transport: inProcess{f}}
	for _, c := range change {
		c(&config)
	}
	client, err := New(config)
	require.NoError(t, err)
	return client
}

func secretKey(key string) func(*Config) {
	return func(c *Config) { c.ClientID, c.ClientSecret, c.SecretKey = "", "", key }
}

// asError is err as the package's own type.
func asError(t *testing.T, err error) *Error {
	t.Helper()
	var e *Error
	require.ErrorAs(t, err, &e)
	return e
}

var ctx = context.Background()

func query(r *http.Request) url.Values { return r.URL.Query() }
