package flows

import (
	"maps"
	"slices"
)

// EmergencyFacts are what the section `emergency` says beside its number:
// facts of today, read from Facts.Live.
type EmergencyFacts struct {
	OfferTo string              // the department that is rung at once; empty: the flow does not say
	Words   map[string][]string // what is listened for, by language, as it is written
	NotIn   []string            // slots whose answers are not searched
}

// EmergencyFacts returns the section `emergency`. The caller may keep and
// change the copy.
func (p *Program) EmergencyFacts() EmergencyFacts {
	e := p.emergency.EmergencyFacts
	e.Words = maps.Clone(e.Words)
	for lang, words := range e.Words {
		e.Words[lang] = slices.Clone(words)
	}
	e.NotIn = slices.Clone(e.NotIn)
	return e
}

// Hears says whether a text that a patient typed holds a word of the
// `emergency` section, in any language. slot is that of the open question, ""
// for none: the answers to some are not searched.
func (p *Program) Hears(text, slot string) bool {
	if slot != "" && contains(p.emergency.NotIn, slot) {
		return false
	}
	return p.emergency.hearing.In(text)
}
