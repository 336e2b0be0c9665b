package health

import (
	"context"
	"errors"
	"sync"
	"time"

	"bedside/trueconf"
)

const (
	pulseEvery  = 20 * time.Second
	pulseWithin = 5 * time.Second
	askAgain    = 2 * time.Second // after the first failure
	soonest     = time.Second     // between two questions, however many requests fail
)

// backOff is how long to wait after each further failure; recovery is what people
// wait for, so it stays short.
var backOff = []time.Duration{5 * time.Second, 10 * time.Second, 20 * time.Second, 30 * time.Second}

// State is whether there is video.
type State struct {
	Up    bool
	Since time.Time // of the first sign
	Why   error     // where it is down
}

// Pulse asks TrueConf again and again whether it is there.
type Pulse struct {
	ping func(context.Context) error
	tell func(State)
	now  func() time.Time
	kick chan struct{}

	mu    sync.Mutex
	state State
}

// NewPulse makes a pulse. ping is one light question; tell hears each change, and
// how things stand after the first answer. It begins up.
func NewPulse(ping func(context.Context) error, tell func(State), now func() time.Time) *Pulse {
	return &Pulse{ping: ping, tell: tell, now: now, kick: make(chan struct{}, 1), state: State{Up: true, Since: now()}}
}

// State is how things stand.
func (p *Pulse) State() State {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.state
}

// Noticed hears how a real request ended: one that says otherwise than what is
// known lets the pulse ask at once.
func (p *Pulse) Noticed(err error) {
	if p.State().Up == down(err) {
		select {
		case p.kick <- struct{}{}:
		default: // it will ask anyway
		}
	}
}

// Run asks until ctx ends.
func (p *Pulse) Run(ctx context.Context) {
	p.tell(p.State())
	for failures := 0; ; {
		first := p.now()
		err := p.ask(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case !down(err):
			failures = 0
			p.become(State{Up: true, Since: p.now()})
		default:
			if failures++; failures == 1 {
				p.suspect(first)
			} else {
				p.become(State{Since: first, Why: err})
			}
		}
		if !p.wait(ctx, failures) {
			return
		}
	}
}

func (p *Pulse) ask(ctx context.Context) error {
	bounded, cancel := context.WithTimeout(ctx, pulseWithin)
	defer cancel()
	return p.ping(bounded)
}

// suspect remembers when the first sign was seen.
func (p *Pulse) suspect(at time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.state.Up {
		p.state.Since = at
	}
}

// become takes over a state, and tells it where it is another one. What is down
// stays so since the first sign; why may change.
func (p *Pulse) become(s State) {
	p.mu.Lock()
	old := p.state
	changed := old.Up != s.Up || !s.Up && reason(old.Why) != reason(s.Why)
	if !s.Up {
		s.Since = old.Since // since suspect
	}
	if !changed {
		s = old
	}
	p.state = s
	p.mu.Unlock()
	if changed {
		p.tell(s)
	}
}

// wait is false when ctx has ended.
func (p *Pulse) wait(ctx context.Context, failures int) bool {
	pause := pulseEvery
	switch {
	case failures == 1:
		pause = askAgain
	case failures > 1:
		pause = backOff[min(failures-2, len(backOff)-1)]
	}
	timer := time.NewTimer(pause)
	defer timer.Stop()
	least := time.NewTimer(soonest)
	defer least.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	case <-least.C:
	}
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
	case <-p.kick:
	}
	return true
}

// down reports whether an error means that no call can be made: nobody answers,
// not as TrueConf does, or it refuses us altogether. A refusal of one request, or
// the caller's own hurry, means nothing of the kind.
func down(err error) bool {
	var e *trueconf.Error
	switch {
	case err == nil, errors.Is(err, context.Canceled):
		return false
	case !errors.As(err, &e):
		return true
	}
	switch e.Kind {
	case trueconf.Unreachable, trueconf.TLS, trueconf.Credentials, trueconf.Scope:
		return true
	case trueconf.Unexpected:
		return e.Status >= 500 || e.Status == 0 || e.Status == 404
	}
	return false
}

func reason(err error) trueconf.Kind { return trueconf.KindOf(err) }
