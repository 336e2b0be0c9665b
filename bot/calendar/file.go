package calendar

import (
	"strconv"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"
)

// Type is the media type of [ICS].
const Type = "text/calendar; charset=utf-8"

// Method is what a calendar is to do with the file, which a mail names in the type
// of its part too (RFC 6047 section 2.4).
func (e Event) Method() string {
	if e.Cancelled {
		return string(ics.MethodCancel)
	}
	return string(ics.MethodPublish)
}

// ICS is the event as a calendar file: lines end in CRLF and are folded at 75
// octets (RFC 5545 section 3.1).
func (e Event) ICS() []byte {
	c := ics.NewCalendar()
	c.SetProductId("-//Bedside//Video visits//EN")
	c.SetMethod(ics.Method(e.Method()))
	c.AddVEvent(e.event())
	return []byte(c.Serialize(ics.WithNewLine("\r\n"), ics.WithLineLength(75)))
}

func (e Event) event() *ics.VEvent {
	v := ics.NewEvent(line(e.UID))
	v.SetSequence(e.Sequence)
	v.SetDtStampTime(e.Stamp)
	v.SetStartAt(e.Start)
	v.SetEndAt(e.End)
	v.SetSummary(line(e.Title))
	if body := e.body(); body != "" {
		v.SetDescription(body)
	}
	if e.URL != "" {
		v.SetLocation(line(e.URL))
		v.SetURL(line(e.URL))
	}
	v.SetClass(ics.ClassificationPrivate)
	if by := e.Organizer.address(); by != "" {
		v.SetProperty(ics.ComponentPropertyOrganizer, by, e.Organizer.called()...)
	}
	if e.Cancelled {
		v.SetStatus(ics.ObjectStatusCancelled)
		return v
	}
	v.SetStatus(ics.ObjectStatusConfirmed)
	v.SetTimeTransparency(ics.TransparencyOpaque)
	if e.Alarm > 0 {
		a := v.AddAlarm()
		a.SetAction(ics.ActionDisplay)
		a.SetTrigger("-PT" + strconv.Itoa(int(e.Alarm/time.Minute)) + "M")
		a.SetDescription(line(e.Title))
	}
	return v
}

// address is a URI (RFC 5545 section 3.3.3): the clinic's mail, else its site.
func (o Organizer) address() string {
	if o.Email != "" {
		return "mailto:" + line(o.Email)
	}
	return line(o.Site)
}

// called is the name beside the address. What would end the parameter is left out
// of it, for RFC 5545 knows no escape there.
func (o Organizer) called() []ics.PropertyParameter {
	name := line(strings.Map(func(r rune) rune {
		if strings.ContainsRune("\",;:\\'", r) {
			return -1
		}
		return r
	}, o.Name))
	if name == "" {
		return nil
	}
	return []ics.PropertyParameter{ics.WithCN(name)}
}
