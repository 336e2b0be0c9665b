package bot

import (
	"strings"
	"unicode/utf8"
)

// goBack takes the last answer back; its question is asked again.
func (t *turn) goBack() error {
	if !t.s.asking() || !t.s.Asked.Back || t.f.Program == nil {
		return refuse(Overtaken, t.words().overtaken)
	}
	return t.play(t.f.Program.Back(t.s.Memory, t.flowFacts()))
}

// declines reports whether a skip means the video visit for which the patient
// waits.
func (t *turn) declines(step string) bool {
	return t.s.Phase == Waiting && t.s.Declinable && step == t.s.QueueStep && t.f.Program != nil
}

// rateMost is the longest text of a rating, in characters.
const rateMost = 1000

// rate is the patient's opinion, once, also of what is closed.
func (t *turn) rate() error {
	stars, text := t.c.Args.Stars, strings.TrimSpace(strings.ToValidUTF8(t.c.Args.Text, "\uFFFD"))
	switch {
	case !t.s.RateAsked || t.s.Rating != nil:
		return refuse(NotNow, t.words().notNow)
	case stars < 1 || stars > 5:
		return refuse(Malformed, "rate wants stars, 1 to 5")
	case utf8.RuneCountInString(text) > rateMost:
		return refuse(TooLarge, t.words().tooLong)
	}
	t.mine(RatingGiven, ForAll, Rated{Stars: stars, Text: text})
	if t.hears(text) { // nothing is open any more, so the number is said and the lead is woken
		t.danger()
		t.alert(alertedForEmergency)
	}
	return nil
}
