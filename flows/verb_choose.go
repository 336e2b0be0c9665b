package flows

// chooseVerb asks which way to go; the answer is remembered by nothing but
// the journal. An option without `goto` leads to the next step.
type chooseVerb struct {
	text    phrase
	options []option
}

var chooseKeys = keys{built: []string{"id", "text", "goto"}}

func readChoose(r *reader, f fields) verb {
	return &chooseVerb{
		text:    r.phrase(f.get("choose"), "what is asked"),
		options: r.options(r.need(f, "options", "`choose`"), chooseKeys),
	}
}

func (v *chooseVerb) check(*checker, *step) {}

func (v *chooseVerb) ways(*checker) []way {
	ways := make([]way, len(v.options))
	for i, o := range v.options {
		ways[i] = way{to: o.target, pause: true}
	}
	return ways
}

func (v *chooseVerb) phrases(*draft) []use {
	uses := []use{{phrase: &v.text}}
	for i := range v.options {
		uses = append(uses, use{phrase: &v.options[i].text})
	}
	return uses
}

func (v *chooseVerb) do(w *walk, at Place) move {
	v.question(w, at)
	return move{stop: true}
}

func (v *chooseVerb) question(w *walk, at Place) {
	w.emit(Asked{At: at, Text: w.render(&v.text, nil), Type: "choice", Options: w.buttons(v.options)})
}

func (v *chooseVerb) answer(w *walk, at Place, in Input) (move, error) {
	if in.Skip {
		return move{}, &Refusal{Invalid, w.words.CannotSkip}
	}
	id, ok := w.pick(v.options, in)
	if !ok {
		return move{}, &Refusal{Invalid, w.words.NotOption}
	}
	for i, o := range v.options {
		if o.id == id {
			w.emit(Chosen{At: at, Option: id, Text: w.render(&v.options[i].text, nil)})
			return move{part: o.target.part}, nil
		}
	}
	return move{}, nil
}
