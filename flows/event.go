package flows

import (
	"encoding/json"
	"fmt"
)

// Event is one thing that a step made happen. The set is closed: Said, Asked,
// Filled, Chosen, Skipped, HandedOver and Ended. Each is a plain value that
// survives a journey through JSON on its own; [DecodeEvent] reads it back by
// its kind.
type Event interface {
	Kind() string // said, asked, filled, chosen, skipped, handed_over, ended

	place() Place // where the flow stands once it has happened
	waits() Wait
}

// Said is something that the bot tells the patient.
type Said struct {
	At   Place  `json:"step"`
	Text string `json:"text"`
}

// Asked is the one question that is open after a turn.
type Asked struct {
	At       Place    `json:"step"`
	Slot     string   `json:"slot,omitempty"` // empty for a `choose`
	Text     string   `json:"text"`
	Type     string   `json:"type"`              // the slot's type; choice for a `choose`
	Options  []Option `json:"options,omitempty"` // of choice and yes_no (ids yes and no)
	Optional bool     `json:"optional,omitempty"`
	Min      *float64 `json:"min,omitempty"`    // of a number its least value, of a text its least length
	Max      *float64 `json:"max,omitempty"`    // likewise, the greatest
	Before   string   `json:"before,omitempty"` // of a date: the first day that is too late, 2006-01-02
	After    string   `json:"after,omitempty"`  // of a date: the last day that is too early
}

// Option is one button of a question.
type Option struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// Filled is an answer that was taken into a slot. Text is what the patient
// sees as the answer, normalised; it is empty where nobody answered, because
// the clinic's site had vouched for the value.
type Filled struct {
	At    Place  `json:"step"`
	Slot  string `json:"slot"`
	Value Value  `json:"value"`
	Text  string `json:"text,omitempty"`
}

// Chosen is the answer to a `choose`.
type Chosen struct {
	At     Place  `json:"step"`
	Option string `json:"option"`
	Text   string `json:"text"`
}

// Skipped is an optional question that the patient passed over.
type Skipped struct {
	At   Place  `json:"step"`
	Slot string `json:"slot"`
}

// HandedOver is the moment from which the patient waits for a doctor.
type HandedOver struct {
	At         Place    `json:"step"`
	Department string   `json:"department"`
	Tell       string   `json:"tell,omitempty"`    // what the patient is told meanwhile
	Summary    []string `json:"summary,omitempty"` // slots that come first on the doctor's card
}

// Ended is the last word of the flow.
type Ended struct {
	At   Place  `json:"step"`
	Text string `json:"text"`
}

func (Said) Kind() string       { return "said" }
func (Asked) Kind() string      { return "asked" }
func (Filled) Kind() string     { return "filled" }
func (Chosen) Kind() string     { return "chosen" }
func (Skipped) Kind() string    { return "skipped" }
func (HandedOver) Kind() string { return "handed_over" }
func (Ended) Kind() string      { return "ended" }

func (e Said) place() Place       { return e.At }
func (e Asked) place() Place      { return e.At }
func (e Filled) place() Place     { return e.At }
func (e Chosen) place() Place     { return e.At }
func (e Skipped) place() Place    { return e.At }
func (e HandedOver) place() Place { return e.At }
func (e Ended) place() Place      { return e.At }

func (Said) waits() Wait       { return WaitNothing }
func (Asked) waits() Wait      { return WaitAnswer }
func (Filled) waits() Wait     { return WaitNothing }
func (Chosen) waits() Wait     { return WaitNothing }
func (Skipped) waits() Wait    { return WaitNothing }
func (HandedOver) waits() Wait { return WaitHandOver }
func (Ended) waits() Wait      { return WaitEnd }

// DecodeEvent reads an event of the given kind from its JSON. A kind that it
// does not know is an error.
func DecodeEvent(kind string, data []byte) (Event, error) {
	switch kind {
	case "said":
		return decode[Said](data)
	case "asked":
		return decode[Asked](data)
	case "filled":
		return decode[Filled](data)
	case "chosen":
		return decode[Chosen](data)
	case "skipped":
		return decode[Skipped](data)
	case "handed_over":
		return decode[HandedOver](data)
	case "ended":
		return decode[Ended](data)
	default:
		return nil, fmt.Errorf("flows: no event has the kind %q", kind)
	}
}

func decode[E Event](data []byte) (Event, error) {
	var e E
	if err := json.Unmarshal(data, &e); err != nil {
		return nil, fmt.Errorf("flows: event %s: %w", e.Kind(), err)
	}
	return e, nil
}
