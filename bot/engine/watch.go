package engine

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"bedside/bot"
	"bedside/bot/rooms"
	"bedside/store"
)

const (
	missesGone = 2 // successful reads in a row without a person
	missesDown = 2 // reads in a row of a room that does not run
	missesList = 3 // looks in a row without a usable list

	// manyStrangers is how many strangers of one attempt are told of: enough to
	// warn the doctor, too few to fill a disk.
	manyStrangers = 8
)

// watch looks into one room. Only its goroutine counts; the last reading is read
// by presses of Join as well.
type watch struct {
	e    *Engine
	id   string
	room bot.Room
	seq  uint64 // of the state by which it was followed last; guarded by watches
	stop context.CancelFunc
	soon chan struct{}

	missing  map[bot.Role]int
	down     int
	unlisted int

	mu      sync.Mutex
	reading *rooms.Reading
	expect  time.Time // until then somebody with a link may come
}

func (w *watch) run(ctx context.Context) {
	defer w.stop()
	for ctx.Err() == nil {
		within(ctx, w.e.watches.looking, func() { w.look(ctx) })
		for w.sleeps(ctx) {
		}
	}
}

// sleeps waits for the next look; true: somebody is about to come, and the pause
// must be counted anew.
func (w *watch) sleeps(ctx context.Context) bool {
	timer := time.NewTimer(w.pause())
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	case <-w.soon:
		return true
	}
	return false
}

// look reads once and gives what has changed as commands.
func (w *watch) look(ctx context.Context) {
	limited, cancel := context.WithTimeout(ctx, lookTime)
	defer cancel()
	r, err := w.e.o.Rooms.Look(limited, w.room, w.id)
	if ctx.Err() != nil {
		return
	}
	f, _, load := w.e.fresh(ctx, w.id)
	switch {
	case errors.Is(load, store.ErrErased):
		w.e.watches.forget(w.id)
		return
	case load != nil:
		return
	case f.state.Offer.RingsApp() && f.state.Offer.Room() == w.room:
		if err == nil && r.Has(bot.Doctor) {
			w.tell(ctx, bot.DoAnswered, bot.Args{Doctor: f.state.Offer.Doctor})
		}
		return
	case !f.state.Call.Open() || f.state.Call.Room() != w.room:
		w.e.watches.follow(f.state) // another node has moved on
		return
	}
	c := f.state.Call
	if err != nil {
		w.blind(ctx, c)
		return
	}
	w.keep(r)
	switch {
	case !r.Known:
		w.tell(ctx, bot.DoBroken, bot.Args{Why: "gone"})
	case !r.Running:
		if w.down++; w.down >= missesDown {
			w.tell(ctx, bot.DoBroken, bot.Args{Why: "stopped"})
		}
	case !r.Listed:
		w.down = 0
		w.blind(ctx, c)
	default:
		w.down = 0
		w.sighted(ctx, c, r)
	}
}

// blind is a look that says nothing about people.
func (w *watch) blind(ctx context.Context, c *bot.Call) {
	if w.unlisted++; w.unlisted >= missesList && !c.Unwatched {
		w.tell(ctx, bot.DoUnwatched, bot.Args{})
	}
}

// sighted is a usable list of a running room: presence counts at once, absence
// when it is read twice.
func (w *watch) sighted(ctx context.Context, c *bot.Call, r rooms.Reading) {
	w.unlisted = 0
	if c.Unwatched {
		w.tell(ctx, bot.DoWatched, bot.Args{})
	}
	for _, who := range []bot.Role{bot.Patient, bot.Doctor} {
		switch {
		case r.Has(who):
			w.missing[who] = 0
			if !c.Inside[who] {
				w.tell(ctx, bot.DoSeen, bot.Args{Who: who})
			}
		case c.Inside[who]:
			if w.missing[who]++; w.missing[who] >= missesGone {
				w.missing[who] = 0
				w.tell(ctx, bot.DoGone, bot.Args{Who: who})
			}
		}
	}
	known := slices.Clone(c.Strangers)
	for _, name := range r.Strangers {
		if len(known) < manyStrangers && !slices.Contains(known, name) {
			known = append(known, name)
			w.tell(ctx, bot.DoStrange, bot.Args{Name: name})
		}
	}
}

// tell gives a command; one that fails is given again after the next look.
func (w *watch) tell(ctx context.Context, do bot.Do, a bot.Args) {
	a.Call, a.Attempt = w.room.Call, w.room.Attempt
	if _, err := w.e.system(ctx, w.id, do, a); err != nil && ctx.Err() == nil {
		w.e.log.Warn("engine: what was seen is not recorded", "conversation", w.id, "do", do, "error", err)
	}
}

// pause is long only while both are inside, nothing is in doubt and nobody has
// just been given a link.
func (w *watch) pause() time.Duration {
	w.mu.Lock()
	r, doubt := w.reading, w.e.now().Before(w.expect)
	w.mu.Unlock()
	doubt = doubt || w.down > 0 || w.unlisted > 0
	for _, n := range w.missing {
		doubt = doubt || n > 0
	}
	if !doubt && r != nil && r.Has(bot.Patient) && r.Has(bot.Doctor) {
		return lookSeldom
	}
	return lookOften
}

func (w *watch) last() *rooms.Reading {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.reading
}

// keep remembers the latest reading.
func (w *watch) keep(r rooms.Reading) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.reading == nil || !r.At.Before(w.reading.At) {
		w.reading = &r
	}
}
