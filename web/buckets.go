package web

import (
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

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

// take spends so many of the key's tokens, or says how long to wait for them.
// More than the burst is the burst: nothing is refused for good.
func (b *buckets) take(key string, tokens int) (wait time.Duration, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	tokens = min(tokens, b.burst)
	now := b.now()
	l := b.all[key]
	if l == nil {
		if len(b.all) >= maxBuckets {
			b.forget(now)
		}
		l = rate.NewLimiter(b.limit, b.burst)
		b.all[key] = l
	}
	if l.AllowN(now, tokens) {
		return 0, true
	}
	return time.Duration((float64(tokens) - l.TokensAt(now)) / float64(b.limit) * float64(time.Second)), false
}

// set gives every key another rate; what was spent stays spent.
func (b *buckets) set(perSecond float64, burst int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.now()
	b.limit, b.burst = rate.Limit(perSecond), burst
	for _, l := range b.all {
		l.SetLimitAt(now, b.limit)
		l.SetBurstAt(now, burst)
	}
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

// blockShare is how much more the network around a home may than the home.
const blockShare = 4

// addressBuckets is a rate limit for each address and for the block around it.
type addressBuckets struct{ home, block *buckets }

func newAddressBuckets(perSecond float64, burst int, now func() time.Time) addressBuckets {
	return addressBuckets{
		home:  newBuckets(perSecond, burst, now),
		block: newBuckets(blockShare*perSecond, blockShare*burst, now),
	}
}

func (b addressBuckets) set(perSecond float64, burst int) {
	b.home.set(perSecond, burst)
	b.block.set(blockShare*perSecond, blockShare*burst)
}

func (b addressBuckets) take(a netip.Addr, tokens int) (wait time.Duration, ok bool) {
	if wait, ok := b.home.take(homeOf(a), tokens); !ok {
		return wait, false
	}
	if block := blockOf(a); block != "" {
		return b.block.take(block, tokens)
	}
	return 0, true
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

// takeAddress counts one more for an address and for the block around it.
func (t *tally) takeAddress(a netip.Addr, most int) bool {
	if !t.take("a/"+homeOf(a), most) {
		return false
	}
	if block := blockOf(a); block != "" && !t.take("b/"+block, blockShare*most) {
		t.give("a/" + homeOf(a))
		return false
	}
	return true
}

func (t *tally) giveAddress(a netip.Addr) {
	t.give("a/" + homeOf(a))
	if block := blockOf(a); block != "" {
		t.give("b/" + block)
	}
}
