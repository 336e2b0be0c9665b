package main

import (
	"bytes"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// safeBuffer is a buffer into which several goroutines may write.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// secretsOf takes a guest link apart: the room's id, and the token behind it.
func secretsOf(t *testing.T, link string) (room, token string) {
	t.Helper()
	u, err := url.Parse(link)
	require.NoError(t, err)
	room = strings.TrimPrefix(u.Path, "/webrtc/")
	for _, text := range []string{u.RawQuery, u.Fragment} {
		for _, pair := range strings.FieldsFunc(text, func(r rune) bool { return r == '&' || r == '?' || r == '/' }) {
			name, value, _ := strings.Cut(pair, "=")
			if strings.Contains(strings.ToLower(name), "token") {
				token = value
			}
		}
	}
	require.NotEmpty(t, token, "no token found in the link")
	return room, token
}
