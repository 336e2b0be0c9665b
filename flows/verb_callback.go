package flows

import (
	"slices"
	"time"
)

// callBackVerb promises that the clinic calls back: a task with a deadline
// that is counted in the department's opening hours.
type callBackVerb struct {
	department reference
	within     time.Duration
	tell       phrase
}

// usualWithin is the deadline of a promise that is made where a part leads to
// no `callback`.
const usualWithin = 2 * time.Hour

func readCallBack(r *reader, f fields) verb {
	n := f.get("callback")
	v := &callBackVerb{
		within: r.duration(r.need(f, "within", "`callback`"), usualWithin),
		tell:   r.phrase(f.get("tell"), "`tell`"),
	}
	if name, ok := r.name(n, "a department"); ok {
		v.department = reference{name, r.at(n)}
	}
	return v
}

func (v *callBackVerb) check(k *checker, _ *step) { k.department(v.department) }
func (v *callBackVerb) ways(*checker) []way {
	return []way{{promise: true, more: []string{factCallBack}}}
}
func (v *callBackVerb) phrases(*draft) []use {
	return []use{{&v.tell, []string{factDepartment, factCallBack}}}
}

func (v *callBackVerb) do(w *walk, at Place) move {
	department := w.department(v.department.name)
	by := department.AddOpen(w.facts.Now, v.within)
	told := *w
	told.memory.CallBack = by
	w.emit(Promised{At: at, Department: v.department.name, By: by, Phone: w.phone(), Tell: told.render(&v.tell, &department)})
	return move{}
}

// phone is the number to call: the slot that fills patient.phone, else what a
// signed identity vouches for, else the first other number that was given.
func (w *walk) phone() string {
	if s := w.program.fills["patient.phone"]; s != nil {
		if number, ok := w.memory.Slots[s.id].Text(); ok {
			return number
		}
	}
	if number := w.facts.Patient["phone"]; number != "" {
		return number
	}
	i := slices.IndexFunc(w.program.slotOrder, func(s *slot) bool { return s.kind.name() == "phone" && w.memory.known(s.id) })
	if i < 0 {
		return ""
	}
	number, _ := w.memory.Slots[w.program.slotOrder[i].id].Text()
	return number
}
