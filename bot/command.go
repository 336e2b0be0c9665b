package bot

// Do names what somebody wants done.
type Do string

// What people do. `start` comes by its own call; the others are commands of
// the wire.
const (
	DoStart    Do = "start"
	DoSend     Do = "send"
	DoChoose   Do = "choose"
	DoSkip     Do = "skip"
	DoClose    Do = "close"
	DoClaim    Do = "claim"
	DoEscalate Do = "escalate"
	DoNewRoom  Do = "new_room" // a stranger is inside: another room for both
	DoHangUp   Do = "hang_up"
	DoFinish   Do = "finish"
	DoRelease  Do = "release"
	DoTransfer Do = "transfer"
	DoNote     Do = "note"
	DoNothing  Do = "nothing_owed" // the patient's last message wants no answer
	DoJoin     Do = "join"         // never recorded by itself: may() knows it
	DoRead     Do = "read_entries" // likewise
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
	DoRemoved   Do = "removed"   // stop and delete are confirmed
)

// Command is one wish to change a conversation. Key is the sender's own id of
// it: the same (actor, key) twice is answered twice and recorded once.
type Command struct {
	Conversation string
	Key          string
	Do           Do
	Actor        Actor
	Args         Args
}

// Args are the fields of all commands; each command reads its own and ignores
// none: the wire refuses fields that a command does not know.
type Args struct {
	Text    string   `json:"text,omitempty"`    // send, note
	Step    string   `json:"step,omitempty"`    // choose, skip
	Option  string   `json:"option,omitempty"`  // choose
	Options []string `json:"options,omitempty"` // choose
	How     How      `json:"how,omitempty"`     // escalate; "" = what suits the doctor
	To      string   `json:"to,omitempty"`      // transfer: a department
	Outcome string   `json:"outcome,omitempty"` // finish
	Reason  string   `json:"reason,omitempty"`  // release, transfer

	Start *Started `json:"-"` // start

	Call    string       `json:"-"` // all that the engine does to a call
	Attempt int          `json:"-"`
	Who     Role         `json:"-"` // seen, gone, ring
	Name    string       `json:"-"` // strange
	Why     string       `json:"-"` // broken, renew
	Failure *CallFailure `json:"-"` // failed
	Retry   bool         `json:"-"` // failed: worth another try by itself
}
