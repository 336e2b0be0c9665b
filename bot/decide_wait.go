package bot

import (
	"time"

	"bedside/flows"
)

// firstSilence is how long what a rung asks waits for an answer where the flow
// names no time of silence.
const firstSilence = 5 * time.Minute

// rungAt is when the n-th rung of the wait comes, from 1: the flow's ladder, then
// every hour; without a ladder the built-in ones.
func rungAt(s State, n int, l Limits) time.Time {
	ladder := len(s.Rungs)
	switch {
	case ladder == 0:
		return s.RungAt.Add(rungAfter(n, l))
	case n <= ladder:
		return s.RungAt.Add(s.Rungs[n-1])
	}
	return s.RungAt.Add(s.Rungs[ladder-1] + time.Duration(n-ladder)*time.Hour)
}

// climb does the rungs that are due. After a restart several may be: every one
// widens and alerts, and the patient hears only the last that speaks.
func (t *turn) climb() error {
	first, last := t.s.Rung+1, t.s.Rung+1
	for !rungAt(t.s, last+1, t.f.Limits).After(t.f.Now) {
		last++
	}
	ladder := len(t.s.Rungs)
	if ladder == 0 || first > ladder || t.f.Program == nil {
		return t.remind(last)
	}
	last = min(last, ladder)
	spoken := t.lastThatSpeaks(first, last)
	for n := first; n <= last && t.s.Phase == Waiting; n++ {
		turn, err := t.f.Program.Climb(t.s.Memory, t.flowFacts(), n, n != spoken)
		if err != nil {
			return t.remind(n)
		}
		if err := t.play(turn, nil); err != nil {
			return err
		}
	}
	return nil
}

// lastThatSpeaks is the last rung of those that does more than to widen and to
// alert; 0 is none, as while an emergency asks.
func (t *turn) lastThatSpeaks(first, last int) int {
	if t.s.Memory.Above == flows.AboveEmergency {
		return 0
	}
	for n := last; n >= first; n-- {
		if turn, err := t.f.Program.Climb(t.s.Memory, t.flowFacts(), n, false); err == nil && len(turn.Events) > 1 {
			return n
		}
	}
	return 0
}

// remind is a rung that is built in: the numbers are said and the lead is woken.
func (t *turn) remind(rung int) error {
	clinic := t.live().Clinic()
	t.bot(WaitReminded, Reminded{Rung: rung, Text: t.words().wait(clinic.Phone, clinic.Emergency), Lang: t.s.Language})
	t.alert("wait")
	return nil
}

// reached records a rung of the flow's ladder.
func (t *turn) reached(e flows.Reached) {
	t.system(WaitReached, ForStaff, Reached{
		Step: e.At.String(), Rung: e.Rung, Also: e.Also, Alert: e.Alert, Leads: e.Leads, Quiet: e.Quiet,
	})
	if e.Alert != "" {
		t.system(LeadAlerted, ForStaff, Alerted{Who: e.Alert, Why: "wait"})
	}
}

// rungUnanswered is when what a rung's part asks is given up and its promise made
// without the answer. A rung's own question waits for the next rung.
func rungUnanswered(s State) time.Time {
	if s.Phase != Waiting || s.Asked == nil || s.Memory.Above != flows.AboveRung || onLadder(s.Memory.At) {
		return time.Time{}
	}
	within := firstSilence
	if len(s.Silence) > 0 {
		within = s.Silence[0]
	}
	return s.AskedAt.Add(within)
}

// promiseWithout makes the promise of a rung's part although nobody answers. Where
// none can be made the question is dropped and the lead is woken.
func (t *turn) promiseWithout() error {
	if t.f.Program != nil && t.s.CallBack == nil { // one that stands is not put off by another
		if turn, err := t.f.Program.Promise(t.s.Memory, t.flowFacts()); err == nil {
			if err := t.play(turn, nil); err != nil {
				return err
			}
			t.alert("unanswered")
			return nil
		}
	}
	t.follow(flows.Dropped{})
	t.alert("unanswered")
	return nil
}

// hush reminds a silent patient, or ends, as the flow says.
func (t *turn) hush() error {
	if t.f.Program == nil || t.s.Hushed >= len(t.s.Silence) {
		return t.closeSilent()
	}
	n := t.s.Hushed + 1
	for n < len(t.s.Silence) && !t.s.SpokeAt.Add(t.s.Silence[n]).After(t.f.Now) {
		n++
	}
	turn, err := t.f.Program.Silent(t.s.Memory, t.flowFacts(), n)
	if err != nil {
		return t.closeSilent()
	}
	return t.play(turn, nil)
}

// silentAt is when a silent patient is reminded next, or the intake closes.
func silentAt(s State, l Limits) time.Time {
	n := len(s.Silence)
	if s.Hushed < n {
		return s.SpokeAt.Add(s.Silence[s.Hushed])
	}
	if n > 0 {
		return s.SpokeAt.Add(max(l.IntakeIdle, s.Silence[n-1]+time.Minute))
	}
	return s.SpokeAt.Add(l.IntakeIdle)
}

func (t *turn) closeSilent() error { return t.endSilent(t.words().silence) }

// endSilent closes an intake in which nothing was said, at the question at which it
// stands. A promise parks it.
func (t *turn) endSilent(words string) error {
	if t.s.Promised() {
		return t.conclude("", false, CloseSilence)
	}
	phase, err := t.move(EvClose)
	if err != nil {
		return err
	}
	if words != "" {
		t.bot(BotSaid, Said{Text: words, Lang: t.s.Language})
	}
	t.bot(ConversationClosed, Closed{Event: EvClose, Phase: phase, Why: CloseSilence})
	return nil
}
