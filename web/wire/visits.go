package wire

import (
	"time"

	"bedside/bot"
)

// HeadBooking is an appointment of a head, the earliest first.
type HeadBooking struct {
	ID         string           `json:"id"` // of the booking and of its call
	State      bot.BookingState `json:"state"`
	Start      time.Time        `json:"start"`
	Length     int              `json:"length"` // seconds
	Department string           `json:"department"`
	Doctor     string           `json:"doctor,omitempty"` // staff: login
	DoctorName string           `json:"doctor_name,omitempty"`
	How        bot.How          `json:"how,omitempty"`  // staff
	Late       int              `json:"late,omitempty"` // how far it has come with a doctor who is not there
}

// HeadOffer is who is rung for the patient.
type HeadOffer struct {
	Doctor     string    `json:"doctor"` // login
	Name       string    `json:"name"`
	Department string    `json:"department"`
	Until      time.Time `json:"until"`
}

// HeadTask is something for somebody of the clinic to do by hand.
type HeadTask struct {
	Task    string       `json:"task"`
	Kind    bot.TaskKind `json:"kind"`
	At      time.Time    `json:"at"`
	Booking string       `json:"booking,omitempty"`
	Detail  string       `json:"detail,omitempty"`
}

// Duty answers GET and PUT /api/v1/duty: where the caller stands. PUT wants state alone.
type Duty struct {
	State  bot.DutyState `json:"state"`
	Since  time.Time     `json:"since,omitzero"`
	Missed bool          `json:"missed,omitempty"` // away, because two offers were missed in a row
	Open   int           `json:"open,omitempty"`   // conversations that they have
	Most   int           `json:"most,omitempty"`   // … and are offered at once
}

// SetDuty is the body of PUT /api/v1/duty.
type SetDuty struct {
	State bot.DutyState `json:"state"`
}

// SignOutRefused answers DELETE /api/v1/session with 409 where the caller still has
// conversations: each needs a next step. DELETE /api/v1/session?keep=yes signs out
// all the same; they are released as those of somebody who is gone.
type SignOutRefused struct {
	Code  bot.Code `json:"code"` // open_conversations
	Heads []Head   `json:"heads"`
}

// Board answers GET /api/v1/board, for admins and the doctors of the departments.
type Board struct {
	At          time.Time         `json:"at"`
	Departments []BoardDepartment `json:"departments"`
	Waits       []Head            `json:"waits"`    // who waits, in the order of the queue
	Promises    []BoardPromise    `json:"promises"` // what is due next, the earliest first
	Doctors     []BoardDoctor     `json:"doctors"`
	Seats       BoardSeats        `json:"seats"`
	Tasks       []Head            `json:"tasks"` // with something to be done by hand
	More        BoardMore         `json:"more"`  // beyond those
}

// BoardMore is how many there are that the board does not show: of each part it has the
// first 200.
type BoardMore struct {
	Waits    int `json:"waits"`
	Promises int `json:"promises"`
	Tasks    int `json:"tasks"`
}

// BoardDepartment is one queue.
type BoardDepartment struct {
	ID      string    `json:"id"`
	Waiting int       `json:"waiting"`
	Oldest  time.Time `json:"oldest,omitzero"` // since when the first of them waits
	OnDuty  int       `json:"on_duty"`
	Open    bool      `json:"open"` // by its hours
}

// BoardPromise is something that the clinic owes by a moment.
type BoardPromise struct {
	Conversation string    `json:"conversation"`
	Kind         string    `json:"kind"` // reply, callback, booking, offer, wait
	By           time.Time `json:"by"`
	Department   string    `json:"department,omitempty"`
	Doctor       string    `json:"doctor,omitempty"`
	Patient      string    `json:"patient,omitempty"`
	Broken       bool      `json:"broken,omitempty"`
}

