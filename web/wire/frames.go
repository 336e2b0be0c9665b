package wire

import (
	"time"

	"bedside/bot"
)

// Subprotocol is what clients of the socket offer.
const Subprotocol = "bedside.v1"

// Frame types, client → server and server → client.
const (
	TypeHello     = "hello"
	TypeOpen      = "open"
	TypeUnopen    = "unopen"
	TypeCommand   = "command"
	TypeTyping    = "typing"
	TypeRead      = "read"
	TypeBeat      = "beat"
	TypeWelcome   = "welcome"
	TypeEntry     = "entry"
	TypeCaughtUp  = "caught_up"
	TypeAck       = "ack"
	TypeRefused   = "refused"
	TypeGuestLink = "guest_link"
	TypeHeads     = "heads"
	TypePresence  = "presence"
	TypeVideo     = "video"
	TypeDuty      = "duty"
)

// HelloFrame signs in; it must come first, within 5 s. A patient sends the
// ticket; staff send none, the cookie of the upgrade request says who they are.
type HelloFrame struct {
	Type   string `json:"type" ts:"'hello'"`
	Ticket string `json:"ticket,omitempty"`
}

// OpenFrame begins to follow a conversation after the last sequence the client
// has (0: from the start). Opening it again starts anew from there.
type OpenFrame struct {
	Type         string `json:"type" ts:"'open'"`
	Conversation string `json:"conversation"`
	After        uint64 `json:"after,omitempty"`
}

// UnopenFrame stops following.
type UnopenFrame struct {
	Type         string `json:"type" ts:"'unopen'"`
	Conversation string `json:"conversation"`
}

// CommandFrame is a Command for one conversation; the answer is an AckFrame or a
// RefusedFrame with the same key.
type CommandFrame struct {
	Type         string `json:"type" ts:"'command'"`
	Conversation string `json:"conversation"`
	Command
}

// TypingFrame says that somebody is typing; nothing is kept. Going to the
// server it names the conversation alone. Shown for six seconds.
type TypingFrame struct {
	Type         string `json:"type" ts:"'typing'"`
	Conversation string `json:"conversation"`
	By           *By    `json:"by,omitempty"`
}

// ReadFrame says how far the client has read; the other side learns it by a
// PresenceFrame, nothing is kept.
type ReadFrame struct {
	Type         string `json:"type" ts:"'read'"`
	Conversation string `json:"conversation"`
	Seq          uint64 `json:"seq"`
}

// BeatFrame goes both ways every 25 s; 60 s of silence closes the socket.
type BeatFrame struct {
	Type string `json:"type" ts:"'beat'"`
}

// WelcomeFrame answers a hello.
type WelcomeFrame struct {
	Type         string    `json:"type" ts:"'welcome'"`
	Role         bot.Role  `json:"role"`
	Name         string    `json:"name,omitempty"`
	Conversation string    `json:"conversation,omitempty"` // a ticket's
	BeatSeconds  int       `json:"beat_seconds"`
	At           time.Time `json:"at"` // by Bedside's clock: waits are counted by it
}

// EntryFrame delivers one entry of an open conversation, in the order of its
// sequence, once.
type EntryFrame struct {
	Type         string `json:"type" ts:"'entry'"`
	Conversation string `json:"conversation"`
	Entry
}

// CaughtUpFrame follows the entries that an OpenFrame asked for: from here on
// entries come as they happen. Last is the last one that the reader may see.
type CaughtUpFrame struct {
	Type         string `json:"type" ts:"'caught_up'"`
	Conversation string `json:"conversation"`
	Last         uint64 `json:"last"`
}

// AckFrame says that a command is recorded, durably; Seq is the last entry that
// it left. The entries come as EntryFrames to all who follow, the sender too.
type AckFrame struct {
	Type         string `json:"type" ts:"'ack'"`
	Conversation string `json:"conversation"`
	Key          string `json:"key"`
	Seq          uint64 `json:"seq"`
}

// RefusedFrame says that a command, or an open (then without key), was not done.
type RefusedFrame struct {
	Type         string   `json:"type" ts:"'refused'"`
	Conversation string   `json:"conversation,omitempty"`
	Key          string   `json:"key,omitempty"`
	Code         bot.Code `json:"code"`
	Message      string   `json:"message"`
	Cure         string   `json:"cure,omitempty"`        // for staff: what to do about it
	RetryAfter   int      `json:"retry_after,omitempty"` // seconds
}

// GuestLinkFrame carries a fresh link for the receiver alone, with the
// call.ready entry Seq. Good for a minute: within 50 s the first press uses it,
// every other press mints anew.
type GuestLinkFrame struct {
	Type         string    `json:"type" ts:"'guest_link'"`
	Conversation string    `json:"conversation"`
	Call         string    `json:"call"`
	Seq          uint64    `json:"seq"`
	WebURL       string    `json:"web_url"`
	Deeplinks    Deeplinks `json:"deeplinks"`
	ExpiresAt    time.Time `json:"expires_at"`
	Apps         []App     `json:"apps,omitempty"` // where the TrueConf app is had, where the server says so
}

// HeadsFrame tells a console what its lists hold: at first all, then what has
// changed and what has left them.
type HeadsFrame struct {
	Type  string   `json:"type" ts:"'heads'"`
	All   bool     `json:"all,omitempty"` // forget what was there before
	Heads []Head   `json:"heads"`
	Gone  []string `json:"gone,omitempty"` // conversation ids
}

// PresenceFrame says whether somebody has the conversation open, and how far they
// have read: the doctor to the patient, the patient and colleagues to staff. A
// patient is here by socket or long poll, and away after ten seconds without
// either; for 30 s after a restart nothing is said of whoever has not come back.
// Staff are also told of patients in their lists whom they have not open.
type PresenceFrame struct {
	Type         string `json:"type" ts:"'presence'"`
	Conversation string `json:"conversation"`
	By           By     `json:"by"`
	Login        string `json:"login,omitempty"` // staff: which colleague
	Here         bool   `json:"here"`
	Away         int    `json:"away,omitempty"` // staff: for how many seconds the patient's page has been closed, where it is known
	Read         uint64 `json:"read,omitempty"`
}
