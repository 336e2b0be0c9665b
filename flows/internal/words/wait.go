package words

import (
	"fmt"
	"time"
)

// Wait writes how long something takes, as people say it: whole minutes, and
// beyond an hour fives of them, never less than it is.
func (w *Words) Wait(d time.Duration) string {
	minutes := int((d + time.Minute - 1) / time.Minute)
	if minutes < 60 {
		return w.of(w.minutes, max(1, minutes))
	}
	minutes = (minutes + 4) / 5 * 5
	hours, rest := minutes/60, minutes%60
	if rest == 0 {
		return w.of(w.hours, hours)
	}
	return w.of(w.hours, hours) + " " + w.of(w.minutes, rest)
}

// Offset names a zone by its distance from UTC, in seconds: UTC+5, UTC−3:30.
func Offset(seconds int) string {
	sign := "+"
	if seconds < 0 {
		sign, seconds = "−", -seconds
	}
	hours, minutes := seconds/3600, seconds/60%60
	if minutes == 0 {
		return fmt.Sprintf("UTC%s%d", sign, hours)
	}
	return fmt.Sprintf("UTC%s%d:%02d", sign, hours, minutes)
}
