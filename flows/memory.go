package flows

import "maps"

// Memory is where one conversation stands in its flow. It is a value: nothing
// in this package changes one that it was given, and it marshals to JSON.
type Memory struct {
	At       Place            `json:"at"`
	Language string           `json:"language,omitempty"`
	Slots    map[string]Value `json:"slots,omitempty"` // a known key with the zero Value: asked and passed over
	Waits    Wait             `json:"waits,omitempty"`
}

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
func (m Memory) After(e Event) Memory {
	m.At, m.Waits = e.place(), e.waits()
	switch e := e.(type) {
	case Filled:
		m.Slots = with(m.Slots, e.Slot, e.Value)
	case Skipped:
		m.Slots = with(m.Slots, e.Slot, Value{})
	}
	return m
}

// with returns a copy, for the map may be shared with an older memory.
func with(slots map[string]Value, id string, v Value) map[string]Value {
	out := make(map[string]Value, len(slots)+1)
	maps.Copy(out, slots)
	out[id] = v
	return out
}

// known says whether the slot holds an answer.
func (m Memory) known(id string) bool { return m.Slots[id].Known() }
