package trueconf

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// CalendarKind is the calendar that a link is for.
type CalendarKind string

// The kinds of calendar link.
const (
	GoogleCalendar  CalendarKind = "google"
	OutlookCalendar CalendarKind = "outlook"
	CalendarFile    CalendarKind = "ics"
	OtherCalendar   CalendarKind = "other" // a link whose kind is not known
)

// CalendarLink puts a conference into a calendar as the server describes it: with
// the conference's own page, which is its id. It is for the owner, not for guests,
// and it prints masked.
type CalendarLink struct {
	Kind CalendarKind
	URL  string
}

// String shows the kind and hides the address, which holds the conference's id.
func (l CalendarLink) String() string { return string(l.Kind) + " " + hidden }

// GoString is String, so that %#v shows no address either.
func (l CalendarLink) GoString() string { return l.String() }

// Calendars reads the links by which the server offers a planned conference to
// calendars, in a stable order. Path and shape are not settled for generation 3
// (API reference §8, §19): an object or an array of addresses is read, wrapped in
// "calendars" or bare. A conference without a plan has none, which some servers
// say with an empty answer and others with Refused.
func (c *Client) Calendars(ctx context.Context, id string) ([]CalendarLink, error) {
	r, err := c.onConference("read calendar links", http.MethodGet, id, "/calendars")
	if err != nil {
		return nil, err
	}
	body, err := c.do(ctx, r)
	if err != nil {
		return nil, err
	}
	var wrapped struct {
		Calendars json.RawMessage `json:"calendars"`
	}
	if json.Unmarshal(body, &wrapped) == nil && len(wrapped.Calendars) > 0 {
		body = wrapped.Calendars
	}
	named, ok := namedAddresses(body)
	if !ok {
		return nil, c.unreadable(r, "the answer holds no calendar links")
	}
	var links []CalendarLink
	for _, n := range named {
		if address := c.calendarAddress(n.address); address != "" {
			links = append(links, CalendarLink{kindOfCalendar(n.name, address), address})
		}
	}
	return links, nil
}

type namedAddress struct{ name, address string }

// namedAddresses reads {"google":"https:…"}, [{"type":"google","url":"https:…"}],
// ["https:…"] and an object of such objects. An empty array or null is no links.
func namedAddresses(raw []byte) ([]namedAddress, bool) {
	var object map[string]json.RawMessage
	if json.Unmarshal(raw, &object) == nil {
		var out []namedAddress
		for _, name := range slices.Sorted(maps.Keys(object)) {
			out = append(out, addressIn(name, object[name])...)
		}
		return out, true
	}
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		return nil, false
	}
	var out []namedAddress
	for _, element := range list {
		out = append(out, addressIn("", element)...)
	}
	return out, true
}

// addressIn is one element: an address, or an object with one and perhaps a name.
func addressIn(name string, raw json.RawMessage) []namedAddress {
	var entry struct {
		Type flexText `json:"type"`
		Name flexText `json:"name"`
		URL  flexText `json:"url"`
		Link flexText `json:"link"`
		Href flexText `json:"href"`
	}
	if text := scalar(raw); text != "" {
		return []namedAddress{{name, text}}
	}
	if json.Unmarshal(raw, &entry) != nil {
		return nil
	}
	return []namedAddress{{firstText(name, string(entry.Type), string(entry.Name)), firstText(string(entry.URL), string(entry.Link), string(entry.Href))}}
}

// calendarAddress is the address if a browser may be sent there, else "".
func (c *Client) calendarAddress(text string) string {
	for _, candidate := range []string{text, normalise(text)} {
		if https := httpsAddress(candidate); https != "" && !strings.Contains(https, `\`) {
			return https
		}
		u, err := url.Parse(candidate)
		if err != nil || u.User != nil || hasStrayBytes(candidate) || strings.Contains(candidate, `\`) {
			continue
		}
		if at, ok := originOf(u); ok && at.scheme == "http" && slices.Contains(c.links, at) {
			return candidate
		}
	}
	return ""
}

// kindOfCalendar goes by where a link leads, then by what the server calls it.
func kindOfCalendar(name, address string) CalendarKind {
	u, err := url.Parse(address)
	if err != nil {
		return OtherCalendar
	}
	host, path, name := strings.ToLower(u.Hostname()), strings.ToLower(u.Path), strings.ToLower(name)
	switch {
	case host == "calendar.google.com" || host == "www.google.com" && strings.HasPrefix(path, "/calendar"):
		return GoogleCalendar
	case host == "outlook.live.com" || strings.HasPrefix(host, "outlook.office"):
		return OutlookCalendar
	case strings.HasSuffix(path, ".ics") || strings.HasSuffix(path, "/ics"):
		return CalendarFile
	case strings.Contains(name, "google"):
		return GoogleCalendar
	case strings.Contains(name, "outlook"):
		return OutlookCalendar
	case name == "ics" || name == "ical":
		return CalendarFile
	}
	return OtherCalendar
}
