package rehearse

import (
	"fmt"

	"bedside/flows"
)

// Coverage is what of a flow the cases have reached.
type Coverage struct {
	Places, Reached int // steps, rungs and reminders
	Ways, Taken     int // of all places
	Missed          []Missed
}

// Missed is a place that no case has reached, or one of its ways, in the order
// of the files.
type Missed struct {
	flows.Ground
	Way string // "": the place itself
}

// String writes it with its place in the file.
func (m Missed) String() string {
	if m.Way == "" {
		return fmt.Sprintf("%s:%d: %s, %s: never reached", m.File, m.Line, m.At, m.Verb)
	}
	return fmt.Sprintf("%s:%d: %s, %s: never `%s`", m.File, m.Line, m.At, m.Verb, m.Way)
}

// footprints are the places and ways of conversations.
type footprints map[flows.Place]map[string]bool

// note is a flows.Facts.Trace.
func (f footprints) note(at flows.Place, way string) {
	if f[at] == nil {
		f[at] = map[string]bool{}
	}
	f[at][way] = true
}

// coverage compares the footprints with the ground.
func (f footprints) coverage(p *flows.Program) (c Coverage) {
	for _, g := range p.Ground() {
		trod := f[g.At]
		c.Places++
		c.Ways += len(g.Ways)
		if trod == nil {
			c.Missed = append(c.Missed, Missed{g, ""})
			continue
		}
		c.Reached++
		for _, way := range g.Ways {
			if trod[way] {
				c.Taken++
			} else {
				c.Missed = append(c.Missed, Missed{g, way})
			}
		}
	}
	return c
}

// Whole says whether every place was reached and every way taken.
func (c Coverage) Whole() bool { return len(c.Missed) == 0 }

// String is the summary in a line.
func (c Coverage) String() string {
	return fmt.Sprintf("%d of %d steps reached, %d of %d ways taken", c.Reached, c.Places, c.Taken, c.Ways)
}
