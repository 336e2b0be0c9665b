package bot

import "time"

// Reaching people who have left the page, and what the lead is to do by hand.
const (
	ContactLeft    Kind = "contact.left"
	ContactDropped Kind = "contact.dropped"

	NoticeWished  Kind = "notice.wished"
	NoticeTried   Kind = "notice.tried" // sms and push: sent at most once, so the attempt comes first
	NoticeSent    Kind = "notice.sent"
	NoticeFailed  Kind = "notice.failed"
	NoticeNotMore Kind = "notice.dropped" // it makes no sense any more

	TaskRaised Kind = "task.raised"
	TaskDone   Kind = "task.done"
)

// Channel is a way to reach somebody.
type Channel string

const (
	BySMS   Channel = "sms"
	ByEmail Channel = "email"
	ByPush  Channel = "push"
)

// NoticeWhy says what somebody is told.
type NoticeWhy string

const (
	ForDoctorHere NoticeWhy = "doctor_here"
	ForAnswer     NoticeWhy = "answer" // after the page closed
	ForBooked     NoticeWhy = "booked"
	ForReminder   NoticeWhy = "reminder"
	ForMoved      NoticeWhy = "moved"
	ForCancelled  NoticeWhy = "cancelled"
	ForLate       NoticeWhy = "late"
	ForLead       NoticeWhy = "lead"  // the lead is woken
	ForOffer      NoticeWhy = "offer" // a doctor is rung whose console may be in the background
)

type (
	Contact struct {
		Channel Channel       `json:"channel"`
		Address string        `json:"address,omitempty"` // number or mail address; none for push
		Push    *Subscription `json:"push,omitempty"`
	}
	// Subscription is a browser's, as its Push API gives it (RFC 8291).
	Subscription struct {
		Endpoint string `json:"endpoint"`
		P256dh   string `json:"p256dh"`
		Auth     string `json:"auth"`
	}
	OfContact struct {
		Channel Channel `json:"channel"`
	}
	// Notice is one message to one address. Its text is made when it is sent and
	// holds nothing medical.
	Notice struct {
		Notice  string    `json:"notice"` // its id
		Why     NoticeWhy `json:"why"`
		Channel Channel   `json:"channel"`
		Booking string    `json:"booking,omitempty"`
		To      string    `json:"to,omitempty"` // lead, or by push a login; "" is the patient
		NotYet  time.Time `json:"not_yet,omitzero"`

		Nth int `json:"nth,omitempty"` // lead: which of the addresses of the channel, from 0

		// Of the appointment, as it was when this was wished: a cancelled one is in the
		// state no more.
		Start  time.Time `json:"start,omitzero"`
		Length int       `json:"length,omitempty"` // seconds
		Seq    int       `json:"seq,omitempty"`    // iCalendar SEQUENCE
		Text   string    `json:"text,omitempty"`   // the time as the patient has read it

		// Of the alert that the lead hears of.
		Alert      string    `json:"alert,omitempty"`
		Department string    `json:"department,omitempty"`
		Since      time.Time `json:"since,omitzero"`
	}
	OfNotice struct { // tried, sent, failed, dropped
		Notice  string    `json:"notice"`
		Why     NoticeWhy `json:"why,omitempty"`
		Channel Channel   `json:"channel,omitempty"`
		Booking string    `json:"booking,omitempty"`
		To      string    `json:"to,omitempty"`
		Kind    string    `json:"failure,omitempty"` // failed: refused, unreachable, address, gone, unknown, not_configured, withheld
		Detail  string    `json:"detail,omitempty"`
		RetryAt time.Time `json:"retry_at,omitzero"` // zero: given up
	}
	// Task is for somebody of the clinic to do by hand.
	Task struct {
		Task    string   `json:"task"` // its id
		Kind    TaskKind `json:"kind"`
		Booking string   `json:"booking,omitempty"`
		Notice  string   `json:"notice,omitempty"`
		Detail  string   `json:"detail,omitempty"`

		Why     NoticeWhy `json:"why,omitempty"` // tell: what
		Channel Channel   `json:"channel,omitempty"`
	}
	OfTask struct {
		Task   string `json:"task"`
		Reason string `json:"reason,omitempty"`
	}
)

// TaskKind says what is to be done.
type TaskKind string

const (
	TaskTell    TaskKind = "tell"    // a notice could not be delivered: tell the patient by hand
	TaskBooking TaskKind = "booking" // a booking whose doctor is gone: reassign, move or cancel it
	TaskReach   TaskKind = "reach"   // reach the patient: an appointment failed
)
