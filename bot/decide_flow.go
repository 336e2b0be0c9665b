package bot

import (
	"bedside/flows"
)

// play records what the flow did in one turn.
func (t *turn) play(turn flows.Turn, err error) error {
	if err != nil {
		return err
	}
	for _, e := range turn.Events {
		if err := t.record(e); err != nil {
			return err
		}
	}
	return nil
}

func (t *turn) record(e flows.Event) error {
	lang := t.s.Language
	switch e := e.(type) {
	case flows.Said:
		t.bot(BotSaid, Said{Step: e.At.String(), Text: e.Text, Lang: lang})
	case flows.Asked:
		t.bot(BotAsked, asked(e, lang))
	case flows.Filled:
		t.filled(e)
	case flows.Chosen:
		t.mine(AnswerGiven, ForAll, Answer{Step: e.At.String(), Option: e.Option, Text: e.Text})
	case flows.Skipped:
		t.mine(AnswerSkipped, ForAll, Answer{Step: e.At.String(), Slot: e.Slot, Label: t.label(e.Slot)})
	case flows.HandedOver:
		return t.handOver(e)
	case flows.Ended:
		return t.end(e)
	}
	return nil
}

func asked(e flows.Asked, lang string) Asked {
	a := Asked{
		Step: e.At.String(), Slot: e.Slot, Text: e.Text, Type: e.Type, Optional: e.Optional,
		Min: e.Min, Max: e.Max, Before: e.Before, After: e.After, Lang: lang,
	}
	for _, o := range e.Options {
		a.Options = append(a.Options, Option{ID: o.ID, Text: o.Text})
	}
	return a
}

// filled records an answer. What the clinic's site vouches for is the system's
// word, not the patient's, and no bubble of theirs.
func (t *turn) filled(e flows.Filled) {
	slot, _ := t.f.Program.Slot(e.Slot)
	value := e.Value
	body := Answer{
		Step: e.At.String(), Slot: e.Slot, Value: &value, Text: e.Text, Label: slot.Label, Fills: slot.Fills,
	}
	if t.s.Asked != nil && t.s.Asked.Slot == e.Slot {
		t.mine(AnswerGiven, ForAll, body)
		return
	}
	t.system(AnswerGiven, ForStaff, body)
}

func (t *turn) label(slot string) flows.Text {
	s, _ := t.f.Program.Slot(slot)
	return s.Label
}

func (t *turn) handOver(e flows.HandedOver) error {
	phase, err := t.move(EvHandOver)
	if err != nil {
		return err
	}
	if e.Tell != "" {
		t.bot(BotSaid, Said{Text: e.Tell, Lang: t.s.Language})
	}
	to := t.department(e.Department)
	t.bot(QueueJoined, Queued{
		Event: EvHandOver, Phase: phase, Step: e.At.String(), Department: to,
		Title: t.title(to), Priority: "normal", Summary: e.Summary,
	})
	t.alertIfNobody(to)
	return nil
}

// alertIfNobody wakes the lead where no doctor of the department is there.
func (t *turn) alertIfNobody(department string) {
	if t.f.OnDuty != nil && !t.f.OnDuty(department) {
		t.alert("nobody")
	}
}

// skipFlow hands a patient whose flow cannot be played any more straight to a
// doctor: what they have said stands in the journal, and somebody reads it.
func (t *turn) skipFlow(said string) error {
	phase, err := t.move(EvHandOver)
	if err != nil {
		return err
	}
	if said != "" {
		t.mine(MessageSent, ForAll, Message{Text: said})
	}
	to := t.department(t.s.Department)
	t.bot(BotSaid, Said{Text: t.words().passedOn, Lang: t.s.Language})
	t.bot(QueueJoined, Queued{Event: EvHandOver, Phase: phase, Department: to, Title: t.title(to), Priority: "normal"})
	t.alert("flow")
	return nil
}

// title is a department's name in the patient's language.
func (t *turn) title(department string) string {
	for _, p := range []*flows.Program{t.live(), t.f.Program} {
		if p == nil {
			continue
		}
		if d, ok := p.Department(department); ok {
			return d.Title.In(t.s.Language)
		}
	}
	return department
}

// end is the flow's own end. No promise can stand beside it yet, so it closes.
func (t *turn) end(e flows.Ended) error {
	phase, err := t.move(EvEnd)
	if err != nil {
		return err
	}
	if e.Text != "" {
		t.bot(BotSaid, Said{Text: e.Text, Lang: t.s.Language})
	}
	t.bot(ConversationClosed, Closed{Event: EvEnd, Phase: phase, Why: CloseFlow, Step: e.At.String()})
	return nil
}

// alert wakes the lead.
func (t *turn) alert(why string) {
	who := ""
	if p := t.live(); p != nil {
		who = p.Clinic().Alert
	}
	t.system(LeadAlerted, ForStaff, Alerted{Who: who, Why: why})
}
