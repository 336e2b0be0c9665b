package bot

import (
	"strings"
	"time"

	"bedside/flows"
)

// waitDeadlines are those of a place in a queue: the next rung, the answer to what
// a rung asks, and, where no hand-over of the flow stands, the lead.
func waitDeadlines(s State, l Limits, live *flows.Program) []deadline {
	var out []deadline
	if s.Rung < len(s.Rungs) || s.CallBack == nil {
		out = append(out, deadline{rungAt(s, s.Rung+1, l), (*turn).climb})
	}
	if at := rungUnanswered(s); !at.IsZero() {
		out = append(out, deadline{at, (*turn).promiseWithout})
	}
	if len(s.Rungs) == 0 && s.Memory.Base().Waits != flows.WaitHandOver && s.AlertedAt.Before(s.RungAt) {
		out = append(out, deadline{s.RungAt.Add(answerWithin(s.Department, live)), (*turn).alertWait})
	}
	return out
}

// promiseDeadlines are those that stand beside the phase.
func promiseDeadlines(s State, l Limits, live *flows.Program) []deadline {
	if s.Phase == ClosedDown {
		return nil
	}
	var out []deadline
	if em := s.Emergency; em != nil {
		out = append(out, emergencyDeadline(s, l, live))
	}
	if c := s.CallBack; c != nil {
		at := c.By
		if c.Missed > 0 {
			at = c.MissedAt.Add(time.Hour)
		}
		out = append(out, deadline{at, (*turn).missCallback})
	}
	return out
}

// emergencyDeadline is when others are rung or the lead is woken again while
// nobody comes: after the time in which the department answers, then as the
// built-in rungs of a wait.
func emergencyDeadline(s State, l Limits, live *flows.Program) deadline {
	em := s.Emergency
	within := answerWithin(em.Department, live)
	switch {
	case s.Phase == Consulting && !em.Offered:
		return deadline{em.At.Add(within), (*turn).offerEmergency}
	case em.Alerts == 0:
		return deadline{em.At, (*turn).alertEmergency}
	}
	// The next of these moments behind the last alert: those that passed while no
	// process ran are made up by one.
	next := em.At.Add(within)
	for n := 1; !next.After(em.AlertedAt); n++ {
		next = em.At.Add(within + rungAfter(n, l))
	}
	return deadline{next, (*turn).alertEmergency}
}

// answerWithin is how long the doctors of a department are rung before the next
// step.
func answerWithin(department string, live *flows.Program) time.Duration {
	if live != nil {
		if d, ok := live.Department(department); ok && d.AnswerWithin > 0 {
			return d.AnswerWithin
		}
	}
	return time.Minute
}

func (t *turn) alertWait() error {
	t.alert("wait")
	return nil
}

// onLadder reports whether a place is a rung itself, not a part to which it leads.
func onLadder(p flows.Place) bool { return strings.HasPrefix(p.Part, "ladder.") }
