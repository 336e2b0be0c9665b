package bot

import "time"

// What is said about a call before, beside and after it.
const (
	VideoAsked     Kind = "video.asked"   // by the patient
	VideoRefused   Kind = "video.refused" // by the doctor, with a word
	DevicesChecked Kind = "devices.checked"

	CallSeated    Kind = "call.seated" // it had waited for a guest seat or a room
	CallLimitNear Kind = "call.limit_near"
	CallExtended  Kind = "call.extended"
)

type (
	AskedVideo struct {
		Text string `json:"text,omitempty"`
	}
	RefusedVideo struct {
		Text string `json:"text,omitempty"` // the doctor's word to the patient
	}
	// Devices is what the patient's browser found; for the doctor's card.
	Devices struct {
		Camera     string `json:"camera"`           // ok, dark, none, refused, busy, unknown
		Microphone string `json:"microphone"`       // ok, silent, none, refused, busy, unknown
		Speaker    string `json:"speaker"`          // ok, unheard, unknown
		Connection string `json:"connection"`       // ok, slow, lost, unknown
		Browser    string `json:"browser"`          // ok, old, in_app
		Way        string `json:"way"`              // page, app, sound, phone: what suits it
		RTT        int    `json:"rtt,omitempty"`    // milliseconds
		InApp      string `json:"in_app,omitempty"` // whose browser it is in
	}
	Seated struct {
		Call    string `json:"call"`
		Attempt int    `json:"attempt"`
		Seats   []int  `json:"seats,omitempty"`
		Room    int    `json:"room,omitempty"`
	}
	LimitNear struct {
		Call string    `json:"call"`
		At   time.Time `json:"at"`             // when it ends
		Next string    `json:"next,omitempty"` // staff: the conversation whose appointment has to wait if it goes on

		NextAt time.Time `json:"next_at,omitzero"` // staff: … and when that begins
	}
	Extended struct {
		Call  string    `json:"call"`
		Until time.Time `json:"until"`
		Late  string    `json:"late,omitempty"` // staff: the conversation whose appointment begins late for it
	}
	// Next is the step after a visit.
	Next struct {
		Kind    string    `json:"kind"` // none, text, follow_up, booking
		Text    string    `json:"text,omitempty"`
		At      time.Time `json:"at,omitzero"`       // follow_up: about when; booking: the time to be proposed, or that of the booking
		Booking string    `json:"booking,omitempty"` // that stands, or is proposed; finish without one proposes the time of at
	}
)
