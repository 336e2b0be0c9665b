package flows

import (
	"time"

	"bedside/flows/internal/words"
)

// Moment writes a moment as a patient reads it: in their zone, or the clinic's
// where nobody knows theirs (nil), and with how far that is from UTC where the
// clinic's clock shows another hour. An unknown language is English.
func (p *Program) Moment(t time.Time, zone *time.Location, language string) string {
	if zone == nil {
		zone = p.clinic.Zone
	}
	return momentIn(t.In(zone), p.clinic.Zone, words.In(language))
}

func momentIn(t time.Time, clinic *time.Location, w *words.Words) string {
	_, offset := t.Zone()
	if _, there := t.In(clinic).Zone(); offset != there {
		return w.Moment(t) + " (" + words.Offset(offset) + ")"
	}
	return w.Moment(t)
}
