package rehearse

import (
	"slices"
	"strings"
	"time"

	"bedside/bot"
	"bedside/flows/cases"
)

// step does one step of a case; what does not hold comes back.
func (g *Stage) step(s cases.Step) []Difference {
	switch act := s.Act.(type) {
	case cases.Expect:
		return g.expect(act)
	case cases.Answers:
		return g.answers(act)
	case cases.Deeds:
		for _, d := range act {
			if err := g.Staff(d.Doctor, d.Does, d.Text); err != nil {
				return failed(d.At, err)
			}
		}
	case cases.Pick:
		return g.pick(s.At, act.Option)
	case cases.Typed:
		return failed(s.At, g.Type(act.Text))
	case cases.Skip:
		if act.Slot == theVideo && g.Asking() != theVideo {
			return failed(s.At, g.Decline())
		}
		return g.asked(s.At, act.Slot, g.Skip)
	case cases.Decide:
		option := "refuse"
		if act.Agree {
			option = "agree"
		}
		return g.asked(s.At, act.Consent, func() error { return g.Press(option) })
	case cases.Wait:
		return failed(s.At, g.Pass(act.For))
	case cases.Back:
		return failed(s.At, g.Back())
	case cases.Rate:
		return failed(s.At, g.Rate(act.Stars, act.Text))
	}
	return nil
}

// theVideo is skipped by a patient who would rather type; a slot of this name
// comes first.
const theVideo = "video"

// failed says what went wrong at a place, if anything.
func failed(at cases.Spot, err error) []Difference {
	if err == nil {
		return nil
	}
	return []Difference{{At: at, Got: Sentence(err)}}
}

// asked does something to the question of this name, which must be open.
func (g *Stage) asked(at cases.Spot, name string, do func() error) []Difference {
	if asking := g.Asking(); asking != name {
		return []Difference{{at, "asking: " + name, "asking: " + asking}}
	}
	return failed(at, do())
}

// answers fills slots; each must be what is asked, and be taken.
func (g *Stage) answers(all cases.Answers) []Difference {
	for _, a := range all {
		before := len(g.Journal)
		if diff := g.asked(a.At, a.Slot, func() error { return g.reply(a.Value) }); len(diff) > 0 {
			return diff
		}
		if !taken(g.Journal[before:]) {
			return []Difference{{a.At, a.Slot + ": " + a.Value.String(), "not taken; the bot says " + cases.InQuotes(last(g.Said()))}}
		}
	}
	return nil
}

// objection is why a value of the file can be no answer.
type objection string

func (o objection) Error() string { return string(o) }

// reply answers the open question with a value of the file.
func (g *Stage) reply(v cases.Value) error {
	asked := g.State.Asked
	switch asked.Type {
	case "yes_no":
		id, ok := map[string]string{"true": "yes", "false": "no"}[v.Text]
		if !ok {
			return objection("a yes_no is answered by true or false, not by " + v.String())
		}
		return g.Press(id)
	case "choice", "choices":
		if why := noOption(asked.Options, v.Texts()); why != "" {
			return objection(why)
		}
		return g.Press(v.Texts()...)
	case "files":
		return g.Send(v.Texts()...)
	}
	return g.Type(v.Text)
}

// noOption says that a word is not among the options.
func noOption(options []bot.Option, words []string) string {
	ids := make([]string, len(options))
	for i, o := range options {
		ids[i] = o.ID
	}
	for _, w := range words {
		if !slices.Contains(ids, w) {
			return "the question has no option `" + w + "`; it has " + few(ids)
		}
	}
	return ""
}

// few is a list that a person reads to its end.
func few(ids []string) string {
	const most = 12
	if len(ids) > most {
		ids = append(slices.Clone(ids[:most]), "…", ids[len(ids)-1])
	}
	return strings.Join(ids, ", ")
}

// taken reports whether an answer is among the entries.
func taken(entries []bot.Entry) bool {
	return slices.ContainsFunc(entries, func(e bot.Entry) bool { return e.Kind == bot.AnswerGiven && e.By.Role == bot.Patient })
}

func last(texts []string) string {
	if len(texts) == 0 {
		return ""
	}
	return texts[len(texts)-1]
}

// pick presses an option, or one of the free times.
func (g *Stage) pick(at cases.Spot, option string) []Difference {
	asked := g.State.Asked
	if asked == nil || len(asked.Options) == 0 {
		return []Difference{{at, "pick: " + cases.InQuotes(option), "asking: " + g.Asking()}}
	}
	if m, ok := cases.ParseMoment(option); ok && asked.Type == "times" {
		option = g.timeOption(asked, m)
	}
	if why := noOption(asked.Options, []string{option}); why != "" {
		return failed(at, objection(why))
	}
	return failed(at, g.Press(option))
}

// timeOption is the id of the time that is meant, or the moment itself where it
// is not offered.
func (g *Stage) timeOption(asked *bot.Asked, m cases.Moment) string {
	want := m.In(g.Zone())
	for _, o := range asked.Options {
		if t, err := time.Parse(time.RFC3339, o.ID); err == nil && t.Equal(want) {
			return o.ID
		}
	}
	return want.Format(time.RFC3339)
}
