package flows

import (
	"strconv"
	"strings"
	"time"

	"bedside/flows/internal/words"
)

// What has to have happened for an insert to mean something. A way on which it
// has happened says so in way.more, beside the slots that are filled on it; a
// text that is shown when it has says so in use.knows. Queue is known only to
// texts that are shown to somebody who waits.
const (
	factDepartment = "{department}"
	factQueue      = "{queue}"
	factBooking    = "{booking}"
	factCallBack   = "{callback}"
)

// wayFacts are those that can become known on the way.
var wayFacts = []string{factDepartment, factBooking, factCallBack}

// inserts are the names that a text can show besides slots, each with what it
// needs; "" is always known.
var inserts = map[string]string{
	"clinic.name":       "",
	"clinic.phone":      "",
	"emergency.phone":   "",
	"department.title":  factDepartment,
	"department.opens":  factDepartment,
	"department.closes": factDepartment,
	"queue.position":    factQueue,
	"queue.wait":        factQueue,
	"booking.when":      factBooking,
	"callback.by":       factCallBack,
}

// insertNames are their names, those that are always known first.
var insertNames = []string{
	"clinic.name", "clinic.phone", "emergency.phone", "department.title", "department.opens", "department.closes",
	"queue.position", "queue.wait", "booking.when", "callback.by",
}

// render writes a phrase in the conversation's language. d is the department
// that it speaks of; nil: the one that the conversation is at.
func (w *walk) render(p *phrase, d *Department) string {
	if p.absent() {
		return ""
	}
	var b strings.Builder
	holes := false
	for _, piece := range p.pieces[w.lang] {
		b.WriteString(piece.literal)
		if piece.name == "" {
			continue
		}
		text := w.insert(piece.name, d)
		holes = holes || text == words.Hole
		b.WriteString(text)
	}
	if holes {
		return w.words.WithoutHoles(b.String())
	}
	return b.String()
}

// insert is what stands in the place of a {name}; words.Hole where nobody can
// say it.
func (w *walk) insert(name string, d *Department) string {
	switch inserts[name] {
	case factDepartment:
		return w.insertDepartment(name, d)
	case factQueue:
		return w.insertQueue(name)
	case factBooking:
		return w.moment(w.memory.Booking, !w.memory.Booking.IsZero())
	case factCallBack:
		return w.moment(w.memory.CallBack, !w.memory.CallBack.IsZero())
	}
	switch name {
	case "clinic.name":
		return w.live.clinic.Name.In(w.lang)
	case "clinic.phone":
		return w.live.clinic.Phone
	case "emergency.phone":
		return w.live.clinic.Emergency
	}
	s, ok := w.program.slots[name]
	if !ok {
		s, ok = w.program.fills[name]
	}
	if !ok {
		return ""
	}
	return w.memory.Slots[s.id].Shown(Slot{kind: s.kind}, w.lang)
}

func (w *walk) insertDepartment(name string, d *Department) string {
	if d == nil {
		here := w.here()
		d = &here
	}
	switch {
	case d.ID == "":
		return words.Hole
	case name == "department.opens":
		return w.moment(d.Opens(w.facts.Now))
	case name == "department.closes":
		return w.moment(d.Closes(w.facts.Now))
	default:
		return d.Title.In(w.lang)
	}
}

// here is the department for which the patient waits, else the one that was
// closed or empty last.
func (w *walk) here() Department {
	id := w.memory.Department
	if base := w.memory.Base(); base.Waits == WaitHandOver {
		if s, ok := w.program.step(base.At); ok {
			if v, ok := s.verb.(*handOverVerb); ok {
				id = v.department.name
			}
		}
	}
	if id == "" {
		return Department{}
	}
	return w.department(id)
}

func (w *walk) insertQueue(name string) string {
	q := w.facts.Queue
	switch {
	case name == "queue.position" && q.Position > 0:
		return strconv.Itoa(q.Position)
	case name == "queue.wait" && q.Wait > 0:
		return w.words.Wait(q.Wait)
	default:
		return words.Hole
	}
}

// moment writes a day and an hour in the patient's zone, where it is known,
// else in the clinic's. Where their clocks differ it says whose it is.
func (w *walk) moment(t time.Time, ok bool) string {
	if !ok {
		return words.Hole
	}
	return momentIn(t.In(w.zone()), w.live.clinic.Zone, w.words)
}
