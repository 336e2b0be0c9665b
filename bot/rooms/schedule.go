package rooms

import (
	"context"

	"bedside/trueconf"
)

// Schedule sees to it that the room of an appointment stands on the server, which
// starts it by itself when its time has come (API reference §5.3: type 1, a start
// in seconds since 1970, a duration in seconds). It may be repeated, as Make may:
// a room that is there already is taken if owner and tag are ours. Another time
// or owner is another attempt, and so another room.
func (r *Rooms) Schedule(ctx context.Context, o Order) error {
	_, err := r.create(ctx, o)
	return err
}

// create makes the room of an order, or finds the one that a creation without an
// answer has left.
func (r *Rooms) create(ctx context.Context, o Order) (trueconf.Conference, error) {
	id := r.roomID(o.Room)
	made, err := r.tc.Create(ctx, r.conference(id, o))
	if err == nil {
		return made, nil
	}
	if made.ID != "" && made.ID != id {
		r.drop(ctx, made)
		return trueconf.Conference{}, idRefused()
	}
	there, err := r.settle(ctx, id, o, err)
	if err != nil || there.Recording == o.Record {
		return there, err
	}
	// Scheduled before the patient had agreed to be recorded, or while they had.
	if err := r.remove(ctx, id); err != nil {
		return trueconf.Conference{}, err
	}
	if made, err = r.tc.Create(ctx, r.conference(id, o)); err != nil {
		return trueconf.Conference{}, wrap("make the room", err)
	}
	return made, nil
}

// planned is when a room begins by itself; a virtual one does not.
func planned(o Order) (trueconf.Schedule, string) {
	if o.Start.IsZero() {
		return trueconf.Schedule{Kind: trueconf.Unscheduled}, trueconf.Running
	}
	return trueconf.Schedule{Kind: trueconf.Once, StartTime: o.Start.UTC(), Duration: o.Length}, trueconf.Stopped
}
