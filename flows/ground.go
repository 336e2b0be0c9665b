package flows

import (
	"cmp"
	"slices"
)

// Ground is one place of a flow that conversations can come to: a step, a rung
// of a ladder, or a reminder of a silent patient. Tests are to reach every one,
// and to take each of its ways.
type Ground struct {
	At   Place
	File string
	Line int
	Verb string   // say, ask …; rung, silence
	Ways []string // if and if not; the ids of options; yes no skip red flag agree refuse closed nobody wait refused book none
}

// Ground lists every place, in the order of the files.
func (p *Program) Ground() (all []Ground) {
	for id, part := range p.parts {
		for i, s := range part.steps {
			g := Ground{At: Place{Part: id, Step: i + 1}, File: s.at.file, Line: s.at.line}
			if !s.ifSource.absent() {
				g.Ways = append(g.Ways, wayIf, wayIfNot)
			}
			verb, ways := p.waysOf(s.verb)
			g.Verb, g.Ways = verb, append(g.Ways, ways...)
			all = append(all, g)
		}
	}
	for i, s := range p.silence {
		all = append(all, Ground{At: Place{Part: silencePart, Step: i + 1}, File: s.at.file, Line: s.at.line, Verb: silencePart})
	}
	slices.SortFunc(all, func(a, b Ground) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.At.Part, b.At.Part), cmp.Compare(a.At.Step, b.At.Step))
	})
	return all
}

// The ways that are no option's id.
const (
	wayIf      = "if"
	wayIfNot   = "if not"
	waySkip    = "skip"
	wayWait    = "wait"
	wayRefused = "refused"
	wayBook    = "book"
	wayRed     = "red flag"
)

func (p *Program) waysOf(v verb) (name string, ways []string) {
	switch v := v.(type) {
	case *sayVerb:
		return "say", nil
	case *askVerb:
		return "ask", p.waysOfAsk(v)
	case *chooseVerb:
		return "choose", idsOf(v.options)
	case *rungVerb:
		return "rung", idsOf(v.rung.options)
	case *consentVerb:
		return "consent", []string{optionAgree, optionRefuse}
	case *handOverVerb:
		for _, way := range []struct {
			to   target
			name string
		}{{v.closed, "closed"}, {v.nobody, "nobody"}, {v.refused, wayRefused}} {
			if way.to.leads() {
				ways = append(ways, way.name)
			}
		}
		if v.purpose == ForVideo {
			return "video", append(ways, wayWait)
		}
		return "hand_over", append(ways, wayWait)
	case *bookVerb:
		return "book", []string{wayBook, optionNone}
	case *callBackVerb:
		return "callback", nil
	case *setVerb:
		return "set", nil
	case *useVerb:
		return "use", nil
	case *gotoVerb:
		return "goto", nil
	}
	return "end", nil
}

// waysOfAsk are the answers that lead to different places.
func (p *Program) waysOfAsk(v *askVerb) (ways []string) {
	s := p.slots[v.slot.name]
	if v.ifYes.leads() || v.ifNo.leads() || s.kind.operand() == operandBool && s.red(BoolValue(true)) {
		ways = append(ways, "yes", "no")
	}
	for _, b := range v.then {
		ways = append(ways, b.option.name)
	}
	if slices.ContainsFunc(optionsOf(s.kind), func(o option) bool { return o.red }) {
		ways = append(ways, wayRed)
	}
	if s.optional {
		ways = append(ways, waySkip)
	}
	return ways
}

func idsOf(options []option) (ids []string) {
	for _, o := range options {
		ids = append(ids, o.id)
	}
	return ids
}

// trace tells whoever listens that a conversation came to a place and, with a
// way, where it went from there.
func (w *walk) trace(at Place, way string) {
	if w.facts.Trace != nil {
		w.facts.Trace(at, way)
	}
}

// traceEvent tells the place and the way of an event.
func (w *walk) traceEvent(e Event) {
	if w.facts.Trace == nil {
		return
	}
	switch e := e.(type) {
	case Said:
		w.trace(e.At, "")
	case Ended:
		w.trace(e.At, "")
	case Reached:
		w.trace(e.At, "")
	case Chosen:
		w.trace(e.At, e.Option)
	case Skipped:
		w.trace(e.At, waySkip)
	case Declined:
		w.trace(e.At, wayRefused)
	case Unmet:
		w.trace(e.At, e.Why)
	case HandedOver:
		w.trace(e.At, wayWait)
	case Booked:
		w.trace(e.At, wayBook)
	case Consented:
		w.trace(e.At, wayOf(e.Agreed, optionAgree, optionRefuse))
	case Filled:
		if yes, ok := e.Value.Bool(); ok {
			w.trace(e.At, wayOf(yes, "yes", "no"))
		} else if id, ok := e.Value.Text(); ok {
			w.trace(e.At, id)
		}
		if e.Red {
			w.trace(e.At, wayRed)
		}
	}
}

func wayOf(yes bool, one, other string) string {
	if yes {
		return one
	}
	return other
}
