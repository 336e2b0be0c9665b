package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"bedside/bot"
	"bedside/bot/calendar"
)

// Appointment is a booking as its reader's calendar has to know it: a Visit that
// lacks the addresses, which whoever shows it puts in.
type Appointment struct {
	Booking bot.Booking
	Visit   calendar.Visit
}

// Appointment finds a promised booking, or one that was cancelled: its calendar
// entry is to be taken out again, as is that of a doctor who had it before it was given
// to another. The patient, by ticket or by the visit key of this
// very booking, and the staff who may read or move it are shown it; a doctor's is
// theirs alone only where Booking.Doctor says so. conversation says where to look
// for a booking that is no longer in any list, "" where that is not known. language
// is that of a member of staff.
//
// Refusals are no_call for a booking that nobody knows or that is not the caller's
// to know, not_now for one that is only proposed, and ended for one that is over.
func (e *Engine) Appointment(ctx context.Context, a bot.Actor, booking, conversation, language string) (Appointment, error) {
	f, err := e.ofBooking(ctx, a, booking, conversation)
	if err != nil {
		return Appointment{}, err
	}
	if !seesBooking(a, booking, f.state) {
		return Appointment{}, noCall()
	}
	b, cancelled, err := e.bookingIn(ctx, f.state, booking)
	if err != nil {
		return Appointment{}, err
	}
	if a.Role == bot.Doctor && a.Login != b.Doctor && !cancelled {
		if cancelled, err = e.hadBooking(ctx, f.state, booking, a.Login); err != nil {
			return Appointment{}, e.unavailable("look up an appointment", err)
		}
	}
	if a.Role == bot.Patient {
		language = f.state.Language
	}
	v := calendar.Visit{
		Booking: b.ID, Sequence: b.Seq, Start: b.Start, Length: b.Length, Cancelled: cancelled,
		ForDoctor: a.Role.Staff(), Language: language, From: e.o.From, At: e.now(),
	}
	if p := e.live(f.state.Site); p != nil {
		v.Clinic = p.Clinic().Name.In(language)
	}
	return Appointment{Booking: b, Visit: v}, nil
}

// ofBooking is the conversation of a booking: the patient's own, else the one in
// whose lists it is, else the one that the caller names.
func (e *Engine) ofBooking(ctx context.Context, a bot.Actor, booking, named string) (*folded, error) {
	id := a.Conversation
	if id == "" {
		var err error
		id, err = e.conversationOf(ctx, booking)
		if errors.Is(err, &bot.Refusal{Code: bot.NoCall}) && named != "" {
			id, err = named, nil
		}
		if err != nil {
			return nil, err
		}
	}
	f, _, err := e.fresh(ctx, id)
	if err != nil {
		return nil, e.unavailable("look up an appointment", err)
	}
	return f, nil
}

// seesBooking says who may know when a visit is: nothing is told beside that.
func seesBooking(a bot.Actor, booking string, s bot.State) bool {
	switch {
	case !s.Started():
		return false
	case a.Role == bot.Patient:
		return a.Conversation == s.ID && (a.Call == "" || a.Call == booking)
	}
	return bot.May(a, bot.DoRead, s) || bot.May(a, bot.DoMove, s)
}

// bookingIn is the booking as it stands, or as it stood when it was cancelled.
func (e *Engine) bookingIn(ctx context.Context, s bot.State, id string) (b bot.Booking, cancelled bool, err error) {
	if now := s.BookingOf(id); now != nil {
		if !now.Firm() {
			return b, false, &bot.Refusal{Code: bot.NotNow, Message: bot.InWords(bot.NotNow, s.Language)}
		}
		return *now, false, nil
	}
	b, known, cancelled, err := e.lastOf(ctx, s, id)
	switch {
	case err != nil:
		return b, false, e.unavailable("look up an appointment", err)
	case !known:
		return b, false, noCall()
	case !cancelled:
		return b, false, callOver(s.Language)
	}
	return b, true, nil
}

// lastOf reads the journal for what became of a booking that the state has no more.
func (e *Engine) lastOf(ctx context.Context, now bot.State, id string) (b bot.Booking, known, cancelled bool, err error) {
	err = e.retell(ctx, now, func(s bot.State, next bot.Entry) {
		if had := s.BookingOf(id); had != nil {
			b, known = *had, true
		}
		if seq, of := cancelledAs(next, id); of && known {
			b.Seq, cancelled = seq, true
		}
	})
	return b, known, cancelled, err
}

// hadBooking reads the journal for whether a booking was promised with a doctor before
// it was given to another: in their calendar it is still.
func (e *Engine) hadBooking(ctx context.Context, now bot.State, id, login string) (had bool, err error) {
	err = e.retell(ctx, now, func(s bot.State, _ bot.Entry) {
		b := s.BookingOf(id)
		had = had || b != nil && b.Firm() && b.Doctor == login
	})
	return had, err
}

// retell shows each entry of a journal with the state that it found.
func (e *Engine) retell(ctx context.Context, now bot.State, show func(bot.State, bot.Entry)) error {
	s := bot.State{ID: now.ID}
	for s.Seq < now.Seq {
		entries, err := e.read(ctx, now.ID, s.Seq, loadPage)
		if err != nil || len(entries) == 0 {
			return err
		}
		for _, entry := range entries {
			show(s, entry)
			if s, err = bot.Apply(s, entry); err != nil {
				return fmt.Errorf("%w: %w", errUnreadable, err)
			}
		}
	}
	return nil
}

// cancelledAs is the sequence under which an entry cancels a booking.
func cancelledAs(entry bot.Entry, id string) (seq int, of bool) {
	var body bot.CancelledBooking
	if entry.Kind != bot.BookingCancelled || json.Unmarshal(entry.Body, &body) != nil {
		return 0, false
	}
	return body.Seq, body.Booking == id
}
