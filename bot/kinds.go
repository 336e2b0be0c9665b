package bot

import (
	"time"

	"bedside/flows"
)

// Kind names what happened.
type Kind string

// The kinds, with the body of each below.
const (
	ConversationStarted  Kind = "conversation.started"
	ConversationClosed   Kind = "conversation.closed"
	ConversationResumed  Kind = "conversation.resumed"
	ConversationReopened Kind = "conversation.reopened"

	DeviceAdded  Kind = "device.added"  // the patient goes on on another device too
	DevicesEnded Kind = "devices.ended" // … and no longer on any but one

	LanguageChosen Kind = "language.chosen"

	PageDescribed Kind = "page.described"

	MessageSent   Kind = "message.sent"
	BotSaid       Kind = "bot.said"
	BotAsked      Kind = "bot.asked"
	AnswerGiven   Kind = "answer.given"
	AnswerSkipped Kind = "answer.skipped"
	NoteWritten   Kind = "note.written"
	FileWasSent   Kind = "file.sent"

	QueueJoined    Kind = "queue.joined"
	WaitReminded   Kind = "wait.reminded"
	LeadAlerted    Kind = "lead.alerted"
	DoctorAssigned Kind = "doctor.assigned"
	DoctorReminded Kind = "doctor.reminded"
	DoctorExcused  Kind = "doctor.excused"
	DoctorReleased Kind = "doctor.released"
	DoctorFinished Kind = "doctor.finished"

	CallRequested   Kind = "call.requested"
	CallReady       Kind = "call.ready"
	CallFailed      Kind = "call.failed"
	CallWithdrawn   Kind = "call.withdrawn"
	CallRung        Kind = "call.rung"
	CallJoined      Kind = "call.joined"
	CallLeft        Kind = "call.left"
	CallAwaited     Kind = "call.awaited"
	CallCrowded     Kind = "call.crowded"
	CallStranger    Kind = "call.stranger"
	CallUnwatched   Kind = "call.unwatched"
	CallWatched     Kind = "call.watched"
	CallInterrupted Kind = "call.interrupted"
	CallEnded       Kind = "call.ended"
	CallRemoved     Kind = "call.removed"
)

