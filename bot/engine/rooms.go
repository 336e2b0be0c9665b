package engine

import (
	"context"

	"bedside/bot"
	"bedside/bot/rooms"
)

// Rooms is TrueConf as the engine needs it; *rooms.Rooms is the one that asks a
// server. A room is named by call and attempt, its id at TrueConf never comes
// this far. Errors are *rooms.Error. Every method may be called at once for many
// rooms and honours its context.
type Rooms interface {
	// Make creates the room and sees that it runs; made already, it succeeds.
	Make(ctx context.Context, o rooms.Order) error
	// Schedule sees that the room of an appointment stands, to begin at its time.
	Schedule(ctx context.Context, o rooms.Order) error
	// Mend runs a stopped room again; rooms.Gone asks for another attempt.
	Mend(ctx context.Context, r bot.Room) error
	// Ring rings a TrueConf user's app.
	Ring(ctx context.Context, r bot.Room, user string) error
	// Remove stops and deletes the room; nil means that it is confirmed gone.
	Remove(ctx context.Context, r bot.Room) error
	// App reads whether a TrueConf user's app is there to be rung.
	App(ctx context.Context, user string) (rooms.AppState, error)
	// Look reads the room's state and who is inside.
	Look(ctx context.Context, r bot.Room, conversation string) (rooms.Reading, error)
	// Mint makes a guest link for one person, unless somebody's place is taken.
	Mint(ctx context.Context, o rooms.MintOrder) (rooms.Link, error)
	// Sweep removes this installation's rooms that no open call computes to. It
	// lists the rooms first and asks for the open ones then.
	Sweep(ctx context.Context, open func(context.Context) ([]bot.Room, error)) (rooms.Swept, error)
}

var _ Rooms = (*rooms.Rooms)(nil)
