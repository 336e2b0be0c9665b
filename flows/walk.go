package flows

import (
	"errors"
	"fmt"
	"time"

	"bedside/flows/internal/words"
)

// ErrLost is the error for a memory that does not fit the program: it stands
// at a step that this version does not have. It happens only when a
// conversation is stepped with another version than it began with.
var ErrLost = errors.New("flows: the memory stands at a step that this version of the flow does not have")

// ErrNoDoor is the error for a door that the program does not have.
var ErrNoDoor = errors.New("flows: there is no flow of this name")

// errCircle cannot happen in a checked program; it stops the walk if it does.
var errCircle = errors.New("flows: the flow goes in a circle without asking")

// mostStepsInTurn is more than the longest way without a question can have.
const mostStepsInTurn = 4 * maxSteps

// walk is one turn under way. memory is always the fold of the events.
type walk struct {
	program *Program
	live    *Program
	facts   Facts
	memory  Memory
	lang    string
	words   *words.Words
	events  []Event
}

func (p *Program) walk(m Memory, f Facts) *walk {
	w := &walk{program: p, live: f.Live, facts: f, memory: m, lang: m.Language}
	if w.live == nil {
		w.live = p
	}
	if !contains(p.languages, w.lang) {
		w.lang = p.Language(w.lang)
	}
	w.words = words.In(w.lang)
	return w
}

func (w *walk) emit(e Event) {
	w.traceEvent(e)
	w.events = append(w.events, e)
	w.memory = w.memory.After(e)
}

// turn is what has happened so far.
func (w *walk) turn() Turn {
	return Turn{Events: w.events, At: w.memory.At, Waits: w.memory.Waits}
}

// run does steps from a place on until one waits or ends.
func (w *walk) run(at Place) (Turn, error) {
	m, err := w.do(at)
	if err != nil {
		return Turn{}, err
	}
	return w.follow(at, m)
}

// follow goes on from the step at a place by the move that it has made.
func (w *walk) follow(at Place, m move) (Turn, error) {
	for range mostStepsInTurn {
		var err error
		switch {
		case m.stop:
			return w.turn(), nil
		case m.resume:
			at, m, err = w.resumed(at)
		default:
			at = w.next(at, m)
			m, err = w.do(at)
		}
		if err != nil {
			return Turn{}, err
		}
	}
	return Turn{}, errCircle
}

// do does the step at a place, if its condition holds.
func (w *walk) do(at Place) (move, error) {
	s, ok := w.program.step(at)
	if !ok {
		return move{}, fmt.Errorf("%w: %s", ErrLost, at)
	}
	holds, err := s.ifSource.holds(w)
	switch {
	case err != nil:
		return move{}, fmt.Errorf("flows: the condition at %s: %w", at, err)
	case !holds:
		w.trace(at, wayIfNot)
		return move{}, nil
	}
	w.trace(at, wayIf)
	return s.verb.do(w, at), nil
}

// next is the place to which a move leads. The part `emergency` is raised
// above where the flow stands, and fragments that are done return.
func (w *walk) next(at Place, m move) Place {
	if m.part != "" {
		start := Place{Part: m.part, Step: 1}
		switch {
		case m.part != emergencyPart:
		case m.red != "":
			w.emit(Raised{At: start, By: "red_flag", Slot: m.red})
		default:
			w.emit(Raised{At: start, By: "flow", From: at})
		}
		return start
	}
	at.Step++
	for at.inFragment() && at.Step > len(w.program.parts[at.Part].steps) && len(w.memory.Returns) > 0 {
		back := w.memory.Returns[len(w.memory.Returns)-1]
		w.emit(Returned{At: Place{Part: at.Part, Step: at.Step - 1}})
		at = back
	}
	return at
}

// resumed gives back what was interrupted: from there the flow goes on with
// the move that is returned.
func (w *walk) resumed(at Place) (Place, move, error) {
	switch w.memory.Above {
	case AboveRung:
		w.emit(Dropped{})
		return at, move{stop: true}, nil
	case AboveNothing:
		return at, move{}, nil
	}
	w.emit(Resumed{At: at})
	base := w.memory.Standing
	if base.Waits == WaitHandOver || base.Waits == WaitEnd {
		return base.At, move{stop: true}, nil
	}
	s, ok := w.program.step(base.At)
	if !ok {
		return base.At, move{}, fmt.Errorf("%w: %s", ErrLost, base.At)
	}
	if base.Waits == WaitAnswer {
		return base.At, s.verb.do(w, base.At), nil
	}
	if v, ok := s.verb.(resumer); ok {
		return base.At, v.resume(w, base.At), nil
	}
	return base.At, move{}, nil
}

// step finds the step at a place.
func (p *Program) step(at Place) (*step, bool) {
	part, ok := p.parts[at.Part]
	if !ok || at.Step < 1 || at.Step > len(part.steps) {
		return nil, false
	}
	return part.steps[at.Step-1], true
}

// department is a department as it is today, or as it was pinned if it has
// been removed since.
func (w *walk) department(id string) Department {
	if d, ok := w.live.Department(id); ok {
		return d
	}
	d, _ := w.program.Department(id)
	return d
}

// zone is the patient's own, or the clinic's.
func (w *walk) zone() *time.Location {
	if w.facts.Zone != nil {
		return w.facts.Zone
	}
	return w.live.clinic.Zone
}

// today is the clinic's day, at midnight UTC, as dates are kept.
func (w *walk) today() time.Time {
	y, m, d := w.facts.Now.In(w.live.clinic.Zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}
