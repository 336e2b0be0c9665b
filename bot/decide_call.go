package bot

import "time"

// escalate turns the chat into a video visit. Pressed again with the same way in
// it has nothing to do; another way in makes a new attempt; a failed call is
// replaced by a new one.
func (t *turn) escalate() error {
	if t.s.Phase != Consulting {
		return t.notNow()
	}
	how, err := t.way()
	if err != nil {
		return err
	}
	c := t.s.Call
	switch {
	case !c.Open():
	case c.State == CallDown:
		t.endCall(EndReplaced)
	case c.How == how:
		return nil
	case c.State == CallAsked && c.Lacks == "":
		return refuse(CallNotReady, "the room is still being made; hang up first to come another way")
	default:
		return t.change(how)
	}
	t.begin(Requested{Call: t.f.NewID(), Attempt: 1, How: how, Doctor: t.s.Doctor, Owner: t.owner(how), Why: "escalate"})
	return nil
}

// way is how the doctor comes, refused at the click where it can never fit.
func (t *turn) way() (How, error) {
	how := t.c.Args.How
	if how == "" {
		how = ByPage
		if t.s.TrueConfID != "" {
			how = ByApp
		}
	}
	switch {
	case how != ByApp && how != ByPage:
		return "", refuse(Malformed, "escalate knows the ways `app` and `page`")
	case how == ByApp && t.s.TrueConfID == "":
		return "", refuse(NeverFits, "You have no TrueConf ID here. Come by `page`, or ask the administrator to add `trueconf_id` to your entry under `staff`.")
	case how == ByPage && t.f.Limits.GuestSeats < 2:
		return "", refuse(NeverFits, "Two guests need two guest connections and the TrueConf Server has fewer. Come by `app` with a TrueConf ID, or raise the licence and `trueconf.guest_seats`.")
	}
	return how, nil
}

func (t *turn) owner(how How) string {
	if how == ByApp {
		return t.s.TrueConfID
	}
	return ""
}

func (t *turn) request(b Requested) { t.mine(CallRequested, ForAll, b) }

// change brings the doctor another way. A call that goes on stays as it is where a
// guest seat more is needed and none is free.
func (t *turn) change(how How) error {
	b := t.another(how, "changed")
	if t.s.Call.Lacks != "" {
		t.begin(b)
		return nil
	}
	if seatsOf(how) > len(b.Seats) {
		got := t.take(how, true)
		if got.Lacks != "" {
			return refuse(NoGuestSeat, "All guest connections of the TrueConf Server are taken just now. Stay with `app`, or press again when another call has ended.")
		}
		b.Seats, b.Room = got.Seats, got.Room
	}
	b.Seats = b.Seats[:seatsOf(how)]
	t.request(b)
	return nil
}

// attempt asks for another room of the same call.
func (t *turn) attempt(how How, why string) { t.request(t.another(how, why)) }

// another is the call's next attempt, with the seats and the room that it has.
func (t *turn) another(how How, why string) Requested {
	c := t.s.Call
	return Requested{
		Call: c.ID, Attempt: c.Attempt + 1, How: how, Doctor: c.Doctor, Owner: t.owner(how), Why: why,
		Seats: c.Seats, Room: c.RoomNumber, Record: c.Record, Kept: c.Kept,
	}
}

func (t *turn) newRoom() error {
	if !t.moveCall(EvRenew) {
		return refuse(NoCall, "there is no open call whose room could be changed")
	}
	t.attempt(t.s.Call.How, "stranger")
	return nil
}

func (t *turn) hangUp() error {
	if !t.s.Call.Open() {
		return refuse(NoCall, t.words().noCall)
	}
	t.endCall(EndHungUp)
	return nil
}

// endCall ends an open call, or withdraws one that is still being made.
func (t *turn) endCall(why EndWhy) {
	c := t.s.Call
	if !c.Open() {
		return
	}
	if t.moveCall(EvWithdraw) {
		t.mine(CallWithdrawn, ForAll, OfCall{Call: c.ID, Attempt: c.Attempt, Why: why})
		return
	}
	together := c.Together
	if !c.BothSince.IsZero() {
		together += max(t.f.Now.Sub(c.BothSince), 0)
	}
	t.mine(CallEnded, ForAll, Ended{Call: c.ID, By: t.c.Actor.Role, Why: why, Together: int(together / time.Second)})
}

// present reports whether the engine's news is about the attempt that counts.
func (t *turn) present() bool {
	c := t.s.Call
	return c.Open() && c.ID == t.c.Args.Call && c.Attempt == t.c.Args.Attempt
}

func (t *turn) ofCall() OfCall { return OfCall{Call: t.c.Args.Call, Attempt: t.c.Args.Attempt} }

func (t *turn) made() error {
	if t.present() && t.moveCall(EvMade) {
		t.system(CallReady, ForAll, t.ofCall())
	}
	return nil
}

