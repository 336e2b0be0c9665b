package bot

import (
	"slices"
	"time"

	"bedside/flows"
)

// deadline is one thing that happens by itself.
type deadline struct {
	at time.Time
	do func(*turn) error
}

// deadlines are all that the state waits for, earliest first. It is the one
// place that knows them: Wake reads the times, wake does the deeds.
func deadlines(s State, l Limits, live *flows.Program) []deadline {
	var out []deadline
	switch s.Phase {
	case Intake:
		if s.Emergency == nil {
			out = append(out, deadline{silentAt(s, l), (*turn).hush})
		}
	case Waiting:
		out = append(out, waitDeadlines(s, l, live)...)
	case Consulting:
		if s.owes() {
			within := replyWithin(s.Department, l, live)
			if !s.Reminded {
				out = append(out, deadline{s.OwedSince.Add(within / 2), (*turn).remindDoctor})
			}
			out = append(out, deadline{s.OwedSince.Add(within), (*turn).releaseSilent})
		}
	}
	out = append(out, promiseDeadlines(s, l, live)...)
	out = append(out, offerDeadlines(s, l, live)...)
	out = append(out, bookingDeadlines(s, l, live)...)
	out = append(out, noticeDeadlines(s, l)...)
	if s.Call.Open() {
		out = append(out, callDeadlines(s.Call, l)...)
	}
	slices.SortStableFunc(out, func(a, b deadline) int { return a.at.Compare(b.at) })
	return out
}

// callDeadlines are those of an open call.
func callDeadlines(c *Call, l Limits) []deadline {
	var out []deadline
	if c.Lacks != "" {
		return append(out, deadline{seatUntil(c, l), (*turn).unseated})
	}
	switch {
	case c.State == CallDown && !c.RetryAt.IsZero():
		out = append(out, deadline{c.RetryAt, (*turn).retry})
	case c.State == CallDown:
		out = append(out, deadline{c.TryingSince.Add(l.GiveUpAfter), (*turn).giveUp})
	}
	if c.Breaks > 2 && c.State != CallStands && c.State != CallLive {
		out = append(out, deadline{c.BrokenSince.Add(l.GiveUpAfter), (*turn).giveUp})
	}
	out = append(out, limitDeadlines(c, l)...)
	if at := emptyAt(c, l); !at.IsZero() {
		out = append(out, deadline{at, ending(EndEmpty)})
	}
	return out
}

func ending(why EndWhy) func(*turn) error {
	return func(t *turn) error { t.endCall(why); return nil }
}

// emptyAt is when a call ends because nobody is in it. Without a participant
// list absence is never known, and only a press or the limit ends it.
func emptyAt(c *Call, l Limits) time.Time {
	if c.EmptySince.IsZero() || c.Unwatched || (c.State != CallStands && c.State != CallBroken) {
		return time.Time{}
	}
	if c.WasInside {
		return c.EmptySince.Add(l.CallEmpty)
	}
	return c.EmptySince.Add(l.CallUnused)
}

// owes reports whether the doctor's time to answer runs. It does not while the
// doctor is in an open call, or nobody can see who is; for one whose appointment
// has begun without them the rules of being late hold instead.
func (s State) owes() bool {
	return !s.OwedSince.IsZero() && !s.awaitsHost() && !(s.Call.Open() && (s.Call.Inside[Doctor] || s.Call.Unwatched))
}

// ReplyBy is when a silent doctor's patient goes back to the queue; zero while
// nothing is owed or the time does not run.
func ReplyBy(s Summary, l Limits, live *flows.Program) time.Time {
	if s.Phase != Consulting || s.Owed.IsZero() {
		return time.Time{}
	}
	if c := s.Call; c != nil && (c.Unwatched || slices.Contains(c.Inside, Doctor)) {
		return time.Time{}
	}
	return s.Owed.Add(replyWithin(s.Department, l, live))
}

// rungAfter is when the n-th rung of a wait comes, counted from 1: every five
// minutes for half an hour, then every hour.
func rungAfter(n int, l Limits) time.Duration {
	const often = 6
	if n <= often {
		return time.Duration(n) * l.WaitRung
	}
	return often*l.WaitRung + time.Duration(n-often)*12*l.WaitRung
}

// Wake is the earliest moment at which the conversation needs attention by the
// clock alone; zero means never. live may be nil.
func Wake(s State, l Limits, live *flows.Program) time.Time {
	if d := deadlines(s, l, live); len(d) > 0 {
		return d[0].at
	}
	return time.Time{}
}

// wake does all that is due, one deadline after the other, for each may change
// what the next one is.
func (t *turn) wake() error {
	if err := t.catchUp(); err != nil {
		return err
	}
	const bound = 16 // no state has so many deadlines; a loop would be our mistake
	for range bound {
		d := deadlines(t.s, t.f.Limits, t.live())
		if len(d) == 0 || d[0].at.After(t.f.Now) || t.broken != nil {
			return nil
		}
		before := len(t.out)
		if err := d[0].do(t); err != nil {
			return err
		}
		if len(t.out) == before {
			return nil
		}
	}
	return nil
}

func (t *turn) remindDoctor() error {
	t.system(DoctorReminded, ForStaff, struct{}{})
	return nil
}

func (t *turn) releaseSilent() error {
	if err := t.back("silent", t.s.Department, ""); err != nil {
		return err
	}
	t.alert("silent")
	return nil
}

func (t *turn) retry() error {
	c := t.s.Call
	if t.moveCall(EvRetry) {
		t.system(CallRequested, ForAll, Requested{
			Call: c.ID, Attempt: c.Attempt, How: c.How, Doctor: c.Doctor, Owner: c.Owner, Why: "retry", Retry: c.Failures,
			Seats: c.Seats, Room: c.RoomNumber, Record: c.Record, Kept: c.Kept,
		})
	}
	return nil
}

func (t *turn) giveUp() error {
	t.endCall(EndFailed)
	t.bot(BotSaid, Said{Text: t.words().noVideo, Lang: t.s.Language})
	return nil
}

// retryAt is when a failed room is tried again: after 2 s, 4 s … 30 s, until it
// has been tried for too long. Zero: not by itself.
func retryAt(s State, f Facts, worth bool) time.Time {
	if !worth || f.Now.Sub(s.Call.TryingSince) >= f.Limits.GiveUpAfter {
		return time.Time{}
	}
	wait := min(2*time.Second<<min(s.Call.Failures, 4), 30*time.Second)
	return f.Now.Add(wait)
}
