package engine_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/bot/rooms"
	"bedside/store/bolt"
)

// BenchmarkWake lets 500 waits fall due within one minute, evenly, on a disk,
// while 60 calls are being made by a TrueConf that takes 15 s for each answer.
// Lateness is counted to the moment at which followers hear of the entry. One
// operation takes a good minute, so it runs once: -benchtime 1x.
func BenchmarkWake(b *testing.B) {
	const waits, slow, within = 500, 60, time.Minute
	for range b.N {
		var behind atomic.Int64 // how far the engine's clock is behind ours
		disk, err := bolt.Open(b.TempDir()+"/bedside.db", bolt.Options{})
		require.NoError(b, err)
		h := newHouse(b, func(o *engine.Options) {
			o.Store, o.Log = disk, nil
			o.Now = func() time.Time { return time.Now().Add(-time.Duration(behind.Load())) }
		})
		h.rooms.make_ = func(ctx context.Context, _ rooms.Order) error {
			select {
			case <-time.After(15 * time.Second):
			case <-ctx.Done():
			}
			return ctx.Err()
		}
		first := time.Now().Add(10 * time.Second) // the first wait's deadline
		patients := make([]bot.Actor, waits)
		for i := range patients {
			due := first.Add(time.Duration(i) * within / waits)
			behind.Store(int64(time.Until(due.Add(-bot.Defaults().WaitRung)) * -1))
			patients[i] = h.waiting(fmt.Sprint("w", i))
		}
		behind.Store(0)
		for i := range slow {
			h.escalate(h.consulting(fmt.Sprint("s", i), vera), vera, bot.ByPage)
		}
		late := latenesses(b, h, patients)
		stop := h.run()
		times := late()
		stop()
		require.NoError(b, disk.Close())
		b.ReportMetric(float64(times[len(times)/2].Microseconds())/1e3, "late-p50-ms")
		b.ReportMetric(float64(times[len(times)*99/100].Microseconds())/1e3, "late-p99-ms")
	}
}

// latenesses follows the conversations; the answer waits for all and says how
// late each was told, by the house's clock.
func latenesses(b *testing.B, h *house, patients []bot.Actor) func() []time.Duration {
	var wg sync.WaitGroup
	times := make([]time.Duration, len(patients))
	now := time.Now
	if h.opts.Now != nil {
		now = h.opts.Now
	}
	for i, p := range patients {
		due := bot.Wake(h.state(p), bot.Defaults(), h.lib.Live(""))
		require.False(b, due.IsZero())
		wg.Add(1)
		told := sync.OnceFunc(func() {
			times[i] = now().Sub(due)
			wg.Done()
		})
		sub := h.e.SubscribeFunc(p.Conversation, told)
		b.Cleanup(sub.Close)
	}
	return func() []time.Duration {
		wg.Wait()
		slices.Sort(times)
		require.Positive(b, times[0], "nobody is told before the time")
		return times
	}
}
