package flows

// endVerb says the last word, and may ask the patient to rate.
type endVerb struct {
	text phrase
	rate bool
}

func readEnd(r *reader, f fields) verb {
	return &endVerb{text: r.phrase(f.get("end"), "the last word"), rate: r.truth(f.get("rate"), "`rate`")}
}

func (v *endVerb) check(*checker, *step) {}
func (v *endVerb) ways(*checker) []way   { return nil }
func (v *endVerb) phrases(*draft) []use  { return []use{{phrase: &v.text}} }

func (v *endVerb) do(w *walk, at Place) move {
	w.emit(Ended{At: at, Text: w.render(&v.text, nil), Rate: v.rate})
	return move{stop: true}
}
