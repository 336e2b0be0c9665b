package bot

import (
	"time"

	"bedside/flows"
)

// Phase is where a conversation stands. Calls run beside it.
type Phase string

const (
	Intake     Phase = "intake"
	Waiting    Phase = "waiting"
	Consulting Phase = "consulting"
	Parked     Phase = "parked"
	ClosedDown Phase = "closed"
)

// State is the fold of a conversation's journal. It is a value: Apply returns a
// new one and shares nothing with the old that either could change.
type State struct {
	ID        string
	Seq       uint64
	At        time.Time // of the last entry; never runs backwards
	LastAll   uint64    // the last entry that a patient may see
	LastStaff uint64    // … and staff

	Phase    Phase
	Site     string
	Door     string
	Version  string
	Language string
	Previous string
	Patient  map[string]string // patient.name … known from identity
	Memory   flows.Memory
	Asked    *Asked // the open question, or nil

	StartedAt time.Time
	SpokeAt   time.Time // the patient's last word (or press)

	Department   string
	Priority     string
	Summary      []string
	WaitingSince time.Time // the first waiting time: the rank, kept through release and reopen
	RungAt       time.Time // since when the present rungs count
	Rung         int       // how many have passed

	Doctor     string // login, while consulting
	DoctorName string
	TrueConfID string
	HadBy      []string  // logins of all doctors who have had it
	OwedSince  time.Time // the first patient message that nobody has answered; zero: none
	Reminded   bool

	ClosedAt  time.Time
	ClosedWhy CloseWhy
	EndedFlow bool // the flow has reached its own end: nothing stands behind

	Call  *Call         // the last one, open or not
	Rooms map[Room]bool // rooms that were asked for and are not confirmed removed
}

// Room names one TrueConf room: an attempt of a call. Its id at TrueConf is
// computed from this and the server key, and never written down.
type Room struct {
	Call    string
	Attempt int
}

// Call is one video meeting of the conversation.
type Call struct {
	ID          string
	State       CallState
	How         How
	Doctor      string // login
	Owner       string // TrueConf ID with app
	Attempt     int
	Why         string    // of the present attempt
	RequestedAt time.Time // of the call
	TryingSince time.Time // of the present attempt, or since it broke
	ReadyAt     time.Time // of the call's first readiness; zero before
	ReadySeq    uint64    // the call.ready entry of the present attempt
	Inside      map[Role]bool
	WasInside   bool      // somebody ever was, in any attempt
	AloneOwed   bool      // the answer that is owed is owed to a patient whom the doctor left alone in the room
	Breaks      int       // how often the room broke since somebody was last inside
	BrokenSince time.Time // the first of those breaks
	EmptySince  time.Time // nobody is inside since; zero while somebody is
	Unwatched   bool      // no participant list can be read
	Rung        bool      // the doctor's app was rung in the present attempt
	Failures    int
	RetryAt     time.Time // failed: when to try again; zero: by hand only
	Failure     *CallFailure
	Strangers   []string
	EndedAt     time.Time
	EndWhy      EndWhy
	EndBy       Role
}

// CallState is where a call stands.
type CallState string

const (
	CallAsked   CallState = "requested"
	CallStands  CallState = "ready"
	CallLive    CallState = "joined"
	CallBroken  CallState = "interrupted"
	CallDown    CallState = "failed"
	CallDone    CallState = "ended"
	CallDropped CallState = "withdrawn"
)

// Open reports whether the call still goes on or is being made.
func (c *Call) Open() bool {
	if c == nil {
		return false
	}
	switch c.State {
	case CallAsked, CallStands, CallLive, CallBroken, CallDown:
		return true
	}
	return false
}

// Room is the present attempt's room.
func (c *Call) Room() Room { return Room{Call: c.ID, Attempt: c.Attempt} }

// Name is the patient's, as signed or as told; "" while nobody knows it.
func (s State) Name() string { return s.Patient["name"] }

// HadDoctor reports whether a doctor has ever had the conversation.
func (s State) HadDoctor() bool { return len(s.HadBy) > 0 }

// Started reports whether the journal has begun.
func (s State) Started() bool { return s.Seq > 0 }
