package publish

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"strings"
	"sync"
	"time"

	"bedside/flows"
	"bedside/store"
)

// Options are what a Desk works with. Store and Read are required.
type Options struct {
	Store    store.Store
	Read     func(path string) (Sources, error) // reads the files of one flow
	Rehearse Rehearse                           // nil: tests are kept and not run
	Now      func() time.Time                   // nil: time.Now
}

// Desk is where versions are made, and where it is known which one is served.
type Desk struct {
	o Options

	mu      sync.Mutex // of what follows
	version Version
	plan    *Plan
	files   Files
}

// Files are the state of what stands on the disk, beside what is served.
type Files struct {
	At       time.Time // when they were read; zero: not yet
	Changed  bool      // they are others than what is served
	Hash     string    // of what they would be; "" where they are broken
	Problems []flows.Problem
	Faults   []string
}

// Broken reports whether the files could not be served.
func (f Files) Broken() bool { return Draft{Problems: f.Problems, Faults: f.Faults}.Broken() }

// New makes a desk; Open or Refresh tells it what the store holds.
func New(o Options) *Desk {
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Desk{o: o}
}

// Last is the version that is served; its Number is 0 before the first.
func (d *Desk) Last() Version {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.version
}

// Planned is the version whose time has not come, nil where there is none.
func (d *Desk) Planned() *Plan {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.plan
}

// Files is what the last look at the files has found.
func (d *Desk) Files() Files {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.files
}

// History are the last versions, the newest first.
func (d *Desk) History(ctx context.Context, limit int) ([]Version, error) {
	return History(ctx, d.o.Store, limit)
}

// Refresh reads from the store which version is served and what is planned.
func (d *Desk) Refresh(ctx context.Context) error {
	v, err := last(ctx, d.o.Store)
	if err != nil {
		return err
	}
	p, err := plan(ctx, d.o.Store)
	if err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.version, d.plan = v, p
	return nil
}

// FromFiles reads what stands on the disk, at each flow's path, and tries it.
func (d *Desk) FromFiles(paths map[string]string) Draft {
	out, read := newDraft(), map[string]Sources{}
	for name, path := range paths {
		s, ok := read[path]
		if !ok {
			var err error
			if s, err = d.o.Read(path); err != nil {
				out.Faults = append(out.Faults, err.Error())
				continue
			}
			read[path] = s
		}
		out.try(name, s, d.o.Rehearse)
	}
	return out
}

// FromStore is the published version's own draft; tests are not run again, for
// what was served yesterday is served today. Where it compiles no more, as when a
// later Bedside checks more strictly, it is broken.
func (d *Desk) FromStore(ctx context.Context, v Version) (Draft, error) {
	all, err := sourcesOf(ctx, d.o.Store, v.Flows)
	if err != nil {
		return Draft{}, err
	}
	out := newDraft()
	for name, s := range all {
		out.try(name, s, nil)
	}
	return out, nil
}

// Look notes what stands on the disk.
func (d *Desk) Look(draft Draft) Files {
	f := Files{At: d.o.Now(), Problems: draft.Problems, Faults: draft.Faults}
	d.mu.Lock()
	defer d.mu.Unlock()
	if !f.Broken() {
		f.Hash = hashOf(draft.flows())
	}
	f.Changed = f.Broken() || !same(draft.flows(), d.version.Flows)
	d.files = f
	return f
}

// Refused says that a version is not served, and everything that is wrong with it.
type Refused struct {
	Problems []flows.Problem
	Faults   []string
}

func (r Refused) Error() string {
	return strings.Join(Draft{Problems: r.Problems, Faults: r.Faults}.Lines(), "\n")
}

// ErrSame says that what was to be published is served already.
var ErrSame = errors.New("nothing has changed: this is what is served")

// Fresh refuses a draft that is broken, or that is what is served already.
func (d *Desk) Fresh(draft Draft) error {
	if draft.Broken() {
		return Refused{draft.Problems, draft.Faults}
	}
	if same(draft.flows(), d.Last().Flows) {
		return ErrSame
	}
	return nil
}

// Request is who publishes, and why.
type Request struct {
	By, Note string
	How      How
	Of       int
}

// Keep records a sound draft as the next version.
func (d *Desk) Keep(ctx context.Context, draft Draft, r Request) (Version, error) {
	parts := draft.flows()
	v := Version{
		Number: d.Last().Number + 1, Hash: hashOf(parts), At: d.o.Now().UTC(),
		By: r.By, How: r.How, Note: r.Note, Of: r.Of, Flows: parts,
	}
	value, err := json.Marshal(v)
	if err != nil {
		return Version{}, err
	}
	puts, err := putSources(draft)
	if err != nil {
		return Version{}, err
	}
	puts = append(puts, store.Put{Space: spaceVersion, Key: versionKey(v.Number), Value: value, If: store.Absent})
	if r.How == AtTime {
		puts = append(puts, store.Put{Space: spacePlan, Key: keyPlan, Delete: true})
	}
	if err := d.o.Store.Commit(ctx, store.Batch{Records: puts}); err != nil {
		return Version{}, fmt.Errorf("keep version %d: %w", v.Number, err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.version = v
	if r.How == AtTime {
		d.plan = nil
	}
	if d.files.Changed && !d.files.Broken() && d.files.Hash == v.Hash {
		d.files.Changed = false
	}
	return v, nil
}

// Older is the draft of an earlier version.
func (d *Desk) Older(ctx context.Context, word string) (Version, Draft, error) {
	v, err := find(ctx, d.o.Store, word)
	if err != nil {
		return v, Draft{}, err
	}
	draft, err := d.FromStore(ctx, v)
	return v, draft, err
}

// With is a draft with the flows that it has not taken from another, so that a
// site that was given a flow of its own goes on with the others' as they are.
func (d Draft) With(other Draft) Draft {
	out := newDraft()
	maps.Copy(out.Sources, other.Sources)
	maps.Copy(out.Programs, other.Programs)
	maps.Copy(out.Sources, d.Sources)
	maps.Copy(out.Programs, d.Programs)
	out.Problems, out.Faults = d.Problems, d.Faults
	return out
}

// Only is a draft with some of its flows alone.
func (d Draft) Only(names map[string]string) Draft {
	out := d
	out.Sources, out.Programs = maps.Clone(d.Sources), maps.Clone(d.Programs)
	maps.DeleteFunc(out.Sources, func(name string, _ Sources) bool { _, ok := names[name]; return !ok })
	maps.DeleteFunc(out.Programs, func(name string, _ *flows.Program) bool { _, ok := names[name]; return !ok })
	return out
}

// Without is a draft without one of its flows.
func (d Draft) Without(name string) Draft {
	out := d
	out.Sources, out.Programs = maps.Clone(d.Sources), maps.Clone(d.Programs)
	delete(out.Sources, name)
	delete(out.Programs, name)
	return out
}
