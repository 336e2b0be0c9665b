package bot

import "time"

// The booking machine. BookingMade and BookingDue are with the promises.
const (
	BookingProposed   Kind = "booking.proposed" // by a doctor, until a moment
	BookingWithdrawn  Kind = "booking.withdrawn"
	BookingMoved      Kind = "booking.moved"
	BookingReassigned Kind = "booking.reassigned"
	BookingCancelled  Kind = "booking.cancelled"
	BookingRoom       Kind = "booking.room"     // its scheduled room stands
	BookingHeld       Kind = "booking.held"     // its guest seats are held from now on
	BookingReminded   Kind = "booking.reminded" // the patient is reminded
	BookingLate       Kind = "booking.late"     // the doctor is not there yet
	BookingChosen     Kind = "booking.chosen"   // … and what the patient wants to do about it
	BookingKept       Kind = "booking.kept"
	BookingMissed     Kind = "booking.missed"
)

type (
	Proposal struct {
		Booking    string    `json:"booking"` // id of the booking and of its call
		Department string    `json:"department"`
		Title      string    `json:"title,omitempty"`
		Doctor     string    `json:"doctor"`
		DoctorName string    `json:"doctor_name"`
		TrueConfID string    `json:"trueconf_id,omitempty"`
		How        How       `json:"how"`
		Start      time.Time `json:"start"`
		Length     int       `json:"length"` // seconds
		Text       string    `json:"text"`   // the time as the patient reads it
		Until      time.Time `json:"until"`  // kept free for the patient so long
		Words      string    `json:"words,omitempty"`
		Seats      []int     `json:"seats,omitempty"` // guest seats reserved for its time
		Room       int       `json:"room,omitempty"`  // … and of trueconf.max_calls, from 1
	}
	OfBooking struct { // withdrawn, room, due, kept, late, chosen
		Booking string `json:"booking"`
		Why     string `json:"why,omitempty"`     // withdrawn: declined, expired, by_doctor
		Attempt int    `json:"attempt,omitempty"` // room
		Stage   int    `json:"stage,omitempty"`   // late: 1 the doctor rung again, 2 the lead, 3 the patient asked
		Option  string `json:"option,omitempty"`  // chosen: wait, other, phone, new_time
		Call    string `json:"call,omitempty"`    // due: the open call that it takes for its own
	}
	MovedBooking struct {
		Booking string    `json:"booking"`
		Start   time.Time `json:"start"`
		Length  int       `json:"length"`
		Text    string    `json:"text"`
		Seq     int       `json:"sequence"`
		Attempt int       `json:"attempt"` // of the room for the new time
		Seats   []int     `json:"seats,omitempty"`
		Room    int       `json:"room,omitempty"`
	}
	ReassignedBooking struct {
		Booking    string `json:"booking"`
		Doctor     string `json:"doctor"`
		DoctorName string `json:"doctor_name"`
		TrueConfID string `json:"trueconf_id,omitempty"`
		How        How    `json:"how"`
		Seq        int    `json:"sequence"`
		Attempt    int    `json:"attempt"`
		Seats      []int  `json:"seats,omitempty"`
		Room       int    `json:"room,omitempty"`
	}
	CancelledBooking struct {
		Booking string `json:"booking"`
		Reason  string `json:"reason,omitempty"`
		Seq     int    `json:"sequence"`
		By      Role   `json:"by,omitempty"` // the patient, who has said no to its call; empty: whoever wrote it
	}
	HeldBooking struct {
		Booking string `json:"booking"`
		Seats   []int  `json:"seats,omitempty"`
		Room    int    `json:"room,omitempty"`  // of trueconf.max_calls, from 1
		Lacks   string `json:"lacks,omitempty"` // seat or room: none is free yet, and it is tried again
	}
	RemindedBooking struct {
		Booking string `json:"booking"`
		Which   string `json:"which"` // 24h, 2h, 15m: so long before the start
	}
	MissedBooking struct {
		Booking string `json:"booking"`
		By      Role   `json:"by"` // patient, doctor, system

		LeadsOn bool `json:"leads_on,omitempty"` // its join link leads into the next call of the conversation
	}
)
