package flows

import (
	"bedside/flows/internal/accept"
	"bedside/flows/internal/words"
)

// The ids of a yes_no's buttons on the wire. No flow writes them.
const (
	optionYes = "yes"
	optionNo  = "no"
)

type yesNoType struct{ redFlag bool } // yes is dangerous

func readYesNo(r *reader, f fields) slotType {
	return yesNoType{redFlag: r.truth(f.get("red_flag"), "`red_flag`")}
}

func (yesNoType) name() string     { return "yes_no" }
func (yesNoType) operand() operand { return operandBool }

func (yesNoType) ask(q *Asked, c asking) {
	q.Options = []Option{{optionYes, c.words.Yes}, {optionNo, c.words.No}}
}

func (yesNoType) accept(in Input, c asking) (Value, objection) {
	switch in.Option {
	case optionYes:
		return BoolValue(true), ""
	case optionNo:
		return BoolValue(false), ""
	}
	yes, ok := accept.YesNo(in.Text)
	if !ok || in.Option != "" {
		return Value{}, objection(c.words.NotYesNo)
	}
	return BoolValue(yes), ""
}

func (yesNoType) shown(v Value, lang string) string { return words.In(lang).Choice(v.truth) }

func (t yesNoType) red(v Value) bool { return t.redFlag && v.truth }
