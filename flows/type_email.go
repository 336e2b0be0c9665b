package flows

import "bedside/flows/internal/accept"

type emailType struct{}

func (emailType) name() string       { return "email" }
func (emailType) operand() operand   { return operandText }
func (emailType) ask(*Asked, asking) {}

func (emailType) accept(in Input, c asking) (Value, objection) {
	address, ok := accept.Email(in.Text)
	if !ok {
		return Value{}, objection(c.words.NotEmail)
	}
	return TextValue(address), ""
}

func (emailType) shown(v Value, _ string) string { return v.text }

func (emailType) red(Value) bool { return false }
