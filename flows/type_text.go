package flows

import (
	"unicode/utf8"

	"bedside/flows/internal/accept"
)

// longestText is the length of an answer where the slot does not say, and
// the most that it can say, in characters.
const longestText = 4000

type textType struct{ least, most int }

func readText(r *reader, f fields) slotType {
	least, most := r.number(f.get("min"), "`min`"), r.number(f.get("max"), "`max`")
	t := textType{least: 1, most: longestText}
	if least != nil {
		t.least = int(*least)
	}
	if most != nil {
		t.most = int(*most)
	}
	if t.least < 1 || t.most > longestText || t.least > t.most || fraction(least) || fraction(most) {
		r.fail(r.at(f.node), codeBadValue, "these limits leave no length that an answer can have", "write whole numbers, 1 ≤ min ≤ max ≤ 4000")
	}
	return t
}

func fraction(n *float64) bool { return n != nil && *n != float64(int(*n)) }

func (textType) name() string     { return "text" }
func (textType) operand() operand { return operandText }

func (t textType) ask(q *Asked, _ asking) {
	least, most := float64(t.least), float64(t.most)
	q.Min, q.Max = &least, &most
}

func (t textType) accept(in Input, c asking) (Value, objection) {
	text := accept.Text(in.Text)
	length := utf8.RuneCountInString(text)
	switch {
	case length == 0:
		return Value{}, objection(c.words.NeedAnswer)
	case length < t.least:
		return Value{}, objection(c.words.TooShort(t.least))
	case length > t.most:
		return Value{}, objection(c.words.TooLong(t.most))
	}
	return TextValue(text), ""
}

func (textType) shown(v Value, _ string) string { return v.text }

func (textType) red(Value) bool { return false }
