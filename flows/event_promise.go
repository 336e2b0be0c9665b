package flows

import "time"

// Priority is how urgently a patient waits.
type Priority string

const (
	Normal    Priority = "normal"
	Urgent    Priority = "urgent"
	Emergency Priority = "emergency" // above every other; only an emergency gives it
)

// Purpose is what a patient waits for: a doctor in the chat, or by video.
type Purpose string

const (
	ForChat  Purpose = ""
	ForVideo Purpose = "video"
)

// HandedOver is the moment from which the patient waits for a doctor. It takes
// the place of whatever stood before: what ran above the flow's cursor is the
// cursor from here on.
type HandedOver struct {
	At         Place           `json:"step"`
	Department string          `json:"department"`
	Purpose    Purpose         `json:"purpose,omitempty"`
	Priority   Priority        `json:"priority,omitempty"`   // "" is normal
	Tell       string          `json:"tell,omitempty"`       // what the patient is told meanwhile
	Summary    []string        `json:"summary,omitempty"`    // slots that come first on the doctor's card
	Rungs      []time.Duration `json:"rungs,omitempty"`      // of its ladder: when each comes, from the beginning of the wait
	Declinable bool            `json:"declinable,omitempty"` // of a video: the patient may rather type
	NoVideo    bool            `json:"no_video,omitempty"`   // of a video: there is none just now, so the purpose is the chat
}

// Unmet is a wait that does not begin: the department is closed by the clock,
// or open and nobody is there, or it is a wait by video and there is none just now.
// The flow goes on in the part that the step names.
type Unmet struct {
	At         Place  `json:"step"`
	Department string `json:"department"`
	Why        string `json:"why"` // closed, nobody, no_video
}

// Declined is a video visit that the patient does not want; the flow goes on
// in the part `refused`.
type Declined struct {
	At   Place  `json:"step"`
	Text string `json:"text,omitempty"`
}

// Booked is an appointment: a promise. Offered times are Asked with the type
// times.
type Booked struct {
	At         Place         `json:"step"`
	Department string        `json:"department"`
	Start      time.Time     `json:"start"`
	Length     time.Duration `json:"length"`
	Text       string        `json:"text"` // the time as the patient has read it
}

// Promised is a call-back: a task with a deadline. By is counted in the
// department's opening hours.
type Promised struct {
	At         Place     `json:"step"`
	Department string    `json:"department"`
	By         time.Time `json:"by"`
	Phone      string    `json:"phone,omitempty"` // empty: reach the patient in the chat
	Tell       string    `json:"tell,omitempty"`
	PlaceKept  bool      `json:"place_kept,omitempty"` // made without the patient's answer: the place in the queue stays, and what asked is dropped
}

func (HandedOver) Kind() string { return "handed_over" }
func (Unmet) Kind() string      { return "unmet" }
func (Declined) Kind() string   { return "declined" }
func (Booked) Kind() string     { return "booked" }
func (Promised) Kind() string   { return "promised" }

func (e HandedOver) fold(m Memory) Memory {
	return m.settled().stand(e.At, WaitHandOver)
}

func (e Unmet) fold(m Memory) Memory {
	m = m.stand(e.At, WaitNothing)
	m.Department = e.Department
	return m
}

func (e Declined) fold(m Memory) Memory { return m.stand(e.At, WaitNothing) }

func (e Booked) fold(m Memory) Memory {
	m = m.settled().stand(e.At, WaitNothing)
	m.Booking = e.Start.UTC() // the same moment whether it comes from a step or from a journal
	return m
}

func (e Promised) fold(m Memory) Memory {
	if e.PlaceKept {
		m = m.dropped()
	} else {
		m = m.settled().stand(e.At, WaitNothing)
	}
	m.CallBack = e.By.UTC()
	return m
}
