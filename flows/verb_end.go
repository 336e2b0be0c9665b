package flows

// endVerb says the last word.
type endVerb struct{ text phrase }

func readEnd(r *reader, f fields) verb {
	return &endVerb{text: r.phrase(f.get("end"), "the last word")}
}

func (v *endVerb) check(*checker, *step) {}
func (v *endVerb) ways(*checker) []way   { return nil }
func (v *endVerb) phrases(*draft) []use  { return []use{{phrase: &v.text}} }

func (v *endVerb) do(w *walk, at Place) move {
	w.emit(Ended{At: at, Text: w.render(&v.text, nil)})
	return move{stop: true}
}
