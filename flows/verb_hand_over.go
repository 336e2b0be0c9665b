package flows

// handOverVerb lets the patient wait for a doctor of a department. The flow
// stays on it until the doctor has finished, then goes on behind it.
type handOverVerb struct {
	department reference
	tell       phrase
	summary    []reference // slots
}

func readHandOver(r *reader, f fields) verb {
	v := &handOverVerb{tell: r.phrase(f.get("tell"), "`tell`")}
	n := f.get("hand_over")
	if name, ok := r.name(n, "a department"); ok {
		v.department = reference{name, r.at(n)}
	}
	for _, item := range r.items(f.get("summary"), "`summary`") {
		if name, ok := r.name(item, "a slot"); ok {
			v.summary = append(v.summary, reference{name, r.at(item)})
		}
	}
	return v
}

func (v *handOverVerb) check(k *checker, _ *step) {
	k.department(v.department)
	for _, s := range v.summary {
		k.slot(s)
	}
}

func (v *handOverVerb) ways(*checker) []way  { return []way{{pause: true}} }
func (v *handOverVerb) phrases(*draft) []use { return []use{{phrase: &v.tell, department: true}} }

func (v *handOverVerb) do(w *walk, at Place) move {
	department := w.department(v.department.name)
	e := HandedOver{At: at, Department: v.department.name, Tell: w.render(&v.tell, &department)}
	for _, s := range v.summary {
		e.Summary = append(e.Summary, s.name)
	}
	w.emit(e)
	return move{stop: true}
}
