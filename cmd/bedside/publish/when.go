package publish

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// ErrTime says that a text names no moment at which something could be planned.
var ErrTime = errors.New("--at")

// Zones are those of the clinics of a draft's flows, each once, sorted by name.
func (d Draft) Zones() []*time.Location {
	all := map[string]*time.Location{}
	for _, p := range d.Programs {
		all[p.Clinic().Zone.String()] = p.Clinic().Zone
	}
	out := make([]*time.Location, 0, len(all))
	for _, name := range slices.Sorted(maps.Keys(all)) {
		out = append(out, all[name])
	}
	return out
}

// ParseTime reads when a version is to be served: as 2027-03-01 06:00 in the
// clinic's zone, or as RFC 3339 says it. One of zones at least is given; where there
// are several nobody can say which is meant, and a local time is refused.
func ParseTime(text string, zones []*time.Location, now time.Time) (time.Time, error) {
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		at, err = local(text, zones)
	}
	switch {
	case err != nil:
		return at, err
	case !at.After(now):
		return at, fmt.Errorf("%w %q has passed; name a moment to come, or leave it out to publish at once", ErrTime, text)
	case at.After(now.AddDate(1, 0, 0)):
		return at, fmt.Errorf("%w %q is more than a year away; publish nearer to it", ErrTime, text)
	}
	return at, nil
}

const (
	localForm = "2006-01-02 15:04"
	universal = "2027-03-01T06:00:00Z"
)

// local reads what a clock on the clinic's wall will show.
func local(text string, zones []*time.Location) (time.Time, error) {
	names := make([]string, len(zones))
	for i, z := range zones {
		names[i] = z.String()
	}
	at, err := time.ParseInLocation(localForm, text, zones[0])
	switch {
	case err != nil:
		return at, fmt.Errorf("%w %q is no moment; write it like \"2027-03-01 06:00\", in the clinic's zone (%s), or like %s; leave it out to publish at once", ErrTime, text, strings.Join(names, ", "), universal)
	case len(zones) > 1:
		return at, fmt.Errorf("%w %q may be several moments, for the flows of the sites have different zones (%s); write it like %s", ErrTime, text, strings.Join(names, ", "), universal)
	case at.Format(localForm) != text:
		return at, fmt.Errorf("%w %q does not exist in %s, where the clocks are put forward then; name a time before or after, or write it like %s", ErrTime, text, names[0], universal)
	}
	return at, nil
}
