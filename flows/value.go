package flows

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"slices"
	"time"
)

// Value is one answer: text, number, yes or no, date, or a list of option
// ids. It travels as plain JSON ("x", 3, true, "1958-03-07", ["a", "b"]); the
// slot's type says what a string means, so a date and the id of a choice are
// strings here. The zero Value, JSON null, is an answer that was passed over.
type Value struct {
	kind   valueKind
	text   string
	number float64
	truth  bool
	list   []string
}

type valueKind uint8

const (
	valueNone valueKind = iota
	valueText
	valueNumber
	valueBool
	valueList
)

// dateForm is how dates are kept: ISO 8601, which also sorts as it should.
const dateForm = time.DateOnly

var errValue = errors.New("flows: a value is a string, a finite number, true, false, null or a list of strings")

// TextValue is an answer in words, a phone number, an address, or the id of
// the option of a choice.
func TextValue(s string) Value { return Value{kind: valueText, text: s} }

// NumberValue is an answer in figures. It must be finite.
func NumberValue(n float64) Value { return Value{kind: valueNumber, number: n} }

// BoolValue is the answer to a yes_no.
func BoolValue(yes bool) Value { return Value{kind: valueBool, truth: yes} }

// DateValue is a day, without time and zone.
func DateValue(day time.Time) Value { return TextValue(day.Format(dateForm)) }

// ListValue is a list of option ids.
func ListValue(ids ...string) Value { return Value{kind: valueList, list: slices.Clone(ids)} }

// Known says whether there is an answer at all.
func (v Value) Known() bool { return v.kind != valueNone }

// Text returns the value of a text, phone, email, choice or date.
func (v Value) Text() (string, bool) { return v.text, v.kind == valueText }

// Number returns the value of a number.
func (v Value) Number() (float64, bool) { return v.number, v.kind == valueNumber }

// Bool returns the value of a yes_no.
func (v Value) Bool() (yes, ok bool) { return v.truth, v.kind == valueBool }

// Date returns the value of a date, at midnight UTC.
func (v Value) Date() (time.Time, bool) {
	day, err := time.Parse(dateForm, v.text)
	return day, err == nil && v.kind == valueText
}

// List returns the option ids of a list.
func (v Value) List() ([]string, bool) { return slices.Clone(v.list), v.kind == valueList }

// Equal says whether both are the same answer.
func (v Value) Equal(w Value) bool {
	return v.kind == w.kind && v.text == w.text && v.number == w.number &&
		v.truth == w.truth && slices.Equal(v.list, w.list)
}

// Shown writes the answer for people: a date with its month as a word, an
// option by its text, yes and no in the language. An answer that was passed
// over is "".
func (v Value) Shown(s Slot, lang string) string {
	if !v.Known() || s.kind == nil {
		return ""
	}
	return s.kind.shown(v, lang)
}

// MarshalJSON writes the value as plain JSON.
func (v Value) MarshalJSON() ([]byte, error) {
	switch v.kind {
	case valueText:
		return json.Marshal(v.text)
	case valueNumber:
		return json.Marshal(v.number)
	case valueBool:
		return json.Marshal(v.truth)
	case valueList:
		return json.Marshal(append([]string{}, v.list...))
	default:
		return []byte("null"), nil
	}
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (v *Value) UnmarshalJSON(data []byte) error {
	var plain any
	if err := json.Unmarshal(data, &plain); err != nil {
		return err
	}
	switch x := plain.(type) {
	case nil:
		*v = Value{}
	case string:
		*v = TextValue(x)
	case float64:
		*v = NumberValue(x)
	case bool:
		*v = BoolValue(x)
	default:
		return v.unmarshalList(data)
	}
	if math.IsInf(v.number, 0) {
		return errValue
	}
	return nil
}

func (v *Value) unmarshalList(data []byte) error {
	ids := []string{}
	if !bytes.HasPrefix(bytes.TrimSpace(data), []byte("[")) || json.Unmarshal(data, &ids) != nil {
		return errValue
	}
	*v = ListValue(ids...)
	return nil
}
