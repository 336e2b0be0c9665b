package engine

import (
	"slices"
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
	devices  []string  // that were given a link, the last first
	entered  string    // the device that has asked for a link last
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
		ps.put(p, pressed{devices: was.devices, entered: was.entered}) // the next press begins anew
		return false
	}
	ps.put(p, pressed{mintedAt: now, blamed: failed, devices: was.devices, entered: was.entered})
	return true
}

// asks notes the device that asks for a link now; false: it does so unpressed, and
// another has asked before. Of two pages that open at once one is first. A link
// that nobody asked for counts for neither.
func (ps *presses) asks(p press, device string, itself bool) bool {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	was := ps.all[p]
	if itself && was.entered != "" && was.entered != device {
		return false
	}
	was.entered = device
	ps.put(p, was)
	return true
}

// came notes the device that was given a link.
func (ps *presses) came(p press, device string) {
	const most = 4
	ps.mu.Lock()
	defer ps.mu.Unlock()
	was := ps.all[p]
	if device == "" || slices.Contains(was.devices, device) {
		return
	}
	devices := append([]string{device}, was.devices...)
	was.devices = devices[:min(len(devices), most)]
	ps.put(p, was)
}

// elsewhere reports whether somebody who is inside may be so on another device
// than this: one that was given a link, too. Nobody can say on which.
func (ps *presses) elsewhere(p press, device string, now time.Time) bool {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	was := ps.all[p]
	if !was.ghostAt.IsZero() && now.Sub(was.ghostAt) < 2*ghostWait {
		return false // that one has been asked already, and waits
	}
	return device != "" && slices.ContainsFunc(was.devices, func(d string) bool { return d != device })
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
