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

func openCertificate(c config.Config, log *slog.Logger) (*certificate, error) {
	t := &certificate{files: [2]string{c.TLS.CertFile, c.TLS.KeyFile}, log: log, now: time.Now}
	for _, u := range []config.URL{c.PublicURL, c.ConsoleURL} {
		if !u.IsZero() {
			t.hosts = append(t.hosts, u.Hostname())
		}
	}
	t.marks, t.looked = t.look(), t.now()
	if err := t.read(); err != nil {
		return nil, err
	}
	return t, nil
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
	if err := t.read(); err != nil {
		t.log.Error("the changed certificate is not taken up; the last one goes on", "error", err)
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
func (t *certificate) read() error {
	var text [2][]byte
	for i, path := range t.files {
		var err error
		if text[i], err = os.ReadFile(path); err != nil {
			return wrongPlace{sentence: fmt.Sprintf("tls: %s cannot be read: %s; name a file that Bedside may read", path, config.Reason(err))}
		}
	}
	pair, err := tls.X509KeyPair(text[0], text[1])
	if err != nil {
		return wrongPlace{sentence: fmt.Sprintf("tls: %s and %s are no pair (%v); name the PEM files of one certificate, with its chain, and of its private key", t.files[0], t.files[1], err)}
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
