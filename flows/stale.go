package flows

import (
	"fmt"
	"slices"
	"time"

	"bedside/flows/internal/opening"
)

// holidaysWarn is how long before the end of a list of holidays next year's
// is missed.
const holidaysWarn = 60

// Stale are the warnings that come with time alone, for Compile has no clock:
// lists of holidays that have ended, or will within 60 days of now. Each is
// where the list's last day stands.
func Stale(p *Program, now time.Time) []Problem {
	rep := &report{}
	today := opening.DateOf(now.In(p.clinic.Zone))
	for _, h := range p.holidays {
		switch {
		case h.last.Before(today):
			rep.warn(h.at, codeHolidays, fmt.Sprintf("the holidays `%s` ended on %s", h.name, written(h.last)), "add the days of the next year")
		case h.last.Before(today.Plus(holidaysWarn)):
			rep.warn(h.at, codeHolidays, fmt.Sprintf("the holidays `%s` end on %s", h.name, written(h.last)), "add the days of the next year")
		}
	}
	return rep.sorted()
}

func written(d opening.Date) string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day) }

// holidayList is what time wears out of a list of holidays.
type holidayList struct {
	name string
	last opening.Date
	at   spot // of the last day
}

// holidayLists are those that the hours of some department follow.
func (d *draft) holidayLists() (all []holidayList) {
	for _, name := range d.order.holidays {
		list := d.holidays[name]
		used := slices.ContainsFunc(d.departments, func(dep Department) bool {
			h := d.hours[dep.hoursName.name]
			return h != nil && h.holidays.name == name
		})
		if used && list.last != (opening.Date{}) {
			all = append(all, holidayList{name, list.last, list.lastAt})
		}
	}
	return all
}

// neverOpen reports hours in which nothing is ever open.
func (k *checker) neverOpen() {
	for _, name := range k.d.order.hours {
		h := k.d.hours[name]
		open := slices.ContainsFunc(h.Week[:], func(spans []opening.Span) bool { return len(spans) > 0 })
		for _, spans := range h.Special {
			open = open || len(spans) > 0
		}
		if at, there := k.d.defined["hours "+name]; there && !open && !h.dark {
			k.fail(at, codeNeverOpen, "the hours `"+name+"` are never open", "write a day with its hours, as in `mon-fri: \"09:00-18:00\"`")
		}
	}
}
