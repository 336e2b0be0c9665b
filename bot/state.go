package bot

import (
	"slices"
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
	Zone     string            // the patient's time zone by its name; "" while nobody knows it
	Person   string            // whom a signed identity named (PersonID), or ""
	Vouched  map[string]string // what it said of the patient; no answer changes it
	Patient  map[string]string // patient.name … vouched for, or told
	Page     map[string]string // what the clinic's page says of itself; nobody vouches for it
	Memory   flows.Memory
	Asked    *Asked    // the open question, or nil
	AskedAt  time.Time // since when it is

	Silence []time.Duration // when the flow reminds a patient who falls silent; the last ends it
	Hushed  int             // how many of them have been given since the patient's last word
	Files   []HeldFile

	Elsewhere bool   // more than one device of the patient holds a ticket
	OnlySince uint64 // the entry by which the others lost theirs last, and older links with them

	StartedAt time.Time
	SpokeAt   time.Time // the patient's last word (or press)

	Department   string
	Priority     string
	Summary      []string
	WaitingSince time.Time       // the first waiting time: the rank, kept through release and reopen
	RungAt       time.Time       // since when the present rungs count
	Rung         int             // how many have passed
	Rungs        []time.Duration // of the flow's ladder, counted from RungAt; none: the built-in ones
	Also         []string        // departments to which a rung has offered the patient as well
	QueuedBy     Event           // what brought the patient into the queue
	QueueStep    string          // the hand-over's, where the flow did
	Purpose      flows.Purpose   // of the wait: a doctor in the chat, or by video
	Declinable   bool            // … and the patient may rather type
	First        bool            // waits before all but emergencies
	AlertedAt    time.Time       // when the lead was woken last

	Emergency *Emergency // that nobody has taken, or nil
	Rescued   *Emergency // that the doctor has taken and said nothing in yet, or nil
	CallBack  *CallBack  // the open one, or nil
	Bookings  []Booking  // proposed, promised and due
	LedOn     []string   // appointments that the clinic has missed and whose patient waits: their links lead into the next call

	Offer  *Offer          // who is rung for the patient, or nil
	Passed map[string]Pass // who was rung in vain in the present wait

	Contacts   []Contact // where the patient can be reached off the page, one for each channel
	Notices    []OpenNotice
	ToldAt     time.Time // when a patient who had left the page was told last that somebody is here
	LeadTold   time.Time // when the lead was written to last
	Tasks      []OpenTask
	AskOwed    bool      // the answer that is owed is owed to that wish alone
	VideoAsked time.Time // when the patient asked for video, until somebody answers; zero: not
	Devices    *Devices  // what the patient's browser found last
	DevicesAt  time.Time
	Concluded  *Finished // what the doctor left the patient with last

	Doctor     string // login, while consulting
	DoctorName string
	TrueConfID string
	HadBy      []string  // logins of all doctors who have had it
	OwedSince  time.Time // the first patient message that nobody has answered; zero: none
	Reminded   bool

	ClosedAt   time.Time
	ClosedWhy  CloseWhy
	SaidParked bool        // the patient has said something while parked, which is not answered by what it is parked for
	StoppedAt  flows.Place // where the patient left the bot's questions last; the zero Place: nowhere
	EndedFlow  bool        // the flow has reached its own end: nothing stands behind
	RateAsked  bool        // the flow has asked to be rated
	Rating     *Rated

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
	Also        []string // other names: of bookings that came due while it was open
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
	WasInside   bool               // somebody ever was, in any attempt
	AloneOwed   bool               // the answer that is owed is owed to a patient whom the doctor left alone in the room
	Breaks      int                // how often the room broke since somebody was last inside
	BrokenSince time.Time          // the first of those breaks
	EmptySince  time.Time          // nobody is inside since; zero while somebody is
	Unwatched   bool               // no participant list can be read
	Rung        bool               // the doctor's app was rung in the present attempt, and since it was last asked for
	AwaitedAt   map[Role]time.Time // when each of the two was last rung for
	Crowded     *Crowded           // who was turned away, and has not come in since
	Failures    int
	RetryAt     time.Time // failed: when to try again; zero: by hand only
	Failure     *CallFailure
	Strangers   []string
	EndedAt     time.Time
	EndWhy      EndWhy
	EndBy       Role

	Seats      []int     // guest seats that it holds
	RoomNumber int       // of trueconf.max_calls, from 1; 0 where they are not limited
	Lacks      string    // seat or room: it is made when one is free
	Until      time.Time // when it ends, where that is not the usual limit
	Warned     bool      // both know that it ends soon
	Record     bool
	Kept       string        // where the recording is kept
	Visit      *Booking      // that it has kept: its time is the doctor's until the call is over
	BothSince  time.Time     // both are inside since; zero: they are not
	Together   time.Duration // … and were, before that
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

// Named reports whether the call goes by this id.
func (c *Call) Named(id string) bool {
	return c != nil && (c.ID == id || slices.Contains(c.Also, id))
}

// Stands reports whether the room of an open call is there and runs.
func (c *Call) Stands() bool {
	return c.Open() && (c.State == CallStands || c.State == CallLive)
}

// Room is the present attempt's room.
func (c *Call) Room() Room { return Room{Call: c.ID, Attempt: c.Attempt} }

// longestName is how much of a name lists, searches and rooms take, in characters.
const longestName = 200

// Name is the patient's, as signed or as told, and so anything that fits into an
// answer: what is beyond longestName is left out. "" while nobody knows it.
func (s State) Name() string {
	name := s.Patient["name"]
	if len(name) <= longestName {
		return name
	}
	runes := []rune(name)
	return string(runes[:min(len(runes), longestName)])
}

// HadDoctor reports whether a doctor has ever had the conversation.
func (s State) HadDoctor() bool { return len(s.HadBy) > 0 }

// Started reports whether the journal has begun.
func (s State) Started() bool { return s.Seq > 0 }
