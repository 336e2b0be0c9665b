package badluck_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"io"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// secrets are the very strings that must stay where they are.
type secrets struct {
	mu  sync.Mutex
	all map[string]string // the string, and what it is
}

func (s *secrets) learn(what, secret string) {
	if secret == "" {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.all == nil {
		s.all = map[string]string{}
	}
	s.all[secret] = what
}

// learnBytes knows how bytes are usually written.
func (s *secrets) learnBytes(what string, b []byte) {
	for _, written := range []string{
		string(b), hex.EncodeToString(b), base64.RawStdEncoding.EncodeToString(b), base64.RawURLEncoding.EncodeToString(b),
	} {
		s.learn(what, written)
	}
}

// in names what of it stands in the text.
func (s *secrets) in(text []byte) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []string
	for secret, what := range s.all {
		if bytes.Contains(text, []byte(secret)) {
			out = append(out, what)
		}
	}
	return out
}

// requireSecrets searches everything that the clinic keeps, writes and says.
func (c *clinic) requireSecrets() {
	c.t.Helper()
	found := c.leaks()
	require.Empty(c.t, found, "secrets that are where they must not be")
}

func (c *clinic) leaks() map[string][]string {
	c.t.Helper()
	var backup bytes.Buffer
	require.NoError(c.t, c.disk.Backup(c.t.Context(), &backup))
	out := map[string][]string{}
	for where, text := range map[string][]byte{
		"log": []byte(c.log.String()), "store file": written(c.t, c.path), "backup": backup.Bytes(),
		"refusals": []byte(strings.Join(c.told(), "\n")), "journal": c.disk.everyEntry(),
	} {
		if found := c.video.secrets.in(text); len(found) > 0 {
			out[where] = found
		}
	}
	return out
}

// written is a file without the room at its end that is kept for later: it ends
// where a quarter of a megabyte holds nothing.
func written(t *testing.T, path string) []byte {
	t.Helper()
	f, err := os.Open(path)
	require.NoError(t, err)
	defer f.Close()
	var out []byte
	step, nothing := make([]byte, 1<<18), make([]byte, 1<<18)
	for {
		n, err := io.ReadFull(f, step)
		if bytes.Equal(step[:n], nothing[:n]) {
			return out
		}
		out = append(out, step[:n]...)
		if err != nil {
			return out
		}
	}
}

// logbook holds a log.
type logbook struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logbook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logbook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// The search itself must be able to find: what is put where it must not be is
// found there.
func TestTheSearchForSecretsFinds(t *testing.T) {
	scene(t, func(t *testing.T, c *clinic) {
		p, d := c.inConsulting()
		p.sends("a word that stands in the journal")
		c.refused = append(c.refused, "a word that was told")
		c.opts.Log.Debug("a word in the log")
		for _, word := range []string{"stands in the journal", "that was told", "word in the log"} {
			c.video.secrets.learn(word, word)
		}
		require.Equal(t, map[string][]string{
			"log": {"word in the log"}, "store file": {"stands in the journal"}, "backup": {"stands in the journal"},
			"journal": {"stands in the journal"}, "refusals": {"that was told"},
		}, c.leaks())
		c.video.secrets.forget("stands in the journal", "that was told", "word in the log")
		d.finishes()
	})
}

func (s *secrets) forget(all ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, secret := range all {
		delete(s.all, secret)
	}
}
