package flows

import "time"

// Silence says when each of the flow's own reminders of a silent patient
// comes, counted from their last word; the last one ends the flow. Empty: the
// flow does not say.
func (p *Program) Silence() []time.Duration {
	var times []time.Duration
	for _, s := range p.silence {
		times = append(times, s.after)
	}
	return times
}

// Silent does the n-th (from 1) of them: Said, or Ended with Silence. Neither
// changes where the flow stands: the open question stays.
func (p *Program) Silent(m Memory, f Facts, n int) (Turn, error) {
	if n < 1 || n > len(p.silence) {
		return Turn{}, ErrNoRung
	}
	w := p.walk(m, f)
	at := Place{Part: silencePart, Step: n}
	if s := p.silence[n-1]; s.say.absent() {
		w.emit(Ended{At: at, Text: w.render(&s.end, nil), Silence: true})
	} else {
		w.emit(Said{At: at, Text: w.render(&s.say, nil)})
	}
	return w.turn(), nil
}
