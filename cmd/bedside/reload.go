package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"bedside/cmd/bedside/config"
)

// reloader reads the configuration of a running app anew. One at a time.
type reloader struct {
	mu     sync.Mutex
	app    *app
	level  *slog.LevelVar // of the app's log; nil: it cannot change
	ok     prometheus.Gauge
	loaded prometheus.Gauge
}

// reloaded says what came of it; it is the answer of the control socket.
type reloaded struct {
	File     string
	Problems []string // not empty: nothing has changed
	Warnings []string
	Changed  []string // keys that hold now
	Waiting  []string // keys that wait for a restart
}

func newReloader(a *app) *reloader {
	gauge := func(name, help string) prometheus.Gauge {
		return prometheus.NewGauge(prometheus.GaugeOpts{Namespace: "bedside", Subsystem: "config", Name: name, Help: help})
	}
	r := &reloader{
		app: a, ok: gauge("reload_ok", "1: the last reading of the configuration was good; 0: it was broken, and an older one holds."),
		loaded: gauge("loaded_time_seconds", "When the configuration that holds was read, in Unix seconds."),
	}
	r.good()
	return r
}

func (r *reloader) collectors() []prometheus.Collector { return []prometheus.Collector{r.ok, r.loaded} }

func (r *reloader) good() {
	r.ok.Set(1)
	r.loaded.Set(float64(time.Now().Unix()))
}

// reload reads the file anew and puts what may change in place, all of it or,
// where anything is wrong, nothing.
func (r *reloader) reload() reloaded {
	r.mu.Lock()
	defer r.mu.Unlock()
	old := r.app.today.Load()
	out := reloaded{File: old.reading.File}
	if out.File == "" {
		out.Problems = []string{"this server runs without a configuration file"}
		return out
	}
	out, err := r.change(old)
	if err != nil {
		r.ok.Set(0)
		out.Problems = strings.Split(err.Error(), "\n")
		r.app.log.Error("configuration: not reloaded, the last good one holds; mend it and reload", "file", out.File, "problems", len(out.Problems), "first", out.Problems[0])
		return out
	}
	r.good()
	for _, w := range out.Warnings {
		r.app.log.Warn("configuration: " + w)
	}
	r.app.log.Info("configuration: reloaded", "file", out.File, "changed", strings.Join(out.Changed, " "))
	if len(out.Waiting) > 0 {
		r.app.log.Warn("configuration: some of what has changed waits for a restart", "keys", strings.Join(out.Waiting, " "))
	}
	return out
}

// change is reload without what is told.
func (r *reloader) change(old *setting) (reloaded, error) {
	out := reloaded{File: old.reading.File}
	read, err := config.Read(out.File)
	if err != nil {
		return out, plain(out.File, err)
	}
	for _, w := range read.Warnings {
		out.Warnings = append(out.Warnings, w.String())
	}
	for _, c := range config.Changes(old.reading.Config, read.Config) {
		if c.Live {
			out.Changed = append(out.Changed, c.Key)
		} else {
			out.Waiting = append(out.Waiting, c.Key)
		}
	}
	merged, err := config.Merge(old.reading, read)
	if err != nil {
		return out, fmt.Errorf("what may change at once does not go with what waits for a restart (%s); restart Bedside:\n%w", strings.Join(out.Waiting, ", "), err)
	}
	next, keep, err := r.app.flows.under(context.Background(), merged, true)
	if err != nil {
		return out, err
	}
	if !next.library.same(old.library) {
		out.Changed = append(out.Changed, "the flows")
	}
	if err := r.app.put(next); err != nil {
		return out, err
	}
	if err := keep(); err != nil {
		return out, errors.Join(err, r.app.put(old))
	}
	r.setLevel(merged.Log.Level)
	r.app.flows.files()
	if r.app.flows.desk.Files().Changed && merged.Flows.Publish == config.ByCommand {
		out.Warnings = append(out.Warnings, "the files of the flow are others than what is served; bedside flow diff says how, bedside flow publish serves them")
	}
	return out, nil
}

