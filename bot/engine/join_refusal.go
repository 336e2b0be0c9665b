package engine

import (
	"context"
	"errors"
	"time"

	"bedside/bot"
	"bedside/bot/rooms"
)

// ghostWait is how long a dead tab's place is given to fall free by itself.
const ghostWait = 30 * time.Second

// ghost answers somebody whose own dead tab holds the place: come back shortly,
// and after half a minute both get another room.
func (e *Engine) ghost(ctx context.Context, s bot.State, p press) error {
	left := ghostWait - e.presses.ghost(p, e.now())
	if left > 0 {
		return &bot.Refusal{
			Code: bot.Ghost, Message: bot.InWords(bot.Ghost, s.Language),
			RetryAfter: min(5, int(left/time.Second)+1),
		}
	}
	a := of(s.Call.Room())
	a.Why, a.Who = "ghost", p.who
	if err := e.record(ctx, s.ID, bot.DoRenew, a); err != nil {
		return err
	}
	return notReady(s)
}

// refusalOf turns an error of rooms into what the person who pressed is told. A
// room that is gone is noted first, so that it is mended without waiting for the
// next look.
func (e *Engine) refusalOf(ctx context.Context, s bot.State, err error) error {
	var r *rooms.Error
	if !errors.As(err, &r) {
		return e.unavailable("ask TrueConf", err)
	}
	say := func(c bot.Code, after int) error {
		return &bot.Refusal{Code: c, Message: bot.InWords(c, s.Language), Detail: r.Cure, RetryAfter: after}
	}
	switch r.Kind {
	case rooms.RoomFull:
		return say(bot.RoomFull, 5)
	case rooms.NoGuestSeat:
		return say(bot.NoGuestSeat, 15)
	case rooms.Gone:
		a := of(s.Call.Room())
		a.Why = "gone"
		if err := e.record(context.WithoutCancel(ctx), s.ID, bot.DoBroken, a); err != nil {
			return err
		}
		return notReady(s)
	case rooms.NoWeb:
		return say(bot.NeverFits, 0)
	case rooms.Setup, rooms.IDRefused, rooms.Foreign:
		e.log.Error("engine: TrueConf must be set up", "conversation", s.ID, "error", err)
		return say(bot.Unavailable, 30)
	}
	e.log.Warn("engine: TrueConf does not answer a press of Join", "conversation", s.ID, "error", err)
	return say(bot.Unavailable, 3)
}

func notReady(s bot.State) error {
	return &bot.Refusal{Code: bot.CallNotReady, Message: bot.InWords(bot.CallNotReady, s.Language), RetryAfter: 2}
}

// turnedAway hands a refusal on; the doctor is told, with the cure, of whoever
// stands at the door because seats or room are full.
func (e *Engine) turnedAway(ctx context.Context, s bot.State, who bot.Role, refusal error) error {
	var r *bot.Refusal
	if !errors.As(refusal, &r) || r.Code != bot.NoGuestSeat && r.Code != bot.RoomFull {
		return refusal
	}
	a := of(s.Call.Room())
	a.Who, a.Why, a.Cure = who, string(r.Code), r.Detail
	if err := e.record(context.WithoutCancel(ctx), s.ID, bot.DoCrowded, a); err != nil {
		e.log.Warn("engine: who was turned away is not recorded", "conversation", s.ID, "error", err)
	}
	return refusal
}

// refusedTwice is said when the server refuses link after link and nothing that
// we can see explains it: guests of other conferences take seats too.
func refusedTwice(s bot.State) error {
	return &bot.Refusal{
		Code: bot.NoGuestSeat, Message: bot.InWords(bot.NoGuestSeat, s.Language),
		Detail:     "TrueConf refused a fresh link twice, and no call of Bedside explains it: other conferences may hold its guest connections. Look at Dashboard → Summary in its control panel; a doctor who comes by the TrueConf app needs none.",
		RetryAfter: 10,
	}
}
