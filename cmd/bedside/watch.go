package main

import (
	"context"
	"path/filepath"
	"sync"
	"time"

	"bedside/cmd/bedside/check"
	"bedside/cmd/bedside/health"
	"bedside/flows"
	"bedside/web"
	"bedside/web/wire"
)

// watch keeps an eye on the installation while the app runs: the pulse of TrueConf
// and the board of checks. Where the journal is a copy and TrueConf is left alone,
// it watches nothing.
type watch struct {
	a     *app
	pulse *health.Pulse
	board *health.Board

	mu     sync.Mutex
	kept   check.Clinic
	keptOf *setting
	keptAt time.Time
}

// freshAfter is how long the board works with one token: a secret that was changed
// is noticed after that, and TrueConf is not asked for a token every five minutes.
const freshAfter = time.Hour

func newWatch(a *app) *watch {
	w := &watch{a: a}
	w.board = health.NewBoard(w.clinic, func() int { return a.engine.OpenCalls() }, time.Now)
	client, err := trueConf(a.config.TrueConf, nil)
	w.pulse = health.NewPulse(func(ctx context.Context) error {
		if err != nil {
			return err
		}
		return client.Ping(ctx)
	}, w.told, time.Now)
	return w
}

// run begins both, where there is anything to ask.
func (w *watch) run(ctx context.Context, running *sync.WaitGroup) {
	if !w.a.house.Home {
		return
	}
	running.Go(func() { w.pulse.Run(ctx) })
	running.Go(func() { w.board.Run(ctx) })
}

// noticed hears how the engine's own requests end.
func (w *watch) noticed(err error) { w.pulse.Noticed(err) }

// up reports whether there is video, as far as the pulse knows.
func (w *watch) up() bool { return w.pulse.State().Up }

// told passes a change of the pulse on to everybody who is connected.
func (w *watch) told(s health.State) {
	v := wire.Video{Up: s.Up, Since: s.Since}
	if !s.Up {
		v.Says, v.Cure = s.Words()
		w.a.log.Warn("no video", "since", s.Since, "error", s.Why)
	}
	w.a.web.SetVideo(v)
}

// clinic is what the board looks at: this very process, with a client
// of its own, as today's configuration has it.
func (w *watch) clinic(fresh bool) check.Clinic {
	now := w.a.today.Load()
	w.mu.Lock()
	defer w.mu.Unlock()
	if fresh || now != w.keptOf || time.Since(w.keptAt) > freshAfter {
		w.kept, w.keptOf, w.keptAt = clinicOf(now.reading), now, time.Now()
		w.kept.File, w.kept.Warnings = filepath.Base(now.reading.File), now.reading.Warnings
		w.kept.Server, w.kept.Installation = here{w.a.web}, w.a.house.Installation
		w.kept.Flows = w.a.flows.describe
	}
	return w.kept
}

// shown is what web tells of it.
func (w *watch) shown() web.Health {
	return web.Health{Last: w.last, Again: w.board.Again, Leads: w.leads}
}

// leads are those whom today's flows name as whom to alert, by login.
func (w *watch) leads() []string {
	var out []string
	now := w.a.today.Load()
	for _, s := range now.reading.Config.Sites {
		out = append(out, now.library.Live(s.Name).Clinic().Alert)
	}
	return out
}

func (w *watch) last() wire.Health {
	lines, at, running := w.board.Last()
	out := wire.Health{At: at, Running: running, Checks: make([]wire.HealthCheck, len(lines))}
	for i, l := range lines {
		out.Checks[i] = wire.HealthCheck{
			Check: l.Check, Verdict: string(l.Verdict), Title: flows.Text(l.Title), Says: flows.Text(l.Says),
			Cure: flows.Text(l.Cure), Detail: l.Detail, At: l.At,
		}
	}
	return out
}