// Bodies. Each that moves the conversation carries the event and the phase that
// resulted, which Apply trusts.
type (
	Started struct {
		Site     string            `json:"site,omitempty"`
		Door     string            `json:"door"`
		Version  string            `json:"version"` // content hash of the flow it began with
		Language string            `json:"language"`
		Previous string            `json:"previous,omitempty"`
		Zone     string            `json:"zone,omitempty"`    // the patient's time zone, as their browser names it
		Person   string            `json:"person,omitempty"`  // PersonID of a signed identity
		Patient  map[string]string `json:"patient,omitempty"` // what it vouches for: name, born, phone
		Silence  []int             `json:"silence,omitempty"` // seconds: when the flow reminds a silent patient; the last ends it
		Phase    Phase             `json:"phase"`
	}
	Closed struct {
		Event Event    `json:"event"`
		Phase Phase    `json:"phase"`
		Why   CloseWhy `json:"why"`
		Step  string   `json:"step,omitempty"`
		Rate  bool     `json:"rate,omitempty"` // the patient is asked to rate
	}
	Resumed struct { // also for reopened
		Event      Event  `json:"event"`
		Phase      Phase  `json:"phase"`
		Department string `json:"department,omitempty"`
	}
	Spoken struct {
		Language string `json:"language"`
	}
	Described struct { // what the page says of itself; nobody vouches for it
		Attributes map[string]string `json:"attributes"`
	}
	Message struct {
		Text string `json:"text"`
	}
	Said struct {
		Step    string       `json:"step,omitempty"`
		Text    string       `json:"text"`
		Buttons []flows.Dial `json:"buttons,omitempty"` // each calls a number
		Lang    string       `json:"lang"`
	}
	Asked struct {
		Step     string       `json:"step"`
		Slot     string       `json:"slot,omitempty"`
		Text     string       `json:"text"`
		Type     string       `json:"type"`              // text number date phone email choice choices yes_no files consent times
		Show     string       `json:"show,omitempty"`    // scale: a button for each number
		Options  []Option     `json:"options,omitempty"` // of a consent agree and refuse, of times RFC 3339 and none
		Optional bool         `json:"optional,omitempty"`
		Min      *float64     `json:"min,omitempty"`
		Max      *float64     `json:"max,omitempty"`
		Before   string       `json:"before,omitempty"`
		After    string       `json:"after,omitempty"`
		Kinds    []string     `json:"kinds,omitempty"` // of files: photo, pdf
		Count    int          `json:"count,omitempty"` // … so many at most
		Size     int64        `json:"size,omitempty"`  // … bytes of each at most
		Consent  *flows.Paper `json:"consent,omitempty"`
		Back     bool         `json:"back,omitempty"` // the patient may go back to the question before
		Lang     string       `json:"lang"`
	}
	Option struct {
		ID   string `json:"id"`
		Text string `json:"text"`
	}
	Answer struct {
		Step   string       `json:"step"`
		Slot   string       `json:"slot,omitempty"`
		Option string       `json:"option,omitempty"` // what a choose took
		Value  *flows.Value `json:"value,omitempty"`
		Text   string       `json:"text,omitempty"`
		Label  flows.Text   `json:"label,omitempty"`    // of the slot, for the doctor's card
		Fills  string       `json:"fills,omitempty"`    // patient.name and the like
		Red    bool         `json:"red_flag,omitempty"` // the flow marks it: what a doctor reads first
	}
	Queued struct {
		Event      Event    `json:"event"`
		Phase      Phase    `json:"phase"`
		Step       string   `json:"step,omitempty"`
		Department string   `json:"department"`
		Priority   string   `json:"priority"`
		Title      string   `json:"title,omitempty"` // the department's, in the patient's language
		Summary    []string `json:"summary,omitempty"`
		Purpose    string   `json:"purpose,omitempty"`    // video: whoever claims it calls at once
		Declinable bool     `json:"declinable,omitempty"` // of a video: the patient may rather type
		Rungs      []int    `json:"rungs,omitempty"`      // seconds: when the rungs of its ladder come; none: the built-in ones
		First      bool     `json:"first,omitempty"`      // before all but emergencies: an appointment that is due
	}
	Reminded struct {
		Rung int    `json:"rung"`
		Text string `json:"text"`
		Lang string `json:"lang"`
	}
	Alerted struct {
		Who string `json:"who"` // the lead, as the clinic names it
		Why string `json:"why"`
	}
	Assigned struct {
		Event      Event  `json:"event"`
		Phase      Phase  `json:"phase"`
		Doctor     string `json:"doctor"` // login
		Name       string `json:"name"`
		TrueConfID string `json:"trueconf_id,omitempty"`
		Department string `json:"department"`

		Why        ChosenBy     `json:"why,omitempty"`
		Considered []Considered `json:"considered,omitempty"` // staff
	}
	Released struct {
		Event      Event  `json:"event"`
		Phase      Phase  `json:"phase"`
		Why        string `json:"why"` // back, transfer, silent
		Department string `json:"department"`
		Reason     string `json:"reason,omitempty"` // the doctor's words to colleagues
	}
	Finished struct {
		Event   Event  `json:"event"`
		Phase   Phase  `json:"phase"`
		Outcome string `json:"outcome,omitempty"` // for colleagues

		Words string `json:"words,omitempty"` // for the patient; they stay pinned in the chat
		Next  *Next  `json:"next,omitempty"`
	}
	Requested struct {
		Call    string `json:"call"`
		Attempt int    `json:"attempt"`
		How     How    `json:"how"`
		Doctor  string `json:"doctor"`          // login
		Owner   string `json:"owner,omitempty"` // the doctor's TrueConf ID with `app`
		Why     string `json:"why,omitempty"`   // escalate, retry, changed, stranger, ghost, interrupted
		Retry   int    `json:"retry,omitempty"` // how often this attempt has failed so far
		Ghost   Role   `json:"ghost,omitempty"` // whose, with the reason ghost: that person asks from elsewhere

		Seats  []int     `json:"seats,omitempty"`  // guest seats that it takes; staff
		Room   int       `json:"room,omitempty"`   // of trueconf.max_calls, from 1; staff
		Lacks  string    `json:"lacks,omitempty"`  // seat or room: it waits until one is free
		Until  time.Time `json:"until,omitzero"`   // when it ends, where that is not the usual limit: an appointment's
		Record bool      `json:"record,omitempty"` // on the TrueConf Server, as the patient has agreed
		Kept   string    `json:"kept,omitempty"`   // … and where, in the patient's language
	}
	OfCall struct { // ready, withdrawn, removed, unwatched, watched
		Call    string `json:"call"`
		Attempt int    `json:"attempt"`
		Why     EndWhy `json:"why,omitempty"` // withdrawn: why; empty is hung_up
	}
	CallFailure struct {
		Call    string    `json:"call"`
		Attempt int       `json:"attempt"`
		Kind    string    `json:"kind"` // the closed set of rooms
		Detail  string    `json:"detail,omitempty"`
		Cure    string    `json:"cure,omitempty"`
		RetryAt time.Time `json:"retry_at,omitzero"` // zero: not before somebody presses again
	}
	Presence struct { // joined, left, rung, awaited: who is waited for
		Call    string `json:"call"`
		Attempt int    `json:"attempt"`
		Who     Role   `json:"who"`
	}
	Crowded struct {
		Call    string `json:"call"`
		Attempt int    `json:"attempt"`
		Who     Role   `json:"who"`            // who cannot come in
		Why     Code   `json:"why"`            // no_guest_seat or room_full
		Cure    string `json:"cure,omitempty"` // for staff
	}
	Stranger struct {
		Call    string `json:"call"`
		Attempt int    `json:"attempt"`
		Name    string `json:"name,omitempty"`
	}
	Interrupted struct {
		Call    string `json:"call"`
		Attempt int    `json:"attempt"`
		Why     string `json:"why"` // stopped, gone
	}
	Ended struct {
		Call string `json:"call"`
		By   Role   `json:"by"`
		Why  EndWhy `json:"why"`

		Together int `json:"together,omitempty"` // seconds that both were in the room, by the server's list
	}
)

// How is the doctor's way into a call.
type How string

const (
	ByApp  How = "app"  // the doctor's TrueConf ID owns the room and is rung; takes no guest seat
	ByPage How = "page" // a guest like the patient; a service account owns the room
)

// EndWhy says why a call ended.
type EndWhy string

const (
	EndHungUp   EndWhy = "hung_up"
	EndEmpty    EndWhy = "empty"
	EndLimit    EndWhy = "limit"
	EndReplaced EndWhy = "replaced" // a new escalate took the place of a failed one
	EndPhase    EndWhy = "over"     // the consultation was released, transferred, finished or closed
	EndFailed   EndWhy = "failed"
	EndDeclined EndWhy = "declined" // by the patient, for whom it rang
)

// CloseWhy says why a conversation closed.
type CloseWhy string

const (
	CloseFlow    CloseWhy = "end"     // the flow's own end
	ClosePatient CloseWhy = "patient" // the patient closed it
	CloseDoctor  CloseWhy = "doctor"
	CloseSilence CloseWhy = "silence"
	CloseSettled CloseWhy = "settled" // the last promise is kept
)
