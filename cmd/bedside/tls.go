package main

import (
	"crypto/tls"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"

	"bedside/cmd/bedside/config"

	"golang.org/x/crypto/acme"
	"golang.org/x/crypto/acme/autocert"
	"golang.org/x/time/rate"
)

// tlsSide is how an app speaks HTTPS by itself.
type tlsSide struct {
	config   *tls.Config
	redirect http.Handler // for the address that knows http alone
}

// newTLS is nil where a reverse proxy speaks TLS. The connections speak HTTP/1.1:
// sockets are upgraded from it, and a page of Bedside is a handful of files.
func newTLS(r config.Reading, log *slog.Logger) (*tlsSide, error) {
	c := r.Config
	if !c.TLS.On() {
		return nil, nil
	}
	t := &tlsSide{config: &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"}}, redirect: toHTTPS(c)}
	if c.TLS.Autocert.On() {
		m := manager(c.TLS.Autocert)
		t.config.GetCertificate = told(m.GetCertificate, c.TLS.Autocert.Domains, log)
		t.config.NextProtos = append(t.config.NextProtos, acme.ALPNProto)
		if c.TLS.RedirectListen != "" {
			t.redirect = m.HTTPHandler(t.redirect) // answers the authority there too
		}
		return t, nil
	}
	files, err := openCertificate(c, log)
	if err != nil {
		return nil, err.placed(r)
	}
	t.config.GetCertificate = files.get
	return t, nil
}

// over puts TLS on a listener; without a TLS side, or a listener, it stays as it is.
func (t *tlsSide) over(l net.Listener) net.Listener {
	if t == nil || l == nil {
		return l
	}
	return tls.NewListener(l, t.config)
}

// manager gets certificates and keeps them. That its terms are agreed to, the key
// autocert says.
func manager(a config.Autocert) *autocert.Manager {
	return &autocert.Manager{
		Prompt: autocert.AcceptTOS, HostPolicy: autocert.HostWhitelist(a.Domains...),
		Cache: autocert.DirCache(a.Folder), Email: a.Email,
		Client: &acme.Client{DirectoryURL: a.Directory.String(), UserAgent: "bedside"},
	}
}

// told is a GetCertificate that tells the log why a name of ours has no certificate:
// once a minute, for anybody can shake hands as often as they like. What strangers
// ask for is theirs.
func told(get getCertificate, ours []string, log *slog.Logger) getCertificate {
	sometimes := rate.Sometimes{First: 1, Interval: time.Minute}
	return func(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
		cert, err := get(hello)
		for _, name := range ours {
			if err != nil && strings.EqualFold(hello.ServerName, name) {
				sometimes.Do(func() {
					log.Error("no certificate can be got; the authority must reach this machine by its name at port 443 or 80, and may be asked again later", "host", name, "error", err)
				})
			}
		}
		return cert, err
	}
}

type getCertificate = func(*tls.ClientHelloInfo) (*tls.Certificate, error)

// toHTTPS sends visitors to the same page by https: at the configured address, for
// a Host is only what the sender wrote.
func toHTTPS(c config.Config) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			http.Error(w, "Use https.", http.StatusForbidden)
			return
		}
		base := c.PublicURL
		if host, _, err := net.SplitHostPort(r.Host); !c.ConsoleURL.IsZero() && (strings.EqualFold(host, c.ConsoleURL.Hostname()) || err != nil && strings.EqualFold(r.Host, c.ConsoleURL.Hostname())) {
			base = c.ConsoleURL
		}
		path := r.URL.RequestURI()
		if !strings.HasPrefix(path, "/") {
			path = "/"
		}
		http.Redirect(w, r, base.String()+path, http.StatusPermanentRedirect)
	})
}
