package flows

// sayVerb tells the patient something and goes on.
type sayVerb struct{ text phrase }

func readSay(r *reader, f fields) verb {
	return &sayVerb{text: r.phrase(f.get("say"), "what is said")}
}

func (v *sayVerb) check(*checker, *step) {}
func (v *sayVerb) ways(*checker) []way   { return []way{{}} }
func (v *sayVerb) phrases(*draft) []use  { return []use{{phrase: &v.text}} }

func (v *sayVerb) do(w *walk, at Place) move {
	w.emit(Said{At: at, Text: w.render(&v.text, nil)})
	return move{}
}
