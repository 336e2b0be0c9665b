package flows

import (
	"encoding/json"
	"fmt"
)

// DecodeEvent reads an event of the given kind from its JSON. A kind that it
// does not know is an error.
func DecodeEvent(kind string, data []byte) (Event, error) {
	for _, read := range eventKinds() {
		if read.kind == kind {
			return read.decode(data)
		}
	}
	return nil, fmt.Errorf("flows: no event has the kind %q", kind)
}

type eventKind struct {
	kind   string
	decode func(data []byte) (Event, error)
}

func eventKinds() []eventKind {
	return []eventKind{
		kindOfEvent[Said](), kindOfEvent[Asked](), kindOfEvent[Filled](), kindOfEvent[Chosen](), kindOfEvent[Skipped](),
		kindOfEvent[Consented](), kindOfEvent[WentBack](), kindOfEvent[Called](), kindOfEvent[Returned](), kindOfEvent[Ended](),
		kindOfEvent[HandedOver](), kindOfEvent[Unmet](), kindOfEvent[Declined](), kindOfEvent[Booked](), kindOfEvent[Promised](),
		kindOfEvent[Raised](), kindOfEvent[Resumed](), kindOfEvent[Reached](), kindOfEvent[Dropped](),
	}
}

func kindOfEvent[E Event]() eventKind {
	var zero E
	return eventKind{zero.Kind(), func(data []byte) (Event, error) { return decode[E](data) }}
}

func decode[E Event](data []byte) (Event, error) {
	var e E
	if err := json.Unmarshal(data, &e); err != nil {
		return nil, fmt.Errorf("flows: event %s: %w", e.Kind(), err)
	}
	return e, nil
}
