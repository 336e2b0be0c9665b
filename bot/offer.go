package bot

import "time"

// Offer is the one doctor who is rung for the patient just now.
type Offer struct {
	Doctor     string
	Name       string
	TrueConfID string
	Department string
	Why        ChosenBy
	Considered []Considered
	At, Until  time.Time
	Rung       bool // the doctor's TrueConf app

	Call       string // that accepting begins; "" where no app is rung
	Seats      []int  // kept for it
	RoomNumber int
}

// RingsApp reports whether the doctor's app is rung, into a room of its own.
func (o *Offer) RingsApp() bool { return o != nil && o.Call != "" }

// Room is that into which the doctor's app is rung.
func (o *Offer) Room() Room { return Room{Call: o.Call, Attempt: 1} }

// DutyState is where a doctor stands, by hand or because of what they did not do.
type DutyState string

const (
	DutyOn   DutyState = "on"
	DutyBusy DutyState = "busy" // here, and takes nobody new
	DutyAway DutyState = "away"
)

// DoctorNow is a doctor as they stand at the moment of a decision.
type DoctorNow struct {
	Actor    Actor
	Here     bool // a console of theirs is open and answers
	Duty     DutyState
	Since    time.Time // of that state; zero: for ever
	Open     int       // conversations that they have
	InCall   bool      // … one of them by video just now
	Ringing  string    // the conversation for which they are rung, or ""
	LastTook time.Time // when they were assigned one last; zero: not since anybody knows
	IdleFrom time.Time // since when they have had none; zero: they have one, or nobody knows
}

func foldMadeOffer(s State, e Entry, b MadeOffer) State {
	s.Offer = &Offer{
		Doctor: b.Doctor, Name: b.Name, TrueConfID: b.TrueConfID, Department: b.Department,
		Why: b.Why, Considered: b.Considered, At: e.At, Until: b.Until,
		Call: b.Call, Seats: b.Seats, RoomNumber: b.Room,
	}
	if b.Call != "" {
		s.Rooms = own(s.Rooms)
		s.Rooms[s.Offer.Room()] = true
	}
	return s
}

func foldEndedOffer(s State, e Entry, b EndedOffer) State {
	s.Offer = nil
	if b.Why == OfferWithdrawn {
		return s
	}
	s.Passed = own(s.Passed)
	s.Passed[b.Doctor] = Pass{Why: b.Why, At: e.At}
	return s
}

func foldRungOffer(s State, _ Entry, b RungOffer) State {
	if s.Offer != nil && s.Offer.Doctor == b.Doctor {
		o := *s.Offer
		o.Rung = true
		s.Offer = &o
	}
	return s
}

// Pass is an offer that came to nothing in the present wait.
type Pass struct {
	Why OfferWhy
	At  time.Time
}
