package badluck_test

import (
	"maps"
	"slices"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/store"
	"bedside/trueconf/standin"
)

// strikes is a stroke of the day's bad luck.
func (d *day) strikes() {
	var on []string
	for _, row := range rows {
		if d.luck[row] {
			on = append(on, row)
		}
	}
	if len(on) == 0 {
		return
	}
	switch row := on[d.chance.IntN(len(on))]; row {
	case "restarts":
		d.note("the process is started anew")
		d.restart()
	case "deaths":
		at := death{write: 1 + d.chance.IntN(12)}
		if d.one(2) {
			at.how = 1
		}
		d.note("the process is started anew and dies in its write %d", at.write)
		d.restartDying(at)
	case "slow":
		d.troubled(standin.Trouble{Kind: standin.TroubleLatency, For: time.Duration(1+d.chance.IntN(9)) * time.Second})
	case "down":
		d.troubled(standin.Trouble{Kind: badAnswers[d.chance.IntN(len(badAnswers))]})
	case "admin":
		d.meddles()
	}
}

// troubled lets TrueConf be unwell for up to two minutes.
func (d *day) troubled(trouble standin.Trouble) {
	d.note("TrueConf: %s", trouble.Kind)
	long := time.Duration(10+d.chance.IntN(110)) * time.Second
	d.video.trouble(trouble)
	d.badUntil = time.Now().Add(long)
	time.AfterFunc(long, func() { d.video.trouble() })
}

