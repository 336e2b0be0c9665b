package engine

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"bedside/bot"
	"bedside/store"
)

// seatsLook is how often the calls and appointments that wait for a guest seat are
// looked at though nothing of this process has fallen free: another node's call may
// have ended, or the clinic has more seats since.
const seatsLook = 30 * time.Second

// Seats are the guest connections of the TrueConf Server and the rooms on it, by
// our own count.
type Seats struct {
	Used     int // by calls, until their rooms are gone
	Held     int // for appointments about to begin
	Seats    int
	Rooms    int // of MaxCalls; 0 where they are not limited
	MaxCalls int
	Waiting  int // calls that wait for one of them
}

// Seats counts what is taken just now.
func (e *Engine) Seats(ctx context.Context) (Seats, error) {
	limits := e.o.Limits()
	out := Seats{Seats: limits.GuestSeats, MaxCalls: limits.MaxCalls}
	seats, err := e.claimed(ctx, bot.SpaceSeat, bot.LivePrefix)
	if err != nil {
		return Seats{}, e.unavailable("count the guest seats", err)
	}
	held := map[string]int{}
	for _, id := range seats {
		held[id]++
	}
	for id, n := range held {
		used, err := e.usedBy(ctx, id, n)
		if err != nil {
			return Seats{}, e.unavailable("count the guest seats", err)
		}
		out.Used, out.Held = out.Used+used, out.Held+n-used
	}
	taken, err := e.claimed(ctx, bot.SpaceRoom, bot.LivePrefix)
	if err != nil {
		return Seats{}, e.unavailable("count the rooms", err)
	}
	out.Rooms = len(taken)
	if out.Waiting, err = e.store.Count(ctx, bot.ListSeatless); err != nil {
		return Seats{}, e.unavailable("count the calls that wait", err)
	}
	return out, nil
}

// usedBy tells of the seats that a conversation has those of its call from those
// that are held for its appointment.
func (e *Engine) usedBy(ctx context.Context, id string, n int) (int, error) {
	h, err := e.store.Head(ctx, id)
	if err != nil {
		return 0, fmt.Errorf("the head of %s: %w", id, err)
	}
	var s bot.Summary
	if err := json.Unmarshal(h.Body, &s); err != nil {
		return 0, fmt.Errorf("%w: the head of %s: %w", errUnreadable, id, err)
	}
	booked := slices.ContainsFunc(s.Bookings, func(b bot.SummaryBooking) bool { return b.State == bot.BookedFor })
	switch {
	case s.Call != nil:
		return min(n, s.Call.Seats), nil
	case booked:
		return 0, nil
	}
	return n, nil // of a call that is over and whose room is not gone
}

// queued reports whether a call of some other conversation waits for a seat.
func (e *Engine) queued(ctx context.Context, id string) (bool, error) {
	heads, _, err := e.store.List(ctx, bot.ListSeatless, "", 2)
	if err != nil {
		return false, fmt.Errorf("engine: which calls wait: %w", err)
	}
	return slices.ContainsFunc(heads, func(h store.Head) bool { return h.ID != id }), nil
}

// freed reports whether a commit lets go of a seat or a room.
func freed(puts []store.Put) bool {
	return slices.ContainsFunc(puts, func(p store.Put) bool {
		return p.Delete && (p.Space == bot.SpaceSeat || p.Space == bot.SpaceRoom)
	})
}

// seating lets what waits go on when a seat falls free.
type seating struct{ nudge chan struct{} }

func newSeating() *seating { return &seating{nudge: make(chan struct{}, 1)} }

// look makes it look again.
func (s *seating) look() {
	select {
	case s.nudge <- struct{}{}:
	default:
	}
}

func (e *Engine) seatAll(ctx context.Context) {
	ticker := time.NewTicker(seatsLook)
	defer ticker.Stop()
	for {
		if err := e.seatNext(ctx); err != nil && ctx.Err() == nil {
			e.log.Error("engine: seat the calls that wait", "error", err)
		}
		select {
		case <-ticker.C:
		case <-e.seating.nudge:
		case <-ctx.Done():
			return
		}
	}
}

// seatNext holds the seats of the appointments that lack them, which nobody else is
// given anyhow, and seats the calls that wait, in their order, until one must go on
// waiting: whoever came later does not overtake it with what it needs two of.
func (e *Engine) seatNext(ctx context.Context) error {
	if err := e.seatList(ctx, bot.ListUnheld, false); err != nil {
		return err
	}
	return e.seatList(ctx, bot.ListSeatless, true)
}

func (e *Engine) seatList(ctx context.Context, list string, inTurn bool) error {
	for cursor := ""; ; {
		heads, next, err := e.store.List(ctx, list, cursor, listPage)
		if err != nil {
			return fmt.Errorf("engine: who waits for a seat: %w", err)
		}
		for _, h := range heads {
			seated, err := e.seatOne(ctx, h.ID)
			switch {
			case ctx.Err() != nil:
				return nil
			case err != nil: // one that cannot be read keeps nobody waiting
				e.log.Error("engine: seat who waits", "conversation", h.ID, "error", err)
			case inTurn && !seated:
				return nil
			}
		}
		if next == "" {
			return nil
		}
		cursor = next
	}
}

// seatOne answers false where the call goes on waiting.
func (e *Engine) seatOne(ctx context.Context, id string) (bool, error) {
	if _, err := e.system(ctx, id, bot.DoSeat, bot.Args{}); err != nil {
		return false, err
	}
	f, _, err := e.fresh(ctx, id)
	if err != nil {
		return false, err
	}
	return !f.state.Call.Open() || f.state.Call.Lacks == "", nil
}
