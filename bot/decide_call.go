package bot

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
	case c.State == CallAsked:
		return refuse(CallNotReady, "the room is still being made; hang up first to come another way")
	default:
		t.attempt(how, "changed")
		return nil
	}
	t.request(Requested{Call: t.f.NewID(), Attempt: 1, How: how, Doctor: t.s.Doctor, Owner: t.owner(how), Why: "escalate"})
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

// attempt asks for another room of the same call.
func (t *turn) attempt(how How, why string) {
	c := t.s.Call
	t.request(Requested{Call: c.ID, Attempt: c.Attempt + 1, How: how, Doctor: c.Doctor, Owner: t.owner(how), Why: why})
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
	t.mine(CallEnded, ForAll, Ended{Call: c.ID, By: t.c.Actor.Role, Why: why})
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
	return nil
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
		t.attempt(t.s.Call.How, t.c.Args.Why)
	}
	return nil
}

// ring records the attempt before the app is rung: a ring is made at most once.
func (t *turn) ring() error {
	c := t.s.Call
	if !t.present() || c.How != ByApp || (c.State != CallStands && c.State != CallLive) {
		return nil
	}
	t.system(CallRung, ForStaff, t.presence())
	return nil
}

func (t *turn) removed() error {
	if t.s.Rooms[Room{Call: t.c.Args.Call, Attempt: t.c.Args.Attempt}] {
		t.system(CallRemoved, ForSystem, t.ofCall())
	}
	return nil
}
