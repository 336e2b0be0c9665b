package engine

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"bedside/bot"
	"bedside/store"
)

// Engine drives all conversations of one store. Make it with New; its methods
// may be called from many goroutines at once.
type Engine struct {
	o     Options
	store store.Store
	log   *slog.Logger
	node  string // names this process in leases

	decider *bot.Decider
	cache   *cache
	locks   *locks
	crowd   *crowd
	pins    *pins
	zones   *zones
	hub     *hub
	heads   *headHub
	tickets *tickets
	audited *audited
	delays  *delays
	waits   *waits
	presses *presses
	apps    *apps
	seating *seating
	metrics *metrics
	lost    *lost
	offers  *offers
	works   *works
	duties  *headHub // by login
	rings   bool     // somebody knows who is there: patients are offered to doctors
	began   time.Time

	unreadable *unreadable

	waker   *waker
	watches *watches
	running atomic.Bool

	allowing sync.Mutex // of messages that are counted
}

// New makes an engine. Nothing happens by itself before Run.
func New(o Options) (*Engine, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	rings := o.Present != nil
	o = o.withDefaults()
	e := &Engine{
		rings: rings, began: o.Now(), offers: newOffers(), works: newWorks(), duties: newHeadHub(),
		o: o, store: o.Store, log: o.Log,
		node:    o.Installation + "-" + rand.Text(),
		decider: bot.NewDecider(),
		cache:   newCache(cacheStates),
		locks:   newLocks(),
		crowd:   newCrowd(),
		pins:    newPins(),
		zones:   newZones(),
		hub:     newHub(),
		heads:   newHeadHub(),
		tickets: newTickets(),
		audited: newAudited(),
		delays:  newDelays(),
		waits:   newWaits(),
		presses: newPresses(),
		apps:    newApps(),
		seating: newSeating(),
		lost:    newLost(),

		unreadable: newUnreadable(),
	}
	e.waker, e.watches = newWaker(e), newWatches(e)
	e.metrics = newMetrics(e)
	return e, nil
}

// Close ends all subscriptions: their channels are closed, and later ones come
// closed. Stop Run first.
func (e *Engine) Close() {
	e.hub.close()
	e.heads.close()
	e.duties.close()
}

// Ready is nil while Run is under way and the store answers.
func (e *Engine) Ready(ctx context.Context) error {
	if err := e.Alive(); err != nil {
		return err
	}
	if !e.running.Load() {
		return errors.New("engine: not running")
	}
	_, err := e.store.NextWake(ctx)
	e.lost.notice(err)
	return err
}

func (e *Engine) now() time.Time { return e.o.Now() }

// newID is a fresh id that nobody can guess, e.g. of a call.
func newID() string { return strings.ToLower(rand.Text()) }

// unavailable is what callers get when the store or TrueConf does not answer.
// The cause goes to the log, not to them.
func (e *Engine) unavailable(what string, err error) error {
	var r *bot.Refusal
	if errors.As(err, &r) {
		return r
	}
	e.lost.notice(err)
	switch {
	case errors.Is(err, store.ErrErased):
		return &bot.Refusal{Code: bot.Unknown, Message: "there is no such conversation"}
	case errors.Is(err, context.Canceled):
	default:
		e.log.Error("engine: "+what, "error", err)
	}
	return &bot.Refusal{
		Code: bot.Unavailable, Message: "The service does not answer just now. Please try again.",
		Detail: what, RetryAfter: 2,
	}
}

func noSuchConversation() error {
	return &bot.Refusal{Code: bot.Unknown, Message: "there is no such conversation"}
}
