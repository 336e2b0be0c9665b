package check_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/netip"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot/engine"
	"bedside/cmd/bedside/check"
	"bedside/cmd/bedside/config"
	"bedside/flows"
	"bedside/store/storetest"
	"bedside/web"
)

// door is a Bedside that runs, and the reverse proxy before it. Both have
// addresses of their own on this machine, as two machines would.
type door struct {
	web     *web.Server
	proxy   *httputil.ReverseProxy
	before  func(http.ResponseWriter, *http.Request) bool // true: answered already
	host    string                                        // of the certificate
	until   time.Duration
	listen  string // Bedside's own address
	alone   bool   // it is the public one
	trusted []netip.Prefix
	from    []netip.Prefix // who may read the metrics
}

const proxyAddress = "127.0.0.2"

// running puts a Bedside behind a proxy into a town.
func running(change ...func(*door)) func(*town) {
	return func(w *town) {
		d := &door{host: ours, until: 90 * day, trusted: []netip.Prefix{netip.MustParsePrefix(proxyAddress + "/32")}}
		for _, c := range change {
			if c != nil {
				c(d)
			}
		}
		bedside := httptest.NewUnstartedServer(nil)
		d.listen = bedside.Listener.Addr().String()
		d.web = newWeb(w.t, d)
		bedside.Config = d.web.HTTP(d.web.Handler())
		bedside.Start()
		w.t.Cleanup(bedside.Close)
		d.serve(w)
		c := &w.clinic.Config
		c.Listen, c.TrustedProxies, c.MetricsFrom = config.Address(d.listen), d.trusted, d.from
		w.clinic.Server, w.clinic.Quick, w.clinic.Idle = asked{d.web}, false, 50*time.Millisecond
	}
}

func newWeb(t testing.TB, d *door) *web.Server {
	t.Helper()
	st := storetest.NewModel()
	e, err := engine.New(engine.Options{Store: st, Flows: noFlows{}, Key: bytes.Repeat([]byte{7}, 32), Installation: "test1234"})
	require.NoError(t, err)
	public := "https://" + ours
	if d.alone {
		public = "http://" + d.listen
	}
	s, err := web.New(web.Options{
		Engine: e, Store: st, Sites: []web.Site{{ID: "main"}}, PublicURL: public, TrustedProxies: d.trusted, MetricsFrom: d.from,
	})
	require.NoError(t, err)
	t.Cleanup(func() {
		require.NoError(t, s.Close(context.Background()))
		e.Close()
		require.NoError(t, st.Close())
	})
	return s
}

type noFlows struct{}

func (noFlows) Live(string) *flows.Program { return nil }

// serve starts the proxy under its name.
func (d *door) serve(w *town) {
	to := &url.URL{Scheme: "http", Host: d.listen}
	if d.proxy == nil {
		d.proxy = &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
			r.Out.Header["X-Forwarded-For"] = r.In.Header["X-Forwarded-For"]
			r.SetXForwarded()
		}}
	}
	rewrite := d.proxy.Rewrite
	d.proxy.Rewrite = func(r *httputil.ProxyRequest) { r.SetURL(to); rewrite(r) }
	transport := &http.Transport{DialContext: (&net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(proxyAddress)}}).DialContext}
	d.proxy.Transport, d.proxy.ErrorLog = transport, discard
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if d.before == nil || !d.before(rw, r) {
			d.proxy.ServeHTTP(rw, r)
		}
	}))
	s.Config.ErrorLog = discard
	s.TLS = &tls.Config{Certificates: []tls.Certificate{w.root.sign(w.t, leaf{host: d.host, until: d.until})}}
	s.StartTLS()
	w.hosts[ours] = s.Listener.Addr().String()
	w.t.Cleanup(func() { transport.CloseIdleConnections(); s.CloseClientConnections(); s.Close() })
}

// asked is the server asked over its own socket.
type asked struct{ *web.Server }

func (a asked) Prove(context.Context) (string, error) { return a.Server.Prove(), nil }

func (a asked) Sights(_ context.Context, proof string) ([]web.Sight, error) {
	return a.Server.Sights(proof), nil
}

// mute is a server that cannot be asked.
type mute struct{ err error }

func (m mute) Prove(context.Context) (string, error) { return "", m.err }

func (m mute) Sights(context.Context, string) ([]web.Sight, error) { return nil, m.err }

// forwarding is what a proxy makes of X-Forwarded-For.
func forwarding(rewrite func(*httputil.ProxyRequest)) func(*door) {
	return func(d *door) { d.proxy = &httputil.ReverseProxy{Rewrite: rewrite} }
}

func silently(*httputil.ProxyRequest) {}

func credulously(r *httputil.ProxyRequest) {
	r.Out.Header["X-Forwarded-For"] = r.In.Header["X-Forwarded-For"]
}

func answering(path string, status int, header ...string) func(*door) {
	return func(d *door) {
		d.before = func(w http.ResponseWriter, r *http.Request) bool {
			if r.URL.Path != path {
				return false
			}
			for i := 0; i+1 < len(header); i += 2 {
				w.Header().Set(header[i], header[i+1])
			}
			w.WriteHeader(status)
			_, _ = io.WriteString(w, "# TYPE something\n")
			return true
		}
	}
}

// losing takes a header away from requests.
func losing(names ...string) func(*door) {
	return func(d *door) {
		d.before = func(_ http.ResponseWriter, r *http.Request) bool {
			for _, name := range names {
				r.Header.Del(name)
			}
			return false
		}
	}
}

// resetting puts an end off with everything that is written.
type resetting struct {
	io.Writer
	end   *time.Timer
	after time.Duration
}

func (w resetting) Write(b []byte) (int, error) {
	w.end.Reset(w.after)
	return w.Writer.Write(b)
}

