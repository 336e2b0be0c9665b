package bolt

import (
	"context"
	"sync"
)

// synced knows which transaction the disk has confirmed. bbolt lets a reader in
// as soon as a commit's last page is handed to the system, a moment before the
// sync that makes it durable; what such a reader saw must not be shown, for a
// power cut could take it back. So it waits here for that sync, and no other
// reader ever waits.
type synced struct {
	mu   sync.Mutex
	id   int           // the last durable transaction
	done chan struct{} // closed when the commit under way has ended
}

func (s *synced) begin() {
	s.mu.Lock()
	s.done = make(chan struct{})
	s.mu.Unlock()
}

// end is told of failed commits too; whoever waited asks whether the store has
// stopped.
func (s *synced) end(id int) {
	s.mu.Lock()
	s.id = id
	close(s.done)
	s.mu.Unlock()
}

// wait returns when transaction id is durable, or its commit has failed, or
// with the context's error.
func (s *synced) wait(ctx context.Context, id int) error {
	s.mu.Lock()
	durable, done := s.id >= id, s.done
	s.mu.Unlock()
	if durable {
		return nil
	}
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
