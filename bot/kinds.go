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

	MessageSent   Kind = "message.sent"
	BotSaid       Kind = "bot.said"
	BotAsked      Kind = "bot.asked"
	AnswerGiven   Kind = "answer.given"
	AnswerSkipped Kind = "answer.skipped"
	NoteWritten   Kind = "note.written"

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
		Patient  map[string]string `json:"patient,omitempty"` // what a signed identity vouches for
		Phase    Phase             `json:"phase"`
	}
	Closed struct {
		Event Event    `json:"event"`
		Phase Phase    `json:"phase"`
		Why   CloseWhy `json:"why"`
		Step  string   `json:"step,omitempty"`
	}
	Resumed struct { // also for reopened
		Event      Event  `json:"event"`
		Phase      Phase  `json:"phase"`
		Department string `json:"department,omitempty"`
	}
	Message struct {
		Text string `json:"text"`
	}
	Said struct {
		Step string `json:"step,omitempty"`
		Text string `json:"text"`
		Lang string `json:"lang"`
	}
	Asked struct {
		Step     string   `json:"step"`
		Slot     string   `json:"slot,omitempty"`
		Text     string   `json:"text"`
		Type     string   `json:"type"`
		Options  []Option `json:"options,omitempty"`
		Optional bool     `json:"optional,omitempty"`
		Min      *float64 `json:"min,omitempty"`
		Max      *float64 `json:"max,omitempty"`
		Before   string   `json:"before,omitempty"`
		After    string   `json:"after,omitempty"`
		Lang     string   `json:"lang"`
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
		Label  flows.Text   `json:"label,omitempty"` // of the slot, for the doctor's card
		Fills  string       `json:"fills,omitempty"` // patient.name and the like
	}
	Queued struct {
		Event      Event    `json:"event"`
		Phase      Phase    `json:"phase"`
		Step       string   `json:"step,omitempty"`
		Department string   `json:"department"`
		Priority   string   `json:"priority"`
		Title      string   `json:"title,omitempty"` // the department's, in the patient's language
		Summary    []string `json:"summary,omitempty"`
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
		Outcome string `json:"outcome,omitempty"`
	}
	Requested struct {
		Call    string `json:"call"`
		Attempt int    `json:"attempt"`
		How     How    `json:"how"`
		Doctor  string `json:"doctor"`          // login
		Owner   string `json:"owner,omitempty"` // the doctor's TrueConf ID with `app`
		Why     string `json:"why,omitempty"`   // escalate, retry, changed, stranger, ghost, interrupted
		Retry   int    `json:"retry,omitempty"` // how often this attempt has failed so far
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
	Presence struct { // joined, left, rung
		Call    string `json:"call"`
		Attempt int    `json:"attempt"`
		Who     Role   `json:"who"`
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
)

// CloseWhy says why a conversation closed.
type CloseWhy string

const (
	CloseFlow    CloseWhy = "end"     // the flow's own end
	ClosePatient CloseWhy = "patient" // the patient closed it
	CloseDoctor  CloseWhy = "doctor"
	CloseSilence CloseWhy = "silence"
)
