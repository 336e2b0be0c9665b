package bot

import "time"

// Emergencies and promises.
const (
	EmergencyRaised  Kind = "emergency.raised"
	EmergencyOffered Kind = "emergency.offered" // the doctor who has it does not answer: others may take over
	EmergencyEnded   Kind = "emergency.ended"

	CallbackPromised Kind = "callback.promised"
	CallbackDone     Kind = "callback.done"
	CallbackFailed   Kind = "callback.failed"
	CallbackMissed   Kind = "callback.missed"

	BookingMade Kind = "booking.made"
	BookingDue  Kind = "booking.due"

	ConversationParked Kind = "conversation.parked"
)

type (
	Raised struct {
		By         string `json:"by"` // word, red_flag, flow
		Phone      string `json:"phone"`
		Department string `json:"department"` // to which it is offered before all others
		Title      string `json:"title,omitempty"`
		Priority   string `json:"priority"`
		Card       bool   `json:"card,omitempty"` // a doctor has it: no part is played, the number stands alone
		Step       string `json:"step,omitempty"` // where the part begins
		Slot       string `json:"slot,omitempty"` // of a red flag
		From       string `json:"from,omitempty"` // the step that leads there
	}
	Offered struct {
		Department string `json:"department"`
	}
	EmergencyOver struct {
		Why  EmergencyWhy `json:"why"`
		Step string       `json:"step,omitempty"` // of the flow's resume
	}
	Promised struct {
		Department string    `json:"department"`
		Title      string    `json:"title,omitempty"`
		By         time.Time `json:"by"`
		Phone      string    `json:"phone,omitempty"`      // none: reach the patient in the chat
		PlaceKept  bool      `json:"place_kept,omitempty"` // the place in the queue stays
		Step       string    `json:"step,omitempty"`
	}
	CallbackFailure struct {
		Reason string `json:"reason,omitempty"` // the doctor's words to colleagues
	}
	Booked struct {
		Department string    `json:"department"`
		Title      string    `json:"title,omitempty"`
		Start      time.Time `json:"start"`
		Length     int       `json:"length"` // seconds
		Text       string    `json:"text"`   // the time as the patient has read it
		Step       string    `json:"step,omitempty"`

		Booking    string `json:"booking,omitempty"` // id of the booking and of its call
		Doctor     string `json:"doctor,omitempty"`  // login
		DoctorName string `json:"doctor_name,omitempty"`
		TrueConfID string `json:"trueconf_id,omitempty"`
		How        How    `json:"how,omitempty"`
		Seats      []int  `json:"seats,omitempty"`  // guest seats reserved for its time
		Room       int    `json:"room,omitempty"`   // … and of trueconf.max_calls, from 1
		Beside     bool   `json:"beside,omitempty"` // it takes no place in the queue: a doctor and the patient have agreed on it
	}
	Aside struct { // parked
		Event Event   `json:"event"`
		Phase Phase   `json:"phase"`
		Why   ParkWhy `json:"why"`
		Step  string  `json:"step,omitempty"` // of the flow's end
		Rate  bool    `json:"rate,omitempty"`
	}
)

// EmergencyWhy says why an emergency is over.
type EmergencyWhy string

const (
	EmergencyResumed EmergencyWhy = "resumed" // a false alarm
	EmergencyTaken   EmergencyWhy = "taken"   // a doctor has it
	EmergencyByAdmin EmergencyWhy = "admin"
)

// ParkWhy says what a parked conversation rests on.
type ParkWhy string

const (
	ParkCallback  ParkWhy = "callback"
	ParkBooking   ParkWhy = "booking"
	ParkEmergency ParkWhy = "emergency"
)
