package bot

import (
	"time"

	"bedside/flows"
)

// lateOffer is how long after its end an offer still counts as missed by the
// doctor. What ends later than that has ended while no process ran, and nobody
// could have answered.
const lateOffer = 10 * time.Second

// offer rings the next doctor for a patient who waits and for whom nobody is rung.
func (t *turn) offer() error {
	t.offerNext()
	return nil
}

// offerNext rings whoever comes first among those who are free, department by
// department. Where nobody is, the place in the queue and its ladder stand as they
// are.
func (t *turn) offerNext() {
	if t.s.Offer != nil || t.f.Doctors == nil || len(t.s.Offered()) == 0 {
		return
	}
	if c := t.nextDoctor(); c.taken != nil {
		t.ringFor(*c.taken, c.department, c.why, c.considered)
	}
}

// ringFor records that a doctor is rung, for as long as the department says.
func (t *turn) ringFor(d Actor, department string, why ChosenBy, considered []Considered) {
	made := MadeOffer{
		Doctor: d.Login, Name: d.Name, Department: department, Why: why, Considered: considered,
		Until: t.f.Now.UTC().Add(answerWithin(department, t.live())),
	}
	if t.s.Purpose == flows.ForVideo {
		made.TrueConfID = d.TrueConfID
		t.ringApp(&made)
	}
	t.system(OfferMade, ForStaff, made)
}

// decline is the doctor's word that somebody else should take the patient.
func (t *turn) decline() error {
	reason := t.c.Args.Reason
	if reason != "" {
		var err error
		if reason, err = t.text(reason); err != nil {
			return err
		}
	}
	t.mine(OfferEnded, ForStaff, EndedOffer{Doctor: t.s.Offer.Doctor, Why: OfferDeclined, Reason: reason})
	t.offerNext()
	return nil
}

// offerGone ends the offer to a doctor who cannot take it any more.
func (t *turn) offerGone() error {
	if o := t.s.Offer; o != nil && o.Doctor == t.c.Args.Doctor && !t.rungBusy(o) {
		t.endOffer(OfferGone)
		t.offerNext()
	}
	return nil
}

// rungBusy reports whether the doctor is rung though they had said that they are busy,
// as in an emergency or by a colleague: then that is no reason to ring no longer.
func (t *turn) rungBusy(o *Offer) bool {
	if t.f.Doctors == nil {
		return false
	}
	for _, d := range t.f.Doctors() {
		if d.Actor.Login == o.Doctor {
			return d.Here && d.Duty == DutyBusy && d.Since.Before(o.At)
		}
	}
	return false
}

func (t *turn) endOffer(why OfferWhy) {
	t.system(OfferEnded, ForStaff, EndedOffer{Doctor: t.s.Offer.Doctor, Why: why})
}

// missOffer is the end of an offer that nobody has answered: the next is rung at
// once.
func (t *turn) missOffer() error {
	why := OfferMissed
	if t.f.Now.Sub(t.s.Offer.Until) > lateOffer || !t.here(t.s.Offer.Doctor) {
		why = OfferGone
	}
	t.endOffer(why)
	t.offerNext()
	return nil
}

// here reports whether a doctor could have answered, as far as anybody can say.
func (t *turn) here(login string) bool {
	if t.f.Doctors == nil {
		return true
	}
	for _, d := range t.f.Doctors() {
		if d.Actor.Login == login {
			return d.Here
		}
	}
	return false
}

// settleOffer withdraws an offer for which the conversation has moved on: the
// patient waits no longer, or an emergency goes to others first.
func (t *turn) settleOffer() {
	if t.s.Offer == nil || t.s.offerStands() {
		return
	}
	t.endOffer(OfferWithdrawn)
	t.offerNext()
}

// offerDeadlines are those of the doctor who is rung just now.
func offerDeadlines(s State, _ Limits, _ *flows.Program) []deadline {
	if s.Offer == nil {
		return nil
	}
	return []deadline{{s.Offer.Until, (*turn).missOffer}}
}
