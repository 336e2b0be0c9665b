package flows

// Raised is an emergency: the part `emergency` runs above where the flow
// stands, and the place is kept.
type Raised struct {
	At   Place  `json:"step"`           // the first step of the part
	By   string `json:"by"`             // word, red_flag, flow (a goto)
	Slot string `json:"slot,omitempty"` // of a red flag: whose answer it was
	From Place  `json:"from,omitzero"`  // of a goto: the step that leads here; a false alarm goes on behind it
}

// Resumed is a false alarm: what stood below goes on.
type Resumed struct {
	At Place `json:"step"`
}

// Reached is a rung of the ladder of a wait whose time has come. What it says
// follows, and leaves the standing as it is. Where it asks or leads to a part,
// that runs above the hand-over, in the place of what an earlier rung asked.
type Reached struct {
	At    Place    `json:"step"`           // of the rung, ladder.doctor/3
	Rung  int      `json:"rung"`           // from 1; 0 is the hand-over itself, passed again
	Also  []string `json:"also,omitempty"` // departments to which the patient is offered as well
	Alert string   `json:"alert,omitempty"`
	Leads bool     `json:"leads,omitempty"` // it asks, or leads to a part: a cursor of its own begins
	Quiet bool     `json:"quiet,omitempty"` // it only widens and alerts: what else it would do is left out

	Department string `json:"department,omitempty"` // of a hand-over that is passed again: who is closed, or not there
}

// Dropped takes away what runs above the flow's own cursor: a doctor has come,
// or the patient goes on waiting.
type Dropped struct{}

func (Raised) Kind() string  { return "raised" }
func (Resumed) Kind() string { return "resumed" }
func (Reached) Kind() string { return "reached" }
func (Dropped) Kind() string { return "dropped" }

// A second alarm begins the part anew and keeps what stood below the first.
func (e Raised) fold(m Memory) Memory {
	if m.Above == AboveEmergency {
		m.Standing = *m.Below
	} else if e.From != (Place{}) {
		m = m.stand(e.From, WaitNothing)
	}
	return m.above(AboveEmergency).stand(e.At, WaitNothing)
}

func (e Resumed) fold(m Memory) Memory {
	if m.Below == nil {
		return m
	}
	m.Standing = *m.Below
	return m
}

func (e Reached) fold(m Memory) Memory {
	if !e.Leads {
		return m
	}
	if m.Above == AboveRung {
		m.Standing = *m.Below
	}
	if e.Department != "" {
		m.Department = e.Department
	}
	return m.above(AboveRung).stand(e.At, WaitNothing)
}

func (Dropped) fold(m Memory) Memory { return m.dropped() }
