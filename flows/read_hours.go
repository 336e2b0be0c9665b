package flows

import (
	"regexp"
	"slices"
	"strconv"
	"time"

	"go.yaml.in/yaml/v3"

	"bedside/flows/internal/opening"
	"bedside/flows/near"
)

// namedHours are hours of the section `hours`, or a list of holidays.
type namedHours struct {
	opening.Hours
	holidays reference // the list that the hours follow; none: every week is alike
	last     opening.Date
	lastAt   spot // of a list of holidays: where its last day stands
	dark     bool // something in it could not be read
}

// hoursAlways are built in.
const hoursAlways = "always"

// longestHoliday bounds a range of days.
const longestHoliday = 400

var weekdays = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// named reads the members of a section whose name is no plural.
func (r *reader) named(section *yaml.Node, what, one string, read func(f fields, what string) *namedHours, into map[string]*namedHours, order *[]string) {
	if section == nil {
		return
	}
	f, ok := r.pairs(section, "the section `"+what+"`")
	if !ok {
		return
	}
	for _, id := range f.order {
		r.id(f.keys[id], one, hoursAlways)
		value := f.get(id)
		if value == nil || !r.define(f.keys[id], what, id) {
			continue
		}
		*order = append(*order, id)
		name := what + " `" + id + "`"
		if inner, ok := r.pairs(value, "the "+name); ok {
			into[id] = read(inner, name)
		} else {
			into[id] = &namedHours{dark: true}
		}
	}
}

// week reads one entry of `hours`.
func (r *reader) week(f fields, what string) *namedHours {
	h := &namedHours{}
	seen := map[time.Weekday]bool{}
	for _, key := range f.order {
		at, value := r.at(f.keys[key]), f.get(key)
		if key == "holidays" {
			if name, ok := r.name(value, "`holidays`"); ok {
				h.holidays = reference{name, r.at(value)}
			} else {
				h.dark = true
			}
			continue
		}
		days, ok := weekdaysNamed(key)
		if !ok {
			cure := near.Hint(key, append([]string{"holidays"}, weekdays...))
			if cure == "" {
				cure = "write mon, mon-fri, sat and the like, or `holidays`"
			}
			r.fail(at, codeUnknownKey, "`"+key+"` is no day of the week", cure)
			h.dark = true
			continue
		}
		spans, ok := r.spans(value)
		h.dark = h.dark || !ok
		for _, day := range days {
			if seen[day] {
				r.fail(at, codeTwice, weekdays[day]+" stands twice in "+what, "write all of its spans in one list")
			}
			seen[day], h.Week[day] = true, spans
		}
	}
	return h
}

// weekdaysNamed reads sat, mon-fri, and fri-mon over the week's end.
func weekdaysNamed(key string) (days []time.Weekday, ok bool) {
	first, last := key, key
	if i := slices.Index([]byte(key), '-'); i >= 0 {
		first, last = key[:i], key[i+1:]
	}
	from, to := slices.Index(weekdays, first), slices.Index(weekdays, last)
	if from < 0 || to < 0 {
		return nil, false
	}
	for day := from; ; day = (day + 1) % 7 {
		if days = append(days, time.Weekday(day)); day == to {
			return days, true
		}
	}
}

// spans reads closed, one span, or a list of them.
func (r *reader) spans(n *yaml.Node) (spans []opening.Span, ok bool) {
	if n == nil || n.Kind == 0 {
		return nil, false
	}
	if n.Kind == yaml.ScalarNode && n.Value == "closed" {
		return nil, true
	}
	items := []*yaml.Node{n}
	if n.Kind == yaml.SequenceNode {
		items = n.Content
	}
	for _, item := range items {
		span, ok := r.span(item)
		if !ok {
			return nil, false
		}
		spans = append(spans, span)
	}
	slices.SortFunc(spans, func(a, b opening.Span) int { return int(a.From - b.From) })
	for i := 1; i < len(spans); i++ {
		if spans[i].From < spans[i-1].To {
			r.fail(r.at(n), codeBadValue, "two spans of one day overlap", "write each hour once")
			return nil, false
		}
	}
	return spans, true
}

var spanForm = regexp.MustCompile(`^(\d{1,2}):(\d{2})\s*[-–—]\s*(\d{1,2}):(\d{2})$`)

// span reads 09:00-14:00; one that ends before it begins passes midnight.
func (r *reader) span(n *yaml.Node) (opening.Span, bool) {
	m := spanForm.FindStringSubmatch(n.Value)
	if n.Kind != yaml.ScalarNode || m == nil {
		r.fail(r.at(n), codeBadValue, "this is no span of hours", "write it as \"09:00-14:00\", several as [\"08:00-12:00\", \"13:00-20:00\"], or closed")
		return opening.Span{}, false
	}
	from, ok := clock(m[1], m[2])
	to, ok2 := clock(m[3], m[4])
	if to < from {
		to += 24 * time.Hour
	}
	if !ok || !ok2 || from >= 24*time.Hour || from == to {
		r.fail(r.at(n), codeBadValue, "`"+n.Value+"` is no span of a day", "write times from 00:00 to 24:00; the whole day is \"00:00-24:00\"")
		return opening.Span{}, false
	}
	return opening.Span{From: from, To: to}, true
}

func clock(hours, minutes string) (time.Duration, bool) {
	h, _ := strconv.Atoi(hours)
	m, _ := strconv.Atoi(minutes)
	at := time.Duration(h)*time.Hour + time.Duration(m)*time.Minute
	return at, m < 60 && at <= 24*time.Hour
}
