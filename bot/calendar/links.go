package calendar

import (
	"net/url"
	"strings"
	"time"
)

// Google is the address that opens the event, filled in, in Google Calendar
// (API reference §8).
func (e Event) Google() string {
	const form = "20060102T150405Z"
	return "https://calendar.google.com/calendar/render?" + query(
		"action", "TEMPLATE",
		"text", line(e.Title),
		"dates", e.Start.UTC().Format(form)+"/"+e.End.UTC().Format(form),
		"details", e.body(),
		"location", line(e.URL),
	)
}

// Outlook is the same for personal accounts of Outlook.
func (e Event) Outlook() string { return e.compose("outlook.live.com") }

// Office is the same for accounts of work and school.
func (e Event) Office() string { return e.compose("outlook.office.com") }

func (e Event) compose(host string) string {
	return "https://" + host + "/calendar/0/deeplink/compose?" + query(
		"path", "/calendar/action/compose",
		"rru", "addevent",
		"subject", line(e.Title),
		"startdt", e.Start.UTC().Format(time.RFC3339),
		"enddt", e.End.UTC().Format(time.RFC3339),
		"body", e.body(),
		"location", line(e.URL),
	)
}

// query writes pairs in their order. A space is %20: Outlook shows the plus sign
// of a form as it stands.
func query(pairs ...string) string {
	var parts []string
	for i := 0; i+1 < len(pairs); i += 2 {
		parts = append(parts, pairs[i]+"="+strings.ReplaceAll(url.QueryEscape(pairs[i+1]), "+", "%20"))
	}
	return strings.Join(parts, "&")
}
