package standin_test

import (
	"bytes"
	"sync"
)

// guarded lets the server's goroutines log into one buffer.
type guarded struct {
	mu sync.Mutex
	to *bytes.Buffer
}

func (g *guarded) Write(p []byte) (int, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.to.Write(p)
}
