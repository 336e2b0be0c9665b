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
	Ticket   string            // raw, from the bearer; "" lets the engine make one
	Device   string            // what the ticket's holder is called in the list of devices
	Patient  map[string]string // what a signed identity vouches for
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
	ID  string
	Seq uint64
	bot.Summary
}

// JoinRequest is a press of Join.
type JoinRequest struct {
	Call     string
	Failed   bool   // the call's frame has just said loginFail
	Language string // of the web client; "" is the conversation's
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
