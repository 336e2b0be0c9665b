package flows

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// sketch fills in what a verb is about and where it leads.
func (d *draft) sketch(s *OutlineStep, v verb) {
	switch v := v.(type) {
	case *sayVerb:
		s.Verb, s.Text = "say", v.text.text
	case *askVerb:
		d.sketchAsk(s, v)
	case *chooseVerb:
		s.Verb, s.Text, s.Waits = "choose", v.text.text, true
		s.options(v.options)
	case *consentVerb:
		s.Verb, s.Name, s.Waits = "consent", v.consent.name, true
		s.way("refused", v.refused)
	case *setVerb:
		s.Verb = "set"
		for _, l := range v.literals {
			s.Name = strings.TrimSpace(s.Name + " " + l.slot.name)
		}
	case *useVerb:
		s.Verb, s.Name = "use", v.fragment.name
	case *gotoVerb:
		s.Verb = "goto"
		s.way("", v.target)
	case *handOverVerb:
		s.sketchWait(v)
	case *bookVerb:
		s.Verb, s.Name, s.Waits = "book", v.department.name, true
		s.way("none", v.none)
	case *callBackVerb:
		s.Verb, s.Name, s.Text = "callback", v.department.name, v.tell.text
	case *rungVerb:
		s.sketchRung(v.rung)
	case *endVerb:
		s.Verb, s.Text = "end", v.text.text
	default:
		s.Verb = "?"
	}
}

func (d *draft) sketchAsk(s *OutlineStep, v *askVerb) {
	s.Verb, s.Name, s.Waits = "ask", v.slot.name, true
	if slot := d.slots[v.slot.name]; slot != nil {
		s.Text = slot.question.text
		if slot.dangerous() {
			s.Ways = append(s.Ways, OutlineWay{Word: "red flag", To: emergencyPart})
		}
	}
	s.way("yes", v.ifYes)
	s.way("no", v.ifNo)
	for _, b := range v.then {
		s.way(b.option.name, b.target)
	}
}

func (s *OutlineStep) sketchWait(v *handOverVerb) {
	s.Verb, s.Name, s.Text, s.Waits = "hand_over", v.department.name, v.tell.text, true
	if v.purpose == ForVideo {
		s.Verb = "video"
	}
	if v.priority == Urgent {
		s.Name += ", urgent"
	}
	if v.ladder.name != "" {
		s.Name += ", ladder " + v.ladder.name
	}
	s.way("closed", v.closed)
	s.way("nobody", v.nobody)
	s.way("refused", v.refused)
}

func (s *OutlineStep) sketchRung(r *rung) {
	s.Verb, s.After, s.Text, s.Waits = "rung", shortly(r.after), r.say.text, !r.choose.absent()
	if s.Text == nil {
		s.Text = r.choose.text
	}
	if s.Text == nil {
		s.Text = r.end.text
	}
	var does []string
	for _, d := range r.also {
		does = append(does, "also "+d.name)
	}
	if r.alert != "" {
		does = append(does, "alert "+r.alert)
	}
	s.Name = strings.Join(does, ", ")
	s.options(r.options)
	s.way("", r.target)
}

func (s *OutlineStep) options(options []option) {
	for _, o := range options {
		w := OutlineWay{Word: o.id, Text: o.text.text, To: o.target.part}
		if o.target.resume {
			w.To = "resume"
		}
		s.Ways = append(s.Ways, w)
	}
}

func (s *OutlineStep) way(word string, t target) {
	switch {
	case t.resume:
		s.Ways = append(s.Ways, OutlineWay{Word: word, To: "resume"})
	case t.part != "":
		s.Ways = append(s.Ways, OutlineWay{Word: word, To: t.part})
	}
}

// shortly writes a length of time as a flow does: 90s, 3m, 24h.
func shortly(d time.Duration) string {
	for _, unit := range []struct {
		of   time.Duration
		sign string
	}{{time.Hour, "h"}, {time.Minute, "m"}, {time.Second, "s"}} {
		if d >= unit.of && d%unit.of == 0 {
			return strconv.FormatInt(int64(d/unit.of), 10) + unit.sign
		}
	}
	return d.String()
}

// dangerous says whether an answer of the slot is a red flag.
func (s *slot) dangerous() bool {
	switch kind := s.kind.(type) {
	case yesNoType:
		return kind.redFlag
	case *choiceType:
		return slices.ContainsFunc(kind.options, func(o option) bool { return o.red })
	case *choicesType:
		return slices.ContainsFunc(kind.options, func(o option) bool { return o.red })
	}
	return false
}
