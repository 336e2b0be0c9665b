package flows

import (
	"fmt"

	"bedside/flows/internal/accept"
	"bedside/flows/internal/words"
)

type numberType struct {
	least, most *float64
	scale       bool // a button for each whole number
}

// showScale is the one way to show a number that is not the usual one.
const showScale = "scale"

// mostOnScale is how many buttons a scale can have.
const mostOnScale = 21

func readNumber(r *reader, f fields) slotType {
	t := numberType{least: r.number(f.get("min"), "`min`"), most: r.number(f.get("max"), "`max`")}
	if t.least != nil && t.most != nil && *t.least > *t.most {
		r.fail(r.at(f.get("min")), codeBadValue, "`min` is greater than `max`", "exchange them")
	}
	if n := f.get("show"); n != nil {
		t.scale = r.oneOf(n, "`show`", []string{showScale}) != ""
		if t.scale && (t.least == nil || t.most == nil || fraction(t.least) || fraction(t.most) || *t.most-*t.least >= mostOnScale) {
			r.fail(r.at(n), codeBadValue, "a scale has a button for each whole number from `min` to `max`", fmt.Sprintf("write both as whole numbers, at most %d apart", mostOnScale-1))
		}
	}
	return t
}

func (numberType) name() string     { return "number" }
func (numberType) operand() operand { return operandNumber }

func (t numberType) ask(q *Asked, _ asking) {
	q.Min, q.Max = t.least, t.most
	if t.scale {
		q.Show = showScale
	}
}

func (t numberType) accept(in Input, c asking) (Value, objection) {
	if t.scale && in.Option != "" {
		in.Text = in.Option
	}
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

func (numberType) red(Value) bool { return false }
