package engine

import (
	"context"
	"errors"
	"time"

	"bedside/bot"
	"bedside/store"
)

// shift looks after one conversation from the moment it is due until nothing of
// it is. It decides deadlines at once, also while an effect is under way, and
// runs one effect after the other: one of TrueConf, and beside it one message, so
// that no call waits for a mail server.
type shift struct {
	e       *Engine
	id      string
	news    chan struct{}        // the conversation has changed
	flights [lanes]chan struct{} // each closed when the effect under way is over; nil: none is
	next    time.Time            // the wake that it left in the head; zero: never
}

// lane says beside what else an effect may run.
type lane int

const (
	laneRooms lane = iota
	laneNotices
	lanes
)

func laneOf(d bot.Deed) lane {
	if d == bot.SendNotice {
		return laneNotices
	}
	return laneRooms
}

func (s *shift) poke() {
	select {
	case s.news <- struct{}{}:
	default:
	}
}

// heard takes the news, if there is any.
func (s *shift) heard() bool {
	select {
	case <-s.news:
		return true
	default:
		return false
	}
}

func (s *shift) run(ctx context.Context) {
	defer s.land()
	s.next = time.Time{}
	for ctx.Err() == nil {
		s.heard() // what comes from here on is newer than the state
		f, head, err := s.e.fresh(ctx, s.id)
		if err != nil {
			s.failed(ctx, err)
			return
		}
		now := s.e.now()
		switch at := s.e.deadlineAt(f.state); {
		case !f.state.Started():
			return
		case due(at, now):
			s.decide(ctx, f.state)
		case s.begin(ctx, f.state, now):
		case s.busy():
			s.wait(ctx, s.soonest(f.state, at, now))
		default:
			if s.rest(ctx, f, head) {
				return
			}
		}
	}
}

// begin sets an effect going that is due and whose lane is free; false: none is.
func (s *shift) begin(ctx context.Context, st bot.State, now time.Time) bool {
	for l := range lanes {
		if s.flights[l] != nil {
			continue
		}
		if wish, at := s.e.nextWish(st, now, l); due(at, now) {
			s.launch(ctx, st, wish)
			return true
		}
	}
	return false
}

// soonest is the deadline, or the moment of a wish whose lane is free.
func (s *shift) soonest(st bot.State, deadline, now time.Time) time.Time {
	for l := range lanes {
		if s.flights[l] != nil {
			continue
		}
		if _, at := s.e.nextWish(st, now, l); !at.IsZero() && (deadline.IsZero() || at.Before(deadline)) {
			deadline = at
		}
	}
	return deadline
}

func (s *shift) busy() bool {
	return s.flights[laneRooms] != nil || s.flights[laneNotices] != nil
}

// decide lets a deadline speak. One that changes nothing is put off, lest it
// come back at once for ever.
func (s *shift) decide(ctx context.Context, st bot.State) {
	k := delayOf(s.id, bot.Wish{})
	within(ctx, s.e.waker.deciding, func() {
		done, err := s.e.system(ctx, s.id, bot.DoWake, bot.Args{})
		switch {
		case err == nil && len(done.Entries) > 0:
			s.e.delays.clear(k)
		case err == nil && done.Seq != st.Seq: // somebody else was here first
		case ctx.Err() == nil:
			s.e.log.Error("engine: a deadline that decides nothing is put off", "conversation", s.id, "error", err)
			s.e.delays.fail(k, s.e.now())
		}
	})
}

// launch sets an effect going beside the shift.
func (s *shift) launch(ctx context.Context, st bot.State, w bot.Wish) {
	over := make(chan struct{})
	s.flights[laneOf(w.Deed)] = over
	s.e.waker.wg.Go(func() {
		defer close(over)
		within(ctx, s.e.waker.slots(w.Deed), func() { s.e.fulfil(ctx, st, w) })
	})
}

// wait sleeps until the effect is over, the next deadline, the next look at the
// clock, or news.
func (s *shift) wait(ctx context.Context, deadline time.Time) {
	timer := time.NewTimer(s.e.pause(deadline))
	defer timer.Stop()
	select {
	case <-s.flights[laneRooms]:
		s.flights[laneRooms] = nil
	case <-s.flights[laneNotices]:
		s.flights[laneNotices] = nil
	case <-timer.C:
	case <-s.news:
	case <-ctx.Done():
	}
}

// rest writes the next wake where the head does not say it already; false: the
// conversation has changed, look again.
func (s *shift) rest(ctx context.Context, f *folded, head store.Head) bool {
	next := s.e.head(f)
	s.next = next.Wake
	if next.Wake.Equal(head.Wake) || next.Wake.IsZero() && head.Wake.IsZero() {
		return true
	}
	if sub := next.Wake.Sub(head.Wake); sub > -time.Microsecond && sub < time.Microsecond {
		return true // the store's own rounding
	}
	next.Rev = head.Rev
	err := s.e.store.Commit(ctx, store.Batch{Head: next})
	if errors.Is(err, store.ErrConflict) {
		return false
	}
	if err != nil {
		s.failed(ctx, err)
	}
	return true
}

// land waits for the effects under way, so that nobody else begins one meanwhile.
func (s *shift) land() {
	for l, flight := range s.flights {
		if flight != nil {
			<-flight
			s.flights[l] = nil
		}
	}
}

// failed ends the shift after a breath, for the lease that it gives back comes
// again at once; after a long one where what is stored must be mended first.
func (s *shift) failed(ctx context.Context, err error) {
	if ctx.Err() != nil || errors.Is(err, store.ErrErased) {
		return
	}
	s.e.lost.notice(err)
	breath := storeBackOff
	if errors.Is(err, errUnreadable) {
		breath = delayMost
		s.e.skip(s.id, err)
	} else {
		s.e.log.Error("engine: look after a conversation", "conversation", s.id, "error", err)
	}
	select {
	case <-time.After(breath):
	case <-ctx.Done():
	}
	s.next = s.e.now()
}
