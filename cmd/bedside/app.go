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

	"bedside/bot/engine"
	"bedside/cmd/bedside/config"
	"bedside/store"
	"bedside/web"
)

// app is one running Bedside. Make it with newApp, then Start and, whatever
// Start answered, Stop.
type app struct {
	log     *slog.Logger
	config  config.Config
	store   store.Store
	house   house
	library *library
	engine  *engine.Engine
	web     *web.Server
	control *control

	listeners []net.Listener
	servers   []*http.Server
	running   sync.WaitGroup
	failed    chan error // the first thing that went wrong by itself
	stop      context.CancelFunc
	closers   []func(context.Context) error // in the order of starting
}

// listening is where an app answers. The listeners are the app's from newApp on.
type listening struct {
	public  net.Listener
	console net.Listener // nil where the console has no address of its own
}

// listen opens the configured addresses.
func listen(c config.Config) (listening, error) {
	public, err := net.Listen("tcp", string(c.Listen))
	if err != nil || c.ConsoleListen == "" {
		return listening{public: public}, err
	}
	console, err := net.Listen("tcp", string(c.ConsoleListen))
	if err != nil {
		return listening{}, errors.Join(err, public.Close())
	}
	return listening{public: public, console: console}, nil
}

// newApp puts everything together and asks nothing of the outside yet. On an
// error all that was opened is closed again, the listeners too.
func newApp(c config.Config, at listening, log *slog.Logger) (*app, error) {
	a := &app{log: log, config: c, failed: make(chan error, 1), stop: func() {}}
	a.listeners = append(a.listeners, at.public)
	if at.console != nil {
		a.listeners = append(a.listeners, at.console)
	}
	if err := a.assemble(); err != nil {
		return nil, errors.Join(err, a.Stop(context.Background()))
	}
	return a, nil
}

func (a *app) assemble() (err error) {
	if a.library, err = loadLibrary(a.config); err != nil {
		return err
	}
	if err := checkDepartments(a.config, a.library); err != nil {
		return err
	}
	data, err := openData(a.config)
	if err != nil {
		return err
	}
	a.store = data.store
	a.onStop(func(context.Context) error { return data.store.Close() })
	if a.house, err = enterHouse(context.Background(), data.store, placeOf(a.config)); err != nil {
		return err
	}
	parts := wiring{config: a.config, data: data, house: a.house, library: a.library, log: a.log}
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
	a.control = startControl(a.store, a.config.Data, a.log)
	a.running.Go(func() { a.fail("the engine", a.engine.Run(ctx)) })
	a.serve(a.listeners[0], a.web.Handler())
	if len(a.listeners) > 1 {
		a.serve(a.listeners[1], a.web.ConsoleHandler())
	}
	if !a.house.Home {
		a.log.Warn("this journal is a copy: nothing is asked of TrueConf until `bedside adopt`",
			"host", a.house.Host, "folder", a.house.Folder)
	}
	return nil
}

func (a *app) serve(l net.Listener, h http.Handler) {
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
	for _, l := range a.listeners {
		_ = l.Close() // most are closed by their servers
	}
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

// logger writes as configured.
func logger(c config.Log, w io.Writer) *slog.Logger {
	var level slog.Level
	if err := level.UnmarshalText([]byte(c.Level)); err != nil {
		level = slog.LevelInfo
	}
	o := &slog.HandlerOptions{Level: level}
	if c.Format == "json" {
		return slog.New(slog.NewJSONHandler(w, o))
	}
	return slog.New(slog.NewTextHandler(w, o))
}
