package publish

import "time"

// settling waits until what is looked at has stayed the same for a while, so that
// a folder is read when an editor, a copy or a checkout has done with it.
type settling struct {
	quiet time.Duration
	seen  string
	since time.Time
	told  string // what was reported last
}

// look hears what is there now. It says whether that has been quiet for long
// enough and was not reported before, or when to look again; 0 is when something
// happens.
func (s *settling) look(now time.Time, there string) (ripe bool, again time.Duration) {
	if there != s.seen {
		s.seen, s.since = there, now
	}
	if s.seen == s.told {
		return false, 0
	}
	if left := s.since.Add(s.quiet).Sub(now); left > 0 {
		return false, left
	}
	s.told = s.seen
	return true, 0
}
