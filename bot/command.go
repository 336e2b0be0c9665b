package bot

import "time"

// Do names what somebody wants done.
type Do string

// What people do. `start` comes by its own call; the others are commands of
// the wire.
const (
	DoStart     Do = "start"
	DoSend      Do = "send"
	DoChoose    Do = "choose"
	DoSkip      Do = "skip"
	DoClose     Do = "close"
	DoSpeak     Do = "speak"    // the patient wants another language
	DoDescribe  Do = "describe" // the clinic's page says what it shows
	DoClaim     Do = "claim"
	DoEscalate  Do = "escalate"
	DoNewRoom   Do = "new_room" // a stranger is inside: another room for both
	DoHangUp    Do = "hang_up"
	DoFinish    Do = "finish"
	DoRelease   Do = "release"
	DoTransfer  Do = "transfer"
	DoNote      Do = "note"
	DoAttach    Do = "attach"       // a file; it has a call of its own
	DoNothing   Do = "nothing_owed" // the patient's last message wants no answer
	DoJoin      Do = "join"         // never recorded by itself: may() knows it
	DoRingAgain Do = "ring_again"   // the other is waited for in the call; it has a call of its own
	DoRead      Do = "read_entries" // likewise
	DoElsewhere Do = "elsewhere"    // the patient goes on on another device too; it has a call of its own
	DoOnlyHere  Do = "only_here"    // … and no longer on any other
	DoBack      Do = "back"         // the patient takes the last answer back
	DoRate      Do = "rate"

	DoDecline     Do = "decline"      // the doctor does not take who is offered
	DoPropose     Do = "propose"      // the doctor offers a time
	DoAcceptTime  Do = "accept_time"  // the patient takes it
	DoDeclineTime Do = "decline_time" // … or not
	DoMove        Do = "move"         // a booking to another time
	DoCancel      Do = "cancel"       // a booking
	DoReassign    Do = "reassign"     // a booking to another doctor
	DoKept        Do = "kept"         // the visit took place, whatever the room's list says
	DoNoShow      Do = "no_show"      // the patient did not come
	DoBegin       Do = "begin"        // the doctor opens a visit early, or again, by a press of Join
	DoLate        Do = "late"         // what the patient wants while the doctor is late
	DoAskVideo    Do = "ask_video"    // the patient would like to be seen
	DoRefuseVideo Do = "refuse_video" // … and the doctor would rather not
	DoDeclineCall Do = "decline_call" // the patient would rather not come into the call that rings
	DoDevices     Do = "devices"      // what the patient's browser found
	DoExtend      Do = "extend"       // the call may go on
	DoContact     Do = "leave_contact"
	DoDropContact Do = "drop_contact"
	DoTaskDone    Do = "task_done"

	DoCallbackDone   Do = "callback_done"
	DoCallbackFailed Do = "callback_failed"
	DoEndEmergency   Do = "end_emergency"
)

// What the engine does, as System.
const (
	DoWake      Do = "wake"      // a deadline has come
	DoMade      Do = "made"      // the room stands and runs
	DoFailed    Do = "failed"    // making or repairing it failed
	DoSeen      Do = "seen"      // somebody is in the room
	DoGone      Do = "gone"      // somebody is not, read twice
	DoStrange   Do = "strange"   // somebody who is not ours
	DoUnwatched Do = "unwatched" // no participant list can be read
	DoWatched   Do = "watched"   // it can again
	DoBroken    Do = "broken"    // the room was found stopped or gone
	DoRenew     Do = "renew"     // another attempt: a ghost holds the seat, or /run was refused
	DoRing      Do = "ring"      // about to ring the doctor's app (recorded first)
	DoCrowded   Do = "crowded"   // somebody was turned away: seats or room are full
	DoRemoved   Do = "removed"   // stop and delete are confirmed

	DoOffer        Do = "offer"      // ring the next doctor, if there is one
	DoOfferGone    Do = "offer_gone" // who is rung is not there any more
	DoRingOffer    Do = "ring_offer" // about to ring the app of who is rung (recorded first)
	DoLeave        Do = "leave"      // the doctor who has the conversation has signed out
	DoAnswered     Do = "answered"   // who is rung has answered in the app
	DoDelayed      Do = "delayed"    // the call before an appointment goes on over its start
	DoSeat         Do = "seat"       // a seat or a room may be free for what waits
	DoRoomBooked   Do = "room_booked"
	DoNoticeTried  Do = "notice_tried"
	DoNoticeSent   Do = "notice_sent"
	DoNoticeFailed Do = "notice_failed"
)

// Command is one wish to change a conversation. Key is the sender's own id of
// it: the same (actor, key) twice is answered twice and recorded once.
type Command struct {
	Conversation string
	Key          string
	Do           Do
	Actor        Actor
	Args         Args
	Device       string // hash of the ticket with which a patient came; "" where it was not by one
}

// Args are the fields of all commands; each command reads its own and ignores
// none: the wire refuses fields that a command does not know.
type Args struct {
	Text     string   `json:"text,omitempty"`     // send, note, rate
	Step     string   `json:"step,omitempty"`     // choose, skip
	Option   string   `json:"option,omitempty"`   // choose
	Options  []string `json:"options,omitempty"`  // choose
	How      How      `json:"how,omitempty"`      // escalate; "" = what suits the doctor
	To       string   `json:"to,omitempty"`       // transfer: a department, or doctor/<login>
	Outcome  string   `json:"outcome,omitempty"`  // finish
	Reason   string   `json:"reason,omitempty"`   // release, transfer, callback_failed
	Stars    int      `json:"stars,omitempty"`    // rate
	Language string   `json:"language,omitempty"` // speak: BCP 47; the flow's nearest is taken

	Attributes map[string]string `json:"attributes,omitempty"` // describe: all of them, in the place of those before

	Booking    string        `json:"booking,omitempty"`    // accept_time, decline_time, move, cancel, reassign, kept, no_show, late
	Time       time.Time     `json:"start,omitzero"`       // propose, move
	Minutes    int           `json:"minutes,omitempty"`    // propose, extend
	Department string        `json:"department,omitempty"` // propose
	Words      string        `json:"words,omitempty"`      // finish: for the patient
	Next       *Next         `json:"next,omitempty"`       // finish
	Devices    *Devices      `json:"devices,omitempty"`    // devices
	Channel    Channel       `json:"channel,omitempty"`    // leave_contact, drop_contact
	Address    string        `json:"address,omitempty"`    // leave_contact
	Push       *Subscription `json:"push,omitempty"`       // leave_contact
	Task       string        `json:"task,omitempty"`       // task_done

	Doctor string   `json:"-"` // offer_gone, ring_offer: who is rung; leave: who has it
	Notice OfNotice `json:"-"` // notice_…

	Start *Started  `json:"-"` // start
	File  *FileSent `json:"-"` // attach

	Call    string       `json:"-"` // ring_again, and all that the engine does to a call
	Attempt int          `json:"-"`
	Who     Role         `json:"-"` // seen, gone, ring, crowded; renew: whose ghost
	Name    string       `json:"-"` // strange
	Why     string       `json:"-"` // broken, renew, crowded
	Cure    string       `json:"-"` // crowded
	Failure *CallFailure `json:"-"` // failed
	Retry   bool         `json:"-"` // failed: worth another try by itself
}
