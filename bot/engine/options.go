package engine

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"bedside/bot"
	"bedside/bot/notify"
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
	OnDuty func(department string) bool                   // whether a doctor of it is there; nil: always

	// Present says whether a console of the staff member is open and answers; nil:
	// nobody knows, and nobody is offered a patient.
	Present func(login string) bool
	// PatientHere says whether the patient's page is open; nil: always.
	PatientHere func(conversation string) bool
	// PatientLeft says when it was closed; nil: nobody knows.
	PatientLeft func(conversation string) bot.Leave

	Notify *notify.Office // nil: nobody is written to
	Lead   Lead           // where the lead is reached
	// PublicURL and ConsoleURL begin the links in messages; no slash at the end. An
	// empty ConsoleURL is the public one.
	PublicURL, ConsoleURL string

	// From is the address from which the clinic's mail comes, without a name; "" where
	// it sends none. Calendar entries name it.
	From string
	// AppPresence says whether a doctor whose TrueConf app is busy is in a call for us too.
	AppPresence bool
	// VideoUp says whether TrueConf answered when it was last asked; nil: always.
	VideoUp func() bool

	Key          []byte // the server key, 32 bytes: visit keys are computed from it
	Installation string // names this installation's rooms at TrueConf, and this node's leases

	Now     func() time.Time // nil: time.Now
	Log     *slog.Logger     // nil: nothing is logged
	Workers int              // how many deadlines are decided at once; 0: 16

	// Effects says whether anything is asked of TrueConf. A restored backup runs
	// without: deadlines hold, rooms are left alone.
	Effects bool
}

// Lead are the addresses of whoever is woken when a promise is about to break.
type Lead struct{ Email, Phone []string }

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
	if o.Present == nil {
		o.Present = func(string) bool { return true }
	}
	if o.PatientHere == nil {
		o.PatientHere = func(string) bool { return true }
	}
	if o.PatientLeft == nil {
		o.PatientLeft = func(string) bot.Leave { return bot.Leave{Known: true} }
	}
	if o.ConsoleURL == "" {
		o.ConsoleURL = o.PublicURL
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

// NoticeChannels are those in which a patient who has left the page can be written to.
func (e *Engine) NoticeChannels() []bot.Channel { return e.o.Limits().NoticeKinds }
