package flows

import (
	"bedside/flows/internal/accept"
	"bedside/flows/internal/words"
)

type numberType struct{ least, most *float64 }

func readNumber(r *reader, f fields) slotType {
	t := numberType{least: r.number(f.get("min"), "`min`"), most: r.number(f.get("max"), "`max`")}
	if t.least != nil && t.most != nil && *t.least > *t.most {
		r.fail(r.at(f.get("min")), codeBadValue, "`min` is greater than `max`", "exchange them")
	}
	return t
}

func (numberType) name() string     { return "number" }
func (numberType) operand() operand { return operandNumber }

func (t numberType) ask(q *Asked, _ asking) { q.Min, q.Max = t.least, t.most }

func (t numberType) accept(in Input, c asking) (Value, objection) {
	n, ok := accept.Number(in.Text, t.most)
	switch {
	case !ok:
		return Value{}, objection(c.words.NotNumber)
	case t.least != nil && n < *t.least:
		return Value{}, objection(c.words.Below(*t.least))
	case t.most != nil && n > *t.most:
		return Value{}, objection(c.words.Above(*t.most))
	}
	return NumberValue(n), ""
}

func (numberType) shown(v Value, lang string) string { return words.In(lang).Number(v.number) }