// meddles is what an administrator does to one of the rooms.
func (d *day) meddles() {
	rooms := d.rooms()
	if len(rooms) == 0 {
		return
	}
	room := rooms[d.chance.IntN(len(rooms))]
	d.badUntil = later(d.badUntil, time.Now())
	switch d.chance.IntN(3) {
	case 0:
		d.note("an administrator stops a room")
		d.video.StopRoom(room)
	case 1:
		d.note("an administrator starts a room")
		d.video.StartRoom(room)
	default:
		d.note("an administrator deletes a room")
		d.video.DeleteRoom(room)
	}
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// known are the states of all conversations as they stand on the disk.
func (w *witness) known() map[string]bot.State {
	w.mu.Lock()
	defer w.mu.Unlock()
	return maps.Clone(w.states)
}

// looks holds the clinic to its promises, between two steps.
func (d *day) looks() {
	d.t.Helper()
	synctest.Wait()
	states := d.disk.known()
	for _, id := range slices.Sorted(maps.Keys(states)) {
		d.notAlone(states[id])
	}
	d.claimsMatch(states)
	d.freeTakesNext(states)
	if d.t.Failed() {
		d.t.FailNow()
	}
}

// overdue is how long a moment may have passed unattended: longer than any
// question to TrueConf takes.
const overdue = 3 * time.Minute

// notAlone: whoever waits has somebody who has been woken, or a moment at which
// something happens, and that moment does not pass unattended.
func (d *day) notAlone(s bot.State) {
	d.t.Helper()
	if !s.Started() {
		return
	}
	head, err := d.bolt.Head(d.t.Context(), s.ID)
	require.NoError(d.t, err)
	now := time.Now()
	fail := func(format string, args ...any) {
		d.t.Helper()
		d.t.Errorf("%s (%s): "+format, append([]any{s.ID[:6], s.Phase}, args...)...)
	}
	if since := now.Sub(later(head.Wake, s.At)); !head.Wake.IsZero() && since > overdue { // what is recorded may be due at once
		fail("its moment passed %s ago unattended", since)
	}
	within := func(what string, by time.Time) {
		d.t.Helper()
		if head.Wake.IsZero() || head.Wake.After(by.Add(overdue)) {
			fail("%s, and nothing happens before %s (wake %s)", what, by, head.Wake)
		}
	}
	switch s.Phase {
	case bot.Intake:
		within("the bot asks", now.Add(5*time.Hour))
	case bot.Waiting:
		if s.CallBack == nil {
			within("the patient waits", now.Add(time.Hour))
		}
	case bot.Consulting:
		if !s.OwedSince.IsZero() && !s.Call.Open() {
			within("a word is owed", s.OwedSince.Add(10*time.Minute))
		}
	case bot.Parked:
		if !s.Promised() && s.Emergency == nil {
			fail("parked for nothing")
		}
	}
	for _, b := range s.Bookings {
		if b.State != bot.DueNow {
			within("an appointment is near", later(b.Start, now))
		}
	}
	if s.CallBack != nil {
		within("a call is promised", later(s.CallBack.By, now.Add(time.Hour)))
	}
	if o := s.Offer; o != nil {
		within("a doctor is rung", o.Until)
	}
}

// freeTakesNext: nobody waits, without a doctor who is rung for them, while one is
// free who has not passed them over.
func (d *day) freeTakesNext(states map[string]bot.State) {
	d.t.Helper()
	free := d.freeDoctors(states)
	for _, id := range slices.Sorted(maps.Keys(states)) {
		s := states[id]
		var could string
		for _, a := range free {
			_, passed := s.Passed[a.Login]
			if !passed && s.Offer == nil && s.Phase == bot.Waiting && slices.ContainsFunc(s.Offered(), a.Serves) {
				could = a.Login
			}
		}
		since, waits := d.idle[id]
		switch {
		case could == "":
			delete(d.idle, id)
		case !waits:
			d.idle[id] = time.Now()
		case time.Since(since) > time.Minute:
			d.t.Errorf("%s waits for a minute and nobody is rung, though %s is free", id[:6], could)
		}
	}
}

// freeDoctors are those who could be rung now.
func (d *day) freeDoctors(states map[string]bot.State) []bot.Actor {
	var out []bot.Actor
	for _, a := range dayStaff {
		duty, err := d.e.Duty(d.t.Context(), a)
		if err != nil { // the process has just died
			d.revive()
			return nil
		}
		free := d.isPresent(a.Login) && duty.State == bot.DutyOn && duty.Open < duty.Most
		for _, s := range states {
			if s.Offer != nil && s.Offer.Doctor == a.Login || s.Call.Open() && s.Phase == bot.Consulting && s.Doctor == a.Login {
				free = false
			}
		}
		if free {
			out = append(out, a)
		}
	}
	return out
}

// claimsMatch: what is kept of things of which there is one is what the
// conversations hold, each held once.
func (d *day) claimsMatch(states map[string]bot.State) {
	d.t.Helper()
	held := map[string]string{}
	now := time.Now()
	for _, id := range slices.Sorted(maps.Keys(states)) {
		for _, c := range bot.Claims(states[id]) {
			if !c.Until.IsZero() && !c.Until.After(now) {
				continue
			}
			key := c.Space + "/" + c.Key
			require.Empty(d.t, held[key], "%s is held by two: %s and %s", key, held[key], id)
			held[key] = id
		}
	}
	require.Equal(d.t, held, d.claimed())
}

// claimed are the records of claims, each with who holds it.
func (d *day) claimed() map[string]string {
	d.t.Helper()
	out := map[string]string{}
	for _, space := range []string{bot.SpaceOffer, bot.SpaceAgenda, bot.SpaceSeat, bot.SpaceRoom} {
		for cursor := ""; ; {
			records, next, err := d.bolt.Records(d.t.Context(), space, "", cursor, 1000)
			require.NoError(d.t, err)
			for _, r := range records {
				out[space+"/"+r.Key] = string(r.Value)
			}
			if cursor = next; cursor == "" {
				break
			}
		}
	}
	return out
}

// evening: no new bad luck; the doctors end what they have, and time goes on until
// nothing is left of the day.
func (d *day) evening() {
	d.t.Helper()
	d.note("evening")
	d.video.trouble()
	d.revive()
	for _, x := range d.doctors {
		x.tabs.all((*standin.Visitor).Leave)
		x.comes(true)
	}
	for _, p := range d.patients {
		p.tabs.all((*standin.Visitor).Leave)
	}
	for end := time.Now().Add(4 * 24 * time.Hour); ; {
		d.passes(10 * time.Minute)
		d.looks()
		left := d.clearUp()
		if left == "" {
			break
		}
		if time.Now().After(end) {
			d.t.Fatalf("four days later there is still: %s", left)
		}
	}
	require.Empty(d.t, d.claimed(), "held by nobody")
	require.Empty(d.t, d.rooms(), "rooms are left at TrueConf")
	for _, list := range []string{bot.ListOpen, bot.ListCalls, bot.ListRooms, bot.ListSeatless, bot.ListUnheld, bot.ListNotices, bot.ListAllBookings} {
		var heads []store.Head
		heads, _, err := d.bolt.List(d.t.Context(), list, "", 10)
		require.NoError(d.t, err)
		require.Empty(d.t, heads, "the list %s", list)
	}
}

// clearUp lets doctors end what is theirs to end, and says what else is left.
func (d *day) clearUp() (left string) {
	for _, p := range d.patients {
		if !p.started {
			continue
		}
		for range 6 {
			who, do := d.ender(p.state())
			if do == "" {
				break
			}
			d.does(d.deed(who.file(p), do, d.args(do, p.state())))
		}
		if s := p.state(); s.Phase != bot.ClosedDown || len(s.Rooms) > 0 || len(s.Tasks) > 0 || len(s.Notices) > 0 {
			left = p.label() + ": " + string(s.Phase)
		}
	}
	return left
}

// ender is somebody who can end something in a conversation, and what.
func (d *day) ender(s bot.State) (*dayDoctor, bot.Do) {
	ways := []bot.Do{bot.DoEndEmergency, bot.DoHangUp, bot.DoFinish, bot.DoCallbackDone, bot.DoTaskDone}
	if s.Phase == bot.Waiting {
		ways = append(ways, bot.DoClaim)
	}
	for _, x := range append(slices.Clone(d.doctors), d.lead) {
		may := bot.MayDo(x.actor, s)
		for _, do := range ways {
			if slices.Contains(may, do) {
				return x, do
			}
		}
	}
	return nil, ""
}
