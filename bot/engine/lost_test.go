package engine_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/store"
	"bedside/store/storetest"
)

// broken is a store whose disk fails when a test wants it.
type broken struct {
	store.Store
	stopped atomic.Bool
}

func (b *broken) err() error {
	if b.stopped.Load() {
		return fmt.Errorf("%w: no space left on the disk", store.ErrClosed)
	}
	return nil
}

func (b *broken) Commit(ctx context.Context, batch store.Batch) error {
	if err := b.err(); err != nil {
		return err
	}
	return b.Store.Commit(ctx, batch)
}

func (b *broken) TakeDue(ctx context.Context, now time.Time, limit int, owner string, ttl time.Duration) ([]store.Head, error) {
	if err := b.err(); err != nil {
		return nil, err
	}
	return b.Store.TakeDue(ctx, now, limit, owner, ttl)
}

func (b *broken) NextWake(ctx context.Context) (time.Time, error) {
	if err := b.err(); err != nil {
		return time.Time{}, err
	}
	return b.Store.NextWake(ctx)
}

// TestAStoreThatHasStoppedEndsTheEngine: whoever finds out first, Run answers
// with the reason, so that the process ends and is started anew.
func TestAStoreThatHasStoppedEndsTheEngine(t *testing.T) {
	for name, notice := range map[string]func(*house, bot.Actor){
		"a message": func(h *house, a bot.Actor) {
			_, err := h.try(a, a.Conversation, bot.DoSend, bot.Args{Text: "help"})
			requireCode(h.t, bot.Unavailable, err)
		},
		"a look at what is due": func(*house, bot.Actor) { time.Sleep(16 * time.Second) },
		"a probe":               func(h *house, _ bot.Actor) { require.ErrorIs(h.t, h.e.Ready(h.t.Context()), store.ErrClosed) },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				disk := &broken{Store: storetest.NewModel()}
				h := newHouse(t, func(o *engine.Options) { o.Store = disk })
				over := make(chan error, 1)
				go func() { over <- h.e.Run(t.Context()) }()
				a := h.waiting("anna")
				synctest.Wait()
				require.NoError(t, h.e.Alive())
				disk.stopped.Store(true)
				notice(h, a)
				synctest.Wait()
				require.Len(t, over, 1, "nobody waits for it")
				require.ErrorIs(t, <-over, store.ErrClosed)
				require.ErrorIs(t, h.e.Alive(), store.ErrClosed)
				require.ErrorIs(t, h.e.Ready(t.Context()), store.ErrClosed)
				h.e.Close()
			})
		})
	}
}
