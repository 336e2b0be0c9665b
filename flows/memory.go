package flows

import (
	"maps"
	"slices"
	"time"
)

// Memory is where one conversation stands in its flow. It is a value: nothing
// in this package changes one that it was given, and it marshals to JSON.
type Memory struct {
	Standing
	Language   string            `json:"language,omitempty"`
	Slots      map[string]Value  `json:"slots,omitempty"`      // a known key with the zero Value: asked and passed over
	Consents   map[string]string `json:"consents,omitempty"`   // agreed to: the version, by id
	Department string            `json:"department,omitempty"` // that was closed or empty last, for {department.opens}
	Booking    time.Time         `json:"booking,omitzero"`     // when, of the last appointment
	CallBack   time.Time         `json:"callback,omitzero"`    // by when, of the last call-back
}

// Standing is a cursor: the flow's own, or that of a rung's part or of the
// part `emergency`, which run above it.
type Standing struct {
	At      Place     `json:"at"`
	Waits   Wait      `json:"waits,omitempty"`
	Returns []Place   `json:"returns,omitempty"` // where the fragments under way come back to, the innermost last
	Trail   []Mark    `json:"trail,omitempty"`   // the questions that were answered and can be gone back to, the last one last
	Above   Above     `json:"above,omitempty"`   // what this cursor is
	Below   *Standing `json:"below,omitempty"`   // what it runs above; nil for the flow's own
}

// Mark is a question that was answered, with what brings back the memory as it
// was when it was asked.
type Mark struct {
	At      Place            `json:"at"`
	Returns []Place          `json:"returns,omitempty"`
	Was     map[string]Value `json:"was,omitempty"`   // slots that have changed since, as they were
	Unmet   []string         `json:"unmet,omitempty"` // slots that have been filled or passed over since and had not been met
}

// Above says what runs above the flow's own cursor.
type Above string

const (
	AboveNothing   Above = ""
	AboveRung      Above = "rung"
	AboveEmergency Above = "emergency"
)

// Wait says for what the flow stands still at Memory.At.
type Wait string

const (
	WaitNothing  Wait = ""          // nothing: not begun
	WaitAnswer   Wait = "answer"    // the patient's answer to the open question
	WaitHandOver Wait = "hand_over" // a doctor; GoOn leads behind it
	WaitEnd      Wait = "end"       // the flow is over
)

// After returns the memory as it is once e has happened. It is the only way
// in which memory changes, so replaying a journal gives what stepping gave.
func (m Memory) After(e Event) Memory { return e.fold(m) }

// Base is the flow's own cursor, whatever runs above it.
func (m Memory) Base() Standing {
	s := m.Standing
	for s.Below != nil {
		s = *s.Below
	}
	return s
}

// stand moves the cursor. No fragment is under way where it stands in none.
func (m Memory) stand(at Place, w Wait) Memory {
	m.At, m.Waits = at, w
	if !at.inFragment() {
		m.Returns = nil
	}
	return m
}

// answered notes a question of the patient's to which they may go back. What
// nobody asked (a `set`, a signed identity) is none.
func (m Memory) answered(at Place) Memory {
	if m.Waits == WaitAnswer && m.At == at {
		m.Trail = append(slices.Clone(m.Trail), Mark{At: at, Returns: m.Returns})
	}
	return m.stand(at, WaitNothing)
}

// fill changes a slot, and notes in the last mark what it was.
func (m Memory) fill(slot string, v Value) Memory {
	if n := len(m.Trail); n > 0 {
		last := m.Trail[n-1]
		was, met := m.Slots[slot]
		_, noted := last.Was[slot]
		switch {
		case noted || slices.Contains(last.Unmet, slot):
		case met:
			last.Was = with(last.Was, slot, was)
		default:
			last.Unmet = append(slices.Clone(last.Unmet), slot)
		}
		m.Trail = append(slices.Clone(m.Trail[:n-1]), last)
	}
	m.Slots = with(m.Slots, slot, v)
	return m
}

// back is the memory as it was before the last answer.
func (m Memory) back() Memory {
	n := len(m.Trail)
	if n == 0 {
		return m
	}
	last := m.Trail[n-1]
	m.Trail, m.Returns = m.Trail[:n-1:n-1], last.Returns
	if n == 1 {
		m.Trail = nil
	}
	slots := maps.Clone(m.Slots)
	for slot, was := range last.Was {
		slots[slot] = was
	}
	for _, slot := range last.Unmet {
		delete(slots, slot)
	}
	if len(slots) == 0 {
		slots = nil
	}
	m.Slots = slots
	return m
}

// above puts a new cursor over the one that stands.
func (m Memory) above(what Above) Memory {
	below := m.Standing
	m.Standing = Standing{At: below.At, Above: what, Below: &below}
	return m
}

// settled makes the cursor that runs the flow's own: a promise has taken the
// place of what stood below.
func (m Memory) settled() Memory {
	m.Above, m.Below, m.Trail = AboveNothing, nil, nil
	return m
}

// dropped leaves the flow's own cursor alone.
func (m Memory) dropped() Memory {
	m.Standing = m.Base()
	return m
}

// with returns a copy, for the map may be shared with an older memory.
func with[V any](slots map[string]V, id string, v V) map[string]V {
	out := make(map[string]V, len(slots)+1)
	maps.Copy(out, slots)
	out[id] = v
	return out
}

// known says whether the slot holds an answer.
func (m Memory) known(id string) bool { return m.Slots[id].Known() }
