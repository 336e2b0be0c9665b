package accept

import (
	"regexp"
	"strings"
	"time"

	"bedside/flows/internal/words"
)

var (
	agoForm     = regexp.MustCompile(`^(?:(\d{1,3}) )?(\pL+)$`)
	yearless    = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th|-?го|-?е)?\s*(?:of\s+)?(\pL{3,})$`)
	yearlessEn  = regexp.MustCompile(`^(\pL{3,})\s*(\d{1,2})(?:st|nd|rd|th)?$`)
	yearlessFig = regexp.MustCompile(`^(\d{1,2})[./](\d{1,2})$`)
)

// Near reads a day by its distance from today: yesterday, «3 дня назад», "a
// week ago", and a day of a month without its year, which is then the nearest
// such day, or with Past the last one. No birthday is told like this.
func Near(s string, today time.Time, century Century) (time.Time, bool) {
	s, ok := dateText(s)
	if !ok {
		return time.Time{}, false
	}
	s = strings.Join(strings.Fields(strings.Trim(s, " .,!")), " ")
	for _, w := range words.All() {
		if days, ok := w.Typed.Days[s]; ok {
			return today.AddDate(0, 0, days), true
		}
		for _, ago := range w.Typed.Ago {
			if length, ok := strings.CutSuffix(s, " "+ago); ok {
				return before(inFigures(length), today, w.Typed)
			}
		}
	}
	return withoutYear(spokenDate(s), today, century)
}

// before is the day so many days or weeks before today.
func before(length string, today time.Time, t *words.Typed) (time.Time, bool) {
	m := agoForm.FindStringSubmatch(strings.TrimPrefix(strings.TrimPrefix(length, "a "), "one "))
	if m == nil {
		return time.Time{}, false
	}
	n := 1
	if m[1] != "" {
		n = number(m[1])
	}
	for unit, days := range t.DayUnit {
		if strings.HasPrefix(m[2], unit) {
			return today.AddDate(0, 0, -n*days), true
		}
	}
	return time.Time{}, false
}

// withoutYear finds the year that a day of a month was meant to have.
func withoutYear(s string, today time.Time, century Century) (time.Time, bool) {
	day, month := 0, 0
	if m := yearless.FindStringSubmatch(s); m != nil {
		day, month = number(m[1]), monthNamed(m[2])
	} else if m := yearlessEn.FindStringSubmatch(s); m != nil {
		day, month = number(m[2]), monthNamed(m[1])
	} else if m := yearlessFig.FindStringSubmatch(s); m != nil {
		day, month = number(m[1]), number(m[2])
	}
	var best time.Time
	for year := today.Year() - 4; year <= today.Year()+4; year++ {
		t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
		if month == 0 || t.Day() != day || int(t.Month()) != month || century == Past && t.After(today) {
			continue
		}
		if best.IsZero() || t.Sub(today).Abs() < best.Sub(today).Abs() {
			best = t
		}
	}
	return best, !best.IsZero()
}
