package bot

import (
	"strings"

	"bedside/flows"
)

// claim gives a waiting conversation to the doctor who asks first. A doctor who
// served it may take up a closed one again.
func (t *turn) claim() error {
	a, rung := t.c.Actor, t.s.Offer
	why, considered := t.assignedBy(a)
	if t.s.Phase == Consulting {
		switch {
		case t.s.Doctor == a.Login:
			return nil
		case !t.s.openTo(a):
			return refuse(Taken, t.s.DoctorName)
		}
		if err := t.takeOver(); err != nil {
			return err
		}
	}
	event := EvAssign
	if t.s.Phase == ClosedDown {
		event = EvTakeUp
		if t.f.Now.Sub(t.s.ClosedAt) > t.f.Limits.ResumeWithin {
			return t.notNow()
		}
	}
	phase, err := t.move(event)
	if err != nil {
		return err
	}
	t.mine(DoctorAssigned, ForAll, Assigned{
		Event: event, Phase: phase, Doctor: a.Login, Name: a.Name, TrueConfID: a.TrueConfID, Department: t.takenFor(a),
		Why: why, Considered: considered,
	})
	t.endEmergencyOf(EmergencyTaken)
	return t.callAtOnce(rung)
}

// takenFor is the department whose times hold from the claim on, and to which
// the conversation goes back: that of the queue, in an emergency the one that
// was rung for it, and where there was no queue the one that opened it.
func (t *turn) takenFor(a Actor) string {
	em, back := t.s.Emergency, t.s.CallBack
	switch {
	case em != nil && a.Serves(em.Department):
		return em.Department
	case t.s.Department == "" && back != nil:
		return back.Department
	}
	return t.s.Department
}

// takeOver takes the conversation from a doctor who does not answer in an
// emergency.
func (t *turn) takeOver() error {
	phase, err := t.move(EvRelease)
	if err != nil {
		return err
	}
	t.endCall(EndPhase)
	t.mine(DoctorReleased, ForAll, Released{Event: EvRelease, Phase: phase, Why: "emergency", Department: t.s.Department})
	return nil
}

// callAtOnce asks for the room of a visit by video in the commit of its claim: the
// one into which the doctor's app was rung, where it was.
// Where the doctor's way can never fit, both read that it stays a chat.
func (t *turn) callAtOnce(rung *Offer) error {
	if t.s.Purpose != flows.ForVideo || t.s.Call.Open() {
		return nil
	}
	how, err := t.way()
	if err != nil {
		t.bot(BotSaid, Said{Text: t.words().noVideo, Lang: t.s.Language})
		return nil
	}
	t.begin(Requested{Call: t.callOf(rung, how), Attempt: 1, How: how, Doctor: t.s.Doctor, Owner: t.owner(how), Why: "video"})
	return nil
}

// says is a doctor's message. It is the word that an emergency and a promise to
// call have waited for.
func (t *turn) says(text string) error {
	t.mine(MessageSent, ForAll, Message{Text: text})
	t.answerGiven()
	return nil
}

func (t *turn) answerGiven() {
	t.endEmergencyOf(EmergencyTaken)
	if t.s.CallBack != nil {
		t.mine(CallbackDone, ForAll, struct{}{})
	}
}

func (t *turn) release() error { return t.back("back", t.s.Department, t.c.Args.Reason) }

func (t *turn) transfer() error {
	to := t.c.Args.To
	if login, ok := strings.CutPrefix(to, toDoctor); ok {
		return t.transferTo(login)
	}
	if _, ok := t.live().Department(to); !ok {
		return refuse(Invalid, "there is no such department")
	}
	if to == t.s.Department {
		return refuse(Invalid, "the conversation is in that department already")
	}
	return t.back("transfer", to, t.c.Args.Reason)
}

// back puts the patient into a queue again, with the first waiting time as rank.
func (t *turn) back(why, department, reason string) error {
	if alarmed, err := t.giveBack(why, department, reason); alarmed || err != nil {
		return err
	}
	return t.greet(t.department(department))
}

// giveBack is back without what the flow has for one who waits again; true: an
// emergency is raised anew, which has words of its own.
func (t *turn) giveBack(why, department, reason string) (alarmed bool, err error) {
	phase, err := t.move(EvRelease)
	if err != nil {
		return false, err
	}
	if reason != "" {
		if reason, err = t.text(reason); err != nil {
			return false, err
		}
	}
	t.endCall(EndPhase)
	rescued := t.s.Rescued
	department = t.department(department)
	t.mine(DoctorReleased, ForAll, Released{
		Event: EvRelease, Phase: phase, Why: why, Department: department, Reason: reason,
	})
	t.bot(BotSaid, Said{Text: t.words().released, Lang: t.s.Language})
	if rescued != nil {
		t.raise(Raised{By: rescued.By}) // taken, and not a word said
		return true, nil
	}
	if t.s.Emergency != nil {
		t.alert(alertedForEmergency) // it stood with the doctor alone, who has gone
	}
	return false, nil
}

func (t *turn) note() error {
	text, err := t.text(t.c.Args.Text)
	if err != nil {
		return err
	}
	t.mine(NoteWritten, ForStaff, Message{Text: text})
	return nil
}

// excuse marks that the patient's last message wants no answer.
func (t *turn) excuse() error {
	if t.s.OwedSince.IsZero() {
		return nil
	}
	t.mine(DoctorExcused, ForStaff, struct{}{})
	return nil
}
