package opening

import "time"

// instant is the moment at which the clock on the wall shows a time of a day,
// counted from its midnight.
func instant(d Date, wall time.Duration, zone *time.Location) time.Time {
	minutes := int(wall / time.Minute)
	wanted := time.Date(d.Year, d.Month, d.Day, 0, minutes, 0, 0, time.UTC)
	t := time.Date(d.Year, d.Month, d.Day, 0, minutes, 0, 0, zone)
	start, end := t.ZoneBounds()
	switch shown := wallClock(t); {
	case shown.After(wanted): // the clock passes over it, and t lies behind the change
		return start
	case shown.Before(wanted): // likewise, and t lies before it
		return end
	}
	if start.IsZero() {
		return t
	}
	_, offset := start.Add(-time.Second).Zone()
	if first := wanted.Add(-time.Duration(offset) * time.Second); first.Before(start) {
		return first.In(zone) // the clock shows it twice
	}
	return t
}

// wallClock is what the clock shows at t, as if it were UTC.
func wallClock(t time.Time) time.Time {
	_, offset := t.Zone()
	return t.UTC().Add(time.Duration(offset) * time.Second)
}
