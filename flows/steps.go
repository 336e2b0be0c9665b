package flows

// Begin starts the flow at a door ("" is the first). m brings the language,
// and slots that are filled already; what a signed identity vouches for is
// filled first. The error is ErrNoDoor for a door that there is not.
func (p *Program) Begin(door string, m Memory, f Facts) (Turn, error) {
	d, ok := p.Door(door)
	if !ok {
		return Turn{}, ErrNoDoor
	}
	w := p.walk(m, f)
	start := Place{Part: d.Start, Step: 1}
	for _, s := range p.slotOrder {
		w.recall(s, start)
	}
	return w.run(start)
}

// Answer takes the patient's answer to the open question and goes on to the
// next. The error is a *Refusal for an answer that is not taken, and ErrLost
// for a memory of another version. An answer that is not the one thing which
// the question asks for changes nothing.
func (p *Program) Answer(m Memory, in Input, f Facts) (Turn, error) {
	w := p.walk(m, f)
	if in.Step != "" && in.Step != m.At.String() {
		return Turn{}, &Refusal{Overtaken, w.words.Overtaken}
	}
	v, err := w.open()
	if err != nil {
		return Turn{}, err
	}
	move, err := v.answer(w, m.At, in)
	if err != nil {
		return Turn{}, err
	}
	return w.follow(m.At, move)
}

// GoOn leads behind the hand-over, after a doctor has finished, whatever had
// run above it. Where no hand-over stands the error is a *Refusal with the
// code NotAsking.
func (p *Program) GoOn(m Memory, f Facts) (Turn, error) {
	w := p.walk(m, f)
	if m.Base().Waits != WaitHandOver {
		return Turn{}, &Refusal{NotAsking, w.words.NotAsking}
	}
	w.drop()
	if _, err := w.handOver(); err != nil {
		return Turn{}, err
	}
	return w.follow(w.memory.At, move{})
}

// Again asks the open question at m.At anew, for a patient who comes back or
// goes on in another language.
// Where none is open the error is a *Refusal with the code NotAsking.
func (p *Program) Again(m Memory, f Facts) (Turn, error) {
	w := p.walk(m, f)
	v, err := w.open()
	if err != nil {
		return Turn{}, err
	}
	v.question(w, m.At)
	return w.turn(), nil
}

// open is the verb whose question is open.
func (w *walk) open() (answerer, error) {
	if w.memory.Waits != WaitAnswer {
		return nil, &Refusal{NotAsking, w.words.NotAsking}
	}
	s, ok := w.program.step(w.memory.At)
	if !ok {
		return nil, ErrLost
	}
	v, ok := s.verb.(answerer)
	if !ok {
		return nil, ErrLost
	}
	return v, nil
}
