package trueconf

import (
	"encoding/json"
	"regexp"
	"strings"
	"time"
)

// ScheduleKind is when a conference takes place by itself.
type ScheduleKind int

const (
	// Unscheduled is a virtual room: it runs when it is run. The zero value.
	Unscheduled ScheduleKind = iota
	// Weekly starts on Days at Time.
	Weekly
	// Once starts at StartTime.
	Once
)

// Schedule is the plan of a conference (API reference §5.3).
type Schedule struct {
	Kind ScheduleKind
	// Days and Time ("HH:MM", 24 hours, the server's zone) are Weekly's.
	Days []time.Weekday
	Time string
	// StartTime is Once's; in answers it is also Weekly's next start.
	StartTime time.Time
	// Duration is 60 s to 86399 s.
	Duration time.Duration
	// Offset is that of the zone in which the plan was made, east of UTC.
	Offset time.Duration
}

// The wire's numbers (API reference §5.3).
const (
	wireUnscheduled = -1
	wireWeekly      = 0
	wireOnce        = 1
)

type wireSchedule struct {
	Type      flexInt            `json:"type"`
	Days      flexList[flexText] `json:"days,omitempty"`
	Time      flexText           `json:"time,omitempty"`
	StartTime *flexTime          `json:"start_time,omitempty"`
	Duration  flexInt            `json:"duration,omitempty"`
	Offset    flexInt            `json:"time_offset,omitempty"`
}

// MarshalJSON writes the fields of its kind alone.
func (s Schedule) MarshalJSON() ([]byte, error) {
	w := wireSchedule{Type: wireUnscheduled}
	if s.Kind == Unscheduled {
		return json.Marshal(w)
	}
	w.Duration = flexInt(s.Duration / time.Second)
	w.Offset = flexInt(s.Offset / time.Minute)
	if s.Kind == Once {
		w.Type, w.StartTime = wireOnce, &flexTime{s.StartTime}
		return json.Marshal(w)
	}
	w.Type, w.Time = wireWeekly, flexText(s.Time)
	for _, d := range s.Days {
		w.Days = append(w.Days, flexText(strings.ToLower(d.String())))
	}
	return json.Marshal(w)
}

// UnmarshalJSON reads the numbers of generation 3 and the words of 4; anything
// else is no schedule.
func (s *Schedule) UnmarshalJSON(raw []byte) error {
	*s = Schedule{}
	var kind struct {
		Type flexText `json:"type"`
	}
	var w wireSchedule
	if json.Unmarshal(raw, &kind) != nil || json.Unmarshal(raw, &w) != nil {
		return nil
	}
	switch kind.Type {
	case "0", "week":
		s.Kind = Weekly
	case "1", "once":
		s.Kind = Once
	default:
		return nil
	}
	s.Time = string(w.Time)
	s.Duration = time.Duration(w.Duration) * time.Second
	s.Offset = time.Duration(w.Offset) * time.Minute
	if w.StartTime != nil {
		s.StartTime = w.StartTime.Time
	}
	for _, name := range w.Days {
		if d, ok := weekday(string(name)); ok {
			s.Days = append(s.Days, d)
		}
	}
	return nil
}

func weekday(name string) (time.Weekday, bool) {
	for d := time.Sunday; d <= time.Saturday; d++ {
		if strings.EqualFold(d.String(), name) {
			return d, true
		}
	}
	return 0, false
}

var clockForm = regexp.MustCompile(`^([01][0-9]|2[0-3]):[0-5][0-9]$`)

// fault says what the server would refuse, "" if nothing.
func (s Schedule) fault() string {
	switch {
	case s.Kind == Unscheduled:
		return ""
	case s.Kind != Weekly && s.Kind != Once:
		return "the schedule is of an unknown kind"
	case s.Duration < time.Minute || s.Duration > 86399*time.Second:
		return "a scheduled conference lasts from 60 to 86399 seconds"
	case s.Kind == Once && s.StartTime.IsZero():
		return "a conference that is planned once needs a start time"
	case s.Kind == Weekly && len(s.Days) == 0:
		return "a weekly conference needs days"
	case s.Kind == Weekly && !clockForm.MatchString(s.Time):
		return "a weekly conference needs a time of the form HH:MM"
	}
	return ""
}
