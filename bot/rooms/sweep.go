package rooms

import (
	"context"
	"time"

	"bedside/bot"
	"bedside/trueconf"
)

const (
	sweepAge   = 10 * time.Minute // younger rooms may be anybody's beginning
	sweepBound = 20               // removals in one run
)

// Sweep removes rooms that a crash has left. It lists first and asks which calls
// are open after that, so a room that appears meanwhile is in neither; it removes
// only what carries our prefix and our tag, is old enough, and belongs to no open
// call. What else the list holds is never touched.
func (r *Rooms) Sweep(ctx context.Context, open func(context.Context) ([]bot.Room, error)) (Swept, error) {
	list, err := r.tc.Conferences(ctx, trueconf.Filter{Tag: r.tag()})
	if err != nil {
		return Swept{}, wrap("list the rooms", err)
	}
	rooms, err := open(ctx)
	if err != nil {
		return Swept{}, err
	}
	spared := make(map[string]bool, len(rooms))
	for _, room := range rooms {
		spared[r.roomID(room)] = true
	}
	var out Swept
	for _, c := range list {
		if !r.ours(c) {
			continue
		}
		out.Seen++
		if spared[c.ID] || !r.old(c) || out.Removed+out.Failed >= sweepBound {
			continue
		}
		if err := r.remove(ctx, c.ID); err != nil {
			out.Failed++
			continue
		}
		out.Removed++
	}
	return out, nil
}

// old reports whether the room's age is known and past doubt.
func (r *Rooms) old(c trueconf.Conference) bool {
	return !c.CreatedAt.IsZero() && r.config.Now().Sub(c.CreatedAt) > sweepAge
}
