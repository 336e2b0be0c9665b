package opening_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bedside/flows/internal/opening"
)

const form = "2006-01-02 15:04"

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	require.NoError(t, err)
	return z
}

func span(from, to float64) opening.Span {
	return opening.Span{From: time.Duration(from * float64(time.Hour)), To: time.Duration(to * float64(time.Hour))}
}

// clinic is open on weekdays with a break, on Saturday until two; the first
// week of January is a holiday, the 22nd of February is short.
func clinic(z *time.Location) *opening.Hours {
	h := &opening.Hours{Zone: z, Special: map[opening.Date][]opening.Span{
		{2027, 2, 22}: {span(9, 14)},
		{2027, 2, 23}: nil,
	}}
	for d := time.Monday; d <= time.Friday; d++ {
		h.Week[d] = []opening.Span{span(8, 12), span(13, 20)}
	}
	h.Week[time.Saturday] = []opening.Span{span(9, 14)}
	for d := 1; d <= 8; d++ {
		h.Special[opening.Date{Year: 2027, Month: 1, Day: d}] = nil
	}
	return h
}

func every(z *time.Location, spans ...opening.Span) *opening.Hours {
	h := &opening.Hours{Zone: z}
	for d := range h.Week {
		h.Week[d] = spans
	}
	return h
}

func TestWhatIsOpen(t *testing.T) {
	moscow := zone(t, "Europe/Moscow")
	h, night := clinic(moscow), every(moscow, span(20, 32))
	for _, c := range []struct {
		hours         *opening.Hours
		at            string
		open          bool
		opens, closes string
	}{
		{h, "2027-02-15 07:59", false, "2027-02-15 08:00", "2027-02-15 12:00"},
		{h, "2027-02-15 08:00", true, "2027-02-15 13:00", "2027-02-15 12:00"},
		{h, "2027-02-15 12:00", false, "2027-02-15 13:00", "2027-02-15 20:00"},
		{h, "2027-02-15 19:59", true, "2027-02-16 08:00", "2027-02-15 20:00"},
		{h, "2027-02-20 14:00", false, "2027-02-22 09:00", "2027-02-22 14:00"},
		{h, "2027-02-22 08:30", false, "2027-02-22 09:00", "2027-02-22 14:00"},
		{h, "2027-02-22 15:00", false, "2027-02-24 08:00", "2027-02-24 12:00"},
		{h, "2027-01-04 10:00", false, "2027-01-09 09:00", "2027-01-09 14:00"},
		{night, "2027-02-15 19:59", false, "2027-02-15 20:00", "2027-02-16 08:00"},
		{night, "2027-02-16 00:00", true, "2027-02-16 20:00", "2027-02-16 08:00"},
		{night, "2027-02-16 07:59", true, "2027-02-16 20:00", "2027-02-16 08:00"},
		{night, "2027-02-16 08:00", false, "2027-02-16 20:00", "2027-02-17 08:00"},
		{every(moscow, span(0, 24)), "2027-02-16 08:00", true, "", ""},
		{every(moscow, span(0, 12), span(12, 23)), "2027-02-16 08:00", true, "2027-02-17 00:00", "2027-02-16 23:00"},
		{every(moscow, span(7, 9), span(20, 32)), "2027-02-16 07:30", true, "2027-02-16 20:00", "2027-02-16 09:00"},
		{every(moscow), "2027-02-16 08:00", false, "", ""},
		{&opening.Hours{Always: true, Zone: moscow}, "2027-02-16 08:00", true, "", ""},
	} {
		at, err := time.ParseInLocation(form, c.at, moscow)
		require.NoError(t, err)
		require.Equal(t, c.open, c.hours.At(at), c.at)
		require.Equal(t, c.opens, shown(c.hours.Opens(at)), "opens after %s", c.at)
		require.Equal(t, c.closes, shown(c.hours.Closes(at)), "closes after %s", c.at)
	}
}

func shown(t time.Time, ok bool) string {
	if !ok {
		return ""
	}
	return t.Format(form)
}

