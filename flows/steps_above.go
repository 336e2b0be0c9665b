package flows

import "errors"

// ErrNoEmergency is the error for an emergency in a program without the part.
var ErrNoEmergency = errors.New("flows: there is no part `emergency`")

// ErrNoRung is the error for a rung or a reminder that there is not.
var ErrNoRung = errors.New("flows: the ladder has no such rung, or silence no such reminder")

// Raise runs the part `emergency` above where the flow stands. by is word,
// for words that were heard. The first event is Raised.
func (p *Program) Raise(m Memory, f Facts, by string) (Turn, error) {
	if p.parts[emergencyPart] == nil {
		return Turn{}, ErrNoEmergency
	}
	w := p.walk(m, f)
	start := Place{Part: emergencyPart, Step: 1}
	w.emit(Raised{At: start, By: by})
	return w.run(start)
}

// Climb does the rung n (from 1) of the ladder of the hand-over at m.Base().At.
// The first event is Reached. quiet leaves it at that: it says and asks
// nothing and leads nowhere, as for a rung that is overdue and has a later one
// behind it. While the part `emergency` runs every rung is quiet.
func (p *Program) Climb(m Memory, f Facts, n int, quiet bool) (Turn, error) {
	w := p.walk(m, f)
	s, at, err := w.rung(n)
	if err != nil {
		return Turn{}, err
	}
	e := Reached{At: at, Rung: n, Alert: s.alert, Quiet: quiet || m.Above == AboveEmergency}
	e.Leads = !e.Quiet && s.leads()
	for _, d := range s.also {
		e.Also = append(e.Also, d.name)
	}
	w.emit(e)
	if e.Quiet {
		return w.turn(), nil
	}
	return w.run(at)
}

// rung is the n-th of the ladder of the hand-over that stands.
func (w *walk) rung(n int) (*rung, Place, error) {
	base := w.memory.Base()
	if base.Waits != WaitHandOver {
		return nil, Place{}, &Refusal{NotAsking, w.words.NotAsking}
	}
	s, ok := w.program.step(base.At)
	if !ok {
		return nil, Place{}, ErrLost
	}
	v, ok := s.verb.(*handOverVerb)
	if !ok {
		return nil, Place{}, ErrLost
	}
	rungs := v.rungs(w.program.ladders)
	if n < 1 || n > len(rungs) {
		return nil, Place{}, ErrNoRung
	}
	return rungs[n-1], Place{Part: ladderPrefix + v.ladder.name, Step: n}, nil
}

// handOver is the verb at which the flow waits for a doctor.
func (w *walk) handOver() (*handOverVerb, error) {
	s, ok := w.program.step(w.memory.At)
	if !ok {
		return nil, ErrLost
	}
	v, ok := s.verb.(*handOverVerb)
	if !ok {
		return nil, ErrLost
	}
	return v, nil
}

// Drop takes away what runs above the flow's own cursor. Where nothing does,
// nothing happens.
func (p *Program) Drop(m Memory, f Facts) (Turn, error) {
	w := p.walk(m, f)
	w.drop()
	return w.turn(), nil
}

func (w *walk) drop() {
	if w.memory.Above != AboveNothing {
		w.emit(Dropped{})
	}
}

// Decline is a patient's no to the video visit for which they wait; the error
// is a *Refusal where that cannot be said.
func (p *Program) Decline(m Memory, f Facts) (Turn, error) {
	w := p.walk(m, f)
	refused := &Refusal{NotAsking, w.words.CannotDecline}
	if m.Base().Waits != WaitHandOver || m.Above == AboveEmergency {
		return Turn{}, refused
	}
	w.drop()
	v, err := w.handOver()
	switch {
	case err != nil:
		return Turn{}, err
	case !v.refused.leads():
		return Turn{}, refused
	}
	w.emit(Declined{At: w.memory.At})
	return w.follow(w.memory.At, v.refused.move())
}

// Back takes the last answer away and asks its question again. Where there is
// none the error is a *Refusal with the code NotAsking.
func (p *Program) Back(m Memory, f Facts) (Turn, error) {
	w := p.walk(m, f)
	if m.Waits != WaitAnswer || len(m.Trail) == 0 {
		return Turn{}, &Refusal{NotAsking, w.words.CannotGoBack}
	}
	e := WentBack{At: m.Trail[len(m.Trail)-1].At}
	s, ok := p.step(e.At)
	if !ok {
		return Turn{}, ErrLost
	}
	v, ok := s.verb.(answerer)
	if !ok {
		return Turn{}, ErrLost
	}
	if ask, ok := v.(*askVerb); ok {
		e.Slot = ask.slot.name
	}
	w.emit(e)
	v.question(w, e.At)
	return w.turn(), nil
}
