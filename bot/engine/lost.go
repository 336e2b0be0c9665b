package engine

import (
	"errors"
	"sync"

	"bedside/store"
)

// lost remembers that the store has stopped for good, as after a write that
// failed: every later question would only be refused, so the process must end
// and begin anew.
type lost struct {
	once sync.Once
	gone chan struct{} // closed with the news
	err  error         // read it after gone
}

func newLost() *lost { return &lost{gone: make(chan struct{})} }

// notice looks at what the store answered.
func (l *lost) notice(err error) {
	if errors.Is(err, store.ErrClosed) {
		l.once.Do(func() {
			l.err = err
			close(l.gone)
		})
	}
}

func (l *lost) why() error {
	select {
	case <-l.gone:
		return l.err
	default:
		return nil
	}
}

// Alive is nil until the store has stopped for good; the error says why. It asks
// nobody, and what it answers once stays so for the engine's life.
func (e *Engine) Alive() error { return e.lost.why() }
