package engine

import (
	"sync"
	"time"

	"bedside/bot"
)

const (
	linkLife     = time.Minute      // of a guest link (API reference §6.4)
	linkSafe     = 50 * time.Second // younger than this, a link cannot have failed by age
	pressesBound = 4096
)

// deedMint names minting among the effects that are counted.
const deedMint bot.Deed = "mint"

// press is one person at the door of one room.
type press struct {
	call    string
	attempt int
	who     bot.Role
}

// presses remembers for a few minutes how it went for those who pressed Join.
// What it forgets costs a second press, nothing else.
type presses struct {
	mu  sync.Mutex
	all map[press]pressed
}

type pressed struct {
	mintedAt time.Time
	blamed   bool      // the last link was made after a failure
	ghostAt  time.Time // since when the own ghost is in the way; zero: it is not
}

func newPresses() *presses { return &presses{all: map[press]pressed{}} }

// failed says whether a press is to be looked into: the last link was refused
// though it was young, or a ghost was in the way a moment ago.
func (ps *presses) failed(p press, refused bool, now time.Time) bool {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	was := ps.all[p]
	if !was.ghostAt.IsZero() && now.Sub(was.ghostAt) < 2*ghostWait {
		return true
	}
	return refused && (was.mintedAt.IsZero() || now.Sub(was.mintedAt) < linkSafe)
}

// minted notes a link; false: the one before it was refused for no visible
// reason either, and this one is not handed out.
func (ps *presses) minted(p press, failed bool, now time.Time) bool {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	was := ps.all[p]
	if failed && was.blamed && now.Sub(was.mintedAt) < linkSafe {
		delete(ps.all, p) // the next press begins anew
		return false
	}
	ps.put(p, pressed{mintedAt: now, blamed: failed})
	return true
}

// ghost notes that a ghost is in the way and says for how long it has been.
func (ps *presses) ghost(p press, now time.Time) time.Duration {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	was := ps.all[p]
	if was.ghostAt.IsZero() || now.Sub(was.ghostAt) >= 2*ghostWait {
		was.ghostAt = now
	}
	ps.put(p, was)
	return now.Sub(was.ghostAt)
}

func (ps *presses) put(p press, now pressed) {
	if len(ps.all) >= pressesBound {
		clear(ps.all)
	}
	ps.all[p] = now
}
