package engine

import (
	"time"

	"bedside/bot"
)

// wakeAt is Head.Wake of a state: its first deadline or its first wish,
// whichever comes earlier, neither before our own back-off has passed. A wish
// that may be fulfilled at once gives a moment that has passed.
func (e *Engine) wakeAt(s bot.State) time.Time {
	at := e.deadlineAt(s)
	for l := range lanes {
		if _, wish := e.nextWish(s, e.now(), l); !wish.IsZero() && (at.IsZero() || wish.Before(at)) {
			at = wish
		}
	}
	return at
}

// deadlineAt is when the clock alone has something to say; zero is never.
func (e *Engine) deadlineAt(s bot.State) time.Time {
	at := bot.Wake(s, e.o.Limits(), e.live(s.Site))
	if at.IsZero() {
		return at
	}
	return later(at, credible(e.delays.until(delayOf(s.ID, bot.Wish{})), e.now(), delayMost))
}

// nextWish is the wish of a lane that may be fulfilled first, the more important one among
// those that may be at once, and when; the zero time means none. What has no
// back-off is due now, also where the journal's last entry is dated later: the
// clock was fast then, and people do not wait until it is right again.
func (e *Engine) nextWish(s bot.State, now time.Time, l lane) (bot.Wish, time.Time) {
	if !e.o.Effects {
		return bot.Wish{}, time.Time{}
	}
	var (
		first bot.Wish
		when  time.Time
	)
	for _, w := range bot.Wishes(s) {
		if laneOf(w.Deed) != l {
			continue
		}
		at, most := earlier(s.At, now), delayMost
		if l == laneNotices {
			most = noticeMost
		}
		for _, rest := range []time.Time{w.NotYet, e.delays.until(delayOf(s.ID, w))} {
			at = later(at, credible(rest, now, most))
		}
		at = later(at, w.From)
		if when.IsZero() || at.Before(when) {
			first, when = w, at
		}
	}
	return first, when
}

// credible is the end of a back-off, or the zero time where it is further away
// than the longest is: it was counted by a clock that has been put right.
func credible(until, now time.Time, most time.Duration) time.Time {
	if until.Sub(now) > most {
		return time.Time{}
	}
	return until
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// due reports whether a moment has come; the zero time never does.
func due(at, now time.Time) bool { return !at.IsZero() && !at.After(now) }
