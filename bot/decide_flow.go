package bot

import (
	"encoding/json"

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
	return t.settle() // a false alarm may have been all that was left
}

func (t *turn) record(e flows.Event) error {
	lang := t.s.Language
	switch e := e.(type) {
	case flows.Said:
		t.bot(BotSaid, Said{Step: e.At.String(), Text: e.Text, Buttons: e.Buttons, Lang: lang})
	case flows.Asked:
		t.bot(BotAsked, asked(e, lang))
	case flows.Filled:
		t.filled(e)
	case flows.Chosen:
		t.mine(AnswerGiven, ForAll, Answer{Step: e.At.String(), Option: e.Option, Text: e.Text})
	case flows.Skipped:
		t.mine(AnswerSkipped, ForAll, Answer{Step: e.At.String(), Slot: e.Slot, Label: t.label(e.Slot)})
	case flows.Consented:
		t.consented(e)
	case flows.WentBack:
		slot, _ := t.f.Program.Slot(e.Slot)
		t.mine(AnswerTakenBack, ForAll, TakenBack{Step: e.At.String(), Slot: e.Slot, Fills: slot.Fills})
	case flows.Declined:
		t.mine(VideoDeclined, ForAll, Declined{Step: e.At.String(), Text: e.Text})
	case flows.HandedOver:
		return t.handOver(e)
	case flows.Ended:
		return t.end(e)
	case flows.Raised:
		t.raise(Raised{By: e.By, Step: e.At.String(), Slot: e.Slot, From: e.From.String()})
	case flows.Resumed:
		return t.resumed(e)
	case flows.Reached:
		t.reached(e)
	case flows.Promised:
		return t.promise(e)
	case flows.Booked:
		return t.book(e)
	case flows.Unmet:
		t.follow(e)
		t.unmet(e)
	default:
		t.follow(e)
	}
	return nil
}

// unmet is a wait that does not begin. That it is closed, or that nobody is there,
// the part says to which the flow leads.
func (t *turn) unmet(e flows.Unmet) {
	switch e.Why {
	case "nobody":
		t.alert("nobody")
	case flows.WhyNoVideo:
		t.bot(BotSaid, Said{Text: t.video().down, Lang: t.s.Language})
		t.alert(alertedForVideo)
	}
}

// alertedForVideo is why the lead is woken for somebody who wants a visit by video
// while there is none.
const alertedForVideo = "video"

// follow records a move of the flow that nobody has anything to read of.
func (t *turn) follow(e flows.Event) {
	body, err := json.Marshal(e)
	if err != nil {
		t.broken = err
		return
	}
	t.system(FlowMoved, ForSystem, Moved{Event: e.Kind(), Body: body})
}

// consented records an answer to a consent. One that is known from an earlier
// conversation is no word of the patient's.
func (t *turn) consented(e flows.Consented) {
	b := Consented{
		Step: e.At.String(), Consent: e.Consent, Version: e.Version, Hash: e.Hash, Agreed: e.Agreed, Known: e.Known, Text: e.Text,
	}
	if e.Known {
		b.Given = t.consents()[e.Consent].At.UTC()
		t.system(ConsentGiven, ForAll, b)
		return
	}
	t.mine(ConsentGiven, ForAll, b)
}

func asked(e flows.Asked, lang string) Asked {
	a := Asked{
		Step: e.At.String(), Slot: e.Slot, Text: e.Text, Type: e.Type, Optional: e.Optional,
		Min: e.Min, Max: e.Max, Before: e.Before, After: e.After, Lang: lang,
		Show: e.Show, Kinds: e.Kinds, Count: e.Count, Size: e.Size, Consent: e.Consent, Back: e.Back,
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
		Red: e.Red,
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
	switch {
	case e.NoVideo:
		t.bot(BotSaid, Said{Text: t.video().downChat, Lang: t.s.Language})
	case e.Tell != "":
		t.bot(BotSaid, Said{Text: e.Tell, Lang: t.s.Language})
	}
	to := t.department(e.Department)
	t.bot(QueueJoined, Queued{
		Event: EvHandOver, Phase: phase, Step: e.At.String(), Department: to,
		Title: t.title(to), Priority: priority(e.Priority), Summary: e.Summary,
		Purpose: string(e.Purpose), Declinable: e.Declinable, Rungs: seconds(e.Rungs),
	})
	t.alertIfNobody(to)
	if e.NoVideo {
		t.alert(alertedForVideo)
	}
	return nil
}

func priority(p flows.Priority) string {
	if p == "" {
		p = flows.Normal
	}
	return string(p)
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

// alert wakes the lead.
func (t *turn) alert(why string) {
	who := ""
	if p := t.live(); p != nil {
		who = p.Clinic().Alert
	}
	t.system(LeadAlerted, ForStaff, Alerted{Who: who, Why: why})
}
