package flows

import (
	"fmt"
	"strings"
	"time"

	"bedside/flows/internal/opening"
)

// holidays reads one list: days and ranges of days, closed or with hours of
// their own.
func (r *reader) holidays(f fields, what string) *namedHours {
	h := &namedHours{Hours: opening.Hours{Special: map[opening.Date][]opening.Span{}}}
	for _, key := range f.order {
		at := r.at(f.keys[key])
		days, ok := r.days(at, key)
		spans, ok2 := r.spans(f.get(key))
		h.dark = h.dark || !ok || !ok2
		for _, day := range days {
			if _, twice := h.Special[day]; twice {
				r.fail(at, codeTwice, fmt.Sprintf("%04d-%02d-%02d stands twice in %s", day.Year, day.Month, day.Day, what), "keep one of them")
				break
			}
			h.Special[day] = spans
			if h.last.Before(day) {
				h.last, h.lastAt = day, at
			}
		}
	}
	return h
}

// days reads 2027-01-01 or 2027-01-01..2027-01-08.
func (r *reader) days(at spot, key string) (days []opening.Date, ok bool) {
	first, last, ranged := strings.Cut(key, "..")
	if !ranged {
		last = first
	}
	from, err := time.Parse(dateForm, strings.TrimSpace(first))
	to, err2 := time.Parse(dateForm, strings.TrimSpace(last))
	switch {
	case err != nil || err2 != nil:
		r.fail(at, codeBadValue, "`"+key+"` is no day", "write 2027-01-01, or several as 2027-01-01..2027-01-08")
		return nil, false
	case to.Before(from):
		r.fail(at, codeBadValue, "`"+key+"` ends before it begins", "exchange the days")
		return nil, false
	case to.Sub(from) > longestHoliday*24*time.Hour:
		r.fail(at, codeBadValue, fmt.Sprintf("`%s` is longer than %d days", key, longestHoliday), "give the department no hours, or write less")
		return nil, false
	}
	for day := opening.DateOf(from); !opening.DateOf(to).Before(day); day = day.Plus(1) {
		days = append(days, day)
	}
	return days, true
}
