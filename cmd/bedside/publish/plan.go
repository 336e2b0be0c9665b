package publish

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"bedside/store"
)

// ErrPlanned says that another version waits for its time already.
var ErrPlanned = errors.New("a version is planned already")

// ErrNoPlan says that there is nothing to withdraw.
var ErrNoPlan = errors.New("no version is planned")

// Schedule keeps a sound draft until its time.
func (d *Desk) Schedule(ctx context.Context, draft Draft, at time.Time, r Request) (Plan, error) {
	if p := d.Planned(); p != nil {
		return *p, fmt.Errorf("%w for %s", ErrPlanned, p.At.Format(time.RFC3339))
	}
	p := Plan{At: at.UTC(), Made: d.o.Now().UTC(), By: r.By, Note: r.Note, Flows: draft.flows()}
	value, err := json.Marshal(p)
	if err != nil {
		return p, err
	}
	puts, err := putSources(draft)
	if err != nil {
		return p, err
	}
	puts = append(puts, store.Put{Space: spacePlan, Key: keyPlan, Value: value, If: store.Absent})
	if err := d.o.Store.Commit(ctx, store.Batch{Records: puts}); err != nil {
		return p, fmt.Errorf("keep the planned version: %w", err)
	}
	d.setPlan(&p)
	return p, nil
}

// Withdraw gives up what is planned.
func (d *Desk) Withdraw(ctx context.Context) (Plan, error) {
	p := d.Planned()
	if p == nil {
		return Plan{}, ErrNoPlan
	}
	gone := store.Put{Space: spacePlan, Key: keyPlan, Delete: true}
	if err := d.o.Store.Commit(ctx, store.Batch{Records: []store.Put{gone}}); err != nil {
		return *p, fmt.Errorf("withdraw the planned version: %w", err)
	}
	d.setPlan(nil)
	return *p, nil
}

// Due is the draft of the planned version when its time has come, tried anew.
func (d *Desk) Due(ctx context.Context) (p Plan, draft Draft, due bool, err error) {
	next := d.Planned()
	if next == nil || d.o.Now().Before(next.At) {
		return Plan{}, Draft{}, false, nil
	}
	all, err := sourcesOf(ctx, d.o.Store, next.Flows)
	if err != nil {
		return *next, Draft{}, true, err
	}
	draft = newDraft()
	for name, s := range all {
		draft.try(name, s, d.o.Rehearse)
	}
	return *next, draft, true, nil
}

func (d *Desk) setPlan(p *Plan) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.plan = p
}
