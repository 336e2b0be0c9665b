package storetest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bedside/store"
)

func compareRandomly(t *testing.T, rt *rapid.T, s *subject) {
	model := NewModel()
	model.Now = s.opts.Clock.Now
	p := &pair{
		t: t, subject: s, model: model,
		revs: map[modelKey][2]uint64{}, leases: map[string]string{},
	}
	defer func() { require.NoError(t, p.Close()) }()
	rt.Repeat(map[string]func(*rapid.T){
		"commit":   p.commitBoth,
		"commit 2": p.commitBoth, // most of what happens is a commit
		"commit 3": p.commitBoth,
		"remember": p.remember,
		"erase":    p.eraseBoth,
		"take due": p.takeBoth,
		"release":  p.releaseBoth,
		"pass":     func(rt *rapid.T) { p.opts.Clock.Pass(seconds(6).Draw(rt, "pass")) },
		"reopen":   p.reopen,
		"":         p.compare,
	})
}

// pair is the engine, as subject, and the model beside it.
type pair struct {
	*subject
	t      *testing.T
	model  *Model
	revs   map[modelKey][2]uint64 // what remember saw: the engine's and the model's
	leases map[string]string      // conversation to owner
}

// Few names, so that things meet.
var (
	someIDs    = []string{"a", "aa", "b", "\xff"}
	someLists  = []string{"l", "l2", "m"}
	someSpaces = []string{"s", "s2"}
	someKeys   = []string{"k", "k2", "q"}
	someOwners = []string{"me", "you"}
)

func seconds(below int) *rapid.Generator[time.Duration] {
	return rapid.Map(rapid.IntRange(1, below), func(n int) time.Duration { return time.Duration(n) * time.Second })
}

func (p *pair) commitBoth(rt *rapid.T) {
	engine := store.Batch{}
	if rapid.IntRange(0, 9).Draw(rt, "with head") > 0 {
		engine = p.drawHead(rt)
	}
	puts := rapid.IntRange(0, 2).Draw(rt, "puts")
	if engine.Head.ID == "" {
		puts = 1
	}
	model := engine
	model.Records = nil
	for i := range puts {
		e, m := p.drawPut(rt)
		if i == 1 && e.Space == engine.Records[0].Space && e.Key == engine.Records[0].Key {
			break
		}
		engine.Records, model.Records = append(engine.Records, e), append(model.Records, m)
	}
	got, want := p.Commit(p.ctx, engine), p.model.Commit(p.ctx, model)
	require.Equal(rt, want == nil, got == nil, "engine: %v, model: %v", got, want)
	if want != nil {
		require.True(rt, errors.Is(got, store.ErrConflict) || errors.Is(got, store.ErrErased), "%v", got)
	}
}

func (p *pair) drawHead(rt *rapid.T) store.Batch {
	id := rapid.SampledFrom(someIDs).Draw(rt, "id")
	head, _ := p.model.Head(p.ctx, id)
	b := store.Batch{Head: store.Head{ID: id, Seq: head.Seq, Rev: head.Rev}}
	count := rapid.IntRange(0, 3).Draw(rt, "entries")
	off := rapid.SampledFrom([]uint64{0, 0, 0, 0, 1}).Draw(rt, "off")
	if count > 0 {
		b = appends(id, head.Seq+off, count)
	} else {
		b.Head.Rev += off
	}
	for _, list := range someLists {
		if rapid.Bool().Draw(rt, "in "+list) {
			b.Head.Lists = append(b.Head.Lists, store.Term{List: list, Rank: rapid.Int64Range(-2, 2).Draw(rt, "rank")})
		}
	}
	if rapid.Bool().Draw(rt, "wakes") {
		b.Head.Wake = p.in(seconds(9).Draw(rt, "wake"))
	}
	b.Head.Body = rapid.SliceOfN(rapid.Byte(), 1, 40).Draw(rt, "body")
	return b
}

// drawPut is the same wish with each store's own revision.
func (p *pair) drawPut(rt *rapid.T) (engine, model store.Put) {
	put := store.Put{
		Space:  rapid.SampledFrom(someSpaces).Draw(rt, "space"),
		Key:    rapid.SampledFrom(someKeys).Draw(rt, "key"),
		Of:     rapid.SampledFrom(append([]string{""}, someIDs...)).Draw(rt, "of"),
		Value:  rapid.SliceOfN(rapid.Byte(), 1, 20).Draw(rt, "value"),
		Delete: rapid.IntRange(0, 4).Draw(rt, "delete") == 0,
	}
	if rapid.Bool().Draw(rt, "expires") {
		put.Expires = p.in(seconds(5).Draw(rt, "expiry"))
	}
	engine, model = put, put
	switch rapid.IntRange(0, 3).Draw(rt, "condition") {
	case 0:
		engine.If, model.If = store.Absent, store.Absent
	case 1:
		seen := p.revs[modelKey{put.Space, put.Key}]
		engine.If, model.If = store.Rev(seen[0]), store.Rev(seen[1])
	}
	return engine, model
}

