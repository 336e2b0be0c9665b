package web

import (
	"sync"
	"time"
)

// backoff makes those wait who get passwords wrong: by login and address
// together, by address alone, and, gently, by login alone, so that nobody can
// keep a doctor out from elsewhere for more than half a minute.
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
	addressRung = rung{free: 20, most: 15 * time.Minute}
	loginRung   = rung{free: 30, most: 30 * time.Second}
)

const (
	forgetAfter  = time.Hour
	maxBackoffed = 20000
)

func newBackoff(now func() time.Time) *backoff { return &backoff{now: now, all: map[string]failures{}} }

func backoffKeys(login, address string) map[string]rung {
	return map[string]rung{
		"pair\x00" + login + "\x00" + address: pairRung,
		"address\x00" + address:               addressRung,
		"login\x00" + login:                   loginRung,
	}
}

// wait is how long login and address must wait before the next try.
func (b *backoff) wait(login, address string) time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	var longest time.Duration
	for key, r := range backoffKeys(login, address) {
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
func (b *backoff) trying(login, address string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.now()
	if len(b.all) >= maxBackoffed {
		b.forget(now)
	}
	for key := range backoffKeys(login, address) {
		f := b.all[key]
		if now.Sub(f.last) > forgetAfter {
			f.count = 0
		}
		b.all[key] = failures{count: f.count + 1, last: now}
	}
}

func (b *backoff) succeeded(login, address string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.all, "pair\x00"+login+"\x00"+address)
	delete(b.all, "login\x00"+login)
	if f, ok := b.all["address\x00"+address]; ok {
		f.count--
		b.all["address\x00"+address] = f
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
