package flows

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// What people read on a phone without scrolling back, and what fits a button.
const (
	longText   = 600 // characters
	longButton = 80
)

// texts reports texts that patients would stumble over.
func (k *checker) texts() {
	k.eachStep(func(s *step) {
		if v, ok := s.verb.(*chooseVerb); ok {
			k.options(v.options, "")
		}
		if _, asks := s.verb.(*askVerb); asks {
			return // a question is the slot's, and looked at once
		}
		for _, u := range s.verb.phrases(k.d) {
			k.length(u.phrase, longText)
		}
	})
	for _, s := range k.d.slotOrder {
		k.length(&s.question, longText)
		k.options(optionsOf(s.kind), s.id)
	}
	for _, l := range k.d.ladderOrder {
		for _, s := range l.rungs {
			k.options(s.options, "")
		}
	}
}

func (k *checker) length(p *phrase, most int) {
	for _, lang := range k.d.languages {
		if n := utf8.RuneCountInString(p.text[lang]); n > most {
			k.warn(p.at, codeLongText, fmt.Sprintf("this text has %d characters in `%s`, more than people read on a phone", n, lang),
				fmt.Sprintf("say it in %d, or in several steps", most))
			return
		}
	}
}

// options reports buttons that cannot be told apart, that do not fit, and
// whose words would raise a false alarm when they are typed. slot is that of
// the question, "" for none.
func (k *checker) options(all []option, slot string) {
	seen := map[string]string{}
	for _, o := range all {
		k.length(&o.text, longButton)
		told := false
		for _, lang := range k.d.languages {
			words := strings.ToLower(strings.Join(strings.Fields(o.text.text[lang]), " "))
			if words == "" {
				continue
			}
			if other, twice := seen[lang+" "+words]; twice && !told {
				k.fail(o.at, codeSameText, fmt.Sprintf("the options `%s` and `%s` have the same text in `%s`", other, o.id, lang), "say what makes them different")
				told = true
			}
			seen[lang+" "+words] = o.id
		}
		k.falseAlarm(o, slot)
	}
}

func (k *checker) falseAlarm(o option, slot string) {
	if o.red || slot != "" && contains(k.d.emergency.NotIn, slot) {
		return
	}
	for _, lang := range k.d.languages {
		if text := o.text.text[lang]; text != "" && k.d.emergency.hearing.In(text) {
			k.warn(o.at, codeFalseAlarm, "whoever types the words of this option, \""+text+"\", raises an emergency: they hold a word of `emergency`",
				"write `red_flag: true` on it, choose other words, or put the slot in `not_in`")
			return
		}
	}
}
