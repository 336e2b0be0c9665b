package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"bedside/cmd/bedside/config"
	"bedside/cmd/bedside/publish"
	"bedside/store"
)

// served is what publishing changes: the setting of a running app, or, where none
// runs, what its next start will find.
type served struct {
	turn    *sync.Mutex // of whatever changes the setting
	reading func() config.Reading
	now     func() *setting // nil before the first
	put     func(*setting) error
	log     *slog.Logger
}

// publishing makes versions of the flows and lets them be served. One at a time.
type publishing struct {
	served
	desk  *publish.Desk
	gauge flowGauges
	tally tally
}

func newPublishing(st store.Store, s served) *publishing {
	return &publishing{
		served: s, gauge: newFlowGauges(),
		desk: publish.New(publish.Options{Store: st, Read: readSources, Rehearse: rehearsed}),
	}
}

// soundAtFirst refuses, before any data is made, a first start with a flow that
// could not be served.
func soundAtFirst(r config.Reading) error {
	if _, err := os.Stat(filepath.Join(r.Data, journalFile)); err == nil {
		return nil
	}
	_, err := newSetting(r)
	return err
}

// begin gives the setting with which a server starts: with the version that was
// published last, whatever has become of the files. The first start publishes what
// is there.
func (p *publishing) begin(ctx context.Context, r config.Reading) (*setting, error) {
	if err := p.desk.Refresh(ctx); err != nil {
		return nil, err
	}
	next, keep, err := p.under(ctx, r, false)
	if err != nil {
		return nil, err
	}
	if err := keep(); err != nil {
		return nil, err
	}
	p.gauge.serves(p.desk.Last())
	return next, nil
}

// under is what a configuration is served: the published version, with flows that
// the version has not, as of a new site, from the files; with on_save all from the
// files, where they are sound. keep publishes what is new in it, after it has been
// put in place. strict refuses files that on_save would serve and that are broken.
func (p *publishing) under(ctx context.Context, r config.Reading, strict bool) (*setting, func() error, error) {
	paths, nothing := flowPaths(r.Config), func() error { return nil }
	last := p.desk.Last()
	base, err := p.desk.FromStore(ctx, last)
	if err != nil {
		return nil, nil, err
	}
	if base.Broken() && r.Flows.Publish == config.OnSave {
		base = publish.Draft{} // whatever is sound in the files takes its place
	}
	if base.Broken() {
		return nil, nil, wrongPlace{sentence: fmt.Sprintf("version %d of the flow, which is published, cannot be served by this Bedside:\n%s\nMend it in the files, and serve them with bedside flow publish", last.Number, strings.Join(base.Lines(), "\n"))}
	}
	base = base.Only(paths)
	missing := map[string]string{}
	for name, path := range paths {
		if base.Programs[name] == nil {
			missing[name] = path
		}
	}
	how := publish.AtStart
	if r.Flows.Publish == config.OnSave {
		missing, how = paths, publish.OnSave
	}
	if last.Number == 0 {
		how = publish.AtStart
	}
	if len(missing) == 0 {
		next, err := settingWith(r, base.Programs)
		return next, nothing, err
	}
	files := p.desk.FromFiles(missing)
	if err := brokenFlow(r, missing, files); err != nil {
		if strict || len(base.Programs) < len(paths) {
			return nil, nil, inPlace(err)
		}
		p.log.Error("flow: the files have errors, and the last sound version is served; mend them", "problems", len(files.Lines()), "first", files.Lines()[0])
		next, err := settingWith(r, base.Programs)
		return next, nothing, err
	}
	draft, err := p.unlessUndone(ctx, files, base)
	if err != nil {
		return nil, nil, err
	}
	next, err := settingWith(r, draft.Programs)
	if err != nil || errors.Is(p.desk.Fresh(draft), publish.ErrSame) {
		return next, nothing, err
	}
	return next, func() error { return p.keep(ctx, draft, publish.Request{How: how}) }, nil
}

