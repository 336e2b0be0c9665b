package main

import (
	"crypto/tls"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"

	"bedside/cmd/bedside/config"
)

// certificate is one that lies in two files. It is read again when they change, so
// that a renewed one is taken up by the next handshake; while what lies there is
// broken (a renewal writes one file after the other) the last good one goes on.
type certificate struct {
	files [2]string // certificate and key
	hosts []string  // for which it must be good
	log   *slog.Logger
	now   func() time.Time

	mu      sync.Mutex
	current *tls.Certificate
	marks   [2]mark   // of the files when they were read last
	looked  time.Time // when they were looked at last
}

// mark tells whether a file is still the one that was read.
type mark struct {
	changed time.Time
	size    int64
}

// lookEvery is how soon a renewed certificate is taken up.
const lookEvery = time.Second

func openCertificate(c config.Config, log *slog.Logger) (*certificate, noPair) {
	t := &certificate{files: [2]string{c.TLS.CertFile, c.TLS.KeyFile}, log: log, now: time.Now}
	for _, u := range []config.URL{c.PublicURL, c.ConsoleURL} {
		if !u.IsZero() {
			t.hosts = append(t.hosts, u.Hostname())
		}
	}
	t.marks, t.looked = t.look(), t.now()
	if wrong := t.read(); wrong != nil {
		return nil, wrong
	}
	return t, nil
}

// noPair is what keeps two files from being a certificate and its key, by the keys
// of the configuration that name them.
type noPair []struct{ key, what, cure string }

func (n noPair) add(key, what, cure string) noPair {
	return append(n, struct{ key, what, cure string }{key, what, cure})
}

// placed says it where the configuration names the files.
func (n noPair) placed(r config.Reading) config.Problems {
	out := make(config.Problems, len(n))
	for i, one := range n {
		out[i] = r.Problem(one.key, one.what, one.cure)
	}
	return out.InOrder()
}

func (t *certificate) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if now := t.now(); now.Sub(t.looked) >= lookEvery {
		t.looked = now
		t.renew()
	}
	return t.current, nil
}

func (t *certificate) renew() {
	marks := t.look()
	if marks == t.marks {
		return
	}
	t.marks = marks
	if wrong := t.read(); wrong != nil {
		t.log.Error("the changed certificate is not taken up; the last one goes on", "error", wrong[0].what)
		return
	}
	t.log.Info("the changed certificate is taken up", "until", t.current.Leaf.NotAfter)
}

func (t *certificate) look() (out [2]mark) {
	for i, path := range t.files {
		if info, err := os.Stat(path); err == nil {
			out[i] = mark{changed: info.ModTime(), size: info.Size()}
		}
	}
	return out
}

// read loads the pair. That it is no good for one of our hosts or today is told and
// no error: a broken page is worse than a browser's warning.
func (t *certificate) read() (wrong noPair) {
	var text [2][]byte
	for i, key := range []string{"tls.cert_file", "tls.key_file"} {
		var err error
		if text[i], err = os.ReadFile(t.files[i]); err != nil {
			wrong = wrong.add(key, fmt.Sprintf("%s: %s cannot be read: %s", key, t.files[i], config.Reason(err)), "name a file that Bedside may read")
		}
	}
	if wrong != nil {
		return wrong
	}
	pair, err := tls.X509KeyPair(text[0], text[1])
	if err != nil {
		return wrong.add("tls.cert_file", fmt.Sprintf("tls: %s and %s are no pair (%v)", t.files[0], t.files[1], err),
			"name the PEM files of one certificate, with its chain, and of its private key")
	}
	t.current = &pair
	for _, host := range t.hosts {
		if err := pair.Leaf.VerifyHostname(host); err != nil {
			t.log.Warn("the certificate is not for an address of Bedside's; browsers will refuse it", "host", host, "file", t.files[0])
		}
	}
	if now := t.now(); now.After(pair.Leaf.NotAfter) || now.Before(pair.Leaf.NotBefore) {
		t.log.Warn("the certificate is not good today; renew it, or set the clock", "from", pair.Leaf.NotBefore, "until", pair.Leaf.NotAfter)
	}
	return nil
}