// TestANightBelongsToTheDayOnWhichItBegins: a holiday closes the night that
// begins on it, not the one that ends on it.
func TestANightBelongsToTheDayOnWhichItBegins(t *testing.T) {
	h := every(time.UTC, span(20, 32))
	h.Special = map[opening.Date][]opening.Span{{2027, 1, 1}: nil}
	for at, open := range map[string]bool{"2027-01-01 03:00": true, "2027-01-01 21:00": false, "2027-01-02 03:00": false, "2027-01-02 21:00": true} {
		when, err := time.Parse(form, at)
		require.NoError(t, err)
		require.Equal(t, open, h.At(when), at)
	}
}

func TestDeadlinesAreCountedInOpeningHours(t *testing.T) {
	moscow := zone(t, "Europe/Moscow")
	for _, c := range []struct {
		at, want string
		within   time.Duration
	}{
		{"2027-02-15 10:00", "2027-02-15 12:00", 2 * time.Hour},
		{"2027-02-15 11:30", "2027-02-15 14:30", 2 * time.Hour},
		{"2027-02-15 10:20", "2027-02-15 13:20", 2 * time.Hour},
		{"2027-02-15 12:30", "2027-02-15 15:00", 2 * time.Hour},
		{"2027-02-19 19:00", "2027-02-20 10:00", 2 * time.Hour},
		{"2027-01-04 10:00", "2027-01-09 11:00", 2 * time.Hour},
		{"2027-02-15 07:00", "2027-02-15 08:00", 0},
		{"2027-02-15 08:00", "2027-02-16 08:01", 11*time.Hour + time.Minute},
	} {
		at, err := time.ParseInLocation(form, c.at, moscow)
		require.NoError(t, err)
		require.Equal(t, c.want, shown(clinic(moscow).Add(at, c.within)), c.at)
	}
	_, ok := every(moscow).Add(time.Date(2027, 2, 15, 9, 0, 0, 0, time.UTC), time.Hour)
	require.False(t, ok)
}

// TestClockChanges: in Berlin the clock passes over 2:00–3:00 on 28 March 2027
// and shows it twice on 31 October; in Troll it jumps by two hours; Lord Howe
// changes by half an hour.
func TestClockChanges(t *testing.T) {
	berlin := zone(t, "Europe/Berlin")
	utc := func(s string) time.Time {
		at, err := time.Parse(form, s)
		require.NoError(t, err)
		return at
	}
	night := every(berlin, span(20, 32))
	require.Equal(t, 11*time.Hour, night.Between(utc("2027-03-27 12:00"), utc("2027-03-28 12:00")), "a night that is short of an hour")
	require.Equal(t, 13*time.Hour, night.Between(utc("2027-10-30 12:00"), utc("2027-10-31 12:00")), "and one with an hour more")
	require.Equal(t, "2027-03-28 08:00", shown(night.Add(utc("2027-03-27 19:00"), 11*time.Hour)))

	passedOver := every(berlin, span(2.5, 4))
	require.Equal(t, "2027-03-28 03:00", shown(passedOver.Opens(utc("2027-03-28 00:00"))), "half past two does not come: at the change")
	require.Equal(t, time.Hour, passedOver.Between(utc("2027-03-28 00:00"), utc("2027-03-28 12:00")))
	require.Zero(t, every(berlin, span(2, 3)).Between(utc("2027-03-28 00:00"), utc("2027-03-28 12:00")), "the hour does not come at all")

	twice := every(berlin, span(2.5, 4))
	at, ok := twice.Opens(utc("2027-10-30 22:00"))
	require.True(t, ok)
	require.Equal(t, utc("2027-10-31 00:30"), at.UTC(), "the first of the two")
	require.Equal(t, 2*time.Hour+30*time.Minute, twice.Between(utc("2027-10-30 22:00"), utc("2027-10-31 12:00")))

	whole := every(berlin, span(0, 24))
	for _, day := range []string{"2027-03-28 01:00", "2027-10-31 01:00"} {
		for m := range 24 * 60 {
			require.True(t, whole.At(utc(day).Add(time.Duration(m)*time.Minute)), day)
		}
	}
}

