package flows

import "slices"

// chooseVerb asks which way to go; the answer is remembered by nothing but
// the journal. An option without `goto` leads to the next step.
type chooseVerb struct {
	text    phrase
	options []option
}

var chooseKeys = keys{"id", "text", "goto"}

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
	w.ask(Asked{At: at, Text: w.render(&v.text, nil), Type: "choice", Options: w.buttons(v.options)})
}

func (v *chooseVerb) answer(w *walk, at Place, in Input) (move, error) {
	to, err := w.choose(v.options, at, in)
	return to.move(), err
}

// choose takes the answer to a `choose`, and says where it leads.
func (w *walk) choose(options []option, at Place, in Input) (target, error) {
	if in.Skip {
		return target{}, &Refusal{Invalid, w.words.CannotSkip}
	}
	id, ok := w.pick(options, in)
	i := slices.IndexFunc(options, func(o option) bool { return o.id == id })
	if !ok || i < 0 {
		return target{}, &Refusal{Invalid, w.words.NotOption}
	}
	w.emit(Chosen{At: at, Option: id, Text: w.render(&options[i].text, nil)})
	return options[i].target, nil
}

// resume asks again where an option had raised a false alarm.
func (v *chooseVerb) resume(w *walk, at Place) move { return v.do(w, at) }
