package engine

import (
	"context"
	"time"

	"bedside/bot"
	"bedside/bot/rooms"
)

// joinTime is the longest that a press waits for TrueConf.
const joinTime = 15 * time.Second

// Join lets one person into a call: it mints a guest link, or rings the doctor's
// own app where that is the way in. Who enters as whom comes from the actor
// alone. Of an appointment whose time has not come the doctor's press opens the room
// from ten minutes before. Refusals are no_call, ended, too_early, not_ready, room_full, no_guest_seat,
// elsewhere, ghost, never_fits and unavailable, most with the seconds after which another press
// may do better.
func (e *Engine) Join(ctx context.Context, a bot.Actor, r JoinRequest) (JoinAnswer, error) {
	s, err := e.joinable(ctx, a, r.Call)
	if err == nil && ledOn(s, r.Call) {
		return JoinAnswer{}, notReady(s)
	}
	if err == nil && !s.Call.Named(r.Call) {
		s, err = e.openBooked(ctx, a, s, r.Call)
	}
	if err != nil {
		return JoinAnswer{}, err
	}
	if err := standing(s, e.now()); err != nil {
		return JoinAnswer{}, err
	}
	if !e.o.Effects {
		return JoinAnswer{}, &bot.Refusal{
			Code: bot.Unavailable, Message: bot.InWords(bot.Unavailable, s.Language),
			Detail: "this is a restored backup: nothing is asked of TrueConf before `bedside adopt`",
		}
	}
	ctx, cancel := context.WithTimeout(ctx, joinTime)
	defer cancel()
	answer := JoinAnswer{Conversation: s.ID, Call: s.Call.ID, Seq: s.Call.ReadySeq}
	if a.Role == bot.Doctor && s.Call.How == bot.ByApp {
		answer.Rung = true
		return answer, e.ringAgain(ctx, s)
	}
	link, err := e.mint(ctx, a, s, r)
	if err != nil {
		return JoinAnswer{}, err
	}
	answer.WebURL, answer.Deeplinks, answer.Apps, answer.ExpiresAt = link.WebURL, link.Deeplinks, link.Apps, link.ExpiresAt
	return answer, nil
}

// joinable is the state of the call's conversation, if the actor may enter it: of
// an open call, of an appointment whose call does not go on yet, or of one whose link
// leads into the next call.
func (e *Engine) joinable(ctx context.Context, a bot.Actor, call string) (bot.State, error) {
	id, err := e.conversationOf(ctx, call)
	if err != nil {
		return bot.State{}, err
	}
	f, _, err := e.fresh(ctx, id)
	if err != nil {
		return bot.State{}, e.unavailable("look up a call", err)
	}
	s := f.state
	open, booked := s.Call.Open() && s.Call.Named(call), comes(s, call) || ledOn(s, call)
	switch {
	case open && bot.May(a, bot.DoJoin, s), !open && booked && bot.May(a, bot.DoBegin, s):
		return s, nil
	case bot.May(a, bot.DoJoin, s), bot.May(a, bot.DoRead, s):
		if open || booked {
			return bot.State{}, &bot.Refusal{Code: bot.Forbidden, Message: "only those who are called may enter"}
		}
		return bot.State{}, callOver(s.Language)
	}
	return bot.State{}, noSuchConversation()
}

// standing refuses a call whose room is not there yet, or not now.
func standing(s bot.State, now time.Time) error {
	c := s.Call
	switch c.State {
	case bot.CallStands, bot.CallLive:
		return nil
	}
	wait := 2
	if c.State == bot.CallDown && c.RetryAt.After(now) {
		wait = max(wait, int(c.RetryAt.Sub(now)/time.Second)+1)
	}
	return &bot.Refusal{
		Code: bot.CallNotReady, Message: bot.InWords(bot.CallNotReady, s.Language), RetryAfter: wait,
	}
}

// ringAgain rings the doctor's app for a press of Join.
func (e *Engine) ringAgain(ctx context.Context, s bot.State) error {
	if err := e.ringOnce(ctx, s.ID, s.Call.Room(), s.Call.Owner); err != nil {
		return e.refusalOf(ctx, s, err)
	}
	return nil
}

// mint asks for a link and keeps what was seen on the way.
func (e *Engine) mint(ctx context.Context, a bot.Actor, s bot.State, r JoinRequest) (rooms.Link, error) {
	room := s.Call.Room()
	who := bot.Patient
	if a.Role == bot.Doctor {
		who = bot.Doctor
	}
	p := press{call: room.Call, attempt: room.Attempt, who: who}
	inside := s.Call.Inside[who] && !r.Move && !r.Failed && e.presses.elsewhere(p, r.Device, e.now())
	if inside || !r.Pushed && !e.presses.asks(p, r.Device, r.Itself) {
		return rooms.Link{}, &bot.Refusal{Code: bot.Elsewhere, Message: bot.InWords(bot.Elsewhere, s.Language)}
	}
	failed := e.presses.failed(p, r.Failed, e.now())
	link, err := e.o.Rooms.Mint(ctx, rooms.MintOrder{
		Room: room, Conversation: s.ID, Who: who, Name: shownName(a, s, who),
		Language: firstOf(r.Language, s.Language), Failed: failed,
		Reading:        e.watches.reading(s.ID, room),
		SeatsElsewhere: e.watches.guestsElsewhere(s.ID),
	})
	e.metrics.effect(deedMint, err)
	if !link.Reading.At.IsZero() {
		e.watches.minted(s.ID, room, link.Reading)
	}
	if rooms.KindOf(err) == rooms.Ghost {
		return rooms.Link{}, e.ghost(ctx, s, p)
	}
	if err != nil {
		return rooms.Link{}, e.turnedAway(ctx, s, who, e.refusalOf(ctx, s, err))
	}
	if !e.presses.minted(p, failed, e.now()) {
		return rooms.Link{}, e.turnedAway(ctx, s, who, refusedTwice(s))
	}
	e.presses.came(p, r.Device)
	return link, nil
}

func shownName(a bot.Actor, s bot.State, who bot.Role) string {
	switch {
	case who == bot.Doctor:
		return firstOf(a.Name, s.DoctorName, a.Login)
	default:
		return firstOf(s.Name(), a.Name, bot.NamelessPatient(s.Language))
	}
}

func firstOf(all ...string) string {
	for _, s := range all {
		if s != "" {
			return s
		}
	}
	return ""
}
