package engine

import (
	"context"
	"errors"
	"fmt"
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
	bot.RingOffer:  20 * time.Second,
	bot.RemoveRoom: 20 * time.Second,

	bot.ScheduleRoom: 20 * time.Second,
}

// fulfil does what the journal wished for and records what came of it. When the
// outcome cannot be recorded, or the process stops, the wish stands and is done
// again.
func (e *Engine) fulfil(ctx context.Context, s bot.State, w bot.Wish) {
	var err error
	switch w.Deed {
	case bot.MakeRoom:
		err = e.makeRoom(ctx, s, w)
	case bot.MendRoom:
		err = e.mendRoom(ctx, s.ID, w)
	case bot.RingDoctor:
		err = e.ringDoctor(ctx, s.ID, w)
	case bot.RemoveRoom:
		err = e.removeRoom(ctx, s.ID, w)
	case bot.SendNotice:
		err = e.sendNotice(ctx, s.ID, w)
	case bot.RingOffer:
		err = e.ringOffer(ctx, s, w)
	case bot.ScheduleRoom:
		err = e.scheduleRoom(ctx, s, w)
	default: // put off like any other that fails, lest it be tried without a pause
		err = fmt.Errorf("engine: nobody here does %s", w.Deed)
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

// ask asks TrueConf one thing, within its time, and counts the answer.
func (e *Engine) ask(ctx context.Context, d bot.Deed, question func(context.Context) error) error {
	limited, cancel := context.WithTimeout(ctx, effectTime[d])
	defer cancel()
	err := question(limited)
	e.metrics.effect(d, err)
	return err
}

// makeRoom asks for the room; its failure is the journal's to know.
func (e *Engine) makeRoom(ctx context.Context, s bot.State, w bot.Wish) error {
	err := e.ask(ctx, w.Deed, func(ctx context.Context) error {
		return e.o.Rooms.Make(ctx, rooms.Order{Room: w.Room, Conversation: s.ID, How: w.How, Owner: w.Owner, Record: w.Record})
	})
	if err != nil {
		return e.recordFailure(ctx, s.ID, w.Room, err)
	}
	return e.record(ctx, s.ID, bot.DoMade, of(w.Room))
}

// mendRoom runs the room again, or asks for another attempt where it is gone.
func (e *Engine) mendRoom(ctx context.Context, id string, w bot.Wish) error {
	err := e.ask(ctx, w.Deed, func(ctx context.Context) error { return e.o.Rooms.Mend(ctx, w.Room) })
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
func (e *Engine) ringDoctor(ctx context.Context, id string, w bot.Wish) error {
	err := e.ringOnce(ctx, id, w.Room, w.Owner)
	if errors.As(err, new(*rooms.Error)) {
		e.log.Warn("engine: the doctor's app was not rung", "conversation", id, "call", w.Room.Call, "error", err)
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
	return e.ask(ctx, bot.RingDoctor, func(ctx context.Context) error { return e.o.Rooms.Ring(ctx, room, user) })
}

// ringOffer makes the room of the call that a doctor is offered and rings their app
// into it. The attempt is recorded first, as every ring's is.
func (e *Engine) ringOffer(ctx context.Context, s bot.State, w bot.Wish) error {
	err := e.ask(ctx, w.Deed, func(ctx context.Context) error {
		return e.o.Rooms.Make(ctx, rooms.Order{
			Room: w.Room, Conversation: s.ID, How: w.How, Owner: w.Owner, Record: bot.Recorded(s, e.o.Limits()),
		})
	})
	if err != nil {
		return err
	}
	done, err := e.system(ctx, s.ID, bot.DoRingOffer, bot.Args{Call: w.Room.Call, Doctor: s.Offer.Doctor})
	if err != nil || len(done.Entries) == 0 {
		return err
	}
	if err := e.ask(ctx, bot.RingDoctor, func(ctx context.Context) error { return e.o.Rooms.Ring(ctx, w.Room, w.Owner) }); err != nil {
		e.log.Warn("engine: the app of a doctor who is offered a patient was not rung", "conversation", s.ID, "error", err)
	}
	return nil
}

// removeRoom asks until the server has confirmed; what it refuses is put off.
func (e *Engine) removeRoom(ctx context.Context, id string, w bot.Wish) error {
	err := e.ask(ctx, w.Deed, func(ctx context.Context) error { return e.o.Rooms.Remove(ctx, w.Room) })
	if err != nil {
		return err
	}
	return e.record(ctx, id, bot.DoRemoved, of(w.Room))
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
