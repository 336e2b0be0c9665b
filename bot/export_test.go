package bot

import "time"

// BookedWith is the doctor with whom a visit would be booked.
func BookedWith(s State, f Facts, department string, start time.Time, length time.Duration) string {
	p, _ := newOpenings(s, f).choose(department, start, length, nil)
	return p.doctor.Login
}
