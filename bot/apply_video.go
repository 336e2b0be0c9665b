package bot

import "time"

func foldAskedVideo(s State, e Entry, b AskedVideo) State {
	s.VideoAsked = e.At
	if s.Phase == Consulting && s.OwedSince.IsZero() { // it wants an answer as words do
		s.OwedSince, s.Reminded, s.AskOwed = e.At, false, true
	}
	return s
}

func foldRefusedVideo(s State, _ Entry, _ RefusedVideo) State {
	s.VideoAsked = time.Time{}
	return answered(s)
}

func foldDevices(s State, e Entry, b Devices) State {
	s.Devices, s.DevicesAt = &b, e.At
	return s
}

func foldSeated(s State, e Entry, b Seated) State {
	s, c := s.change(b.Call)
	if c.Attempt == b.Attempt {
		c.Lacks, c.Seats, c.RoomNumber = "", b.Seats, b.Room
		c.TryingSince = e.At // its room is tried for from here on
	}
	return s
}

func foldLimitNear(s State, _ Entry, b LimitNear) State {
	s, c := s.change(b.Call)
	c.Warned = true
	return s
}

func foldExtended(s State, _ Entry, b Extended) State {
	s, c := s.change(b.Call)
	c.Until, c.Warned = b.Until, false
	return s
}

// together counts the time that both were inside, up to a moment at which that
// changes, or at which nobody can see it any more.
func together(c *Call, at time.Time) {
	if !c.BothSince.IsZero() {
		c.Together += at.Sub(c.BothSince)
		c.BothSince = time.Time{}
	}
	if c.Inside[Patient] && c.Inside[Doctor] && !c.Unwatched {
		c.BothSince = at
	}
}
