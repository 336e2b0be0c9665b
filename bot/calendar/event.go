package calendar

import (
	"net/url"
	"strings"
	"time"
)

// Event is one visit as one person's calendar shows it.
type Event struct {
	UID       string // stable for as long as there is the appointment: [UID]
	Sequence  int    // rises with every change (RFC 5545 section 3.8.7.4)
	Start     time.Time
	End       time.Time
	Title     string
	Text      string // what to do at the time; the address is written behind it
	URL       string // where this person enters
	Organizer Organizer
	Cancelled bool
	Stamp     time.Time     // when this is written
	Alarm     time.Duration // before the start; 0: none
}

// Organizer is the clinic, which RFC 5546 wants named in whatever is published.
type Organizer struct {
	Name  string
	Email string // "" where the clinic sends no mail
	Site  string // address that stands for the clinic then
}

// UID names an appointment for every calendar: its id at the host of Bedside's
// public address.
func UID(booking, publicURL string) string {
	host := "bedside.invalid"
	if u, err := url.Parse(publicURL); err == nil && u.Hostname() != "" {
		host = u.Hostname()
	}
	return booking + "@" + host
}

// line is text without line ends and other controls, which no calendar wants in a
// title or an address.
func line(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == '\u2028' || r == '\u2029' || r == '\u0085' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "")))
}

// paragraph is text whose only controls are line ends.
func paragraph(s string) string {
	var lines []string
	for l := range strings.SplitSeq(strings.ReplaceAll(s, "\r\n", "\n"), "\n") {
		lines = append(lines, line(l))
	}
	return strings.Join(lines, "\n")
}

// body is the text with the address behind it.
func (e Event) body() string {
	return strings.TrimSpace(paragraph(e.Text) + "\n" + line(e.URL))
}
