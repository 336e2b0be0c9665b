package flows

import "bedside/flows/internal/accept"

type phoneType struct{}

func (phoneType) name() string       { return "phone" }
func (phoneType) operand() operand   { return operandText }
func (phoneType) ask(*Asked, asking) {}

func (phoneType) accept(in Input, c asking) (Value, objection) {
	number, ok := accept.Phone(in.Text, c.clinic)
	if !ok {
		return Value{}, objection(c.words.NotPhone)
	}
	return TextValue(number), ""
}

func (phoneType) shown(v Value, _ string) string { return v.text }

func (phoneType) red(Value) bool { return false }
