package check

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"strings"
	"time"

	"bedside/cmd/bedside/config"
	"bedside/trueconf"
	"bedside/web"
)

// Clinic is the installation that is looked at.
type Clinic struct {
	File   string        // the configuration's name, as its administrator wrote it
	Config config.Config // whole, unless Problem says otherwise
	// Problem is what is wrong with the configuration; nothing else is looked at then.
	Problem  error
	Warnings config.Problems // what is allowed in it and hardly meant
	// Flows reads and compiles the flows; it says how many there are and their
	// versions, or what is wrong with them.
	Flows func() (string, error)
	// Stale is what time has worn out in the flows, one a line; nil: nothing.
	Stale func(now time.Time) []string
	// TrueConf makes the client that Bedside itself uses.
	TrueConf func() (*trueconf.Client, error)
	// Installation names the rooms, [a-z0-9]{4,16}. The server that runs under that
	// name sweeps what a crash leaves; "" is a name that only checks have, whose
	// leavings the next check sweeps.
	Installation string
	// Copied says that the journal is a copy that nobody has adopted.
	Copied bool
	Free   func(folder string) (int64, error) // bytes; nil: web.FreeBytes
	// Server is the running server; nil where none runs.
	Server Server
	Quick  bool // leave out what takes over a minute
	Early  bool // nothing runs yet, and that is no fault
	// Before are lines of an earlier run, for checks that this one leaves out and
	// others need.
	Before []Line

	Roots *x509.CertPool // nil: PublicRoots
	// Dial opens connections; nil dials the net, and this machine for *.localhost.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	Now  func() time.Time // nil: time.Now
	Idle time.Duration    // how long a socket must stay open in silence; 0: 65 s

	homeless bool // no server sweeps for it
}

// strangers names the rooms of checks where no journal is at home yet.
const strangers = "check"

func (c Clinic) withDefaults() Clinic {
	if c.Roots == nil {
		c.Roots = PublicRoots()
	}
	if c.Dial == nil {
		c.Dial = Dial
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Free == nil {
		c.Free = web.FreeBytes
	}
	if c.Idle == 0 {
		c.Idle = idleAtLeast
	}
	if c.Installation == "" {
		c.Installation, c.homeless = strangers, true
	}
	return c
}

// Dial opens connections as a browser does: it knows that names below localhost are
// this machine (RFC 6761 §6.3), which resolvers often do not.
func Dial(ctx context.Context, network, address string) (net.Conn, error) {
	if host, port, err := net.SplitHostPort(address); err == nil && strings.HasSuffix(host, ".localhost") {
		address = net.JoinHostPort("localhost", port)
	}
	return new(net.Dialer).DialContext(ctx, network, address)
}

// browser is an HTTP transport that trusts what browsers trust. Its connections
// are used once, so that each check sees the way for itself.
func (c Clinic) browser() *http.Transport {
	return &http.Transport{
		DialContext: c.Dial, TLSClientConfig: c.browserTLS(), DisableKeepAlives: true,
		TLSHandshakeTimeout: 10 * time.Second, Proxy: nil,
	}
}

func (c Clinic) browserTLS() *tls.Config {
	return &tls.Config{RootCAs: c.Roots, MinVersion: tls.VersionTLS12, Time: c.Now}
}

// hostPort is where an address is dialled.
func hostPort(u config.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"https": "443", "http": "80"}[u.Scheme]
	}
	return net.JoinHostPort(u.Hostname(), port)
}

// thisMachine reports whether a host can only be this machine, where browsers
// give the camera without TLS.
func thisMachine(host string) bool {
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
