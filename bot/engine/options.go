package engine

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"bedside/bot"
	"bedside/flows"
	"bedside/store"
)

// Options are what an Engine works with. Store, Flows and Key are required.
type Options struct {
	Store  store.Store
	Rooms  Rooms // nil only where Effects is false
	Flows  Library
	Staff  func(ctx context.Context) map[string]bot.Actor // every enabled staff member by login; nil: nobody
	Limits func() bot.Limits                              // nil: bot.Defaults
	OnDuty func(department string) bool                   // nil: always somebody

	Key          []byte // the server key, 32 bytes: visit keys are computed from it
	Installation string // names this installation's rooms at TrueConf, and this node's leases

	Now     func() time.Time // nil: time.Now
	Log     *slog.Logger     // nil: nothing is logged
	Workers int              // how many deadlines are decided at once; 0: 16

	// Effects says whether anything is asked of TrueConf. A restored backup runs
	// without: deadlines hold, rooms are left alone.
	Effects bool
}

// Library knows today's flows.
type Library interface {
	// Live is the compiled flow that a site serves today; "" is the first
	// site. It is nil for a site that there is not.
	Live(site string) *flows.Program
}

func (o Options) check() error {
	switch {
	case o.Store == nil:
		return errors.New("engine: no store")
	case o.Flows == nil:
		return errors.New("engine: no flows")
	case len(o.Key) < 32:
		return errors.New("engine: the server key is shorter than 32 bytes")
	case o.Effects && o.Rooms == nil:
		return errors.New("engine: effects without rooms")
	}
	return nil
}

func (o Options) withDefaults() Options {
	if o.Staff == nil {
		o.Staff = func(context.Context) map[string]bot.Actor { return nil }
	}
	if o.Limits == nil {
		o.Limits = bot.Defaults
	}
	if o.OnDuty == nil {
		o.OnDuty = func(string) bool { return true }
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Workers <= 0 {
		o.Workers = 16
	}
	return o
}
