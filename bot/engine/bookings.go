package engine

import (
	"context"
	"encoding/json"
	"fmt"

	"bedside/bot"
	"bedside/bot/rooms"
	"bedside/store"
)

// scheduleRoom has the room of an appointment made, to begin by itself at its
// time. What fails is put off and in nobody's way: the room that is missing when
// the visit begins is made then.
func (e *Engine) scheduleRoom(ctx context.Context, s bot.State, w bot.Wish) error {
	err := e.ask(ctx, w.Deed, func(ctx context.Context) error {
		return e.o.Rooms.Schedule(ctx, rooms.Order{
			Room: w.Room, Conversation: s.ID, How: w.How, Owner: w.Owner, Start: w.Start, Length: w.Length,
			Record: bot.Recorded(s, e.o.Limits()),
		})
	})
	if err != nil {
		return err
	}
	return e.record(ctx, s.ID, bot.DoRoomBooked, bot.Args{Booking: w.Room.Call, Attempt: w.Room.Attempt})
}

// bookedRooms are the rooms of all appointments to come, as their heads name them:
// there may be thousands, and no journal is read for it.
func (e *Engine) bookedRooms(ctx context.Context) ([]bot.Room, error) {
	var out []bot.Room
	for cursor := ""; ; {
		heads, next, err := e.store.List(ctx, bot.ListAllBookings, cursor, listPage)
		if err != nil {
			return nil, err
		}
		for _, h := range heads {
			all, err := bookingsOf(h)
			if err != nil {
				return nil, err
			}
			for _, b := range all {
				out = append(out, bot.Room{Call: b.ID, Attempt: b.Attempt})
			}
		}
		if next == "" {
			return out, nil
		}
		cursor = next
	}
}

func bookingsOf(h store.Head) ([]bot.SummaryBooking, error) {
	var s bot.Summary
	if err := json.Unmarshal(h.Body, &s); err != nil {
		return nil, fmt.Errorf("%w: the head of %s: %w", errUnreadable, h.ID, err)
	}
	return s.Bookings, nil
}
