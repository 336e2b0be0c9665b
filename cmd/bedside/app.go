package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/cmd/bedside/config"
	"bedside/store"
	"bedside/web"
)

// app is one running Bedside. Make it with newApp, then Start and, whatever
// Start answered, Stop.
type app struct {
	log      *slog.Logger
	config   config.Config // as it began; what may change is in today
	today    *today
	reloader *reloader
	flows    *publishing
	store    store.Store
	key      []byte
	house    house
	engine   *engine.Engine
	web      *web.Server
	health   *watch
	control  *control

	at      listening
	tls     *tlsSide // nil: no TLS of its own
	servers []*http.Server
	running sync.WaitGroup
	failed  chan error // the first thing that went wrong by itself
	stop    context.CancelFunc
	closers []func(context.Context) error // in the order of starting
}

// newApp puts everything together and asks nothing of the outside yet. On an
// error all that was opened is closed again, the listeners too.
func newApp(r config.Reading, at listening, log *slog.Logger) (*app, error) {
	a := &app{log: log, config: r.Config, today: &today{}, at: at, failed: make(chan error, 1), stop: func() {}}
	if err := a.assemble(r); err != nil {
		return nil, errors.Join(err, a.Stop(context.Background()))
	}
	return a, nil
}

func (a *app) assemble(r config.Reading) error {
	var err error
	a.tls, err = newTLS(r, a.log)
	if err := errors.Join(err, soundAtFirst(r)); err != nil {
		return err // all of it at once
	}
	data, err := openData(a.config, a.log)
	if err != nil {
		return err
	}
	a.store, a.key = data.store, data.key
	a.onStop(func(context.Context) error { return data.store.Close() })
	if a.house, err = enterHouse(context.Background(), data.store, placeOf(a.config), data.key); err != nil {
		return err
	}
	a.reloader = newReloader(a)
	a.flows = newPublishing(a.store, a.served())
	first, err := a.flows.begin(context.Background(), r)
	if err != nil {
		return err
	}
	a.today.Store(first)
	for _, line := range first.library.stale(time.Now()) {
		a.log.Warn("flow: " + line)
	}
	a.health = newWatch(a)
	kept, err := readOuts(context.Background(), data.store)
	if err != nil {
		return err
	}
	a.today.out.Store(&kept)
	parts := wiring{
		kept:   kept,
		config: a.config, data: data, house: a.house, library: first.library, today: a.today, log: a.log, health: a.health, flows: a.flows,
		onDuty:     func(department string) bool { return a.web.OnDuty(department) },
		present:    func(login string) bool { return a.web.Present(login) },
		attended:   func(conversation string) bool { return a.web.PatientHere(conversation) },
		left:       func(conversation string) bot.Leave { return a.web.PatientLeft(conversation) },
		collectors: append(a.reloader.collectors(), a.flows.collectors()...),
	}
	if parts.video, err = parts.rooms(); err != nil {
		return err
	}
	if a.engine, err = parts.engine(); err != nil {
		return err
	}
	a.onStop(func(context.Context) error { a.engine.Close(); return nil })
	if a.web, err = parts.web(a.engine); err != nil {
		return err
	}
	a.onStop(a.web.Close)
	return nil
}

// Start begins to work and returns. What fails later by itself comes out of
// Failed.
func (a *app) Start() error {
	ctx, stop := context.WithCancel(context.Background())
	a.stop = stop
	if a.house.Home {
		if err := settleApart(ctx, a.store, a.engine); err != nil {
			return err
		}
	}
	a.control = startControl(data{a.store, a.key}, a.config.Data, a.log, func(mux *http.ServeMux) {
		proveOver(mux, a.web, a.installation())
		mux.HandleFunc("POST "+controlReload, a.reloader.answer)
		mux.HandleFunc("GET "+controlWho, sayWho)
		mux.HandleFunc("POST "+controlStaff, a.answerStaff)
		mux.HandleFunc("GET "+controlStaff, a.showStaff)
		a.flows.answerOver(mux)
		a.flows.servedOver(mux, a.engine)
		mux.Handle("GET "+controlReady, a.web.AdminHandler())
	})
	a.running.Go(func() { a.fail("the engine", a.engine.Run(ctx)) })
	a.serve(a.tls.over(a.at.public), a.web.Handler())
	a.serve(a.tls.over(a.at.console), a.web.ConsoleHandler())
	a.serve(a.at.admin, a.web.AdminHandler())
	if a.tls != nil {
		a.serve(a.at.redirect, a.tls.redirect)
	}
	a.health.run(ctx, &a.running)
	a.flows.run(ctx, &a.running)
	if !a.house.Home {
		a.log.Warn("this journal is a copy: nothing is asked of TrueConf until `bedside adopt`",
			"host", a.house.Host, "folder", a.house.Folder)
	}
	return nil
}

// serve answers at an address; where there is none, it does nothing.
func (a *app) serve(l net.Listener, h http.Handler) {
	if l == nil {
		return
	}
	s := a.web.HTTP(h)
	a.servers = append(a.servers, s)
	a.running.Go(func() {
		if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			a.fail("the server at "+l.Addr().String(), err)
		}
	})
}

func (a *app) fail(what string, err error) {
	if err == nil || errors.Is(err, context.Canceled) {
		return
	}
	select {
	case a.failed <- fmt.Errorf("%s: %w", what, err):
	default:
	}
}

// Failed gives the first failure that stops the app from doing its work.
func (a *app) Failed() <-chan error { return a.failed }

func (a *app) onStop(f func(context.Context) error) { a.closers = append(a.closers, f) }

// Stop ends sockets, servers, engine and store, in this order, and returns when
// all is quiet or ctx ends. What was acknowledged is durable already.
func (a *app) Stop(ctx context.Context) error {
	var errs []error
	if a.web != nil {
		errs = append(errs, a.web.Close(ctx))
	}
	for _, s := range a.servers {
		if err := s.Shutdown(ctx); err != nil {
			errs = append(errs, err, s.Close())
		}
	}
	a.at.close() // most are closed by their servers
	if a.control != nil {
		errs = append(errs, a.control.Close())
	}
	a.stop()
	a.running.Wait()
	for i := len(a.closers) - 1; i >= 0; i-- {
		errs = append(errs, a.closers[i](ctx))
	}
	return errors.Join(errs...)
}

// stopTimeout is how long people are given to be told that the server goes.
const stopTimeout = 10 * time.Second

// runUntil keeps a started app going until ctx ends or it fails, and stops it.
func (a *app) runUntil(ctx context.Context) error {
	var failure error
	select {
	case <-ctx.Done():
	case failure = <-a.Failed():
	}
	stopping, cancel := context.WithTimeout(context.Background(), stopTimeout)
	defer cancel()
	return errors.Join(failure, a.Stop(stopping))
}

// logger writes as configured; the level may be changed.
func logger(c config.Log, w io.Writer) (*slog.Logger, *slog.LevelVar) {
	level := &slog.LevelVar{}
	if err := level.UnmarshalText([]byte(c.Level)); err != nil {
		level.Set(slog.LevelInfo)
	}
	o := &slog.HandlerOptions{Level: level}
	if c.Format == "json" {
		return slog.New(slog.NewJSONHandler(w, o)), level
	}
	return slog.New(slog.NewTextHandler(w, o)), level
}

// installation is the name under which this process makes rooms, "" where it
// leaves TrueConf alone.
func (a *app) installation() string {
	if !a.house.Home {
		return ""
	}
	return a.house.Installation
}
