package flows

import (
	"slices"
	"time"

	"bedside/flows/internal/accept"
)

// bookVerb offers the free times of a department. Where there is none, or
// none suits, it leads to another part; a time that is taken is a promise.
type bookVerb struct {
	department reference
	none       target
}

// optionNone is the id of the button that takes none of the times.
const optionNone = "none"

// mostTimes are as many as a question shows. A later one may be chosen all the same:
// whoever has read of it knows that it is free.
const mostTimes = 200

func readBook(r *reader, f fields) verb {
	n := f.get("book")
	v := &bookVerb{none: r.target(r.need(f, "none", "`book`"))}
	if name, ok := r.name(n, "a department"); ok {
		v.department = reference{name, r.at(n)}
	}
	return v
}

func (v *bookVerb) check(k *checker, _ *step) { k.department(v.department) }
func (v *bookVerb) phrases(*draft) []use      { return nil }

// ways: where nothing is free the step leads to `none` without having waited.
func (v *bookVerb) ways(*checker) []way {
	ways := []way{{pause: true, promise: true, more: []string{factBooking}}}
	if v.none.leads() {
		ways = append(ways, way{to: v.none})
	}
	return ways
}

func (v *bookVerb) do(w *walk, at Place) move {
	if len(w.times(v.department.name)) == 0 {
		w.trace(at, optionNone)
		return v.none.move()
	}
	v.question(w, at)
	return move{stop: true}
}

func (v *bookVerb) question(w *walk, at Place) {
	q := Asked{At: at, Text: w.words.WhichTime, Type: "times"}
	times := w.times(v.department.name)
	for _, t := range times[:min(len(times), mostTimes)] {
		q.Options = append(q.Options, Option{ID: t.Format(time.RFC3339), Text: w.moment(t, true)})
	}
	q.Options = append(q.Options, Option{ID: optionNone, Text: w.words.NoTime})
	w.ask(q)
}

// times are those that can be booked now, in the patient's zone.
func (w *walk) times(department string) []time.Time {
	if w.facts.Free == nil {
		return nil
	}
	free := w.facts.Free(department)
	times := make([]time.Time, len(free))
	for i := range times {
		times[i] = free[i].In(w.zone())
	}
	return times
}

func (v *bookVerb) answer(w *walk, at Place, in Input) (move, error) {
	times := w.times(v.department.name)
	id, ok := w.pickTime(times, in)
	if !ok {
		return move{}, &Refusal{Invalid, w.words.NotTime}
	}
	if id == optionNone {
		w.emit(Chosen{At: at, Option: optionNone, Text: w.words.NoTime})
		return v.none.move(), nil
	}
	taken, err := time.Parse(time.RFC3339, id)
	i := slices.IndexFunc(times, func(t time.Time) bool { return t.Equal(taken) })
	if err != nil || i < 0 {
		return move{}, &Refusal{Invalid, w.words.NotTime}
	}
	department := w.department(v.department.name)
	w.emit(Booked{
		At: at, Department: v.department.name, Start: times[i], Length: department.Booking.Length, Text: w.moment(times[i], true),
	})
	return move{}, nil
}

// pickTime finds the time that was pressed, or that was clearly meant by what
// was typed.
func (w *walk) pickTime(times []time.Time, in Input) (id string, ok bool) {
	if pressed := in.pressed(); pressed != "" || in.Text == "" {
		return pressed, pressed != ""
	}
	if id, ok := w.pickWords(in, optionNone); ok {
		return id, true
	}
	if i, ok := accept.Moment(in.Text, times, w.facts.Now.In(w.zone())); ok {
		return times[i].Format(time.RFC3339), true
	}
	return "", false
}
