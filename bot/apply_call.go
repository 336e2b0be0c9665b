package bot

import (
	"maps"
	"slices"
	"time"
)

// manyStrangers is how many names are kept and recorded of those who come into
// one attempt's room uninvited: enough to warn the doctor, too few to fill a disk.
const manyStrangers = 8

// change gives the fold its own copy of the call to write on.
func (s State) change(call string) (State, *Call) {
	if s.Call == nil || s.Call.ID != call {
		return s, &Call{} // an entry about an older call: only its rooms matter
	}
	c := *s.Call
	c.Inside = maps.Clone(c.Inside)
	c.Strangers = slices.Clone(c.Strangers)
	s.Call = &c
	return s, &c
}

func foldRequested(s State, e Entry, b Requested) State {
	if s.Call == nil || s.Call.ID != b.Call || !s.Call.Open() {
		s.Call = &Call{ID: b.Call, RequestedAt: e.At, Also: append(s.begun(b.Call), s.LedOn...)}
	}
	if s.AskOwed {
		s = answered(s)
	}
	s, c := s.change(b.Call)
	if c.Attempt != b.Attempt || c.State == CallStands || c.State == CallLive || c.State == CallBroken {
		c.TryingSince, c.Failures = e.At, 0
	}
	s = doctorOut(s, c, e.At)
	c.Seats, c.RoomNumber, c.Lacks = b.Seats, b.Room, b.Lacks
	c.Record, c.Kept = b.Record, b.Kept
	if !b.Until.IsZero() {
		c.Until = b.Until
	}
	s.VideoAsked = time.Time{}
	c.State, c.How, c.Doctor, c.Owner = CallAsked, b.How, b.Doctor, b.Owner
	c.Attempt, c.Why = b.Attempt, b.Why
	c.RetryAt, c.ReadySeq, c.Rung, c.Unwatched = time.Time{}, 0, false, false
	c.Inside, c.Strangers, c.Crowded = nil, nil, nil
	together(c, e.At)
	s.Rooms = own(s.Rooms)
	s.Rooms[c.Room()] = true
	return s.declined(b.Call, false)
}

func foldReady(s State, e Entry, b OfCall) State {
	s, c := s.change(b.Call)
	c.State, c.ReadySeq, c.EmptySince, c.Failure = CallStands, e.Seq, e.At, nil
	if c.ReadyAt.IsZero() {
		c.ReadyAt = e.At
	}
	return s
}

func foldFailed(s State, _ Entry, b CallFailure) State {
	s, c := s.change(b.Call)
	c.State, c.RetryAt, c.Failure = CallDown, b.RetryAt, &b
	c.Failures++
	return s
}

func foldWithdrawn(s State, e Entry, b OfCall) State {
	s, c := s.change(b.Call)
	c.State, c.EndedAt, c.EndWhy = CallDropped, e.At, b.Why
	if b.Why == "" {
		c.EndWhy = EndHungUp
	}
	if b.Why == EndDeclined {
		s = s.declined(b.Call, true)
	}
	return restartOwed(s, e.At)
}

func foldRung(s State, _ Entry, b Presence) State {
	s, c := s.change(b.Call)
	if c.Attempt == b.Attempt {
		c.Rung = true
	}
	return s
}

func foldJoined(s State, e Entry, b Presence) State {
	s, c := s.change(b.Call)
	c.Inside = own(c.Inside)
	c.Inside[b.Who] = true
	c.State, c.WasInside, c.EmptySince = CallLive, true, time.Time{}
	together(c, e.At)
	c.Breaks, c.BrokenSince = 0, time.Time{}
	if c.Crowded != nil && c.Crowded.Who == b.Who {
		c.Crowded = nil
	}
	s = s.came(b.Who)
	switch {
	case b.Who == Patient && !c.Inside[Doctor] && s.OwedSince.IsZero():
		s.OwedSince, s.Reminded, c.AloneOwed = e.At, false, true // the doctor is waited for
	case b.Who == Doctor && c.AloneOwed:
		return answered(s)
	}
	return s
}

// foldAwaited notes that one of the two waits for the other. An app that was rung
// is to be rung again.
func foldAwaited(s State, e Entry, b Presence) State {
	s, c := s.change(b.Call)
	c.AwaitedAt = own(c.AwaitedAt)
	c.AwaitedAt[b.Who] = e.At
	if b.Who == Doctor && c.How == ByApp && c.Attempt == b.Attempt {
		c.Rung = false
	}
	return s
}

func foldCrowded(s State, _ Entry, b Crowded) State {
	s, c := s.change(b.Call)
	c.Crowded = &b
	return s
}

func foldLeft(s State, e Entry, b Presence) State {
	s, c := s.change(b.Call)
	if b.Who == Doctor {
		s = doctorOut(s, c, e.At)
	}
	delete(c.Inside, b.Who)
	together(c, e.At)
	if len(c.Inside) == 0 {
		c.State, c.EmptySince = CallStands, e.At
	}
	switch {
	case b.Who == Doctor && c.Inside[Patient] && s.OwedSince.IsZero():
		s.OwedSince, s.Reminded, c.AloneOwed = e.At, false, true
	case b.Who == Patient && c.AloneOwed:
		return answered(s)
	}
	return s
}

func foldStranger(s State, _ Entry, b Stranger) State {
	s, c := s.change(b.Call)
	if len(c.Strangers) < manyStrangers {
		c.Strangers = append(c.Strangers, b.Name)
	}
	return s
}

func watched(s State, e Entry, b OfCall, lost bool) State {
	s, c := s.change(b.Call)
	c.Unwatched = lost
	together(c, e.At)
	return s
}

func foldInterrupted(s State, e Entry, b Interrupted) State {
	s, c := s.change(b.Call)
	s = doctorOut(s, c, e.At)
	if c.Breaks++; c.Breaks == 1 {
		c.BrokenSince = e.At
	}
	c.State, c.Inside, c.EmptySince = CallBroken, nil, e.At
	together(c, e.At)
	c.Rung = false // whoever was rung into a room that stopped is rung into it again
	c.TryingSince, c.Failures = e.At, 0
	return s
}

func foldEnded(s State, e Entry, b Ended) State {
	s, c := s.change(b.Call)
	c.State, c.EndedAt, c.EndWhy, c.EndBy, c.Inside = CallDone, e.At, b.Why, b.By, nil
	together(c, e.At)
	if c.Together > 0 || c.Unwatched {
		s.LedOn = nil // the visit has taken place after all
	}
	if b.Why == EndDeclined {
		s = s.declined(b.Call, true)
	}
	return restartOwed(s, e.At)
}

// doctorOut counts an answer that was owed from the moment at which the doctor is
// no longer inside: while both could talk, the time did not run.
func doctorOut(s State, c *Call, at time.Time) State {
	if !c.Inside[Doctor] {
		return s
	}
	return restartOwed(s, at)
}

// restartOwed counts an answer that was owed from the end of the call, in which
// it could have been spoken.
func restartOwed(s State, at time.Time) State {
	if !s.OwedSince.IsZero() {
		s.OwedSince, s.Reminded = at, false
	}
	return s
}

func foldRemoved(s State, _ Entry, b OfCall) State {
	s.Rooms = maps.Clone(s.Rooms)
	delete(s.Rooms, Room{Call: b.Call, Attempt: b.Attempt})
	return s
}