// BoardDoctor is a doctor as they stand now.
type BoardDoctor struct {
	Login       string        `json:"login"`
	Name        string        `json:"name"`
	Departments []string      `json:"departments"`
	Here        bool          `json:"here"`
	Duty        bot.DutyState `json:"duty"`
	Missed      bool          `json:"missed,omitempty"`
	Open        int           `json:"open"`
	Most        int           `json:"most"`
	InCall      bool          `json:"in_call,omitempty"`
	Ringing     string        `json:"ringing,omitempty"` // the conversation for which they are rung
	Next        time.Time     `json:"next,omitzero"`     // their next appointment
}

// BoardSeats are the guest connections and rooms of the TrueConf Server.
type BoardSeats struct {
	Used     int `json:"used"`
	Held     int `json:"held"` // for appointments about to begin
	Seats    int `json:"seats"`
	Rooms    int `json:"rooms"`
	MaxCalls int `json:"max_calls,omitempty"`
	Waiting  int `json:"waiting"` // calls that wait for one
}

// Times answers GET /api/v1/conversations/{id}/times: when a visit can be booked.
type Times struct {
	Zone   string    `json:"zone"` // in which days are counted
	Length int       `json:"length"`
	Days   []DayFree `json:"days"`
}

// DayFree are the free times of one day.
type DayFree struct {
	Day    string      `json:"day"` // 2026-12-31 in the zone
	Starts []time.Time `json:"starts"`
}

// Bookings answers GET /api/v1/bookings: appointments by their start.
type Bookings struct {
	Bookings []ListedBooking `json:"bookings"`
	Next     string          `json:"next,omitempty"` // there are more: ask again with it as from
}

// ListedBooking is one of them, with its conversation.
type ListedBooking struct {
	Conversation string `json:"conversation"`
	Patient      string `json:"patient,omitempty"`
	Born         string `json:"born,omitempty"`
	HeadBooking
}

// Calendar answers GET /api/v1/bookings/{booking}/calendar: ways to put a visit into
// the caller's calendar.
type Calendar struct {
	Google   string   `json:"google"`
	Outlook  string   `json:"outlook"`            // personal accounts
	Office   string   `json:"office"`             // accounts of work
	ICS      string   `json:"ics"`                // …/calendar.ics, with the same credential
	TrueConf []string `json:"trueconf,omitempty"` // doctors: the server's own links, where they are switched on
}

// BookedCall is the appointment behind a call, until both have met in it: booked
// before it has begun, due from then on.
type BookedCall struct {
	State      bot.BookingState `json:"state"`
	Start      time.Time        `json:"start"`
	Length     int              `json:"length"`
	Department string           `json:"department"` // its title
	Now        time.Time        `json:"now"`        // by Bedside's clock: the page counts by it
	Late       int              `json:"late,omitempty"`
	Chosen     string           `json:"chosen,omitempty"` // late: what the patient wants to do about it
	May        []bot.Do         `json:"may"`              // late, cancel, move: what the page may offer
}

// Checked is the body of POST /api/v1/calls/{call}/devices: what the browser of
// somebody found who came by a visit key.
type Checked struct {
	Key     string      `json:"key"` // the client's own id of it, 1 to 128 visible ASCII characters
	Devices bot.Devices `json:"devices"`
}

// LateChoice is the body of POST /api/v1/calls/{call}/late: what somebody wants to
// do who came by a visit key and whose doctor is late.
type LateChoice struct {
	Key    string `json:"key"`    // the client's own id of it, 1 to 128 visible ASCII characters
	Option string `json:"option"` // wait, other, phone or new_time
}

// PushKey answers GET /api/v1/push: the server's public key for web push (RFC 8292).
type PushKey struct {
	PublicKey string `json:"public_key"`
}

// StaffPush is the body of POST /api/v1/push: a staff member's browser wants to be woken.
type StaffPush struct {
	Push bot.Subscription `json:"push"`
}

// DutyFrame tells a console where its doctor stands, at sign-in and when it changes.
type DutyFrame struct {
	Type string `json:"type" ts:"'duty'"`
	Duty
}
