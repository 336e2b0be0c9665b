package calendar_test

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/emersion/go-ical"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bedside/bot/calendar"
)

const (
	site    = "https://bedside.clinic.example"
	address = site + "/join/c_7f3c9a51#pB0l4Qz-_9"
)

var written = time.Date(2026, 12, 20, 8, 0, 0, 0, time.UTC)

func visit(start time.Time) calendar.Visit {
	return calendar.Visit{
		Booking: "c_7f3c9a51", Start: start, Length: 30 * time.Minute, URL: address,
		Language: "en", Clinic: "Rassvet Clinic", PublicURL: site, At: written,
	}
}

// parsed reads a file with a parser that shares nothing with its writer.
func parsed(t require.TestingT, file []byte) (*ical.Calendar, ical.Event) {
	d := ical.NewDecoder(bytes.NewReader(file))
	c, err := d.Decode()
	require.NoError(t, err)
	require.Len(t, c.Events(), 1)
	return c, c.Events()[0]
}

func text(t require.TestingT, p ical.Props, name string) string {
	require.Len(t, p.Values(name), 1, name)
	got, err := p.Text(name)
	require.NoError(t, err)
	return got
}

func raw(t require.TestingT, p ical.Props, name string) string {
	require.Len(t, p.Values(name), 1, name)
	return p.Get(name).Value
}

func TestAFileSaysWhenAndWhere(t *testing.T) {
	v := visit(time.Unix(1798794000, 0)) // 1 January 2027, 12:00 in Moscow
	v.Sequence = 2
	file := v.Event().ICS()
	c, e := parsed(t, file)
	require.Equal(t, "2.0", raw(t, c.Props, "VERSION"))
	require.Equal(t, "PUBLISH", raw(t, c.Props, "METHOD"))
	require.NotEmpty(t, raw(t, c.Props, "PRODID"))
	require.Equal(t, "c_7f3c9a51@bedside.clinic.example", raw(t, e.Props, "UID"))
	require.Equal(t, "2", raw(t, e.Props, "SEQUENCE"))
	require.Equal(t, "20261220T080000Z", raw(t, e.Props, "DTSTAMP"))
	require.Equal(t, "20270101T090000Z", raw(t, e.Props, "DTSTART"))
	require.Equal(t, "20270101T093000Z", raw(t, e.Props, "DTEND"))
	require.Equal(t, "Video visit: Rassvet Clinic", text(t, e.Props, "SUMMARY"))
	require.Equal(t, address, raw(t, e.Props, "URL"))
	require.Equal(t, address, text(t, e.Props, "LOCATION"))
	require.True(t, strings.HasSuffix(text(t, e.Props, "DESCRIPTION"), "\n"+address))
	require.Equal(t, "PRIVATE", raw(t, e.Props, "CLASS"))
	require.Equal(t, "CONFIRMED", raw(t, e.Props, "STATUS"))
	require.Equal(t, site, raw(t, e.Props, "ORGANIZER"))
	require.Equal(t, "Rassvet Clinic", e.Props.Get("ORGANIZER").Params.Get("CN"))
	require.Len(t, e.Children, 1)
	alarm := e.Children[0]
	require.Equal(t, "VALARM", alarm.Name)
	require.Equal(t, "DISPLAY", raw(t, alarm.Props, "ACTION"))
	before, err := alarm.Props.Get("TRIGGER").Duration()
	require.NoError(t, err)
	require.Equal(t, -15*time.Minute, before)
	require.NotEmpty(t, text(t, alarm.Props, "DESCRIPTION"))
}

func TestACancelledVisitIsTakenOut(t *testing.T) {
	v := visit(written.Add(time.Hour))
	v.Sequence, v.Cancelled, v.From = 3, true, "visits@clinic.example"
	c, e := parsed(t, v.Event().ICS())
	require.Equal(t, "CANCEL", raw(t, c.Props, "METHOD"))
	require.Equal(t, "CANCEL", v.Event().Method())
	require.Equal(t, "CANCELLED", raw(t, e.Props, "STATUS"))
	require.Equal(t, "3", raw(t, e.Props, "SEQUENCE"))
	require.Equal(t, "c_7f3c9a51@bedside.clinic.example", raw(t, e.Props, "UID"))
	require.Equal(t, "Cancelled: Video visit: Rassvet Clinic", text(t, e.Props, "SUMMARY"))
	require.Equal(t, "mailto:visits@clinic.example", raw(t, e.Props, "ORGANIZER"))
	require.Empty(t, e.Children, "nobody is reminded of what is off")

	v.URL, v.From, v.PublicURL = "", "", "" // a mail whose link leads nowhere any more
	_, e = parsed(t, v.Event().ICS())
	for _, name := range []string{"URL", "LOCATION", "DESCRIPTION", "ORGANIZER"} {
		require.Empty(t, e.Props.Values(name), name)
	}
}

