package standin_test

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/trueconf/standin"
)

const (
	testID     = "c0ffee"
	testSecret = "s3cret"
)

// api is a client that knows the API reference and nothing of this package.
type api struct {
	t       *testing.T
	base    string
	version string
	token   string
	srv     *standin.Server
	logged  *bytes.Buffer
}

func serve(t *testing.T, o standin.Options) *api {
	t.Helper()
	o.ClientID, o.ClientSecret = testID, testSecret
	a := &api{t: t, version: "v3.11", logged: &bytes.Buffer{}}
	if o.Log == nil {
		o.Log = slog.New(slog.NewTextHandler(&guarded{to: a.logged}, nil))
	}
	a.srv = standin.New(o)
	ts := httptest.NewServer(a.srv)
	a.base = ts.URL
	t.Cleanup(func() {
		require.NoError(t, a.srv.Close())
		ts.Close()
	})
	return a
}

func (a *api) login() *api {
	a.t.Helper()
	res, err := http.PostForm(a.base+"/oauth2/v1/token", url.Values{
		"grant_type": {"client_credentials"}, "client_id": {testID}, "client_secret": {testSecret},
	})
	require.NoError(a.t, err)
	status, body := read(a.t, res)
	require.Equal(a.t, 200, status, body)
	a.token = get(a.t, body, "access_token").(string)
	return a
}

// raw makes one call and returns status and body as they came.
func (a *api) raw(method, path, body string) (int, string) {
	a.t.Helper()
	req, err := http.NewRequest(method, a.base+"/api/"+a.version+path, strings.NewReader(body))
	require.NoError(a.t, err)
	if a.token != "" {
		req.Header.Set("Authorization", "Bearer "+a.token)
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	res, err := http.DefaultClient.Do(req)
	require.NoError(a.t, err)
	return read(a.t, res)
}

// do is raw for a call that must succeed.
func (a *api) do(method, path, body string) string {
	a.t.Helper()
	status, got := a.raw(method, path, body)
	require.Equal(a.t, 200, status, got)
	return got
}

// room creates a running room for two and returns its id.
func (a *api) room(extra string) string {
	a.t.Helper()
	got := a.do("POST", "/conferences", `{"topic":"Consultation","owner":"doctor1","type":0,"max_participants":2,
		"allow_guests":true,"schedule":{"type":-1},"state":"running"`+extra+`}`)
	return get(a.t, got, "conference", "id").(string)
}

// link mints a guest link.
func (a *api) link(room, user string) string {
	a.t.Helper()
	got := a.clients(room, user)
	for _, c := range get(a.t, got, "clients").([]any) {
		if c := c.(map[string]any); c["type"] == "web" && c["platform"] == "webrtc" {
			return c["web_url"].(string)
		}
	}
	a.t.Fatalf("no web client in %s", got)
	return ""
}

func (a *api) clients(room, user string) string {
	a.t.Helper()
	q := url.Values{"call_id": {room}, "case": {"join_conference_button"}, "user": {user}, "lang": {"en"}}
	return a.do("GET", "/software/clients?"+q.Encode(), "")
}

func read(t *testing.T, res *http.Response) (int, string) {
	t.Helper()
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	return res.StatusCode, string(raw)
}

// get walks into a JSON text by keys and indices.
func get(t *testing.T, text string, path ...any) any {
	t.Helper()
	var v any
	require.NoError(t, json.Unmarshal([]byte(text), &v), text)
	for _, step := range path {
		switch step := step.(type) {
		case string:
			require.IsType(t, map[string]any{}, v, text)
			require.Contains(t, v, step, text)
			v = v.(map[string]any)[step]
		case int:
			require.Greater(t, len(v.([]any)), step, text)
			v = v.([]any)[step]
		}
	}
	return v
}

func reason(t *testing.T, text string) any {
	t.Helper()
	return get(t, text, "error", "errors", 0, "reason")
}
