package rooms

import (
	"context"
	"errors"
	"sync"
	"time"

	"bedside/bot"
	"bedside/trueconf"
)

// LookCounts is how old a look may be to stand in for a new one.
const LookCounts = 3 * time.Second

// Mint makes a link for one person. The state and the link are asked at once, so
// a press costs one answer's time; a room that was found stopped is run and the
// link made anew.
func (r *Rooms) Mint(ctx context.Context, o MintOrder) (Link, error) {
	var (
		wg      sync.WaitGroup
		reading Reading
		look    error
	)
	wg.Go(func() { reading, look = r.reading(ctx, o) })
	link, err := r.link(ctx, o)
	wg.Wait()
	switch {
	case look != nil && err != nil:
		return Link{}, wrap("make a link", err)
	case look == nil && !reading.Known:
		return Link{}, &Error{Kind: Gone, What: "make a link"}
	case look == nil:
		if full := r.room(reading, o); full != nil {
			return Link{Reading: reading}, full
		}
	}
	if look == nil && !reading.Running {
		if err := r.start(ctx, trueconf.Conference{ID: r.roomID(o.Room)}); err != nil {
			return Link{Reading: reading}, err
		}
		reading = Reading{At: r.config.Now(), Known: true, Running: true}
		link, err = r.link(ctx, o)
	}
	if err != nil {
		return Link{Reading: reading}, noLink(err)
	}
	return Link{JoinLink: link, Reading: reading}, nil
}

func (r *Rooms) reading(ctx context.Context, o MintOrder) (Reading, error) {
	if o.Reading != nil && r.config.Now().Sub(o.Reading.At) < LookCounts && o.Reading.Running && !o.Failed {
		return *o.Reading, nil
	}
	return r.Look(ctx, o.Room, o.Conversation)
}

func (r *Rooms) link(ctx context.Context, o MintOrder) (trueconf.JoinLink, error) {
	guest := trueconf.GuestWithID(r.guestID(o.Conversation, o.Who), o.Name)
	return r.tc.JoinLink(ctx, r.roomID(o.Room), guest, o.Language)
}

// room says before the link is handed out what the web client would say after it.
// The caller's own place is not counted against the caller: whoever comes again
// replaces himself, and where the server refuses that, the frame says so and the
// press that follows is told of the ghost.
func (r *Rooms) room(seen Reading, o MintOrder) *Error {
	if !seen.Listed {
		return nil
	}
	if o.Failed && seen.Has(o.Who) {
		return &Error{Kind: Ghost, What: "make a link", Retry: true}
	}
	others, guests := len(seen.Strangers), seen.Guests
	for _, who := range seen.Inside {
		if who != o.Who {
			others++
		}
	}
	if seen.Has(o.Who) {
		guests--
	}
	const places = 2
	if others >= places {
		return &Error{Kind: RoomFull, What: "make a link", Retry: true}
	}
	if r.config.GuestSeats > 0 && guests+o.SeatsElsewhere >= r.config.GuestSeats {
		return &Error{
			Kind: NoGuestSeat, What: "make a link", Retry: true,
			Cure: "All guest connections that `trueconf.guest_seats` names are in use. Wait for a call to end, or raise the licence and the setting.",
		}
	}
	return nil
}

// noLink tells a server that lets nobody in by browser from one that answers
// badly just now: only the former is worth no other press.
func noLink(err error) *Error {
	e := wrap("make a link", err)
	var tc *trueconf.Error
	unusable := errors.As(err, &tc) && tc.Reason == "badLink"
	if unusable || trueconf.KindOf(err) == trueconf.Refused {
		e.Kind, e.Retry = NoWeb, false
	}
	return e
}

// Guest reports whether the person comes as a guest in this way of calling.
func Guest(who bot.Role, how bot.How) bool { return who == bot.Patient || how == bot.ByPage }
