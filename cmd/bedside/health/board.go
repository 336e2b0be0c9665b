package health

import (
	"context"
	"sync"
	"time"

	"bedside/cmd/bedside/check"
)

const (
	boardEvery = 5 * time.Minute
	boardFirst = 10 * time.Second // after the start, so that the server answers
	againAfter = 15 * time.Second // between two runs that somebody asks for
	boardMost  = 2 * time.Minute  // of one run
	slowEvery  = time.Hour
)

// Board repeats the checks and keeps what they found last.
type Board struct {
	clinic func(fresh bool) check.Clinic // fresh: with no token that was had before
	calls  func() int                    // open ones: no room is made while there are any
	now    func() time.Time
	press  chan struct{}

	mu      sync.Mutex
	lines   map[string]check.Line
	asked   map[string]time.Time // when each was run last
	at      time.Time            // the end of the last run
	running bool
	works   bool // somebody looks: Run has begun
}

// NewBoard makes a board. Nothing is looked at before Run.
func NewBoard(clinic func(fresh bool) check.Clinic, calls func() int, now func() time.Time) *Board {
	return &Board{
		clinic: clinic, calls: calls, now: now, press: make(chan struct{}, 1),
		lines: map[string]check.Line{}, asked: map[string]time.Time{},
	}
}

// Last are the newest lines in the checks' order, when the last run ended, and
// whether one is under way. A check that has never been run has no line.
func (b *Board) Last() (lines []check.Line, at time.Time, running bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, k := range check.All() {
		if l, ok := b.lines[k.ID]; ok {
			lines = append(lines, l)
		}
	}
	return lines, b.at, b.running
}

// Again asks for a run of everything. The answer is how long to wait where it is
// too soon, else 0; a run under way is as good. A board that nobody runs, as where
// the journal is a copy, has nothing to do.
func (b *Board) Again() time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	if wait := againAfter - b.now().Sub(b.at); !b.running && !b.at.IsZero() && wait > 0 {
		return wait
	}
	if b.works && !b.running {
		b.running = true // what is asked for is under way for whoever looks
		b.press <- struct{}{}
	}
	return 0
}

// Run looks at everything soon, and then at what is due, until ctx ends. What takes
// over a minute runs beside the rest and holds nobody up.
func (b *Board) Run(ctx context.Context) {
	b.mu.Lock()
	b.works = true
	b.mu.Unlock()
	var slow sync.WaitGroup
	slow.Go(func() { b.slowly(ctx) })
	defer slow.Wait()
	timer := time.NewTimer(boardFirst)
	defer timer.Stop()
	for {
		all := false
		select {
		case <-ctx.Done():
			return
		case <-b.press:
			all = true
		case <-timer.C:
		}
		b.look(ctx, all)
		timer.Reset(boardEvery)
	}
}

// slowly runs the slow checks, each hour.
func (b *Board) slowly(ctx context.Context) {
	var slow []check.Check
	for _, k := range check.All() {
		if k.Slow {
			slow = append(slow, k)
		}
	}
	timer := time.NewTimer(2 * boardFirst) // behind what they need
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
		clinic := b.clinic(false)
		clinic.Before, _, _ = b.Last()
		clinic.Run(ctx, slow, func(l check.Line) { b.put(ctx, l) })
		timer.Reset(slowEvery)
	}
}

func (b *Board) look(ctx context.Context, all bool) {
	due := b.due(all)
	bounded, cancel := context.WithTimeout(ctx, boardMost)
	defer cancel()
	clinic := b.clinic(all)
	clinic.Before, _, _ = b.Last()
	b.mu.Lock()
	b.running = true
	b.mu.Unlock()
	clinic.Run(bounded, due, func(l check.Line) { b.put(ctx, l) })
	b.mu.Lock()
	b.running, b.at = false, b.now()
	b.mu.Unlock()
}

// put keeps a line as soon as it is there. What was broken off says nothing: the
// one before holds.
func (b *Board) put(ctx context.Context, l check.Line) {
	if l.Code == "stopped" || ctx.Err() != nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.lines[l.Check], b.asked[l.Check] = l, b.now()
}

// due are the checks whose time has come. Those that make and need a room are left
// out while a call is open: a server may have a limit of rooms at once.
func (b *Board) due(all bool) []check.Check {
	busy := b.calls() > 0
	b.mu.Lock()
	defer b.mu.Unlock()
	rooms, now := false, b.now()
	for _, k := range check.All() {
		rooms = rooms || k.Room && (all || b.over(k, now))
	}
	var out []check.Check
	for _, k := range check.All() {
		if k.Slow || k.Room && (busy || !rooms) || !k.Room && !all && !b.over(k, now) {
			continue
		}
		out = append(out, k)
	}
	return out
}

// over reports whether a check's time has come; a tick that is a little early
// counts. The caller holds the mutex.
func (b *Board) over(k check.Check, now time.Time) bool {
	last, ran := b.asked[k.ID]
	return !ran || now.Sub(last) > k.Every-boardEvery/2
}
