package flows

import "slices"

// Event is one thing that a step made happen. The set is closed: what is told,
// asked and answered is here, what is promised in event_promise.go, what runs
// above the flow's own cursor in event_above.go. Each is a plain value that
// survives a journey through JSON on its own; [DecodeEvent] reads it back by
// its kind.
type Event interface {
	Kind() string

	// fold is the memory once it has happened.
	fold(m Memory) Memory
}

// Said is something that the bot tells the patient.
type Said struct {
	At      Place  `json:"step"`
	Text    string `json:"text"`
	Buttons []Dial `json:"buttons,omitempty"`
}

// Dial is a button that calls a number.
type Dial struct {
	Call string `json:"call"`
	Text string `json:"text"`
}

// Asked is the one question that is open after a turn.
type Asked struct {
	At       Place    `json:"step"`
	Slot     string   `json:"slot,omitempty"` // empty for a `choose`, a consent and a booking
	Text     string   `json:"text"`
	Type     string   `json:"type"`              // the slot's type; choice for a `choose`, consent, times for a booking
	Show     string   `json:"show,omitempty"`    // scale: a button for each number
	Options  []Option `json:"options,omitempty"` // of choice, choices and yes_no (ids yes and no), consent (agree, refuse), times (RFC 3339, and none)
	Optional bool     `json:"optional,omitempty"`
	Min      *float64 `json:"min,omitempty"`    // of a number its least value, of a text its least length
	Max      *float64 `json:"max,omitempty"`    // likewise, the greatest
	Before   string   `json:"before,omitempty"` // of a date: the first day that is too late, 2006-01-02
	After    string   `json:"after,omitempty"`  // of a date: the last day that is too early
	Kinds    []string `json:"kinds,omitempty"`  // of files: photo, pdf
	Count    int      `json:"count,omitempty"`  // of files: so many at most
	Size     int64    `json:"size,omitempty"`   // of files: bytes of each at most
	Consent  *Paper   `json:"consent,omitempty"`
	Back     bool     `json:"back,omitempty"` // the patient may go back to the question before
}

// Paper is the document that a consent agrees to, in the patient's language.
type Paper struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	Document string `json:"document"` // Markdown, in full
	Version  string `json:"version"`
	Hash     string `json:"sha256"` // hex, of the document's bytes
}

// Option is one button of a question.
type Option struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// Filled is an answer that was taken into a slot. Text is what the patient
// sees as the answer, normalised; it is empty where nobody answered, because
// the clinic's site had vouched for the value or a `set` wrote it.
type Filled struct {
	At    Place  `json:"step"`
	Slot  string `json:"slot"`
	Value Value  `json:"value"`
	Text  string `json:"text,omitempty"`
	Red   bool   `json:"red_flag,omitempty"` // the flow marks this answer as dangerous; Raised follows
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

// Consented is the answer to a consent, or what is known of an earlier one
// that still holds (Known).
type Consented struct {
	At      Place  `json:"step"`
	Consent string `json:"consent"`
	Version string `json:"version"`
	Hash    string `json:"sha256"`
	Agreed  bool   `json:"agreed"`
	Known   bool   `json:"known,omitempty"`
	Text    string `json:"text,omitempty"` // the button that was pressed
}

// WentBack takes the last answer away; its question is asked again behind it.
type WentBack struct {
	At   Place  `json:"step"` // of the question
	Slot string `json:"slot,omitempty"`
}

// Called is a fragment that begins: Back is where the flow goes on behind it.
type Called struct {
	At   Place `json:"step"`
	Back Place `json:"back"`
}

// Returned is a fragment that has come to its end.
type Returned struct {
	At Place `json:"step"`
}

// Ended is the last word of the flow.
type Ended struct {
	At      Place  `json:"step"`
	Text    string `json:"text"`
	Rate    bool   `json:"rate,omitempty"`    // the patient is asked to rate
	Silence bool   `json:"silence,omitempty"` // the patient had fallen silent
}

func (Said) Kind() string      { return "said" }
func (Asked) Kind() string     { return "asked" }
func (Filled) Kind() string    { return "filled" }
func (Chosen) Kind() string    { return "chosen" }
func (Skipped) Kind() string   { return "skipped" }
func (Consented) Kind() string { return "consented" }
func (WentBack) Kind() string  { return "went_back" }
func (Called) Kind() string    { return "called" }
func (Returned) Kind() string  { return "returned" }
func (Ended) Kind() string     { return "ended" }

// What a rung or a reminder says interrupts nothing: an open question stays.
func (e Said) fold(m Memory) Memory {
	if e.At.aside() {
		return m
	}
	return m.stand(e.At, WaitNothing)
}

func (e Asked) fold(m Memory) Memory { return m.stand(e.At, WaitAnswer) }

// A flow that silence has ended keeps its standing, so that the patient who
// writes again finds the question as it was.
func (e Ended) fold(m Memory) Memory {
	if e.Silence {
		return m
	}
	return m.settled().stand(e.At, WaitEnd)
}

func (e Filled) fold(m Memory) Memory { return m.answered(e.At).fill(e.Slot, e.Value) }

func (e Chosen) fold(m Memory) Memory { return m.answered(e.At) }

func (e Skipped) fold(m Memory) Memory { return m.answered(e.At).fill(e.Slot, Value{}) }

func (e Consented) fold(m Memory) Memory {
	m = m.stand(e.At, WaitNothing)
	m.Trail = nil // nobody goes back behind what was agreed
	if e.Agreed {
		m.Consents = with(m.Consents, e.Consent, e.Version)
	}
	return m
}

func (e WentBack) fold(m Memory) Memory { return m.back().stand(e.At, WaitNothing) }

func (e Called) fold(m Memory) Memory {
	m = m.stand(e.At, WaitNothing)
	m.Returns = append(slices.Clone(m.Returns), e.Back)
	return m
}

func (e Returned) fold(m Memory) Memory {
	m = m.stand(e.At, WaitNothing)
	if n := len(m.Returns); n > 0 {
		m.Returns = m.Returns[:n-1]
	}
	return m
}