var zones = []string{
	"Europe/Moscow", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Antarctica/Troll", "Asia/Kathmandu",
	"Pacific/Apia", "Africa/Casablanca", "America/Santiago", "UTC",
}

func drawHours(rt *rapid.T) *opening.Hours {
	z, err := time.LoadLocation(rapid.SampledFrom(zones).Draw(rt, "zone"))
	require.NoError(rt, err)
	h := &opening.Hours{Zone: z, Special: map[opening.Date][]opening.Span{}}
	for d := range h.Week {
		h.Week[d] = drawSpans(rt)
	}
	for range rapid.IntRange(0, 5).Draw(rt, "holidays") {
		d := opening.Date{Year: 2027, Month: 3, Day: 20}.Plus(rapid.IntRange(0, 300).Draw(rt, "day"))
		h.Special[d] = drawSpans(rt)
	}
	return h
}

func drawSpans(rt *rapid.T) (spans []opening.Span) {
	cuts := rapid.SliceOfNDistinct(rapid.IntRange(0, 24*4-1), 0, 4, rapid.ID[int]).Draw(rt, "cuts")
	slices.Sort(cuts)
	for len(cuts) >= 2 {
		spans = append(spans, opening.Span{From: time.Duration(cuts[0]) * 15 * time.Minute, To: time.Duration(cuts[1]) * 15 * time.Minute})
		cuts = cuts[2:]
	}
	if len(cuts) == 1 {
		spans = append(spans, opening.Span{From: time.Duration(cuts[0]) * 15 * time.Minute, To: 24*time.Hour + time.Duration(rapid.IntRange(0, cuts[0]).Draw(rt, "past midnight"))*15*time.Minute})
	}
	return spans
}

// TestHoursHold: a deadline is inside or at the end of what is open, and is
// open for exactly its length since; what opens is open then and not before,
// what closes the other way round; time that is open adds up.
func TestHoursHold(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		h := drawHours(rt)
		at := time.Date(2027, 3, 25, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.IntRange(0, 300*24*60).Draw(rt, "minute")) * time.Minute)
		length := time.Duration(rapid.IntRange(0, 60*60).Draw(rt, "length")) * time.Minute

		if by, ok := h.Add(at, length); ok {
			require.False(rt, by.Before(at))
			require.Equal(rt, length, h.Between(at, by), "from %s to %s", at, by)
			require.True(rt, h.At(by) || h.At(by.Add(-time.Second)), "%s is neither inside nor at the end", by)
		}
		if opens, ok := h.Opens(at); ok {
			require.True(rt, opens.After(at))
			require.True(rt, h.At(opens))
			require.False(rt, h.At(opens.Add(-time.Second)))
			if !h.At(at) {
				require.Zero(rt, h.Between(at, opens))
			}
		} else {
			require.True(rt, h.Never() || !h.Never() && alike(h, at), "nothing opens")
		}
		if closes, ok := h.Closes(at); ok {
			require.True(rt, closes.After(at))
			require.False(rt, h.At(closes))
			require.True(rt, h.At(closes.Add(-time.Second)))
		}
		later := at.Add(time.Duration(rapid.IntRange(0, 3000).Draw(rt, "later")) * time.Minute)
		middle := at.Add(later.Sub(at) / 2)
		require.Equal(rt, h.Between(at, later), h.Between(at, middle)+h.Between(middle, later))
	})
}

// alike says whether it is open as now at every quarter of the next weeks.
func alike(h *opening.Hours, at time.Time) bool {
	for q := range 4 * 24 * 21 {
		if h.At(at.Add(time.Duration(q)*15*time.Minute)) != h.At(at) {
			return false
		}
	}
	return true
}

func BenchmarkOpens(b *testing.B) {
	h := clinic(zone(b, "Europe/Moscow"))
	at := time.Date(2027, 1, 1, 12, 0, 0, 0, time.UTC)
	b.ReportAllocs()
	for b.Loop() {
		h.Opens(at)
	}
}