func (t *turn) failed() error {
	f := t.c.Args.Failure
	if f == nil || !t.present() || !t.moveCall(EvFail) {
		return nil
	}
	b := *f
	b.Call, b.Attempt, b.RetryAt = t.c.Args.Call, t.c.Args.Attempt, retryAt(t.s, t.f, t.c.Args.Retry)
	t.system(CallFailed, ForAll, b)
	return nil
}

func (t *turn) seen() error {
	c, who := t.s.Call, t.c.Args.Who
	if !t.present() || c.Inside[who] || (c.State != CallStands && c.State != CallLive) {
		return nil
	}
	t.system(CallJoined, ForAll, t.presence())
	return t.met()
}

func (t *turn) gone() error {
	if t.present() && t.s.Call.Inside[t.c.Args.Who] {
		t.system(CallLeft, ForAll, t.presence())
	}
	return nil
}

func (t *turn) presence() Presence {
	return Presence{Call: t.c.Args.Call, Attempt: t.c.Args.Attempt, Who: t.c.Args.Who}
}

func (t *turn) strange() error {
	if t.present() && len(t.s.Call.Strangers) < manyStrangers {
		t.system(CallStranger, ForStaff, Stranger{Call: t.c.Args.Call, Attempt: t.c.Args.Attempt, Name: t.c.Args.Name})
	}
	return nil
}

func (t *turn) unwatched() error {
	if t.present() && !t.s.Call.Unwatched {
		t.system(CallUnwatched, ForStaff, t.ofCall())
	}
	return nil
}

func (t *turn) watchedAgain() error {
	if t.present() && t.s.Call.Unwatched {
		t.system(CallWatched, ForStaff, t.ofCall())
	}
	return nil
}

func (t *turn) broke() error {
	if t.present() && t.moveCall(EvBreak) {
		t.system(CallInterrupted, ForAll, Interrupted{Call: t.c.Args.Call, Attempt: t.c.Args.Attempt, Why: t.c.Args.Why})
	}
	return nil
}

func (t *turn) renew() error {
	if t.present() && t.moveCall(EvRenew) {
		b := t.another(t.s.Call.How, t.c.Args.Why)
		b.Ghost = t.c.Args.Who
		t.request(b)
	}
	return nil
}

// ringing is how long after the beginning the app that was rung for it surely rings
// still: a press of Join, or its page that tries again by itself, adds nothing.
const ringing = 10 * time.Second

// ring records the attempt before the app is rung: a ring is made at most once.
func (t *turn) ring() error {
	c := t.s.Call
	if !t.present() || c.How != ByApp || (c.State != CallStands && c.State != CallLive) {
		return nil
	}
	if c.Rung && t.f.Now.Before(c.ReadyAt.Add(ringing)) {
		return nil
	}
	t.system(CallRung, ForStaff, t.presence())
	return nil
}

// ringRest is how long nobody is rung again after a press.
const ringRest = 20 * time.Second

// ringAgain is asked for by one of the two who waits for the other: the other's
// page rings, and the app of a doctor who comes by it.
func (t *turn) ringAgain() error {
	c, other := t.s.Call, t.c.Actor.Role.Other()
	switch {
	case !c.Open() || c.ID != t.c.Args.Call:
		return refuse(CallOver, t.words().refusals[CallOver])
	case !c.Stands():
		return refuse(CallNotReady, t.words().refusals[CallNotReady])
	case c.Inside[other] && !c.Unwatched:
		return nil
	}
	if rest := c.AwaitedAt[other].Add(ringRest).Sub(t.f.Now); rest > 0 {
		r := refuse(TooMany, t.words().rungJustNow)
		r.RetryAfter = int(rest/time.Second) + 1
		return r
	}
	t.mine(CallAwaited, ForAll, Presence{Call: c.ID, Attempt: c.Attempt, Who: other})
	return nil
}

// crowded tells staff once why somebody is not let in, until that changes.
func (t *turn) crowded() error {
	a, c := t.c.Args, t.s.Call
	if !t.present() || c.Inside[a.Who] || (c.Crowded != nil && c.Crowded.Who == a.Who && string(c.Crowded.Why) == a.Why) {
		return nil
	}
	t.system(CallCrowded, ForStaff, Crowded{Call: a.Call, Attempt: a.Attempt, Who: a.Who, Why: Code(a.Why), Cure: a.Cure})
	return nil
}

func (t *turn) removed() error {
	room := Room{Call: t.c.Args.Call, Attempt: t.c.Args.Attempt}
	if t.s.Call.Open() && room == t.s.Call.Room() {
		return nil // nobody has asked for that: the call goes on in it
	}
	if t.s.Rooms[room] {
		t.system(CallRemoved, ForSystem, t.ofCall())
	}
	return nil
}
