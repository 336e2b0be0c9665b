package bot

import "bedside/flows"

// claim gives a waiting conversation to the doctor who asks first. A doctor who
// served it may take up a closed one again.
func (t *turn) claim() error {
	if t.s.Phase == Consulting {
		if t.s.Doctor == t.c.Actor.Login {
			return nil
		}
		return refuse(Taken, t.s.DoctorName)
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
	a := t.c.Actor
	t.mine(DoctorAssigned, ForAll, Assigned{
		Event: event, Phase: phase, Doctor: a.Login, Name: a.Name, TrueConfID: a.TrueConfID, Department: t.s.Department,
	})
	return nil
}

// finish gives the patient back to the flow, behind its hand-over; where none
// stands, the conversation ends.
func (t *turn) finish() error {
	phase, err := t.move(EvFinish)
	if err != nil {
		return err
	}
	outcome := t.c.Args.Outcome
	if outcome != "" {
		if outcome, err = t.text(outcome); err != nil {
			return err
		}
	}
	t.endCall(EndPhase)
	t.mine(DoctorFinished, ForAll, Finished{Event: EvFinish, Phase: phase, Outcome: outcome})
	if t.s.EndedFlow || t.f.Program == nil || t.s.Memory.Waits != flows.WaitHandOver {
		return t.endHere()
	}
	return t.play(t.f.Program.GoOn(t.s.Memory, t.flowFacts()))
}

func (t *turn) endHere() error {
	phase, err := t.move(EvEnd)
	if err != nil {
		return err
	}
	t.bot(ConversationClosed, Closed{Event: EvEnd, Phase: phase, Why: CloseDoctor})
	return nil
}

func (t *turn) release() error { return t.back("back", t.s.Department, t.c.Args.Reason) }

func (t *turn) transfer() error {
	to := t.c.Args.To
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
	phase, err := t.move(EvRelease)
	if err != nil {
		return err
	}
	if reason != "" {
		if reason, err = t.text(reason); err != nil {
			return err
		}
	}
	t.endCall(EndPhase)
	department = t.department(department)
	t.mine(DoctorReleased, ForAll, Released{
		Event: EvRelease, Phase: phase, Why: why, Department: department, Reason: reason,
	})
	t.bot(BotSaid, Said{Text: t.words().released, Lang: t.s.Language})
	t.alertIfNobody(department)
	return nil
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
