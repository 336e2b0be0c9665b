package web

import (
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Limits bound what one address, site, ticket or socket may ask. A zero field
// is its default; the defaults suit a clinic, behind whose one address a whole
// waiting room may sit.
type Limits struct {
	RequestsPerSecond float64 // HTTP calls of one address; 20
	RequestBurst      int     // 100
	StartsPerMinute   float64 // conversations begun by one address; 6
	StartBurst        int     // 12
	SiteStartsPerMin  float64 // … on one site, all addresses; 120
	SiteStartBurst    int     // 240
	CommandsPerSecond float64 // commands and joins of one ticket or staff member; 5
	CommandBurst      int     // 30
	FramesPerSecond   float64 // frames of one socket; 20
	FrameBurst        int     // 100
	SocketsPerAddress int     // open sockets and long polls of one address; 200
	SocketsPerTicket  int     // … of one ticket or session; 12
	OpensPerSocket    int     // conversations that one socket follows; 64
	Sockets           int     // altogether; 50000
}

func (l Limits) withDefaults() Limits {
	number := func(v *float64, d float64) {
		if *v <= 0 {
			*v = d
		}
	}
	count := func(v *int, d int) {
		if *v <= 0 {
			*v = d
		}
	}
	number(&l.RequestsPerSecond, 20)
	count(&l.RequestBurst, 100)
	number(&l.StartsPerMinute, 6)
	count(&l.StartBurst, 12)
	number(&l.SiteStartsPerMin, 120)
	count(&l.SiteStartBurst, 240)
	number(&l.CommandsPerSecond, 5)
	count(&l.CommandBurst, 30)
	number(&l.FramesPerSecond, 20)
	count(&l.FrameBurst, 100)
	count(&l.SocketsPerAddress, 200)
	count(&l.SocketsPerTicket, 12)
	count(&l.OpensPerSocket, 64)
	count(&l.Sockets, 50000)
	return l
}

// maxBuckets bounds a table of buckets: a flood of addresses costs memory for
// so many and no more.
const maxBuckets = 20000

// buckets is a rate limit for each of many keys.
type buckets struct {
	limit rate.Limit
	burst int
	now   func() time.Time

	mu  sync.Mutex
	all map[string]*rate.Limiter
}

func newBuckets(perSecond float64, burst int, now func() time.Time) *buckets {
	return &buckets{limit: rate.Limit(perSecond), burst: burst, now: now, all: map[string]*rate.Limiter{}}
}

// take spends one of the key's tokens, or says how long to wait for one.
func (b *buckets) take(key string) (wait time.Duration, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.now()
	l := b.all[key]
	if l == nil {
		if len(b.all) >= maxBuckets {
			b.forget(now)
		}
		l = rate.NewLimiter(b.limit, b.burst)
		b.all[key] = l
	}
	if l.AllowN(now, 1) {
		return 0, true
	}
	return time.Duration((1 - l.TokensAt(now)) / float64(b.limit) * float64(time.Second)), false
}

// forget drops the buckets that are full again, and if all are busy, all: under
// such a flood the limit of single keys means little.
func (b *buckets) forget(now time.Time) {
	for key, l := range b.all {
		if l.TokensAt(now) >= float64(b.burst) {
			delete(b.all, key)
		}
	}
	if len(b.all) >= maxBuckets {
		clear(b.all)
	}
}

// tally counts what is open at once by key.
type tally struct {
	mu  sync.Mutex
	all map[string]int
}

func newTally() *tally { return &tally{all: map[string]int{}} }

// take counts one more unless the key has most already.
func (t *tally) take(key string, most int) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.all[key] >= most {
		return false
	}
	t.all[key]++
	return true
}

func (t *tally) give(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.all[key]--; t.all[key] <= 0 {
		delete(t.all, key)
	}
}

// addressKey is what limits know an address by: a home has a /64 of its own.
func addressKey(a netip.Addr) string {
	if a.Is6() && !a.Is4In6() {
		if p, err := a.WithZone("").Prefix(64); err == nil {
			return p.String()
		}
	}
	return a.Unmap().String()
}
