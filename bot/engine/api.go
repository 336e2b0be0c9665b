package engine

import (
	"time"

	"bedside/bot"
	"bedside/trueconf"
)

// StartRequest begins a conversation.
type StartRequest struct {
	Key      string            // the client's own id of the command, as in bot.Command
	Site     string            // "" is the first site
	Door     string            // "" is the flow's first door
	Language string            // wanted, BCP 47 or Accept-Language; the flow's nearest is taken
	Previous string            // the closed conversation that this one goes on from
	Zone     string            // the patient's, as in Europe/Moscow; one that there is not is as good as none
	Ticket   string            // raw, from the bearer; "" lets the engine make one
	Device   string            // what the ticket's holder is called in the list of devices
	Subject  string            // whom a signed identity names; "" is unsigned
	Patient  map[string]string // what it vouches for: name, born, phone
	Service  bot.Actor         // the service key that starts it; zero where a browser does
}

// StartResult is a conversation that has begun, now or by an earlier request
// with the same ticket.
type StartResult struct {
	Conversation string
	Ticket       string // only when the engine made it
	Entries      []bot.Entry
	New          bool
}

// Result is what a command recorded: the same again for the same key.
type Result struct {
	Seq     uint64 // the last entry of the command; of the journal where it recorded none
	Entries []bot.Entry
}

// PageRequest asks for entries: the last ones below Before where that is set
// (math.MaxUint64 is the end of the journal), else those above After. A Limit
// below 1 is 100, one above 500 is 500.
type PageRequest struct {
	After, Before uint64
	Limit         int
}

// Page is what the reader may see of the entries asked for, ascending.
type Page struct {
	Entries []bot.Entry
	Last    uint64 // the last entry of the journal that this reader may see
}

// HeadRow is one line of a console's list.
type HeadRow struct {
	ID      string
	Seq     uint64
	ReplyBy time.Time // when the patient goes back to the queue unless answered; zero: no time runs
	bot.Summary
}

// JoinRequest is a press of Join.
type JoinRequest struct {
	Call     string
	Failed   bool   // the call's frame has just said loginFail
	Language string // of the web client; "" is the conversation's
	Device   string // names the browser that presses; "" is not known
	Move     bool   // the call is to move here from another device
	Itself   bool   // the page opens by itself, unpressed: one device at a time does
	Pushed   bool   // a link that comes with the invitation, whether or not it is used
}

// CallNow is a call as its two people see it at the door.
type CallNow struct {
	State  bot.CallState
	Inside []bot.Role // of the two, who is in the room
	Seen   bool       // whether anybody can say who is inside
	Doctor string     // the doctor's name
	Lacks  string     // seat or room: it goes on by itself when one is free
	Until  time.Time  // when the call ends; zero: by the usual limit
	Again  bool       // the appointment was missed by the clinic: the link leads into the next call, which may be still to come
	Booked *BookedCall

	// Conversation is where it belongs, for staff: a link in a doctor's calendar names
	// the call alone. A visit key opens the call and no conversation.
	Conversation string
}

// BookedCall is the appointment that both have not kept yet, behind a call.
type BookedCall struct {
	State  bot.BookingState
	Start  time.Time
	Length time.Duration
	Title  string // of the department, in the patient's language
	Now    time.Time
	Late   int
	Chosen string   // what the patient wants to do about it
	May    []bot.Do // of what concerns the appointment, what the caller may do
}

// JoinAnswer is a way in for one person, good for a minute. It is never stored.
type JoinAnswer struct {
	Rung         bool // the doctor's own app was rung; nothing else is filled then but Conversation, Call and Seq
	WebURL       string
	Deeplinks    Deeplinks
	Apps         []App
	ExpiresAt    time.Time
	Conversation string
	Call         string
	Seq          uint64 // of the call.ready that it belongs to
}

// Deeplinks open the TrueConf app. They are set by script, never in markup.
type Deeplinks = trueconf.Deeplinks

// App says where the TrueConf app for a platform is had.
type App = trueconf.App
