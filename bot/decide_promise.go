package bot

import (
	"bedside/flows"
)

// promise records a call-back. Unless the place in the queue is kept, it takes
// that place.
func (t *turn) promise(e flows.Promised) error {
	if e.Tell != "" {
		t.bot(BotSaid, Said{Text: e.Tell, Lang: t.s.Language})
	}
	to := t.department(e.Department)
	t.bot(CallbackPromised, Promised{
		Department: to, Title: t.title(to), By: e.By.UTC(), Phone: e.Phone, PlaceKept: e.PlaceKept, Step: e.At.String(),
	})
	if e.PlaceKept {
		return nil
	}
	return t.leaveQueue(ParkCallback)
}

func (t *turn) leaveQueue(why ParkWhy) error {
	if t.s.Phase != Waiting {
		return nil
	}
	return t.park(why, "", false)
}

func (t *turn) park(why ParkWhy, step string, rate bool) error {
	phase, err := t.move(EvPark)
	if err != nil {
		return err
	}
	t.bot(ConversationParked, Aside{Event: EvPark, Phase: phase, Why: why, Step: step, Rate: rate})
	return nil
}

// end is the flow's own end.
func (t *turn) end(e flows.Ended) error {
	if e.Silence {
		return t.endSilent(e.Text)
	}
	if e.Text != "" {
		t.bot(BotSaid, Said{Text: e.Text, Lang: t.s.Language})
	}
	return t.conclude(e.At.String(), e.Rate, CloseFlow)
}

// conclude closes the conversation, or parks it while a promise or an emergency
// stands.
func (t *turn) conclude(step string, rate bool, why CloseWhy) error {
	switch {
	case t.s.Emergency != nil:
		return t.park(ParkEmergency, step, rate)
	case t.s.CallBack != nil:
		return t.park(ParkCallback, step, rate)
	case len(t.s.Bookings) > 0:
		return t.park(ParkBooking, step, rate)
	}
	phase, err := t.move(EvEnd)
	if err != nil {
		return err
	}
	t.bot(ConversationClosed, Closed{Event: EvEnd, Phase: phase, Why: why, Step: step, Rate: rate})
	return nil
}

// settle closes a parked conversation in which nothing is promised any more. What
// the patient has said meanwhile is for a doctor to answer first.
func (t *turn) settle() error {
	switch {
	case t.s.Phase != Parked || t.s.Emergency != nil:
		return nil
	case t.s.SaidParked:
		return t.lapse(Queued{Department: t.s.Department})
	case t.s.Promised():
		return nil
	}
	return t.closeSettled(EvSettle)
}

func (t *turn) closeSettled(e Event) error {
	phase, err := t.move(e)
	if err != nil {
		return err
	}
	words := t.parting
	if words == "" {
		words = t.words().settled(t.live().Clinic().Phone)
	}
	t.say(words)
	t.bot(ConversationClosed, Closed{Event: e, Phase: phase, Why: CloseSettled})
	return nil
}

// callbackDone is the clinic's word that the patient has been reached. Who waits
// only because the call was late waits no longer.
func (t *turn) callbackDone() error {
	if t.s.CallBack == nil {
		return noCallback()
	}
	t.mine(CallbackDone, ForAll, struct{}{})
	if t.s.Phase == Waiting && t.s.QueuedBy == EvLapse && !t.s.First && !t.s.Promised() && t.s.Emergency == nil {
		return t.closeSettled(EvEnd)
	}
	return t.settle()
}

// callbackFailed is the clinic's word that the patient could not be reached: a
// doctor answers in the chat.
func (t *turn) callbackFailed() error {
	if t.s.CallBack == nil {
		return noCallback()
	}
	reason := t.c.Args.Reason
	if reason != "" {
		var err error
		if reason, err = t.text(reason); err != nil {
			return err
		}
	}
	to := t.s.CallBack.Department
	t.mine(CallbackFailed, ForAll, CallbackFailure{Reason: reason})
	if t.s.Phase == Parked || t.s.Phase == Intake {
		return t.lapse(Queued{Department: to})
	}
	return nil
}

func noCallback() *Refusal { return refuse(NotNow, "There is no open call-back in this conversation.") }

// missCallback wakes the lead: at the deadline, and every hour until the call-back is
// done or has failed. One who was parked for it waits for a doctor from here on.
func (t *turn) missCallback() error {
	to := t.s.CallBack.Department
	t.system(CallbackMissed, ForStaff, struct{}{})
	t.alert("callback")
	if t.s.Phase != Parked {
		return nil
	}
	t.bot(BotSaid, Said{Text: t.words().callbackMissed, Lang: t.s.Language})
	return t.lapse(Queued{Department: to})
}

// lapse puts the patient into the queue of the department that has promised.
func (t *turn) lapse(b Queued) error {
	event := EvHandOver
	if t.s.Phase == Parked {
		event = EvLapse
	}
	phase, err := t.move(event)
	if err != nil {
		return err
	}
	b.Event, b.Phase = event, phase
	return t.join(b)
}

// join puts the patient into a queue without a step of the flow. Where a
// hand-over of the flow stands its ladder begins anew.
func (t *turn) join(b Queued) error { return t.greet(t.queue(b)) }

// queue is join without a word to the patient; the answer is the department.
func (t *turn) queue(b Queued) string {
	b.Department = t.department(b.Department)
	b.Title, b.Priority = t.title(b.Department), priority(flows.Priority(t.s.Priority))
	if t.s.Memory.Base().Waits == flows.WaitHandOver {
		b.Rungs, b.Summary = seconds(t.s.Rungs), t.s.Summary
	}
	t.bot(QueueJoined, b)
	return b.Department
}

// greet is for one who waits again. Where the department is closed or nobody is
// there, the flow says so by the part that its hand-over names and the lead is
// woken; where it names none the patient reads when the department opens.
func (t *turn) greet(department string) error {
	if passed, err := t.passAgain(department); passed || err != nil {
		return err
	}
	live := t.live()
	d, _ := live.Department(department)
	if d.OpenAt(t.f.Now) {
		t.alertIfNobody(department)
		return nil
	}
	if at, ok := d.Opens(t.f.Now); ok {
		clinic := live.Clinic()
		t.bot(BotSaid, Said{Text: t.words().opens(at.In(clinic.Zone), clinic.Phone), Lang: t.s.Language})
	}
	t.alert("closed")
	return nil
}

// passAgain plays what the flow has for a hand-over that nobody can take now; false
// where it has nothing.
func (t *turn) passAgain(department string) (bool, error) {
	if t.f.Program == nil || t.s.Emergency != nil || t.s.Memory.Base().Waits != flows.WaitHandOver {
		return false, nil
	}
	turn, err := t.f.Program.Pass(t.s.Memory, t.flowFacts(), department)
	if err != nil || len(turn.Events) == 0 {
		return false, nil // a step of an older flow that is no more: the built-in words
	}
	d, _ := t.live().Department(department)
	t.follow(turn.Events[0])
	t.alert(map[bool]string{true: "nobody", false: "closed"}[d.OpenAt(t.f.Now)])
	return true, t.play(flows.Turn{Events: turn.Events[1:]}, nil)
}
