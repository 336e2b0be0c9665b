package bot

import "bedside/flows"

// alertedForEmergency is why the lead is woken for one; only these calls count when
// the next is due.
const alertedForEmergency = "emergency"

// hears reports whether a text of the patient's holds a word of an emergency
// that nobody has been called for yet. The words are those of today.
func (t *turn) hears(text string) bool {
	live := t.live()
	if live == nil || t.s.Emergency != nil {
		return false
	}
	slot := ""
	if t.s.asking() {
		slot = t.s.Asked.Slot
	}
	return live.Hears(text, slot)
}

// heard keeps the patient's words and calls a doctor. While one has the
// conversation the number alone is shown; else the flow's part runs, and where
// that can not be had Bedside's own words stand for it.
func (t *turn) heard(text string) error {
	t.mine(MessageSent, ForAll, Message{Text: text})
	if t.s.Phase == Consulting {
		t.raise(Raised{By: "word", Card: true})
		return nil
	}
	if t.f.Program != nil {
		turn, err := t.f.Program.Raise(t.s.Memory, t.flowFacts(), "word")
		if err == nil {
			return t.play(turn, nil)
		}
	}
	t.raise(Raised{By: "word"})
	t.danger()
	if t.s.Phase == Intake && t.f.Program == nil {
		return t.skipFlow("")
	}
	return nil
}

// danger says the number in Bedside's own words.
func (t *turn) danger() {
	number := t.live().Clinic().Emergency
	t.bot(BotSaid, Said{
		Text: t.words().danger(number), Buttons: []flows.Dial{{Call: number, Text: t.words().dial(number)}}, Lang: t.s.Language,
	})
}

// raise records an emergency and wakes the lead. A doctor who has the
// conversation comes first: the lead is woken when there is no answer.
func (t *turn) raise(b Raised) {
	b.Department = t.offerTo()
	b.Title, b.Priority = t.title(b.Department), string(flows.Emergency)
	if live := t.live(); live != nil {
		b.Phone = live.Clinic().Emergency
	}
	t.bot(EmergencyRaised, b)
	if !b.Card {
		t.alert(alertedForEmergency)
	}
}

// offerTo is the department that is rung in an emergency.
func (t *turn) offerTo() string {
	live := t.live()
	if live == nil {
		return t.s.Department
	}
	return t.department(live.EmergencyFacts().OfferTo)
}

// resumed is a false alarm, as the flow tells of it: all is as it was.
func (t *turn) resumed(e flows.Resumed) error {
	if t.s.Emergency == nil { // an admin was first
		t.follow(e)
		return nil
	}
	t.mine(EmergencyEnded, ForAll, EmergencyOver{Why: EmergencyResumed, Step: e.At.String()})
	return nil
}

// endEmergencyOf ends an emergency that stands.
func (t *turn) endEmergencyOf(why EmergencyWhy) {
	if t.s.Emergency != nil {
		t.mine(EmergencyEnded, ForAll, EmergencyOver{Why: why})
	}
}

// endEmergency is an admin's word that there is none.
func (t *turn) endEmergency() error {
	if t.s.Emergency == nil {
		return refuse(NotNow, "There is no emergency in this conversation.")
	}
	t.endEmergencyOf(EmergencyByAdmin)
	return t.settle()
}

// offerEmergency rings others too, because the doctor who has the conversation
// says nothing.
func (t *turn) offerEmergency() error {
	t.system(EmergencyOffered, ForStaff, Offered{Department: t.offerTo()})
	t.alert(alertedForEmergency)
	return nil
}

func (t *turn) alertEmergency() error {
	t.alert(alertedForEmergency)
	return nil
}
