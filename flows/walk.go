package flows

import (
	"errors"
	"fmt"
	"strings"
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
	w.events = append(w.events, e)
	w.memory = w.memory.After(e)
}

// turn is what has happened so far.
func (w *walk) turn() Turn {
	return Turn{Events: w.events, At: w.memory.At, Waits: w.memory.Waits}
}

// run does steps from a place on until one waits or ends.
func (w *walk) run(at Place) (Turn, error) {
	for range mostStepsInTurn {
		s, ok := w.program.step(at)
		if !ok {
			return Turn{}, fmt.Errorf("%w: %s", ErrLost, at)
		}
		done, err := s.ifSource.holds(w.memory)
		if err != nil {
			return Turn{}, fmt.Errorf("flows: the condition at %s: %w", at, err)
		}
		var m move
		if done {
			m = s.verb.do(w, at)
		}
		if m.stop {
			return w.turn(), nil
		}
		at = m.from(at)
	}
	return Turn{}, errCircle
}

// from is the place to which a move leads.
func (m move) from(at Place) Place {
	if m.part != "" {
		return Place{Part: m.part, Step: 1}
	}
	return Place{Part: at.Part, Step: at.Step + 1}
}

// step finds the step at a place.
func (p *Program) step(at Place) (*step, bool) {
	part, ok := p.parts[at.Part]
	if !ok || at.Step < 1 || at.Step > len(part.steps) {
		return nil, false
	}
	return part.steps[at.Step-1], true
}

// render writes a phrase in the conversation's language.
func (w *walk) render(p *phrase, d *Department) string {
	if p.absent() {
		return ""
	}
	var b strings.Builder
	for _, piece := range p.pieces[w.lang] {
		b.WriteString(piece.literal)
		if piece.name != "" {
			b.WriteString(w.insert(piece.name, d))
		}
	}
	return b.String()
}

// insert is what stands in the place of a {name}.
func (w *walk) insert(name string, d *Department) string {
	switch name {
	case "clinic.name":
		return w.live.clinic.Name.In(w.lang)
	case "clinic.phone":
		return w.live.clinic.Phone
	case "emergency.phone":
		return w.live.clinic.Emergency
	case "department.title":
		if d != nil {
			return d.Title.In(w.lang)
		}
		return ""
	}
	s, ok := w.program.slots[name]
	if !ok {
		s, ok = w.program.fills[name]
	}
	if v := w.memory.Slots[name]; ok {
		if name != s.id {
			v = w.memory.Slots[s.id]
		}
		return v.Shown(Slot{kind: s.kind}, w.lang)
	}
	return ""
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

// today is the clinic's day, at midnight UTC, as dates are kept.
func (w *walk) today() time.Time {
	y, m, d := w.facts.Now.In(w.live.clinic.Zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}
