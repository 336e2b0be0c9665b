package trueconf

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"time"
)

// States of a conference (API reference §9.2). A running one has a session; a
// stopped one may be run again.
const (
	Running = "running"
	Stopped = "stopped"
)

// Mode is how a conference shows its participants.
type Mode int

// The documented modes; the number of the smart meeting is not known.
const (
	AllOnScreen Mode = 0
	Lecture     Mode = 1
	RoleBased   Mode = 3
)

// AutoInvite is whether TrueConf rings the invited by itself.
type AutoInvite int

// The documented values (API reference §5.1).
const (
	// RingNobody leaves ringing to [Client.Invite].
	RingNobody AutoInvite = 0
	// RingOnAnyone rings when any participant joins.
	RingOnAnyone AutoInvite = 1
	// RingOnInvited rings when one of the invited joins.
	RingOnInvited AutoInvite = 2
)

// Conference is a room, with the whole documented body (API reference §5).
// Fields marked "read" are the server's alone and are not sent.
//
// It prints masked, for its id lets in whoever knows it.
type Conference struct {
	// ID is 1 to 128 digits, Latin letters and underscores; the server chooses
	// ten digits if it is empty. Make it unguessable.
	ID string
	// Topic is 1 to 240 characters. Administrators and call logs show it.
	Topic       string
	Description string
	// Owner is the TrueConf ID of a user of the server.
	Owner       string
	Mode        Mode
	Invitations []Invitation
	// MaxPodiums and MaxParticipants count people; 0 leaves them to the server.
	MaxPodiums, MaxParticipants int
	Schedule                    Schedule
	AllowGuests                 bool
	// OnlyPlanned keeps out whoever is not invited.
	OnlyPlanned bool
	// Rights are what guests and users may do; nil leaves them to the server.
	Rights     *Rights
	AutoInvite AutoInvite
	// State is Running or Stopped. In a new conference it is a wish that a
	// server may pass over: look at the state of what Create returns.
	State string
	// Tags serve to find the conference again with [Client.Conferences].
	Tags                 []string
	Recording            bool
	StreamRecordingState int
	MulticastEnable      bool
	MulticastAddress     string
	BroadcastEnabled     bool
	BroadcastID          string
	// Broadcast is the live-stream preset as the server writes it.
	Broadcast json.RawMessage

	CreatedAt    time.Time // read; zero if the server did not say
	Access       string    // read; "private" or "public"
	URL          string    // read; the page of the conference
	WebClientURL string    // read; where a guest types a name
	SessionID    string    // read; empty when stopped or not told
}

// Invitation is somebody who is called or notified.
type Invitation struct {
	ID          string
	DisplayName string
}

// IsRunning reports whether the conference has a session.
func (c Conference) IsRunning() bool { return c.State == Running }

// String shows the conference without its id, people and addresses.
func (c Conference) String() string {
	return fmt.Sprintf("trueconf.Conference{ID: %s, State: %q, Tags: %q}", hidden, c.State, c.Tags)
}

// GoString is String, so that %#v shows no id either.
func (c Conference) GoString() string { return c.String() }

// LogValue is String for slog.
func (c Conference) LogValue() slog.Value { return slog.StringValue(c.String()) }
