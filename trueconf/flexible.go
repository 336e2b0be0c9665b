package trueconf

import (
	"bytes"
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The types here read what a PHP server writes where a number, a boolean, a
// text, a time or a list is meant (API reference §3). None of them fails: what
// cannot be read is the zero value, so that a strange field that nobody needs
// never costs the call. Fields that decide are checked by whoever reads them.

// flexInt reads 7, "7", 7.0, true and null.
type flexInt int64

func (i *flexInt) UnmarshalJSON(raw []byte) error {
	*i = 0
	text := scalar(raw)
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		*i = flexInt(n)
	} else if f, err := strconv.ParseFloat(text, 64); err == nil && f == math.Trunc(f) && math.Abs(f) < 1<<53 {
		*i = flexInt(f)
	} else if text == "true" {
		*i = 1
	}
	return nil
}

// flexBool reads true, 1, "1", "true" and null.
type flexBool bool

func (b *flexBool) UnmarshalJSON(raw []byte) error {
	var i flexInt
	_ = i.UnmarshalJSON([]byte(strings.ToLower(scalar(raw))))
	*b = i != 0
	return nil
}

// flexText reads texts, and numbers as they stand: an id of ten digits may
// come as either.
type flexText string

func (t *flexText) UnmarshalJSON(raw []byte) error {
	*t = ""
	if len(raw) == 0 {
		return nil
	}
	if c := raw[0]; c == '"' || c == '-' || '0' <= c && c <= '9' {
		*t = flexText(scalar(raw))
	}
	return nil
}

// scalar is the text of a JSON string, number or boolean, else "".
func scalar(raw []byte) string {
	if len(raw) == 0 {
		return ""
	}
	switch raw[0] {
	case '"':
		var s string
		if json.Unmarshal(raw, &s) != nil {
			return ""
		}
		return s
	case '{', '[', 'n':
		return ""
	}
	return string(raw)
}

// flexList reads an array, or an object with numbered keys: what PHP makes of
// an array with a gap. Elements of another shape are left out.
type flexList[T any] []T

func (l *flexList[T]) UnmarshalJSON(raw []byte) error {
	*l = nil
	for _, element := range elements(raw) {
		var value T
		if json.Unmarshal(element, &value) == nil {
			*l = append(*l, value)
		}
	}
	return nil
}

// elements are those of an array, or the values of an object in the order of
// its numbered keys; nil for anything else.
func elements(raw []byte) []json.RawMessage {
	raw = bytes.TrimSpace(raw)
	var list []json.RawMessage
	if len(raw) > 0 && raw[0] == '[' && json.Unmarshal(raw, &list) == nil {
		return list
	}
	var object map[string]json.RawMessage
	if len(raw) == 0 || raw[0] != '{' || json.Unmarshal(raw, &object) != nil {
		return nil
	}
	numbers := make([]int, 0, len(object))
	for key := range object {
		n, err := strconv.Atoi(key)
		if err != nil || strconv.Itoa(n) != key {
			return nil
		}
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	for _, n := range numbers {
		list = append(list, object[strconv.Itoa(n)])
	}
	return list
}

// flexTime reads unix seconds, a PHP date object, RFC 3339, and PHP's plain
// date, which it takes for UTC. It writes unix seconds.
type flexTime struct{ time.Time }

// MarshalJSON writes unix seconds, null for the zero time.
func (t flexTime) MarshalJSON() ([]byte, error) {
	if t.IsZero() {
		return []byte("null"), nil
	}
	return strconv.AppendInt(nil, t.Unix(), 10), nil
}

func (t *flexTime) UnmarshalJSON(raw []byte) error {
	t.Time = time.Time{}
	var php struct {
		Date flexText `json:"date"`
		Zone flexText `json:"timezone"`
	}
	if len(raw) > 0 && raw[0] == '{' {
		if json.Unmarshal(raw, &php) == nil {
			t.Time = phpDate(string(php.Date), string(php.Zone))
		}
		return nil
	}
	text := scalar(raw)
	if seconds, err := strconv.ParseInt(text, 10, 64); err == nil {
		if seconds > 0 && seconds < 1<<38 {
			t.Time = time.Unix(seconds, 0).UTC()
		}
	} else if at, err := time.Parse(time.RFC3339, text); err == nil {
		t.Time = at.UTC()
	} else {
		t.Time = phpDate(text, "UTC")
	}
	return nil
}

// phpDate reads the date of a PHP DateTime in its zone: an offset, "UTC" or a
// place. An unknown zone gives the zero time, for a guess would be hours off.
func phpDate(date, zone string) time.Time {
	const form = "2006-01-02 15:04:05"
	if at, err := time.Parse(form+"-07:00", date+zone); err == nil {
		return at.UTC()
	}
	if zone == "" || zone == "Local" {
		return time.Time{}
	}
	if zone == "Z" {
		zone = "UTC"
	}
	place, err := time.LoadLocation(zone)
	if err != nil {
		return time.Time{}
	}
	at, err := time.ParseInLocation(form, date, place)
	if err != nil {
		return time.Time{}
	}
	return at.UTC()
}
