package engine

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"bedside/bot"
	"bedside/store"
)

const (
	sweepEvery = 5 * time.Minute
	listPage   = 100
)

// Run decides deadlines, fulfils wishes, watches rooms, sweeps, and hears of
// other nodes' commits until ctx ends. It returns when all of that is quiet:
// effects under way have been broken off and stand as wishes. One Run at a time.
// A store that stops for good ends it too; the error is store.ErrClosed then.
func (e *Engine) Run(ctx context.Context) error {
	if !e.running.CompareAndSwap(false, true) {
		return errors.New("engine: running already")
	}
	defer e.running.Store(false)
	asked := ctx
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	hints, err := e.store.Watch(ctx)
	if err != nil {
		return err
	}
	if e.o.Effects {
		e.watches.begin(ctx)
		defer e.watches.end()
	}
	var wg sync.WaitGroup
	wg.Go(func() { e.listen(hints) })
	wg.Go(func() { e.waker.run(ctx) })
	if e.rings {
		wg.Go(func() { e.ringing(ctx) })
	}
	if e.o.Effects {
		wg.Go(func() { e.sweeps(ctx) })
		wg.Go(func() { e.seatAll(ctx) })
	}
	wg.Go(func() {
		select {
		case <-e.lost.gone:
			stop()
		case <-ctx.Done():
		}
	})
	wg.Wait()
	if asked.Err() != nil {
		return nil
	}
	return e.Alive()
}

// resume takes up what an earlier process left: open calls are watched again,
// and wishes are fulfilled even where no wake was written for them, as when the
// last process ran without effects.
func (e *Engine) resume(ctx context.Context) {
	err := e.each(ctx, bot.ListRooms, func(f *folded) {
		e.watches.follow(f.state)
		now := e.now()
		for l := range lanes {
			if _, at := e.nextWish(f.state, now, l); due(at, now) {
				e.waker.begin(ctx, f.state.ID)
			}
		}
	})
	if err != nil && ctx.Err() == nil {
		e.log.Error("engine: take up open calls", "error", err)
	}
}

// each visits the conversations of a list as they stand in the store, and passes
// over what cannot be read.
func (e *Engine) each(ctx context.Context, list string, visit func(*folded)) error {
	return e.eachOr(ctx, list, visit, func(string) {})
}

// eachOr is each for those who must know what was passed over.
func (e *Engine) eachOr(ctx context.Context, list string, visit func(*folded), passed func(id string)) error {
	for cursor := ""; ; {
		heads, next, err := e.store.List(ctx, list, cursor, listPage)
		if err != nil {
			return err
		}
		for _, h := range heads {
			f, _, err := e.glance(ctx, h.ID)
			switch {
			case errors.Is(err, store.ErrErased):
			case errors.Is(err, errUnreadable):
				e.skip(h.ID, err)
				passed(h.ID)
			case err != nil:
				return err
			default:
				visit(f)
			}
		}
		if next == "" {
			return nil
		}
		cursor = next
	}
}

// sweeps removes forgotten rooms from time to time, and looks for open calls
// that nobody of this process watches.
func (e *Engine) sweeps(ctx context.Context) {
	ticker := time.NewTicker(sweepEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			e.sweep(ctx)
		case <-ctx.Done():
			return
		}
	}
}

func (e *Engine) sweep(ctx context.Context) {
	swept, err := e.o.Rooms.Sweep(ctx, e.openRooms)
	switch {
	case ctx.Err() != nil:
	case err != nil:
		e.log.Warn("engine: sweep", "error", err)
	case swept.Removed+swept.Failed > 0:
		e.log.Info("engine: rooms that no call knows were swept", "seen", swept.Seen, "removed", swept.Removed, "failed", swept.Failed)
	}
}

// openRooms are the rooms of all open calls, of offers that ring an app, and of
// appointments; Sweep asks after it has listed. One call that cannot be read is an
// error, for its room could be any of those listed.
func (e *Engine) openRooms(ctx context.Context) ([]bot.Room, error) {
	out, err2 := e.offeredRooms(ctx) // first: one that is accepted meanwhile is among the calls
	var unknown error
	err := e.eachOr(ctx, bot.ListCalls, func(f *folded) {
		e.watches.follow(f.state)
		if f.state.Call.Open() {
			out = append(out, f.state.Call.Room())
		}
	}, func(id string) { unknown = fmt.Errorf("%w: the open call of %s", errUnreadable, id) })
	booked, err3 := e.bookedRooms(ctx)
	return append(out, booked...), errors.Join(err, unknown, err2, err3)
}

// offeredRooms are those into which the apps of doctors are rung who are offered a
// patient; of one that was accepted just now, that of its call.
func (e *Engine) offeredRooms(ctx context.Context) ([]bot.Room, error) {
	rung, err := e.claimed(ctx, bot.SpaceOffer, "")
	if err != nil {
		return nil, err
	}
	var out []bot.Room
	for _, id := range rung {
		f, _, err := e.fresh(ctx, id)
		switch {
		case errors.Is(err, store.ErrErased):
		case err != nil:
			return nil, fmt.Errorf("who is rung for %s: %w", id, err)
		case f.state.Offer.RingsApp():
			out = append(out, f.state.Offer.Room())
		case f.state.Call.Open():
			out = append(out, f.state.Call.Room())
		}
	}
	return out, nil
}
