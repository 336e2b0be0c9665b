package main

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"bedside/cmd/bedside/config"
	"bedside/cmd/bedside/publish"
)

// run keeps an eye on the files and on what is planned, until ctx ends.
func (p *publishing) run(ctx context.Context, running *sync.WaitGroup) {
	running.Go(func() {
		publish.Watch(ctx, publish.Quiet, p.paths, func() string { return p.desk.There(flowPaths(p.reading().Config)) }, func() { p.saved(ctx) })
	})
	running.Go(func() {
		for tick := time.NewTicker(time.Second); ; {
			p.due(ctx)
			select {
			case <-ctx.Done():
				tick.Stop()
				return
			case <-tick.C:
			}
		}
	})
}

func (p *publishing) paths() []string {
	return slices.Compact(slices.Sorted(maps.Values(flowPaths(p.reading().Config))))
}

// saved looks at files that have become others and are quiet.
func (p *publishing) saved(ctx context.Context) {
	p.turn.Lock()
	defer p.turn.Unlock()
	draft := p.files()
	found := p.desk.Files()
	switch {
	case draft.Broken():
		p.log.Error("flow: the files have errors; what is served stays", "problems", len(draft.Lines()), "first", draft.Lines()[0])
	case !found.Changed:
	case p.reading().Flows.Publish == config.OnSave:
		if err := p.onSave(ctx, draft); err != nil && !errors.Is(err, publish.ErrSame) {
			p.log.Error("flow: not published, what is served stays", "error", err)
		}
	default:
		p.log.Info("flow: the files have changed and are sound; bedside flow publish serves them")
	}
}

// onSave publishes files that were saved, but for those that were undone.
func (p *publishing) onSave(ctx context.Context, files publish.Draft) error {
	base, err := p.desk.FromStore(ctx, p.desk.Last())
	if err != nil {
		return err
	}
	if base.Broken() {
		base = publish.Draft{}
	}
	draft, err := p.unlessUndone(ctx, files, base.Only(flowPaths(p.reading().Config)))
	if err != nil {
		return err
	}
	_, err = p.serve(ctx, draft, publish.Request{How: publish.OnSave})
	return err
}

// due publishes what is planned, when its time has come. What cannot be served any
// more is given up, and said.
func (p *publishing) due(ctx context.Context) {
	if plan := p.desk.Planned(); plan == nil || time.Now().Before(plan.At) {
		return
	}
	p.turn.Lock()
	defer p.turn.Unlock()
	plan, draft, due, err := p.desk.Due(ctx)
	if !due {
		return
	}
	if err == nil {
		_, err = p.serve(ctx, draft, publish.Request{By: plan.By, Note: plan.Note, How: publish.AtTime})
	}
	if err == nil || ctx.Err() != nil {
		return
	}
	if errors.Is(err, publish.ErrSame) {
		p.log.Info("flow: the planned version is what is served already", "planned", plan.At, "by", plan.By)
	} else {
		p.gauge.rejects(true)
		p.log.Error("flow: the planned version is not served, and its plan is given up", "planned", plan.At, "by", plan.By, "error", err)
	}
	if _, err := p.desk.Withdraw(ctx); err != nil {
		p.log.Error("flow: give up the planned version", "error", err)
	}
}

// swap puts a setting in place; undo puts the one before back.
func (p *publishing) swap(next *setting) (undo func() error, err error) {
	before := p.now()
	if err := p.put(next); err != nil {
		return nil, err
	}
	return func() error {
		if before == nil {
			return nil
		}
		return p.put(before)
	}, nil
}

// flowGauges tell whoever watches the machines what the console's page tells people.
type flowGauges struct{ rejected, version, at prometheus.Gauge }

func newFlowGauges() flowGauges {
	gauge := func(name, help string) prometheus.Gauge {
		return prometheus.NewGauge(prometheus.GaugeOpts{Namespace: "bedside", Subsystem: "flow", Name: name, Help: help})
	}
	return flowGauges{
		rejected: gauge("rejected", "1: the flow's files, or the version that was planned, have errors or failing tests, and are not served; 0: they are sound."),
		version:  gauge("version", "The number of the flow's version that is served."),
		at:       gauge("published_time_seconds", "When the version of the flow that is served was published, in Unix seconds."),
	}
}

func (p *publishing) collectors() []prometheus.Collector {
	return []prometheus.Collector{p.gauge.rejected, p.gauge.version, p.gauge.at}
}

func (g flowGauges) rejects(yes bool) {
	g.rejected.Set(0)
	if yes {
		g.rejected.Set(1)
	}
}

func (g flowGauges) serves(v publish.Version) {
	g.version.Set(float64(v.Number))
	g.at.Set(float64(v.At.Unix()))
}
