package flows

// Pass passes the hand-over at m.Base().At again, for a patient who is given back
// to the queue of a department: where that is closed by now, or nobody is there,
// the part that the step names for it runs above the hand-over, as a rung's does,
// and the place is kept. The first event is then Reached, with no rung. There is
// none where somebody is there, where the step names no part, and while the part
// `emergency` runs.
func (p *Program) Pass(m Memory, f Facts, department string) (Turn, error) {
	w := p.walk(m, f)
	base := m.Base()
	if base.Waits != WaitHandOver {
		return Turn{}, &Refusal{NotAsking, w.words.NotAsking}
	}
	s, ok := p.step(base.At)
	if !ok {
		return Turn{}, ErrLost
	}
	v, ok := s.verb.(*handOverVerb)
	if !ok {
		return Turn{}, ErrLost
	}
	to := v.without(w, department)
	if !to.leads() || m.Above == AboveEmergency {
		return w.turn(), nil
	}
	w.emit(Reached{At: base.At, Leads: true, Department: department})
	return w.follow(base.At, to.move())
}

// without is the part for a department that is closed, or where nobody is; one that
// leads nowhere where somebody can come.
func (v *handOverVerb) without(w *walk, department string) target {
	d := w.department(department)
	switch {
	case !d.OpenAt(w.facts.Now):
		return v.closed
	case w.facts.OnDuty != nil && !w.facts.OnDuty(department):
		return v.nobody
	}
	return target{}
}