// unlessUndone puts files that nobody asked to publish over what is served, but for
// the flows from which somebody has gone back: who rolls back to stop harm must not
// find it served again because a server has started.
func (p *publishing) unlessUndone(ctx context.Context, files, base publish.Draft) (publish.Draft, error) {
	undone, err := p.desk.Undone(ctx, files)
	for name, by := range undone {
		if base.Programs[name] == nil {
			continue // nothing else could be served
		}
		files = files.Without(name)
		p.log.Info("flow: the files are what was served before somebody went back to an older version, and are not published by themselves; change them, or serve them with bedside flow publish", "rollback", by.Number, "to", by.Of)
	}
	return files.With(base), err
}

func (p *publishing) keep(ctx context.Context, draft publish.Draft, r publish.Request) error {
	v, err := p.desk.Keep(ctx, draft, r)
	if err != nil {
		return err
	}
	p.gauge.serves(v)
	p.log.Info("flow: published", "version", v.Number, "hash", publish.Short(v.Hash), "by", v.By, "how", string(v.How), "note", v.Note)
	return nil
}

// files reads what stands on the disk, holds it against the configuration, and
// notes how it stands.
func (p *publishing) files() publish.Draft {
	r := p.reading()
	draft := p.desk.FromFiles(flowPaths(r.Config))
	if !draft.Broken() {
		if _, err := settingWith(r, draft.Programs); err != nil {
			draft.Faults = append(draft.Faults, err.Error())
		}
	}
	p.gauge.rejects(p.desk.Look(draft).Broken())
	return draft
}

// publish serves what stands in the files.
func (p *publishing) publish(ctx context.Context, r publish.Request) (publish.Version, error) {
	p.turn.Lock()
	defer p.turn.Unlock()
	return p.serve(ctx, p.files(), r)
}

// serve lets a draft hold from now on, or refuses it and changes nothing.
func (p *publishing) serve(ctx context.Context, draft publish.Draft, r publish.Request) (publish.Version, error) {
	if err := errors.Join(publish.CheckNote(r.Note), p.desk.Fresh(draft)); err != nil {
		return publish.Version{}, err
	}
	next, err := settingWith(p.reading(), draft.Programs)
	if err != nil {
		return publish.Version{}, publish.Refused{Faults: []string{err.Error()}}
	}
	undo, err := p.swap(next)
	if err != nil {
		return publish.Version{}, err
	}
	if err := p.keep(ctx, draft, r); err != nil {
		return publish.Version{}, errors.Join(err, undo())
	}
	return p.desk.Last(), nil
}

// rollback serves an earlier version again, as a new one.
func (p *publishing) rollback(ctx context.Context, word string, r publish.Request) (publish.Version, error) {
	p.turn.Lock()
	defer p.turn.Unlock()
	older, draft, err := p.desk.Older(ctx, word)
	if err != nil {
		return publish.Version{}, err
	}
	r.Of = older.Number
	paths := flowPaths(p.reading().Config)
	if base, err := p.desk.FromStore(ctx, p.desk.Last()); err == nil {
		draft = draft.With(base).Only(paths)
	}
	return p.serve(ctx, draft, r)
}

// schedule keeps what stands in the files until its time.
func (p *publishing) schedule(ctx context.Context, at string, r publish.Request) (publish.Plan, error) {
	p.turn.Lock()
	defer p.turn.Unlock()
	draft := p.files()
	if err := errors.Join(publish.CheckNote(r.Note), p.desk.Fresh(draft)); err != nil {
		return publish.Plan{}, err
	}
	when, err := publish.ParseTime(at, draft.Zones(), time.Now())
	if err != nil {
		return publish.Plan{}, err
	}
	plan, err := p.desk.Schedule(ctx, draft, when, r)
	if err == nil {
		p.log.Info("flow: planned", "at", plan.At, "by", plan.By)
	}
	return plan, err
}

// withdraw gives up what is planned.
func (p *publishing) withdraw(ctx context.Context, by string) (publish.Plan, error) {
	p.turn.Lock()
	defer p.turn.Unlock()
	plan, err := p.desk.Withdraw(ctx)
	if err == nil {
		p.log.Info("flow: the planned version was withdrawn", "at", plan.At, "by", by)
	}
	return plan, err
}