func TestBothLanguagesAreWhole(t *testing.T) {
	for language, title := range map[string]string{
		"en": "Video visit: Клиника «Рассвет»", "ru": "Видеовизит: Клиника «Рассвет»", "xx": "Video visit: Клиника «Рассвет»",
	} {
		v := visit(written)
		v.Language, v.Clinic = language, "Клиника «Рассвет»"
		_, e := parsed(t, v.Event().ICS())
		require.Equal(t, title, text(t, e.Props, "SUMMARY"))
		patient := text(t, e.Props, "DESCRIPTION")
		v.ForDoctor = true
		_, e = parsed(t, v.Event().ICS())
		require.NotEqual(t, patient, text(t, e.Props, "DESCRIPTION"))
	}
	require.Equal(t, "Отменён: Видеовизит", calendar.Title("ru", " ", true))
}

// The clocks change between the day on which a visit is booked and its day, or on
// the day itself: what was booked at a time of day is at that time of day.
func TestTimesHoldAcrossChangesOfTheClocks(t *testing.T) {
	for name, days := range map[string][][3]int{
		"Europe/Berlin":       {{2026, 10, 24}, {2026, 10, 25}, {2026, 10, 26}, {2027, 3, 27}, {2027, 3, 28}, {2027, 3, 29}},
		"America/New_York":    {{2026, 10, 31}, {2026, 11, 1}, {2026, 11, 2}, {2027, 3, 13}, {2027, 3, 14}, {2027, 3, 15}},
		"Australia/Lord_Howe": {{2027, 4, 3}, {2027, 4, 4}, {2027, 4, 5}, {2026, 10, 3}, {2026, 10, 4}, {2026, 10, 5}},
		"Europe/Moscow":       {{2027, 1, 1}, {2027, 3, 28}},
	} {
		zone, err := time.LoadLocation(name)
		require.NoError(t, err)
		for _, d := range days {
			start := time.Date(d[0], time.Month(d[1]), d[2], 9, 30, 0, 0, zone)
			_, e := parsed(t, visit(start).Event().ICS())
			from, err := e.DateTimeStart(time.UTC)
			require.NoError(t, err)
			to, err := e.DateTimeEnd(time.UTC)
			require.NoError(t, err)
			require.True(t, from.Equal(start), "%s %v: %s", name, d, from)
			require.Equal(t, "09:30", from.In(zone).Format("15:04"), "%s %v", name, d)
			require.Equal(t, 30*time.Minute, to.Sub(from))
			require.Nil(t, e.Props.Get("DTSTART").Params.Values("TZID"))
		}
		// The hour that comes twice: both moments are told apart.
		for _, m := range []time.Duration{0, time.Hour} {
			start := time.Date(2026, 10, 25, 0, 30, 0, 0, time.UTC).Add(m)
			_, e := parsed(t, visit(start.In(zone)).Event().ICS())
			from, err := e.DateTimeStart(zone)
			require.NoError(t, err)
			require.True(t, from.Equal(start))
		}
	}
}

// Whatever a clinic calls itself, the file is a file: its lines, its length, and
// nothing in it that was not written into it.
func TestAnyTextMakesAFile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := visit(written.Add(time.Duration(rapid.IntRange(0, 1<<20).Draw(t, "minutes")) * time.Minute))
		v.Clinic = rapid.String().Draw(t, "clinic")
		v.Sequence = rapid.IntRange(0, 1000).Draw(t, "sequence")
		v.Cancelled = rapid.Bool().Draw(t, "cancelled")
		v.Language = rapid.SampledFrom([]string{"en", "ru"}).Draw(t, "language")
		file := v.Event().ICS()
		require.True(t, bytes.HasSuffix(file, []byte("END:VCALENDAR\r\n")))
		for l := range strings.SplitSeq(strings.TrimSuffix(string(file), "\r\n"), "\r\n") {
			require.LessOrEqual(t, len(l), 75, l)
			require.True(t, utf8.ValidString(l), "a letter is cut in two: %q", l)
			require.NotContains(t, l, "\r")
			require.NotContains(t, l, "\n")
		}
		_, e := parsed(t, file)
		require.Equal(t, calendar.Title(v.Language, v.Clinic, v.Cancelled), text(t, e.Props, "SUMMARY"))
		require.Equal(t, address, raw(t, e.Props, "URL"))
		start, err := e.DateTimeStart(time.UTC)
		require.NoError(t, err)
		require.True(t, start.Equal(v.Start))
	})
}

func TestTheUIDIsOfTheHostAlone(t *testing.T) {
	require.Equal(t, "b1@clinic.example", calendar.UID("b1", "https://clinic.example:8443/bedside"))
	require.Equal(t, "b1@bedside.invalid", calendar.UID("b1", ""))
}
