package flows

import (
	"fmt"
	"strconv"
	"strings"
)

// Place is one step of a flow: the part and the step's number in it, from 1.
// The steps of a fragment have places such as fragment.contact/2, the rungs of
// a ladder ladder.doctor/3, and the reminders of a silent patient silence/1.
// The zero Place is nowhere: a conversation that has not begun.
type Place struct {
	Part string
	Step int
}

// The parts' names that the language makes: no id has a dot or is `silence`.
const (
	fragmentPrefix = "fragment."
	ladderPrefix   = "ladder."
	silencePart    = "silence"
)

// inFragment says whether the place stands in a list of steps that returns.
func (p Place) inFragment() bool { return strings.HasPrefix(p.Part, fragmentPrefix) }

// aside says whether what is said there interrupts nothing: a rung of a
// ladder, or a reminder of a silent patient.
func (p Place) aside() bool { return strings.HasPrefix(p.Part, ladderPrefix) || p.Part == silencePart }

// String writes the place as clients see it, "hello/3"; "" for the zero Place.
func (p Place) String() string {
	if p == (Place{}) {
		return ""
	}
	return p.Part + "/" + strconv.Itoa(p.Step)
}

// ParsePlace reads what [Place.String] writes.
func ParsePlace(s string) (Place, error) {
	if s == "" {
		return Place{}, nil
	}
	part, number, ok := strings.Cut(s, "/")
	step, err := strconv.Atoi(number)
	if !ok || part == "" || err != nil || step < 1 || strconv.Itoa(step) != number {
		return Place{}, fmt.Errorf("flows: %q is no place, write part and step as in hello/3", s)
	}
	return Place{Part: part, Step: step}, nil
}

// MarshalText makes a place travel as its string, in JSON too.
func (p Place) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (p *Place) UnmarshalText(text []byte) error {
	place, err := ParsePlace(string(text))
	if err == nil {
		*p = place
	}
	return err
}
