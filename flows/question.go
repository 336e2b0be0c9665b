package flows

import (
	"slices"
	"strings"

	"bedside/flows/internal/accept"
)

// question writes a slot's question.
func (w *walk) question(s *slot, at Place) Asked {
	q := Asked{At: at, Slot: s.id, Text: w.render(&s.question, nil), Type: s.kind.name(), Optional: s.optional}
	if choice, ok := s.kind.(*choiceType); ok {
		q.Options = w.buttons(choice.options)
	}
	s.kind.ask(&q, w.asking(s))
	return q
}

func (w *walk) buttons(options []option) []Option {
	buttons := make([]Option, len(options))
	for i := range options {
		buttons[i] = Option{ID: options[i].id, Text: w.render(&options[i].text, nil)}
	}
	return buttons
}

func (w *walk) asking(s *slot) asking {
	return asking{
		words:  w.words,
		today:  w.today(),
		clinic: w.live.clinic.Phone,
		birth:  s.fills == "patient.born",
	}
}

// accept understands an answer to a slot's question. Buttons answer only
// questions that have some.
func (w *walk) accept(s *slot, in Input) (Value, objection) {
	if choice, ok := s.kind.(*choiceType); ok {
		id, ok := w.pick(choice.options, in)
		if !ok {
			return Value{}, objection(w.words.NotOption)
		}
		in = Input{Option: id}
		return s.kind.accept(in, w.asking(s))
	}
	if len(in.Options) == 1 && in.Option == "" {
		in.Option, in.Options = in.Options[0], nil
	}
	pressed := in.Option != "" || len(in.Options) > 0
	if pressed && s.kind.operand() != operandBool {
		return Value{}, objection(w.words.NeedAnswer)
	}
	return s.kind.accept(in, w.asking(s))
}

// pick finds the option that was pressed or typed, by its id or by its text
// as it is shown in any language of the flow.
func (w *walk) pick(options []option, in Input) (id string, ok bool) {
	if len(in.Options) == 1 && in.Option == "" {
		in.Option = in.Options[0]
	}
	if in.Option != "" || len(in.Options) > 0 {
		i := slices.IndexFunc(options, func(o option) bool { return o.id == in.Option })
		return in.Option, i >= 0
	}
	choices := make([]accept.Choice, len(options))
	for i := range options {
		choices[i] = accept.Choice{ID: options[i].id, Texts: w.versions(&options[i].text)}
	}
	return accept.Option(in.Text, choices)
}

// versions are a phrase in every language, for people answer in theirs.
func (w *walk) versions(p *phrase) (texts []string) {
	for _, lang := range w.program.languages {
		other := *w
		other.lang = lang
		texts = append(texts, other.render(p, nil))
	}
	return texts
}

// recall fills a slot with what a signed identity vouches for, if the slot is
// empty and could have taken it as an answer.
func (w *walk) recall(s *slot, at Place) {
	fact := w.facts.Patient[strings.TrimPrefix(s.fills, "patient.")]
	if _, met := w.memory.Slots[s.id]; met || s.fills == "" || fact == "" {
		return
	}
	if value, refusal := s.kind.accept(Input{Text: fact}, w.asking(s)); refusal == "" {
		w.emit(Filled{At: at, Slot: s.id, Value: value})
	}
}
