package flows

import (
	"strings"

	"bedside/flows/internal/accept"
	"bedside/flows/internal/words"
)

// ask asks the one question of a turn.
func (w *walk) ask(q Asked) {
	q.Back = len(w.memory.Trail) > 0
	w.emit(q)
}

// red says whether the flow marks the answer as dangerous.
func (s *slot) red(v Value) bool { return s.kind.red(v) }

// question writes a slot's question.
func (w *walk) question(s *slot, at Place) Asked {
	q := Asked{At: at, Slot: s.id, Text: w.render(&s.question, nil), Type: s.kind.name(), Optional: s.optional}
	if options := optionsOf(s.kind); options != nil {
		q.Options = w.buttons(options)
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
// questions that have some, files only those that want some.
func (w *walk) accept(s *slot, in Input) (Value, objection) {
	switch t := s.kind.(type) {
	case *choicesType:
		ids, ok := w.pickSeveral(t.options, in)
		if !ok {
			return Value{}, objection(w.words.NotOptions)
		}
		return t.accept(Input{Options: ids}, w.asking(s))
	case *choiceType:
		id, ok := w.pick(t.options, in)
		if !ok {
			return Value{}, objection(w.words.NotOption)
		}
		return t.accept(Input{Option: id}, w.asking(s))
	case filesType:
		return t.accept(in, w.asking(s))
	}
	if len(in.Options) == 1 && in.Option == "" {
		in.Option, in.Options = in.Options[0], nil
	}
	pressed := in.Option != "" || len(in.Options) > 0
	if len(in.Files) > 0 || pressed && !hasButtons(s.kind) {
		return Value{}, objection(w.words.NeedAnswer)
	}
	return s.kind.accept(in, w.asking(s))
}

// hasButtons says whether a question shows buttons beside those of a choice.
func hasButtons(kind slotType) bool {
	number, ok := kind.(numberType)
	return ok && number.scale || kind.operand() == operandBool
}

// pick finds the option that was pressed or typed, by its id or by its text
// as it is shown in any language of the flow.
func (w *walk) pick(options []option, in Input) (id string, ok bool) {
	if len(in.Options) == 1 && in.Option == "" {
		in.Option, in.Options = in.Options[0], nil
	}
	if in.Option != "" || len(in.Options) > 0 {
		return in.Option, len(in.Options) == 0 && contains(optionIDs(options), in.Option)
	}
	return accept.Option(in.Text, w.choices(options))
}

// pickSeveral finds the options that were pressed or typed.
func (w *walk) pickSeveral(options []option, in Input) (ids []string, ok bool) {
	if in.Option != "" {
		in.Options = append([]string{in.Option}, in.Options...)
	}
	if len(in.Options) > 0 {
		return in.Options, true
	}
	return accept.Options(in.Text, w.choices(options))
}

// choices are options as people may know them.
func (w *walk) choices(options []option) []accept.Known {
	choices := make([]accept.Known, len(options))
	for i := range options {
		if choices[i] = options[i].known; len(options[i].text.refs) > 0 {
			choices[i] = accept.Know(options[i].id, w.versions(&options[i].text)...)
		}
	}
	return choices
}

// pressed is the one button that was pressed, "" for none.
func (in Input) pressed() string {
	if len(in.Options) == 1 && in.Option == "" {
		return in.Options[0]
	}
	return in.Option
}

// pickWords finds the one of Bedside's own buttons that was pressed, or typed
// in any language.
func (w *walk) pickWords(in Input, ids ...string) (id string, ok bool) {
	if pressed := in.pressed(); pressed != "" || in.Text == "" {
		return pressed, contains(ids, pressed)
	}
	var choices []accept.Known
	for _, id := range ids {
		var texts []string
		for _, words := range words.All() {
			texts = append(texts, map[string]string{optionAgree: words.Agree, optionRefuse: words.Refuse, optionNone: words.NoTime}[id])
		}
		choices = append(choices, accept.Know(id, texts...))
	}
	return accept.Named(in.Text, choices)
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
