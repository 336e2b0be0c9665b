package bot

import (
	"slices"
	"time"

	"bedside/flows"
)

// Emergency stands until a doctor takes it, the patient says that it is none, or
// an admin ends it; silence and promises leave it as it is.
type Emergency struct {
	By         string
	Department string // to which it is offered
	Phone      string
	At         time.Time
	Card       bool // it was heard while a doctor had the conversation
	Offered    bool // … who does not answer: others may take over
	Alerts     int  // how often the lead has been woken for it
	AlertedAt  time.Time
}

// CallBack is the promise to call, a task with a deadline. It stands until it is
// done or has failed, missed or not.
type CallBack struct {
	Department string
	By         time.Time
	Phone      string // none: reach the patient in the chat
	PlaceKept  bool
	Missed     int // how often the lead has been woken because it was missed
	MissedAt   time.Time
}

// Promised reports whether the patient has been promised something that has not
// happened yet. A time that a doctor has proposed is kept free for them.
func (s State) Promised() bool { return s.CallBack != nil || len(s.Bookings) > 0 }

// Offered are the departments whose doctors may take the conversation, in the
// order in which they are rung.
func (s State) Offered() []string {
	var out []string
	add := func(department string) {
		if department != "" && !slices.Contains(out, department) {
			out = append(out, department)
		}
	}
	if em := s.Emergency; em != nil && s.Phase != ClosedDown && (s.Phase != Consulting || em.Offered) {
		add(em.Department)
	}
	if s.Phase == Waiting {
		add(s.Department)
		for _, department := range s.Also {
			add(department)
		}
	}
	return out
}

// openTo reports whether a doctor may take the conversation out of a queue or a
// list of promises.
func (s State) openTo(a Actor) bool {
	if slices.ContainsFunc(s.Offered(), a.Serves) {
		return true
	}
	return s.CallBack != nil && a.Serves(s.CallBack.Department) && s.Phase != Consulting && s.Phase != ClosedDown
}

// asking reports whether a question is open that the patient may answer.
func (s State) asking() bool {
	return s.Asked != nil && (s.Phase == Intake || s.Phase == Waiting || s.Phase == Parked)
}

// Urgency is the priority that counts now.
func (s State) Urgency() flows.Priority {
	switch {
	case s.Emergency != nil:
		return flows.Emergency
	case s.Priority == string(flows.Urgent):
		return flows.Urgent
	}
	return flows.Normal
}