// cutting breaks sockets off that have been silent for a while.
func cutting(after time.Duration) func(*door) {
	return func(d *door) {
		d.before = func(w http.ResponseWriter, r *http.Request) bool {
			if r.Header.Get("Upgrade") == "" {
				return false
			}
			upstream, err := net.Dial("tcp", d.listen)
			if err != nil {
				return true
			}
			ours, _, err := http.NewResponseController(w).Hijack()
			if err != nil {
				return true
			}
			r.Header.Set("X-Forwarded-For", "198.51.100.9")
			_ = r.Write(upstream)
			end := time.AfterFunc(after, func() { _ = upstream.Close(); _ = ours.Close() })
			go func() { _, _ = io.Copy(resetting{ours, end, after}, upstream) }()
			_, _ = io.Copy(resetting{upstream, end, after}, ours)
			return true
		}
	}
}

var publicTales = map[string]tale{
	"the way is good": tell("server.running", "ok", running()).and("public.certificate", "ok").and("public.server", "ok").
		and("public.address", "ok").and("public.socket", "ok").and("public.body", "ok").and("public.metrics", "named").and("public.idle", "ok"),
	"metrics for others":           tell("public.metrics", "ok", running(func(d *door) { d.from = []netip.Prefix{netip.MustParsePrefix("10.0.0.7/32")} })),
	"no server runs":               tell("server.running", "none").and("public.server", "because"),
	"nothing runs yet":             tell("server.running", "early", func(w *town) { w.clinic.Early = true }).and("public.server", "because"),
	"the socket is somebody's":     tell("server.running", "denied", func(w *town) { w.clinic.Server = mute{check.ErrDenied} }),
	"the server does not answer":   tell("server.running", "failed", func(w *town) { w.clinic.Server = mute{os.ErrDeadlineExceeded} }),
	"Bedside's certificate is old": tell("public.certificate", "expired", running(func(d *door) { d.until = -day })).and("public.server", "because"),
	"… ends soon":                  tell("public.certificate", "soon", running(func(d *door) { d.until = 3 * day })).and("public.server", "ok"),
	"… is another's":               tell("public.certificate", "name", running(func(d *door) { d.host = "www.clinic.example" })),
	"the console's certificate": tell("public.certificate", "unreachable", running(), configure(func(c *config.Config) {
		c.ConsoleURL = mustURL("https://console.clinic.example")
	})),

	"the proxy finds nobody": tell("public.server", "bad_gateway", running(answering("/healthz", 502))),
	"the proxy sends on":     tell("public.server", "redirect", running(answering("/healthz", 301, "Location", "https://www.clinic.example/healthz"))),
	"another program":        tell("public.server", "other", running(answering("/healthz", 200))),
	"the address is dead": tell("public.server", "unreachable", running(func(d *door) {
		d.before = func(http.ResponseWriter, *http.Request) bool { panic(http.ErrAbortHandler) }
	})),

	"the proxy tells no addresses":  tell("public.address", "shared", running(forwarding(silently))),
	"the proxy is not named":        tell("public.address", "unnamed", running(func(d *door) { d.trusted = []netip.Prefix{} })),
	"the proxy believes everything": tell("public.address", "claimed", running(forwarding(credulously))),
	"everybody is a proxy":          tell("public.address", "ok", running(func(d *door) { d.trusted = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")} })),
	"no proxy at all": tell("public.address", "direct", running(func(d *door) { d.trusted, d.alone = []netip.Prefix{}, true }), func(w *town) {
		w.clinic.Config.PublicURL = mustURL("http://" + string(w.clinic.Config.Listen))
		w.hosts["127.0.0.1"] = string(w.clinic.Config.Listen)
	}).and("public.certificate", "local").and("public.metrics", "ok").and("public.socket", "ok"),
	"the second request is lost": tell("public.address", "failed", running(func(d *door) {
		d.before = lateFailure(2)
	})),

	"no upgrade":                 tell("public.socket", "no_upgrade", running(losing("Upgrade"))).and("public.idle", "none"),
	"no subprotocol":             tell("public.socket", "no_protocol", running(losing("Sec-WebSocket-Protocol"))),
	"a mute socket":              tell("public.socket", "mute", running(losing(web.ProofHeader), onlySockets)),
	"a socket is cut":            tell("public.idle", "cut", running(cutting(time.Second)), func(w *town) { w.clinic.Idle = 5 * time.Second }),
	"a small body only":          tell("public.body", "too_large", running(answering("/api/v1/conversations", 413))),
	"metrics of another program": tell("public.metrics", "open", running(answering("/metrics", 200))),
	"metrics for everybody": tell("public.metrics", "open", running(func(d *door) {
		d.from = []netip.Prefix{netip.MustParsePrefix("0.0.0.0/0")}
	})),
	"metrics behind a proxy that hides": tell("public.metrics", "open", running(forwarding(silently), func(d *door) {
		d.from = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	})),
}

// onlySockets makes what came before hold for sockets alone.
func onlySockets(d *door) {
	before := d.before
	d.before = func(w http.ResponseWriter, r *http.Request) bool {
		return r.Header.Get("Upgrade") != "" && before(w, r)
	}
}

// lateFailure lets the first requests for /healthz pass.
func lateFailure(from int) func(http.ResponseWriter, *http.Request) bool {
	seen := make(chan struct{}, 100)
	return func(w http.ResponseWriter, r *http.Request) bool {
		if !strings.HasSuffix(r.URL.Path, "/healthz") {
			return false
		}
		seen <- struct{}{}
		if len(seen) < from {
			return false
		}
		w.WriteHeader(http.StatusBadGateway)
		return true
	}
}
