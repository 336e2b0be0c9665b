package engine

import (
	"context"
	"time"

	"bedside/bot"
)

// Rooms is TrueConf as the engine needs it; package rooms provides it. A room
// is named by call and attempt, its id at TrueConf never comes this far. Every
// method may be called at once for many rooms and honours its context.
type Rooms interface {
	// Make creates the room and sees that it runs; made already, it succeeds.
	Make(ctx context.Context, o Order) error
	// Mend runs a stopped room again.
	Mend(ctx context.Context, r bot.Room) error
	// Ring rings a TrueConf user's app.
	Ring(ctx context.Context, r bot.Room, user string) error
	// Remove stops and deletes the room; nil means that it is confirmed gone.
	Remove(ctx context.Context, r bot.Room) error
	// Look reads the room's state and who is inside.
	Look(ctx context.Context, r bot.Room, conversation string) (Reading, error)
	// Mint makes a guest link for one person. It runs a stopped room once.
	Mint(ctx context.Context, o MintOrder) (Link, error)
	// Sweep removes this installation's rooms that no open call computes to. It
	// lists the rooms first and asks for the open ones then.
	Sweep(ctx context.Context, open func(ctx context.Context) ([]bot.Room, error)) (Swept, error)
}

// Order is a room to be made.
type Order struct {
	Room         bot.Room
	Conversation string
	How          bot.How
	Owner        string // the doctor's TrueConf ID with app
}

// Reading is one look into a room.
type Reading struct {
	Known     bool // the room exists
	Running   bool
	Listed    bool // the participant list could be read
	Inside    []bot.Role
	Strangers []string
	At        time.Time
}

// MintOrder asks for a link for one person.
type MintOrder struct {
	Room         bot.Room
	Conversation string
	Who          bot.Role
	Person       string // stable per person, e.g. bot.Actor.Key
	Name         string
	Language     string
	Failed       bool
}

// Link is a minted guest link.
type Link struct {
	WebURL    string
	Deeplinks Deeplinks
	Apps      []App
	ExpiresAt time.Time
}

// Swept is what a sweep removed.
type Swept struct{ Removed []string }
