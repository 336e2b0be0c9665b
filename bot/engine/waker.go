package engine

import (
	"context"
	"math"
	"sync"
	"sync/atomic"
	"time"

	"bedside/bot"
)

const (
	leaseTime    = 45 * time.Second // longer than any single effect; taken again, it is longer still
	takeAtOnce   = 256
	storeBackOff = time.Second // after the store refused to say what is due

	// clockEvery bounds every sleep that ends at a moment of the clock. A timer
	// stands still while the machine is suspended and knows nothing of a clock
	// that is put forward; looking at the clock does.
	clockEvery = 15 * time.Second
)

// waker hands conversations whose moment has come to shifts, one at a time for
// each. It sleeps exactly until the store's next wake, and looks at the clock now
// and then; a commit that brings an earlier one, and the end of a shift, wake it.
type waker struct {
	e      *Engine
	nudge  chan struct{}
	again  atomic.Bool  // every open conversation is to be looked at
	asleep atomic.Int64 // until when it sleeps, in nanoseconds since 1970; the most while it is awake

	deciding chan struct{} // bounds deadlines that are decided at once
	asking   chan struct{} // bounds effects that people wait for
	tidying  chan struct{} // bounds removals, which must keep nobody waiting
	posting  chan struct{} // bounds messages, likewise: a mail server may be slow

	mu     sync.Mutex
	shifts map[string]*shift
	wg     sync.WaitGroup
}

func newWaker(e *Engine) *waker {
	w := &waker{
		e: e, nudge: make(chan struct{}, 1), shifts: map[string]*shift{},
		deciding: make(chan struct{}, e.o.Workers),
		asking:   make(chan struct{}, 4*e.o.Workers),
		tidying:  make(chan struct{}, max(2, e.o.Workers/2)),
		posting:  make(chan struct{}, e.o.Workers),
	}
	w.asleep.Store(math.MaxInt64)
	return w
}

// run works until ctx ends and every shift is over.
func (w *waker) run(ctx context.Context) {
	defer w.wg.Wait()
	if w.e.o.Effects {
		w.wg.Go(func() { w.e.resume(ctx) })
	}
	w.again.Store(true)
	for last := w.clock(); ctx.Err() == nil; {
		w.asleep.Store(math.MaxInt64)
		now := w.clock()
		if w.e.o.Effects && now.Before(last) {
			w.wg.Go(func() { w.e.resume(ctx) }) // heads may say the wrong clock's moments
		}
		last = now
		if w.again.Swap(false) {
			w.wg.Go(func() { w.e.catchUp(ctx) })
		}
		next, err := w.handOut(ctx)
		if err != nil {
			w.e.lost.notice(err)
			if ctx.Err() == nil {
				w.e.log.Error("engine: ask what is due", "error", err)
			}
			next = w.e.now().Add(storeBackOff)
		}
		w.sleep(ctx, next)
	}
}

// clock is the wall's time without the timer's.
func (w *waker) clock() time.Time { return w.e.now().Round(0) }

// handOut begins a shift for everything that is due and answers with the next
// moment at which something will be; zero is never.
func (w *waker) handOut(ctx context.Context) (time.Time, error) {
	for {
		heads, err := w.e.store.TakeDue(ctx, w.e.now(), takeAtOnce, w.e.node, leaseTime)
		if err != nil {
			return time.Time{}, err
		}
		for _, h := range heads {
			w.e.metrics.lateness.Observe(w.e.now().Sub(h.Wake).Seconds())
			w.begin(ctx, h.ID)
		}
		if len(heads) < takeAtOnce {
			return w.e.store.NextWake(ctx)
		}
	}
}

func (w *waker) lookAgain() {
	w.again.Store(true)
	w.wake()
}

func (w *waker) sleep(ctx context.Context, until time.Time) {
	if !until.IsZero() {
		w.asleep.Store(until.UnixNano())
	}
	timer := time.NewTimer(w.e.pause(until))
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-w.nudge:
	case <-ctx.Done():
	}
}

// pause is how long to sleep for a moment, or until the next look at the clock;
// zero never comes.
func (e *Engine) pause(until time.Time) time.Duration {
	if until.IsZero() {
		return clockEvery
	}
	return min(until.Sub(e.now()), clockEvery)
}

// wake makes the waker look again.
func (w *waker) wake() {
	select {
	case w.nudge <- struct{}{}:
	default:
	}
}

// changed hears of a commit of this process: a shift that is at work on the
// conversation looks at it again, and a wake that is earlier than the waker
// sleeps for ends its sleep.
func (w *waker) changed(id string, wake time.Time) {
	w.mu.Lock()
	s := w.shifts[id]
	w.mu.Unlock()
	if s != nil {
		s.poke()
	}
	if !wake.IsZero() && wake.UnixNano() < w.asleep.Load() {
		w.wake()
	}
}

// begin starts a shift; where one is at work already, its lease has just been
// renewed.
func (w *waker) begin(ctx context.Context, id string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if s := w.shifts[id]; s != nil {
		s.poke()
		return
	}
	s := &shift{e: w.e, id: id, news: make(chan struct{}, 1)}
	w.shifts[id] = s
	w.wg.Go(func() {
		for again := true; again; {
			s.run(ctx)
			again = w.end(ctx, s)
		}
	})
}

// end gives the lease back and then the shift its leave; true: in between there
// was news, or the lease came anew, and it must go on.
func (w *waker) end(ctx context.Context, s *shift) bool {
	if err := w.e.store.Release(context.WithoutCancel(ctx), s.id, w.e.node); err != nil {
		w.e.log.Warn("engine: give a lease back", "conversation", s.id, "error", err)
	}
	w.mu.Lock()
	if s.heard() && ctx.Err() == nil {
		w.mu.Unlock()
		return true
	}
	delete(w.shifts, s.id)
	w.mu.Unlock()
	if !s.next.IsZero() && s.next.UnixNano() < w.asleep.Load() {
		w.wake() // it slept for the end of the lease
	}
	return false
}

// slots are the places for effects of a deed.
func (w *waker) slots(d bot.Deed) chan struct{} {
	switch d {
	case bot.RemoveRoom:
		return w.tidying
	case bot.SendNotice:
		return w.posting
	}
	return w.asking
}

// within runs f in one of the slots; false: ctx ended first.
func within(ctx context.Context, slots chan struct{}, f func()) bool {
	select {
	case slots <- struct{}{}:
	case <-ctx.Done():
		return false
	}
	defer func() { <-slots }()
	f()
	return true
}
