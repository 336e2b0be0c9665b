package engine

import (
	"errors"
	"sync"
)

// errUnreadable is a conversation whose stored bytes no version of Bedside that
// this one knows has written: damaged, or from a newer one. It stops nobody but
// itself.
var errUnreadable = errors.New("engine: what is stored cannot be read")

const unreadableBound = 1024

// unreadable remembers which conversations the log has named, so that each is
// named once and not by everybody who meets it.
type unreadable struct {
	mu  sync.Mutex
	ids map[string]struct{}
}

func newUnreadable() *unreadable { return &unreadable{ids: map[string]struct{}{}} }

// first reports whether the conversation is met for the first time.
func (u *unreadable) first(id string) bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	if _, met := u.ids[id]; met {
		return false
	}
	if len(u.ids) >= unreadableBound {
		clear(u.ids)
	}
	u.ids[id] = struct{}{}
	return true
}

// skip names a conversation that is passed over.
func (e *Engine) skip(id string, err error) {
	if e.unreadable.first(id) {
		e.log.Error("engine: a conversation is passed over", "conversation", id, "error", err)
	}
}