// put lets a setting hold from now on: the engine's first, so that a site that the
// web shows has a flow.
func (a *app) put(next *setting) error {
	old := a.today.Load()
	a.today.Store(next)
	if err := a.web.Change((wiring{config: next.reading.Config, library: next.library, kept: a.today.kept()}).settings()); err != nil {
		a.today.Store(old)
		return err
	}
	a.engine.LookAgain()
	return nil
}

// served is what the app lets the publishing change.
func (a *app) served() served {
	return served{turn: &a.reloader.mu, reading: func() config.Reading { return a.today.Load().reading }, now: a.today.Load, put: a.put, log: a.log}
}

// answer is the control socket's call.
func (r *reloader) answer(w http.ResponseWriter, _ *http.Request) {
	_ = json.NewEncoder(w).Encode(r.reload()) // whoever asked is gone, or has it
}

func (r *reloader) setLevel(text string) {
	var level slog.Level
	if r.level != nil && level.UnmarshalText([]byte(text)) == nil {
		r.level.Set(level)
	}
}

// plain says in words why a file cannot be read; problems in it are words already.
func plain(file string, err error) error {
	if config.IsProblem(err) {
		return err
	}
	return errors.New(file + ": " + config.Reason(err))
}

// onHangup reloads for every SIGHUP until the returned function is called.
func (r *reloader) onHangup() (stop func()) {
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, syscall.SIGHUP)
	done, quiet := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(quiet)
		for {
			select {
			case <-asked:
				r.reload()
			case <-done:
				return
			}
		}
	}()
	return func() { signal.Stop(asked); close(done); <-quiet }
}

type reloadCommand struct{ configFlag }

// Help is printed under the usage.
func (reloadCommand) Help() string {
	return `The running server reads its configuration anew. All of it holds for the next
request, sockets stay, and whoever is no more among the staff is signed out within
two seconds. Keys that need a restart are named. Where anything is wrong nothing
changes, and the exit code is 1. SIGHUP does the same. Changed flows are served by
bedside flow publish, or at once where flows.publish is on_save.

Example:
  sudo bedside reload -c /etc/bedside/config.yaml`
}

// Run asks the running server.
func (c reloadCommand) Run(ctx context.Context, s streams) error {
	if _, err := os.Stat(c.Config); err != nil {
		return wrongPlace{sentence: plain(c.Config, err).Error()}
	}
	folder := config.DataFolder(c.Config)
	body, err := askRunning(ctx, folder, "POST", controlReload, nil)
	if errors.Is(err, errNobody) {
		return wrongPlace{sentence: "no server runs on the data folder " + folder + "; start one with bedside serve -c " + c.Config}
	}
	if err != nil {
		return err
	}
	var out reloaded
	if err := errors.Join(json.NewDecoder(body).Decode(&out), body.Close()); err != nil {
		return err
	}
	return out.tell(c.Config, s)
}

func (o reloaded) tell(asked string, s streams) error {
	if mine, err := filepath.Abs(asked); err == nil && mine != o.File {
		fmt.Fprintf(s.err, "bedside: the running server reads %s, not %s\n", o.File, asked)
	}
	for _, w := range o.Warnings {
		fmt.Fprintln(s.err, w)
	}
	if len(o.Problems) > 0 {
		for _, p := range o.Problems {
			fmt.Fprintln(s.out, p)
		}
		fmt.Fprintln(s.out, "Not reloaded: nothing has changed.")
		return reported{exitFailed}
	}
	fmt.Fprintln(s.out, "Reloaded. Changed: "+orNone(o.Changed)+".")
	if len(o.Waiting) > 0 {
		fmt.Fprintln(s.out, "These wait for a restart: "+strings.Join(o.Waiting, ", ")+".")
	}
	return nil
}

func orNone(words []string) string {
	if len(words) == 0 {
		return "nothing"
	}
	return strings.Join(words, ", ")
}
