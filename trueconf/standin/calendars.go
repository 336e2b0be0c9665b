package standin

import (
	"fmt"
	"net/url"
	"strings"
	"time"
)

// calendars answers GET /conferences/{id}/calendars. Path and keys on v3 are a
// guess (API reference §8), as is the empty object of a room without a schedule.
func calendars(s *Server, q *request) answer {
	return s.withRoom(q, func(rm *room, _ time.Time) answer {
		links := map[string]string{}
		if from, to, planned := rm.planned(); planned {
			page := s.base(q.Request) + "/c/" + rm.id
			links["google"] = "https://calendar.google.com/calendar/render?" + url.Values{
				"action": {"TEMPLATE"}, "text": {rm.topic}, "dates": {stamp(from) + "/" + stamp(to)}, "details": {page},
			}.Encode()
			links["outlook"] = "https://outlook.live.com/calendar/0/deeplink/compose?" + url.Values{
				"path": {"/calendar/action/compose"}, "rru": {"addevent"}, "subject": {rm.topic},
				"startdt": {from.Format(time.RFC3339)}, "enddt": {to.Format(time.RFC3339)}, "body": {page},
			}.Encode()
			links["other"] = fmt.Sprintf("%s/api/v3.%d/conferences/%s/ics", s.base(q.Request), s.sw.highestMinor(), rm.id)
		}
		return ok(map[string]any{"calendars": links})
	})
}

func (rm *room) planned() (from, to time.Time, planned bool) {
	from = time.Unix(int64(rm.schedule.StartTime), 0).UTC()
	return from, from.Add(time.Duration(rm.schedule.Duration) * time.Second), rm.schedule.Type != scheduleNone && rm.schedule.StartTime > 0
}

func stamp(t time.Time) string { return t.Format("20060102T150405Z") }

// calendarFile answers GET /conferences/{id}/ics with a calendar file (RFC 5545).
func calendarFile(s *Server, q *request) answer {
	return s.withRoom(q, func(rm *room, _ time.Time) answer {
		from, to, planned := rm.planned()
		if !planned {
			return badParameter("invalidValue", "conference_id", "The conference has no schedule.")
		}
		summary := strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`, "\r", "").Replace(rm.topic)
		return ok(document{"text/calendar; charset=utf-8", strings.Join([]string{
			"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Stand-in for TrueConf Server//EN", "METHOD:PUBLISH",
			"BEGIN:VEVENT", "UID:" + rm.id + "@" + s.opt.ServerName, "DTSTAMP:" + stamp(rm.created.UTC()),
			"DTSTART:" + stamp(from), "DTEND:" + stamp(to), "SUMMARY:" + summary,
			"URL:" + s.base(q.Request) + "/c/" + rm.id, "END:VEVENT", "END:VCALENDAR", "",
		}, "\r\n")})
	})
}
