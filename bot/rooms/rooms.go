package rooms

import (
	"context"
	"errors"
	"regexp"
	"time"

	"bedside/bot"
	"bedside/trueconf"
)

// TrueConf is what this package asks of the API client.
type TrueConf interface {
	Create(context.Context, trueconf.Conference) (trueconf.Conference, error)
	Conference(ctx context.Context, id string) (trueconf.Conference, error)
	Conferences(context.Context, trueconf.Filter) ([]trueconf.Conference, error)
	Run(ctx context.Context, id string) (string, error)
	Stop(ctx context.Context, id string) error
	Delete(ctx context.Context, id string) error
	Participants(ctx context.Context, id string) ([]trueconf.Participant, error)
	Invite(ctx context.Context, id string, users ...string) error
	JoinLink(ctx context.Context, id string, g trueconf.Guest, lang string) (trueconf.JoinLink, error)
	User(ctx context.Context, id string) (trueconf.User, error)
	Calendars(ctx context.Context, id string) ([]trueconf.CalendarLink, error)
}

var _ TrueConf = (*trueconf.Client)(nil)

// Config is what the rooms of one installation have in common.
type Config struct {
	Key            []byte             // the server key, at least 32 bytes
	Installation   string             // [a-z0-9]{4,16}; two installations on one server never touch each other
	ServiceAccount string             // owns the rooms of calls in which the doctor is a guest
	GuestSeats     int                // guest connections of the TrueConf Server
	Rights         *trueconf.RightSet // nil: sound, picture and screen sharing
	Now            func() time.Time   // nil: time.Now
}

// Rooms asks TrueConf for what the journal wishes. It is safe for concurrent use
// and keeps nothing between calls.
type Rooms struct {
	tc     TrueConf
	config Config
}

var installationForm = regexp.MustCompile(`^[a-z0-9]{4,16}$`)

// New checks the configuration.
func New(tc TrueConf, c Config) (*Rooms, error) {
	switch {
	case len(c.Key) < 32:
		return nil, errors.New("rooms: the server key is shorter than 32 bytes")
	case !installationForm.MatchString(c.Installation):
		return nil, errors.New("rooms: an installation is 4 to 16 small letters and digits")
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Rights == nil {
		r := trueconf.CallRights()
		c.Rights = &r
	}
	return &Rooms{tc: tc, config: c}, nil
}

// Order is a room to be made.
type Order struct {
	Room         bot.Room
	Conversation string
	How          bot.How
	Owner        string // the doctor's TrueConf ID with app
	Record       bool   // on the server: the clinic wants it and the patient has agreed

	Start  time.Time     // of an appointment; zero: the room is made to run at once
	Length time.Duration // … from a minute to a day
}

// Reading is one look into a room.
type Reading struct {
	At        time.Time
	Known     bool       // the server has the room
	Running   bool       // … and it runs
	Listed    bool       // the participant list could be read: only then does absence mean anything
	Inside    []bot.Role // which of our two are in it
	Guests    int        // guest connections that it takes
	Strangers []string   // names of those who are neither; unverified
}

// Has reports whether the person is inside.
func (r Reading) Has(who bot.Role) bool {
	for _, in := range r.Inside {
		if in == who {
			return true
		}
	}
	return false
}

// MintOrder asks for one person's link.
type MintOrder struct {
	Room           bot.Room
	Conversation   string
	Who            bot.Role
	Name           string // shown in the call; unverified there
	Language       string
	Failed         bool     // the call's frame has just refused the last link
	Reading        *Reading // a look that is young enough to count; nil: look now
	SeatsElsewhere int      // guests in this installation's other rooms
}

// Link is a fresh way in, good for a minute.
type Link struct {
	trueconf.JoinLink
	Reading Reading // what was seen while minting
}

// Swept says what a sweep did.
type Swept struct {
	Seen    int // rooms that carry our prefix and tag
	Removed int
	Failed  int
}
