package bot

import "time"

// Offers: one doctor at a time is rung for a patient who waits.
const (
	OfferMade  Kind = "offer.made"
	OfferEnded Kind = "offer.ended" // not taken; who takes it is doctor.assigned
	OfferRung  Kind = "offer.rung"  // the doctor's TrueConf app is about to be rung for it
)

type (
	// MadeOffer rings one doctor until a moment; staff only.
	MadeOffer struct {
		Doctor     string       `json:"doctor"` // login
		Name       string       `json:"name"`
		TrueConfID string       `json:"trueconf_id,omitempty"`
		Department string       `json:"department"` // whose doctor is rung
		Until      time.Time    `json:"until"`
		Why        ChosenBy     `json:"why"`
		Considered []Considered `json:"considered,omitempty"`

		// A visit by video: the call that accepting begins. Its room is made at once, for
		// the doctor's app is rung into it, and its guest seat and room are kept.
		Call  string `json:"call,omitempty"`
		Seats []int  `json:"seats,omitempty"`
		Room  int    `json:"room,omitempty"`
	}
	// EndedOffer says why an offer came to nothing; staff only.
	EndedOffer struct {
		Doctor string   `json:"doctor"`
		Why    OfferWhy `json:"why"`
		Reason string   `json:"reason,omitempty"` // the doctor's word to colleagues
	}
	// RungOffer is the attempt to ring an app, which is made at most once.
	RungOffer struct {
		Doctor string `json:"doctor"`
	}
	// Considered is one doctor who was thought of, and why it was not they.
	Considered struct {
		Doctor string  `json:"doctor"`
		Not    NotThey `json:"not,omitempty"` // "" is the one who was taken
		Open   int     `json:"open,omitempty"`
	}
)

// ChosenBy says why it was this doctor.
type ChosenBy string

const (
	ByLeastBusy   ChosenBy = "least_busy"
	ByLongestIdle ChosenBy = "longest_idle"
	ByRoundRobin  ChosenBy = "round_robin"
	BySameDoctor  ChosenBy = "same_doctor" // who saw this patient before
	ByOwnClaim    ChosenBy = "claim"       // they took it themselves
	ByBooking     ChosenBy = "booking"     // the appointment is with them
	ByTransfer    ChosenBy = "transfer"    // a colleague has named them
)

// NotThey says why a doctor was passed over.
type NotThey string

const (
	NotHere     NotThey = "not_here" // no console is open, or it does not answer
	NotAway     NotThey = "away"
	NotBusy     NotThey = "busy"
	NotFree     NotThey = "full"     // as many conversations as they take
	NotInCall   NotThey = "in_call"  // a visit by video needs both hands
	NotRinging  NotThey = "offered"  // rung for somebody else just now
	NotDeclined NotThey = "declined" // for this patient
	NotAnswered NotThey = "missed"
	NotFirst    NotThey = "later" // another came first
)

// OfferWhy says why an offer came to nothing.
type OfferWhy string

const (
	OfferDeclined  OfferWhy = "declined"
	OfferMissed    OfferWhy = "missed"
	OfferGone      OfferWhy = "gone"      // the console went dark, or the doctor signed out
	OfferWithdrawn OfferWhy = "withdrawn" // the patient waits no longer, or another took it
)
