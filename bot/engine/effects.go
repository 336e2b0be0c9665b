package engine

import (
	"context"
	"errors"
	"time"

	"bedside/bot"
	"bedside/bot/rooms"
)

// effectTime is how long one effect may take. A creation that answers later is
// found by its id when it is tried again.
var effectTime = map[bot.Deed]time.Duration{
	bot.MakeRoom:   20 * time.Second,
	bot.MendRoom:   20 * time.Second,
	bot.RingDoctor: 10 * time.Second,
	bot.RemoveRoom: 20 * time.Second,
}

// fulfil does what the journal wished for and records what came of it. When the
// outcome cannot be recorded, or the process stops, the wish stands and is done
// again.
func (e *Engine) fulfil(ctx context.Context, s bot.State, w bot.Wish) {
	limited, cancel := context.WithTimeout(ctx, effectTime[w.Deed])
	defer cancel()
	var err error
	switch w.Deed {
	case bot.MakeRoom:
		err = e.makeRoom(limited, ctx, s, w)
	case bot.MendRoom:
		err = e.mendRoom(limited, ctx, w, s.ID)
	case bot.RingDoctor:
		err = e.ringDoctor(limited, s.ID, w.Room, w.Owner)
	case bot.RemoveRoom:
		err = e.removeRoom(limited, ctx, s.ID, w.Room)
	}
	k := delayOf(s.ID, w)
	switch {
	case ctx.Err() != nil:
		return
	case err != nil:
		e.log.Warn("engine: "+string(w.Deed)+" is put off", "conversation", s.ID, "call", w.Room.Call, "error", err)
		e.delays.fail(k, e.now())
	default:
		e.delays.clear(k)
	}
}

// makeRoom asks for the room; its failure is the journal's to know.
func (e *Engine) makeRoom(limited, ctx context.Context, s bot.State, w bot.Wish) error {
	err := e.o.Rooms.Make(limited, rooms.Order{Room: w.Room, Conversation: s.ID, How: w.How, Owner: w.Owner})
	e.metrics.effect(w.Deed, err)
	if err != nil {
		return e.recordFailure(ctx, s.ID, w.Room, err)
	}
	return e.record(ctx, s.ID, bot.DoMade, of(w.Room))
}

// mendRoom runs the room again, or asks for another attempt where it is gone.
func (e *Engine) mendRoom(limited, ctx context.Context, w bot.Wish, id string) error {
	err := e.o.Rooms.Mend(limited, w.Room)
	e.metrics.effect(w.Deed, err)
	switch {
	case err == nil:
		return e.record(ctx, id, bot.DoMade, of(w.Room))
	case rooms.KindOf(err) == rooms.Gone:
		a := of(w.Room)
		a.Why = "interrupted"
		return e.record(ctx, id, bot.DoRenew, a)
	}
	return e.recordFailure(ctx, id, w.Room, err)
}

// ringDoctor rings the doctor's app when the room is ready. A ring that fails is
// not repeated by itself; the doctor's Join rings again.
func (e *Engine) ringDoctor(limited context.Context, id string, room bot.Room, user string) error {
	err := e.ringOnce(limited, id, room, user)
	if errors.As(err, new(*rooms.Error)) {
		e.log.Warn("engine: the doctor's app was not rung", "conversation", id, "call", room.Call, "error", err)
		return nil
	}
	return err
}

// ringOnce records the attempt first: an app rings at most once for it, and not
// at all when the process dies in between.
func (e *Engine) ringOnce(ctx context.Context, id string, room bot.Room, user string) error {
	a := of(room)
	a.Who = bot.Doctor
	done, err := e.system(ctx, id, bot.DoRing, a)
	if err != nil || len(done.Entries) == 0 {
		return err
	}
	err = e.o.Rooms.Ring(ctx, room, user)
	e.metrics.effect(bot.RingDoctor, err)
	return err
}

// removeRoom asks until the server has confirmed; what it refuses is put off.
func (e *Engine) removeRoom(limited, ctx context.Context, id string, room bot.Room) error {
	err := e.o.Rooms.Remove(limited, room)
	e.metrics.effect(bot.RemoveRoom, err)
	if err != nil {
		return err
	}
	return e.record(ctx, id, bot.DoRemoved, of(room))
}

func (e *Engine) record(ctx context.Context, id string, do bot.Do, a bot.Args) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	_, err := e.system(ctx, id, do, a)
	return err
}

func (e *Engine) recordFailure(ctx context.Context, id string, room bot.Room, failure error) error {
	a := of(room)
	a.Failure, a.Retry = &bot.CallFailure{Kind: string(rooms.Unreachable)}, true
	var r *rooms.Error
	if errors.As(failure, &r) {
		a.Failure, a.Retry = &bot.CallFailure{Kind: string(r.Kind), Detail: r.What, Cure: r.Cure}, r.Retry
	}
	e.log.Warn("engine: no room", "conversation", id, "call", room.Call, "attempt", room.Attempt, "error", failure)
	return e.record(ctx, id, bot.DoFailed, a)
}

func of(r bot.Room) bot.Args { return bot.Args{Call: r.Call, Attempt: r.Attempt} }
