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
			Code: bot.Ghost, Message: "You are still in the call in another tab or from before. Your place falls free in a moment.",
			RetryAfter: min(5, int(left/time.Second)+1),
		}
	}
	a := of(s.Call.Room())
	a.Why = "ghost"
	if err := e.record(ctx, s.ID, bot.DoRenew, a); err != nil {
		return err
	}
	return newRoomComes()
}

// refusalOf turns an error of rooms into what the person who pressed is told. A
// room that is gone is noted first, so that it is mended without waiting for the
// next look.
func (e *Engine) refusalOf(ctx context.Context, s bot.State, err error) error {
	var r *rooms.Error
	if !errors.As(err, &r) {
		return e.unavailable("ask TrueConf", err)
	}
	say := func(c bot.Code, message string, after int) error {
		return &bot.Refusal{Code: c, Message: message, Detail: r.Cure, RetryAfter: after}
	}
	switch r.Kind {
	case rooms.RoomFull:
		return say(bot.RoomFull, "Two people are in the call already.", 5)
	case rooms.NoGuestSeat:
		return say(bot.NoGuestSeat, "All video places are taken just now. Yours is kept in the chat; please try again shortly.", 15)
	case rooms.Gone:
		a := of(s.Call.Room())
		a.Why = "gone"
		if err := e.record(context.WithoutCancel(ctx), s.ID, bot.DoBroken, a); err != nil {
			return err
		}
		return newRoomComes()
	case rooms.NoWeb:
		return say(bot.NeverFits, "The video server lets nobody in by browser. Please go on in the chat.", 0)
	case rooms.Setup, rooms.IDRefused, rooms.Foreign:
		e.log.Error("engine: TrueConf must be set up", "conversation", s.ID, "error", err)
		return say(bot.Unavailable, "Video does not work just now. Please go on in the chat.", 30)
	}
	e.log.Warn("engine: TrueConf does not answer a press of Join", "conversation", s.ID, "error", err)
	return say(bot.Unavailable, "The video server does not answer. Please press again.", 3)
}

func newRoomComes() error {
	return &bot.Refusal{Code: bot.CallNotReady, Message: "A new room is being prepared. It opens in a moment.", RetryAfter: 2}
}

// turnedAway is said when the server refuses link after link and nothing that
// we can see explains it: guests of other conferences take seats too.
func turnedAway() error {
	return &bot.Refusal{
		Code: bot.NoGuestSeat, Message: "The video server let you in nowhere just now. Please try again shortly.",
		Detail:     "a fresh link was refused twice; other conferences may hold the TrueConf Server's guest connections",
		RetryAfter: 10,
	}
}
