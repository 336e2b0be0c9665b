package standin

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// calendars answers GET /conferences/{id}/calendars. Path and keys on v3 are a
// guess (API reference §8); the switch offers shapes.
func calendars(s *Server, q *request) answer {
	return s.withRoom(q, func(rm *room, _ time.Time) answer {
		if s.sw.Calendars == CalendarsNone {
			return routeNotFound(false)
		}
		from, to, planned := rm.planned()
		if !planned && s.sw.Calendars == CalendarsObjects {
			return badParameter("invalidValue", "conference_id", "The conference has no schedule.")
		}
		var names, links []string
		if planned {
			names, links = []string{"google", "outlook", "other"}, s.calendarLinks(q, rm, from, to)
		}
		return ok(s.sw.Calendars.shape(names, links))
	})
}

// shape writes links in a shape; without any it is empty.
func (c CalendarShape) shape(names, links []string) any {
	byName, list := map[string]any{}, []map[string]string{}
	for i, name := range names {
		if c == CalendarsBare && name == "other" {
			name = "ics"
		}
		byName[name] = links[i]
		if c == CalendarsObjects {
			byName[name] = map[string]string{"url": links[i]}
		}
		list = append(list, map[string]string{"type": name, "url": links[i]})
	}
	switch c {
	case CalendarsBare:
		return byName
	case CalendarsStrings:
		return append([]string{}, links...)
	case CalendarsList:
		return map[string]any{"calendars": list}
	}
	return map[string]any{"calendars": byName}
}

// calendarLinks are Google's, Outlook's and that of the file. They lead to the
// conference's own page, as a real server's are said to.
func (s *Server) calendarLinks(q *request, rm *room, from, to time.Time) []string {
	page := s.base(q.Request) + "/c/" + rm.id
	return []string{
		"https://calendar.google.com/calendar/render?" + url.Values{
			"action": {"TEMPLATE"}, "text": {rm.topic}, "dates": {stamp(from) + "/" + stamp(to)}, "details": {page},
		}.Encode(),
		"https://outlook.live.com/calendar/0/deeplink/compose?" + url.Values{
			"path": {"/calendar/action/compose"}, "rru": {"addevent"}, "subject": {rm.topic},
			"startdt": {from.Format(time.RFC3339)}, "enddt": {to.Format(time.RFC3339)}, "body": {page},
		}.Encode(),
		page + "/ics",
	}
}

func (rm *room) planned() (from, to time.Time, planned bool) {
	from = rm.begins().UTC()
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

// serveCalendarFile is the same file for a browser, which has no token: the id is
// what lets it in (API reference §6.1).
func (s *Server) serveCalendarFile(w http.ResponseWriter, r *http.Request) {
	s.through(w, r, s.countAndDraw(EndpointCalendars), func() answer {
		w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", "conference.ics"))
		return calendarFile(s, &request{Request: r})
	})
}