// remember notes the revisions of all records, for later conditions.
func (p *pair) remember(rt *rapid.T) {
	for _, space := range someSpaces {
		for _, key := range someKeys {
			e, _ := p.Record(p.ctx, space, key)
			m, _ := p.model.Record(p.ctx, space, key)
			p.revs[modelKey{space, key}] = [2]uint64{e.Rev, m.Rev}
		}
	}
}

func (p *pair) eraseBoth(rt *rapid.T) {
	if rapid.IntRange(0, 3).Draw(rt, "seldom") > 0 {
		return
	}
	id := rapid.SampledFrom(someIDs).Draw(rt, "id")
	require.NoError(rt, p.Erase(p.ctx, id))
	require.NoError(rt, p.model.Erase(p.ctx, id))
}

func (p *pair) takeBoth(rt *rapid.T) {
	limit, ttl := rapid.IntRange(1, 3).Draw(rt, "limit"), seconds(5).Draw(rt, "ttl")
	owner := rapid.SampledFrom(someOwners).Draw(rt, "owner")
	got, err := p.TakeDue(p.ctx, p.in(0), limit, owner, ttl)
	require.NoError(rt, err)
	want, err := p.model.TakeDue(p.ctx, p.in(0), limit, owner, ttl)
	require.NoError(rt, err)
	require.Equal(rt, want, got)
	for _, head := range got {
		p.leases[head.ID] = owner
	}
}

func (p *pair) releaseBoth(rt *rapid.T) {
	id := rapid.SampledFrom(someIDs).Draw(rt, "id")
	p.release(rt, id, rapid.SampledFrom(someOwners).Draw(rt, "owner"))
}

func (p *pair) release(rt *rapid.T, id, owner string) {
	require.NoError(rt, p.Release(p.ctx, id, owner))
	require.NoError(rt, p.model.Release(p.ctx, id, owner))
}

// reopen gives all leases back first: whether they outlast a process is the
// engine's own affair.
func (p *pair) reopen(rt *rapid.T) {
	if rapid.IntRange(0, 3).Draw(rt, "seldom") > 0 {
		return
	}
	for id, owner := range p.leases {
		p.release(rt, id, owner)
	}
	clear(p.leases)
	p.Store = p.opts.Reopen(p.t, p.Store)
}

// compare reads everything from both.
func (p *pair) compare(rt *rapid.T) {
	for _, id := range someIDs {
		same(rt, p, func(s store.Store) (any, error) { return s.Head(p.ctx, id) })
		same(rt, p, func(s store.Store) (any, error) { return page(s.Entries(p.ctx, id, 1, 3)) })
		same(rt, p, func(s store.Store) (any, error) { return page(s.Before(p.ctx, id, 0, 3)) })
	}
	for _, list := range someLists {
		same(rt, p, func(s store.Store) (any, error) { return s.Count(p.ctx, list) })
		same(rt, p, func(s store.Store) (any, error) {
			first, cursor, err := s.List(p.ctx, list, "", 2)
			if cursor == "" || err != nil {
				return first, err
			}
			rest, cursor, err := s.List(p.ctx, list, cursor, 9)
			return fmt.Sprint(first, rest, cursor), err
		})
	}
	for _, space := range someSpaces {
		same(rt, p, func(s store.Store) (any, error) {
			page, next, err := s.Records(p.ctx, space, "k", "", 2)
			for i := range page {
				page[i].Rev = 0 // each store counts for itself
			}
			return fmt.Sprint(page, next == ""), err
		})
	}
	same(rt, p, func(s store.Store) (any, error) { return s.NextWake(p.ctx) })
	same(rt, p, func(s store.Store) (any, error) { return s.Seqs(p.ctx, someIDs) })
}

// page makes no entries and none at all the same.
func page(entries []store.Entry, err error) (any, error) {
	if len(entries) == 0 {
		return nil, err
	}
	return entries, err
}

func same(rt *rapid.T, p *pair, ask func(store.Store) (any, error)) {
	got, gotErr := ask(p.Store)
	want, wantErr := ask(p.model)
	require.Equal(rt, want, got)
	require.ErrorIs(rt, gotErr, wantErr)
}
