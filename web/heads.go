package web

import (
	"context"
	"maps"
	"reflect"
	"slices"
	"time"

	"golang.org/x/time/rate"

	"bedside/web/wire"
)

const (
	headsPause = time.Second // a console may look once more for each of these
	headsAhead = 4           // and so often at once: what its doctor has just done shows without a wait
	headsMost  = 500         // rows of a console's lists
)

// tellHeads keeps a console's lists in step: all of them at first, then what
// changed and what left.
func (c *socket) tellHeads() {
	desk := c.s.desk
	k := desk.enter(c) // before the lists are read, so that nothing falls between
	defer desk.leave(k)
	looks := rate.NewLimiter(rate.Every(headsPause), headsAhead)
	var had map[string]wire.Head
	for looks.Wait(c.ctx) == nil {
		now, err := c.lists(c.ctx)
		switch {
		case err == nil:
			c.tellChanges(had, now)
			desk.shows(k, slices.Collect(maps.Keys(now)))
			c.tellAway(had, now)
			had = now
		case unavailable(err):
			continue
		default:
			return // somebody without lists
		}
		select {
		case <-c.ctx.Done():
			return
		case <-k.wake:
		}
	}
}

// lists are the heads that the staff member may list, by id.
func (c *socket) lists(ctx context.Context) (map[string]wire.Head, error) {
	out := map[string]wire.Head{}
	cursor := ""
	for len(out) < headsMost {
		rows, next, err := c.s.o.Engine.Heads(ctx, c.p.actor, "", cursor, maxHeads)
		if err != nil {
			return nil, err
		}
		for _, h := range headsOf(rows) {
			out[h.ID] = h
		}
		if cursor = next; cursor == "" {
			break
		}
	}
	return out, nil
}

func (c *socket) tellChanges(had, now map[string]wire.Head) {
	f := wire.HeadsFrame{Type: wire.TypeHeads, All: had == nil, Heads: []wire.Head{}}
	for id, h := range now {
		if old, ok := had[id]; !ok || !sameHead(old, h) {
			f.Heads = append(f.Heads, h)
		}
	}
	for id := range had {
		if _, ok := now[id]; !ok {
			f.Gone = append(f.Gone, id)
		}
	}
	if !f.All && len(f.Heads) == 0 && len(f.Gone) == 0 {
		return
	}
	slices.SortFunc(f.Heads, func(a, b wire.Head) int { return a.Since.Compare(b.Since) })
	slices.Sort(f.Gone)
	c.send(f)
}

// tellAway says of those who have come into the lists whose page is closed; that
// a page is open goes without saying.
func (c *socket) tellAway(had, now map[string]wire.Head) {
	for id := range now {
		if _, old := had[id]; old {
			continue
		}
		if here, known, left := c.s.present.of(id); known && !here && !left.IsZero() {
			c.send(c.s.patientIs(id, here, left))
		}
	}
}

// sameHead leaves the sequence out of account: a message alone changes no list.
func sameHead(a, b wire.Head) bool {
	a.Seq, b.Seq = 0, 0
	return reflect.DeepEqual(a, b)
}
