package accept

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"bedside/flows/internal/words"
)

var (
	clockForm = regexp.MustCompile(`(?:^| )(\d{1,2})[:.](\d\d)(?: |$)`)
	dayForm   = regexp.MustCompile(`(?:^| )(\d{1,2})[./](\d{1,2})(?:[./](?:20)?(\d\d))?(?: |$)`)
	hourForm  = regexp.MustCompile(`(?:^| )(?:в|at|к) (\d{1,2})(?: |$)`)
)

// Moment finds the one of the offered times that was clearly meant: by its
// hour, with its day if there are several at that hour. Today, tomorrow and
// the day after are words; now tells the day, and its zone the zone.
func Moment(s string, offered []time.Time, now time.Time) (i int, ok bool) {
	typed := momentText(s)
	day, typed, hasDay := momentDay(typed, now)
	hour, minute, hasHour := momentHour(typed)
	if !hasDay && !hasHour {
		return 0, false
	}
	found := -1
	for i, t := range offered {
		t = t.In(now.Location())
		if hasHour && (t.Hour() != hour || t.Minute() != minute) {
			continue
		}
		if hasDay && t.Format(time.DateOnly) != day {
			continue
		}
		if found >= 0 {
			return 0, false
		}
		found = i
	}
	return max(found, 0), found >= 0
}

// momentText keeps what dates and hours are written with.
func momentText(s string) string {
	s = strings.NewReplacer("ё", "е", ",", " ", ";", " ", "!", " ", "?", " ").Replace(strings.ToLower(figures(s)))
	return strings.Join(strings.Fields(strings.TrimSuffix(strings.TrimSpace(s), ".")), " ")
}

// momentDay takes the day out of what was typed.
func momentDay(typed string, now time.Time) (day, rest string, ok bool) {
	fields := strings.Fields(typed)
	for _, w := range words.All() {
		for ahead, names := range w.Days {
			if i := slices.IndexFunc(fields, func(f string) bool { return slices.Contains(names, f) }); i >= 0 {
				return now.AddDate(0, 0, ahead).Format(time.DateOnly), strings.Join(slices.Delete(fields, i, i+1), " "), true
			}
		}
	}
	for _, m := range dayForm.FindAllStringSubmatchIndex(typed, -1) {
		d, _ := strconv.Atoi(typed[m[2]:m[3]])
		month, _ := strconv.Atoi(typed[m[4]:m[5]])
		year := now.Year()
		if m[6] >= 0 {
			year, _ = strconv.Atoi("20" + typed[m[6]:m[7]])
		}
		date := time.Date(year, time.Month(month), d, 0, 0, 0, 0, time.UTC)
		if date.Day() != d || int(date.Month()) != month {
			continue // it may be an hour: 11.30
		}
		if m[6] < 0 && date.Format(time.DateOnly) < now.Format(time.DateOnly) {
			date = date.AddDate(1, 0, 0)
		}
		return date.Format(time.DateOnly), typed[:m[0]] + " " + typed[m[1]:], true
	}
	return "", typed, false
}

// momentHour reads 11:30, 11.30, "at 11", "в 11", or a bare 11 behind a day.
func momentHour(typed string) (hour, minute int, ok bool) {
	if m := clockForm.FindStringSubmatch(typed); m != nil {
		hour, _ = strconv.Atoi(m[1])
		minute, _ = strconv.Atoi(m[2])
		return hour, minute, true
	}
	if m := hourForm.FindStringSubmatch(typed); m != nil {
		hour, _ = strconv.Atoi(m[1])
		return hour, 0, true
	}
	hour, err := strconv.Atoi(strings.TrimSpace(typed))
	return hour, 0, err == nil
}
