package flows

// rungVerb is a rung of a ladder as a step, at a place such as
// ladder.doctor/3: there its question is asked, above the hand-over.
type rungVerb struct{ rung *rung }

// steps are the rungs of a ladder, as the steps of a part.
func (l *ladder) steps() *part {
	p := &part{id: ladderPrefix + l.id, at: l.at, last: l.last}
	for _, s := range l.rungs {
		p.steps = append(p.steps, &step{at: s.at, verb: &rungVerb{rung: s}})
	}
	return p
}

func (v *rungVerb) check(*checker, *step) {}
func (v *rungVerb) ways(*checker) []way   { return nil }
func (v *rungVerb) phrases(*draft) []use  { return v.rung.phrases() }

// do does what the rung does for the patient, once it has been reached.
func (v *rungVerb) do(w *walk, at Place) move {
	s := v.rung
	if !s.say.absent() {
		w.emit(Said{At: at, Text: w.render(&s.say, nil)})
	}
	switch {
	case !s.choose.absent():
		v.question(w, at)
	case s.target.leads():
		return s.target.move()
	case !s.end.absent():
		w.emit(Ended{At: at, Text: w.render(&s.end, nil)})
	}
	return move{stop: true}
}

func (v *rungVerb) question(w *walk, at Place) {
	w.ask(Asked{At: at, Text: w.render(&v.rung.choose, nil), Type: "choice", Options: w.buttons(v.rung.options)})
}

// answer takes the patient's choice. An option that leads nowhere goes on
// waiting.
func (v *rungVerb) answer(w *walk, at Place, in Input) (move, error) {
	to, err := w.choose(v.rung.options, at, in)
	if err != nil || to.leads() {
		return to.move(), err
	}
	w.emit(Dropped{})
	return move{stop: true}, nil
}

// resume goes on waiting, where the rung had led into a false alarm.
func (v *rungVerb) resume(w *walk, _ Place) move {
	w.emit(Dropped{})
	return move{stop: true}
}
