//go:build linux

package engine_test

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/store"
	"bedside/store/bolt"
)

// counting is a disk that counts what is asked of it.
type counting struct {
	store.Store
	commits, looks atomic.Int64
}

func (c *counting) Commit(ctx context.Context, b store.Batch) error {
	c.commits.Add(1)
	return c.Store.Commit(ctx, b)
}

func (c *counting) TakeDue(ctx context.Context, now time.Time, limit int, node string, lease time.Duration) ([]store.Head, error) {
	c.looks.Add(1)
	return c.Store.TakeDue(ctx, now, limit, node, lease)
}

// ahead is a practice whose clock runs ahead of ours by what it is told.
type ahead struct {
	*house
	disk   *counting
	by     atomic.Int64
	begins time.Time // of the first visit of the minute, by the practice's clock
	minute []bot.Actor
}

func (a *ahead) now() time.Time { return time.Now().Add(time.Duration(a.by.Load())) }

// BenchmarkBookings has 10,000 visits booked, 500 of which begin within one minute,
// evenly. It measures the engine twice while nothing is due, over an empty disk and
// over all that is booked: the heap that is more, processor time, wakes and commits
// in 20 s. Then the clock is put forward to the minute, and lateness is counted to
// the moment at which followers hear of the beginning. One operation takes some
// minutes, so it runs once: -benchtime 1x; -short books a tenth.
func BenchmarkBookings(b *testing.B) {
	all, minute := 10_000, 500
	if testing.Short() {
		all, minute = all/10, minute/10
	}
	for range b.N {
		a := newAhead(b, minute)
		empty := a.quiet(b)
		a.books(b, all, minute)
		stop := a.run() // the rooms are scheduled
		a.settles(b, int64(all))
		stop()
		full := a.quiet(b)
		b.ReportMetric(float64(full.heap-empty.heap)/1024, "waiting-heap-KB")
		b.ReportMetric(float64((full.busy-empty.busy).Microseconds())/1e3, "waiting-cpu-ms/20s")
		b.ReportMetric(float64(full.looks-empty.looks), "waiting-wakes/20s")
		b.ReportMetric(float64(full.commits), "waiting-commits/20s")

		a.by.Add(int64(a.begins.Add(-30 * time.Second).Sub(a.now())))
		a.restart()
		stop = a.run()
		a.settles(b, int64(minute)) // reminded, seats held, rooms looked at
		times := latenesses(b, a.house, a.minute)()
		stop()
		require.NoError(b, a.disk.Store.Close())
		b.ReportMetric(float64(times[len(times)/2].Microseconds())/1e3, "late-p50-ms")
		b.ReportMetric(float64(times[len(times)*99/100].Microseconds())/1e3, "late-p99-ms")
	}
}

func newAhead(b *testing.B, doctors int) *ahead {
	disk, err := bolt.Open(b.TempDir()+"/bedside.db", bolt.Options{})
	require.NoError(b, err)
	a := &ahead{disk: &counting{Store: disk}}
	staff := crew(doctors)
	a.house = newHouse(b, seats(doctors+100, 0), func(o *engine.Options) {
		o.Store, o.Log, o.Now = a.disk, nil, a.now
		o.Staff = func(context.Context) map[string]bot.Actor { return staff }
	})
	a.begins = a.now().Add(time.Hour).Truncate(time.Hour).Add(time.Hour)
	return a
}

// books has visits in days to come, and those of the minute.
func (a *ahead) books(b *testing.B, all, minute int) {
	var wg sync.WaitGroup
	patients := make([]bot.Actor, all)
	for doctor := range minute { // each books one visit after the other
		d := a.opts.Staff(b.Context())[fmt.Sprintf("doctor_%03d", doctor)]
		wg.Go(func() {
			start := a.begins.Add(time.Duration(doctor) * time.Minute / time.Duration(minute))
			for i := doctor; i < all; i += minute {
				patients[i] = a.bookedAt(fmt.Sprint("p", i), d, start)
				start = a.begins.Add(24*time.Hour + time.Duration(i/minute)*12*time.Hour)
			}
		})
	}
	wg.Wait()
	a.minute = patients[:minute]
}

// bookedAt is a patient who has taken the time that a doctor has proposed.
func (h *house) bookedAt(name string, d bot.Actor, start time.Time) bot.Actor {
	a := h.waiting(name)
	h.do(d, a.Conversation, bot.DoClaim, bot.Args{})
	h.do(d, a.Conversation, bot.DoPropose, bot.Args{Time: start})
	h.do(a, a.Conversation, bot.DoAcceptTime, bot.Args{Booking: h.state(a).Bookings[0].ID})
	h.do(d, a.Conversation, bot.DoFinish, bot.Args{})
	return a
}

// settles waits until so many commits were made and then none for a second.
func (a *ahead) settles(b *testing.B, commits int64) {
	enough := a.disk.commits.Load() + commits
	for last := int64(-1); ; {
		now := a.disk.commits.Load()
		if now >= enough && now == last {
			return
		}
		last = now
		select {
		case <-time.After(time.Second):
		case <-b.Context().Done():
			b.Fatal("it does not settle")
		}
	}
}

// idle is what the engine takes while nothing is due.
type idle struct {
	heap           int64
	busy           time.Duration
	looks, commits int64
}

// quiet measures a new engine over the disk for 20 s.
func (a *ahead) quiet(b *testing.B) idle {
	a.restart()
	a.rooms.mu.Lock()
	a.rooms.said = nil
	a.rooms.mu.Unlock()
	stop := a.run()
	defer stop()
	a.settles(b, 0)
	was := idle{busy: processor(b), looks: a.disk.looks.Load(), commits: a.disk.commits.Load()}
	time.Sleep(20 * time.Second)
	now := idle{busy: processor(b) - was.busy, looks: a.disk.looks.Load() - was.looks, commits: a.disk.commits.Load() - was.commits}
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	now.heap = int64(m.HeapAlloc)
	return now
}

// processor is the time that this process has had of it.
func processor(b *testing.B) time.Duration {
	var u syscall.Rusage
	require.NoError(b, syscall.Getrusage(syscall.RUSAGE_SELF, &u))
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
