package flows

import (
	"time"

	"bedside/flows/internal/words"
)

// slotType is what a slot can hold. Each type is one file.
type slotType interface {
	name() string
	operand() operand                             // what a condition sees
	ask(q *Asked, c asking)                       // adds buttons and limits to the question
	accept(in Input, c asking) (Value, objection) // a value, or kind words why not
	shown(v Value, lang string) string            // for people
	red(v Value) bool                             // the flow marks the answer as dangerous
}

// objection says in the patient's words why an answer cannot be taken; "" is
// none.
type objection string

// asking is what a type may know when it asks and accepts.
type asking struct {
	words  *words.Words
	today  time.Time // the clinic's day, at midnight UTC
	clinic string    // the clinic's own phone number
	birth  bool      // the slot fills patient.born
}

// operand says how a condition may use a slot.
type operand string

const (
	operandText    operand = "text"
	operandNumber  operand = "number"
	operandBool    operand = "yes_no"
	operandDate    operand = "date"
	operandChoice  operand = "choice"
	operandChoices operand = "choices"
	operandFiles   operand = "files"
	operandAny     operand = "" // of a type that could not be read
)

// slotKind is a row of the table of types: its name, the keys that it adds to
// a slot, and how it reads them.
type slotKind struct {
	name string
	keys []string
	read func(r *reader, f fields) slotType
}

func slotKinds() []slotKind {
	return []slotKind{
		{"text", []string{"min", "max"}, readText},
		{"number", []string{"min", "max", "show"}, readNumber},
		{"date", []string{"before", "after"}, readDate},
		{"phone", nil, func(*reader, fields) slotType { return phoneType{} }},
		{"email", nil, func(*reader, fields) slotType { return emailType{} }},
		{"choice", []string{"options"}, readChoice},
		{"choices", []string{"options"}, readChoices},
		{"yes_no", []string{"red_flag"}, readYesNo},
		{"files", []string{"kinds", "count", "size"}, readFilesType},
	}
}

func slotKindNamed(name string) (slotKind, bool) {
	for _, k := range slotKinds() {
		if k.name == name {
			return k, true
		}
	}
	return slotKind{}, false
}

func slotKindNames() (names []string) {
	for _, k := range slotKinds() {
		names = append(names, k.name)
	}
	return names
}

func typeKeys() (all []string) {
	for _, k := range slotKinds() {
		for _, key := range k.keys {
			if !contains(all, key) {
				all = append(all, key)
			}
		}
	}
	return all
}

// unbuiltType stands for a type that could not be read; the program is not
// built, and the checks ask nothing of it.
type unbuiltType struct{}

func (unbuiltType) name() string                            { return "" }
func (unbuiltType) operand() operand                        { return operandAny }
func (unbuiltType) ask(*Asked, asking)                      {}
func (unbuiltType) accept(Input, asking) (Value, objection) { return Value{}, "" }
func (unbuiltType) shown(Value, string) string              { return "" }
func (unbuiltType) red(Value) bool                          { return false }
