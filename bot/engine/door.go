package engine

import (
	"context"
	"crypto/rand"

	"bedside/bot"
)

// CallNow is how an open call, or an appointment whose call does not go on yet,
// stands for somebody who may enter it. Refusals are those of Join before TrueConf
// is asked; a call that is being made, or that comes, is none.
func (e *Engine) CallNow(ctx context.Context, a bot.Actor, call string) (CallNow, error) {
	s, err := e.joinable(ctx, a, call)
	if err != nil {
		return CallNow{}, err
	}
	var in string
	if a.Role != bot.Patient {
		in = s.ID
	}
	if ledOn(s, call) {
		return CallNow{State: bot.CallAsked, Doctor: s.DoctorName, Again: true, Conversation: in}, nil
	}
	if !s.Call.Named(call) || !s.Call.Open() {
		state := bot.CallAsked
		if s.Call.Named(call) { // and is over before both have met
			state = s.Call.State
		}
		return CallNow{State: state, Doctor: s.BookingOf(call).DoctorName, Booked: e.bookedCall(a, s, call), Conversation: in}, nil
	}
	out := CallNow{
		State: s.Call.State, Seen: !s.Call.Unwatched, Doctor: s.DoctorName, Lacks: s.Call.Lacks, Until: s.Call.Until,
		Again: s.LeadsOn(call), Booked: e.bookedCall(a, s, call), Conversation: in,
	}
	for _, who := range []bot.Role{bot.Patient, bot.Doctor} {
		if s.Call.Inside[who] {
			out.Inside = append(out.Inside, who)
		}
	}
	return out, nil
}

// RingAgain rings the other of the two: their page, and the app of a doctor who
// comes by it. A press soon after another is refused as too_many.
func (e *Engine) RingAgain(ctx context.Context, a bot.Actor, call string) error {
	s, err := e.joinable(ctx, a, call)
	if err != nil {
		return err
	}
	if s.Call.Named(call) {
		call = s.Call.ID
	}
	_, err = e.Do(ctx, bot.Command{
		Conversation: s.ID, Key: rand.Text(), Do: bot.DoRingAgain, Actor: a, Args: bot.Args{Call: call},
	})
	return err
}
