package trueconf

import (
	"encoding/pem"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestConfigurationsThatAreRefused(t *testing.T) {
	good := Config{URL: "https://v.example", ClientID: "id", ClientSecret: "very-secret"}
	for name, change := range map[string]func(*Config){
		"no URL":                 func(c *Config) { c.URL = "" },
		"no scheme":              func(c *Config) { c.URL = "v.example" },
		"http elsewhere":         func(c *Config) { c.URL = "http://v.example" },
		"http to a look-alike":   func(c *Config) { c.URL = "http://localhost.evil.example" },
		"another scheme":         func(c *Config) { c.URL = "ftp://v.example" },
		"a path":                 func(c *Config) { c.URL = "https://v.example/api" },
		"a user":                 func(c *Config) { c.URL = "https://me@v.example" },
		"a query":                func(c *Config) { c.URL = "https://v.example?x" },
		"no credentials":         func(c *Config) { c.ClientID, c.ClientSecret = "", "" },
		"half an OAuth client":   func(c *Config) { c.ClientSecret = "" },
		"both credentials":       func(c *Config) { c.SecretKey = "k" },
		"broken secret key":      func(c *Config) { c.ClientID, c.ClientSecret, c.SecretKey = "", "", "very-secret\n" },
		"version 4":              func(c *Config) { c.APIVersion = "v4" },
		"a version with a path":  func(c *Config) { c.APIVersion = "v3.1/../x" },
		"negative timeout":       func(c *Config) { c.Timeout = -1 },
		"public URL with a path": func(c *Config) { c.PublicURLs = []string{"https://o.example/x"} },
		"public URL by http":     func(c *Config) { c.PublicURLs = []string{"http://o.example"} },
		"http behind https":      func(c *Config) { c.PublicURLs = []string{"http://localhost"} },
		"missing CA file":        func(c *Config) { c.CAFile = "/no/such/file.pem" },
		"empty CA file":          func(c *Config) { c.CAFile = os.DevNull },
		"CA file and transport":  func(c *Config) { c.CAFile, c.Transport = "x", http.DefaultTransport },
	} {
		t.Run(name, func(t *testing.T) {
			config := good
			change(&config)
			_, err := New(config)
			e := asError(t, err)
			require.Equal(t, Invalid, e.Kind)
			require.NotEmpty(t, e.Cure)
			require.NotContains(t, err.Error(), "very-secret")
		})
	}
}

func TestLoopbackMayBePlain(t *testing.T) {
	for _, address := range []string{"http://127.0.0.1:1", "http://127.3.2.1", "http://localhost:80/", "http://trueconf.localhost:9", "http://[::1]:9"} {
		_, err := New(Config{URL: address, SecretKey: "k"})
		require.NoError(t, err, address)
	}
}

func TestWhatCarriesSecretsPrintsMasked(t *testing.T) {
	for _, v := range []any{
		Config{URL: "https://v.example", ClientID: "sesame", ClientSecret: "sesame", SecretKey: "sesame"},
		Conference{ID: "sesame", Topic: "sesame", Owner: "sesame", URL: "https://v/c/sesame"},
		Participant{ID: "sesame", Name: "sesame"},
		JoinLink{WebURL: "sesame", GuestLogin: "sesame", Deeplinks: Deeplinks{Default: "sesame"}},
		GuestWithID("sesame", "sesame"), GuestNamed("sesame"),
	} {
		var log strings.Builder
		slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "value", v)
		for _, text := range []string{fmt.Sprintf("%v|%+v|%#v|%s", v, v, v, v), log.String()} {
			require.NotContains(t, text, "sesame", "%T", v)
			require.Contains(t, text, hidden)
		}
	}
}

func tlsServer(t *testing.T) *httptest.Server {
	t.Helper()
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		reply(w, 200, `{"product":{"name":"TrueConf Server","version":"5.5.5.10009"}}`)
	}))
	s.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, 0)
	s.StartTLS()
	t.Cleanup(s.Close)
	return s
}

func TestCertificatesAreChecked(t *testing.T) {
	s := tlsServer(t)
	file := filepath.Join(t.TempDir(), "ca.pem")
	require.NoError(t, os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw}), 0o600))

	ask := func(config Config) error {
		config.SecretKey = "k"
		c, err := New(config)
		require.NoError(t, err)
		defer c.Close()
		_, err = c.Server(ctx)
		return err
	}
	require.NoError(t, ask(Config{URL: s.URL, CAFile: file}))

	e := asError(t, ask(Config{URL: s.URL}))
	require.Equal(t, TLS, e.Kind)
	require.Contains(t, e.Cure, "CAFile")

	port := s.URL[strings.LastIndex(s.URL, ":"):]
	e = asError(t, ask(Config{URL: "https://localhost" + port, CAFile: file}))
	require.Equal(t, TLS, e.Kind)
	require.Contains(t, e.Cure, "host name")
}

func TestPlainPortBehindHTTPS(t *testing.T) {
	s := httptest.NewServer(http.NotFoundHandler())
	defer s.Close()
	c, err := New(Config{URL: strings.Replace(s.URL, "http:", "https:", 1), SecretKey: "k"})
	require.NoError(t, err)
	_, err = c.Server(ctx)
	require.Equal(t, TLS, KindOf(err))
}

func TestNobodyListens(t *testing.T) {
	s := httptest.NewServer(http.NotFoundHandler())
	s.Close()
	c, err := New(Config{URL: s.URL, SecretKey: "k", Timeout: 5 * time.Second})
	require.NoError(t, err)
	_, err = c.Conference(ctx, testID)
	e := asError(t, err)
	require.Equal(t, Unreachable, e.Kind)
	require.Contains(t, e.Error(), "refused")
	require.NotContains(t, e.Error(), testID)
}

func TestServerTellsItsVersion(t *testing.T) {
	f := newFake()
	f.answer("GET /api/v4/server", 200, `{"product":{"display_name":"abc.trueconf.name","id":1,"name":"TrueConf Server","version":"5.5.5.10009","platform":"linux"},"links":{"site_url":"https:\/\/v.example"},"web_config":{"url":"https:\/\/v.example\/"}}`)
	info, err := f.client(t).Server(ctx)
	require.NoError(t, err)
	require.Equal(t, ServerInfo{Product: "TrueConf Server", Version: "5.5.5.10009", Platform: "linux", Name: "abc.trueconf.name", SiteURL: "https://v.example", WebURL: "https://v.example/"}, info)
	require.Equal(t, []string{"GET /api/v4/server"}, f.requests(), "no token is fetched")
}

func TestOlderServerDoesNotTell(t *testing.T) {
	f := newFake()
	_, err := f.client(t).Server(ctx)
	require.Equal(t, 404, asError(t, err).Status)
	f.answer("GET /api/v4/server", 200, `{"hello":"world"}`)
	_, err = f.client(t).Server(ctx)
	require.Equal(t, Unexpected, KindOf(err))
}
