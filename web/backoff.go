package web

import (
	"net/netip"
	"sync"
	"time"
)

// backoff makes those wait who get passwords wrong: by login and home together,
// by network alone, and, gently, by login alone. The last one anybody can raise
// from anywhere, so it does not hold for a network from which this login has
// signed in before: nobody keeps a doctor out of the place where she works.
// Elsewhere it costs her half a minute at a time while somebody goes on trying.
type backoff struct {
	now func() time.Time
	mu  sync.Mutex
	all map[string]failures
}

type failures struct {
	count int
	last  time.Time
}

// rung is how patient one kind of key is.
type rung struct {
	free int           // failures without a wait
	most time.Duration // the longest wait
}

var (
	pairRung    = rung{free: 3, most: 15 * time.Minute}
	networkRung = rung{free: 20, most: 15 * time.Minute}
	loginRung   = rung{free: 30, most: 30 * time.Second}
)

const (
	forgetAfter  = time.Hour
	maxBackoffed = 20000
)

func newBackoff(now func() time.Time) *backoff { return &backoff{now: now, all: map[string]failures{}} }

// attempt is somebody's try to sign in. An address of IPv6 counts as the home's
// /64 beside its login, and as the /48 around it alone.
type attempt struct {
	login, home, network string
	known                bool // this login has signed in from this network before
}

func newAttempt(login string, a netip.Addr) attempt {
	return attempt{login: login, home: homeOf(a), network: first(blockOf(a), homeOf(a))}
}

func (a attempt) pair() string   { return "pair\x00" + a.login + "\x00" + a.home }
func (a attempt) source() string { return "network\x00" + a.network }
func (a attempt) alone() string  { return "login\x00" + a.login }

// rungs are those that hold for the attempt.
func (a attempt) rungs() map[string]rung {
	all := map[string]rung{a.pair(): pairRung, a.source(): networkRung}
	if !a.known {
		all[a.alone()] = loginRung
	}
	return all
}

// wait is how long must pass before the next try.
func (b *backoff) wait(a attempt) time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	var longest time.Duration
	for key, r := range a.rungs() {
		f := b.all[key]
		if over := f.count - r.free; over > 0 {
			pause := min(time.Second<<min(over, 20), r.most)
			longest = max(longest, f.last.Add(pause).Sub(b.now()))
		}
	}
	return longest
}

// trying counts a try as a failure before its password is looked at, so that
// many at once gain nothing; succeeded takes it back.
func (b *backoff) trying(a attempt) {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.now()
	if len(b.all) >= maxBackoffed {
		b.forget(now)
	}
	for key := range a.rungs() {
		f := b.all[key]
		if now.Sub(f.last) > forgetAfter {
			f.count = 0
		}
		b.all[key] = failures{count: f.count + 1, last: now}
	}
}

func (b *backoff) succeeded(a attempt) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.all, a.pair())
	if !a.known {
		delete(b.all, a.alone())
	}
	if f, ok := b.all[a.source()]; ok {
		f.count--
		b.all[a.source()] = f
	}
}

func (b *backoff) forget(now time.Time) {
	for key, f := range b.all {
		if now.Sub(f.last) > forgetAfter {
			delete(b.all, key)
		}
	}
	if len(b.all) >= maxBackoffed {
		clear(b.all)
	}
}
