package bot

import "fmt"

// Code is the closed set of reasons for which a command is refused.
type Code string

const (
	Malformed    Code = "malformed"     // not a command at all
	Unauthorized Code = "unauthorized"  // no credential, or a dead one
	Forbidden    Code = "forbidden"     // not yours to do
	Unknown      Code = "unknown"       // no such thing, or not for you to know
	Taken        Code = "taken"         // another doctor was first
	Overtaken    Code = "overtaken"     // an answer to a question that is no longer asked
	NotNow       Code = "not_now"       // the conversation or call is not in a state for it
	ClosedCode   Code = "closed"        // the conversation is closed for good; begin a new one
	NoCall       Code = "no_call"       // there is no open call
	CallOver     Code = "ended"         // the call was there and is over
	CallNotReady Code = "not_ready"     // the room is still being made, or being repaired
	RoomFull     Code = "room_full"     // two others are inside
	NoGuestSeat  Code = "no_guest_seat" // the TrueConf Server's guest connections are all in use
	Elsewhere    Code = "elsewhere"     // the caller is in the call on another device; ask, and press with move
	Ghost        Code = "ghost"         // only the caller's own dead tab is inside; come back shortly
	NeverFits    Code = "never_fits"    // it cannot work here as configured; the message names the cure
	Invalid      Code = "invalid"       // a bad answer
	Gone         Code = "gone"          // it was good for a while, and that is over
	TooLarge     Code = "too_large"
	FileType     Code = "file_type"   // none of the types that are taken here
	FileBroken   Code = "file_broken" // damaged, cut short, or something else hidden in it
	FilesFull    Code = "files_full"  // as many as the question, or the conversation, takes
	TooMany      Code = "too_many"    // slow down

	IdentityExpired Code = "identity_expired" // what the clinic signed about the patient is too old: sign again
	IdentityRefused Code = "identity_refused" // … or was not signed by it, or not for this site

	TooEarly          Code = "too_early"          // the visit has not begun; the message says when it does
	SlotTaken         Code = "slot_taken"         // somebody was first; choose another time
	OpenConversations Code = "open_conversations" // each needs a next step before one signs out

	Unavailable Code = "unavailable" // TrueConf or the store does not answer; try again
)

// Refusal is why a command was not done. Message is plain words for whoever
// gave it, in their language where it is a patient; it holds no secret. Detail
// is for operators and staff.
type Refusal struct {
	Code       Code
	Message    string
	Detail     string
	RetryAfter int // seconds, 0 where it makes no sense
}

func (r *Refusal) Error() string {
	if r.Detail != "" {
		return fmt.Sprintf("%s: %s (%s)", r.Code, r.Message, r.Detail)
	}
	return fmt.Sprintf("%s: %s", r.Code, r.Message)
}

// Is lets errors.Is(err, &Refusal{Code: c}) compare by code.
func (r *Refusal) Is(target error) bool {
	t, ok := target.(*Refusal)
	return ok && t.Code == r.Code
}

func refuse(c Code, message string) *Refusal { return &Refusal{Code: c, Message: message} }
