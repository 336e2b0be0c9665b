package flows

import (
	"time"

	"go.yaml.in/yaml/v3"

	"bedside/flows/internal/accept"
	"bedside/flows/internal/words"
)

type dateType struct{ before, after dateLimit }

// dateLimit is a fixed day, or today; the zero limit is none.
type dateLimit struct {
	today bool
	day   time.Time
}

func (l dateLimit) none() bool { return l == dateLimit{} }

// on returns the limit's day, given today's.
func (l dateLimit) on(today time.Time) time.Time {
	if l.today {
		return today
	}
	return l.day
}

func readDate(r *reader, f fields) slotType {
	t := dateType{before: r.dateLimit(f.get("before")), after: r.dateLimit(f.get("after"))}
	b, a := t.before, t.after
	if !b.none() && !a.none() && b.today == a.today && !a.day.AddDate(0, 0, 1).Before(b.day) {
		r.fail(r.at(f.get("after")), codeBadValue, "no day lies between `after` and `before`", "exchange them, or remove one")
	}
	return t
}

func (r *reader) dateLimit(n *yaml.Node) dateLimit {
	name, ok := r.name(n, "a limit")
	if !ok {
		return dateLimit{}
	}
	if name == "today" {
		return dateLimit{today: true}
	}
	day, err := time.Parse(dateForm, name)
	if err != nil {
		r.fail(r.at(n), codeBadValue, "`"+name+"` is no day", "write today, or a day such as 2027-02-15")
		return dateLimit{}
	}
	return dateLimit{day: day}
}

func (dateType) name() string     { return "date" }
func (dateType) operand() operand { return operandDate }

func (t dateType) ask(q *Asked, c asking) {
	if !t.before.none() {
		q.Before = t.before.on(c.today).Format(dateForm)
	}
	if !t.after.none() {
		q.After = t.after.on(c.today).Format(dateForm)
	}
}

func (t dateType) accept(in Input, c asking) (Value, objection) {
	century := accept.Nearest
	if c.birth || t.before.today {
		century = accept.Past
	}
	day, ok := accept.Date(in.Text, c.today, century)
	if !ok && !c.birth {
		day, ok = accept.Near(in.Text, c.today, century)
	}
	switch {
	case !ok:
		return Value{}, objection(c.words.NotDate)
	case !t.before.none() && !day.Before(t.before.on(c.today)):
		return Value{}, objection(c.words.TooLate(t.before.on(c.today)))
	case !t.after.none() && !day.After(t.after.on(c.today)):
		return Value{}, objection(c.words.TooEarly(t.after.on(c.today)))
	}
	return DateValue(day), ""
}

func (dateType) shown(v Value, lang string) string {
	day, ok := v.Date()
	if !ok {
		return v.text
	}
	return words.In(lang).Date(day)
}

func (dateType) red(Value) bool { return false }
