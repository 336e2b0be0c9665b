package standin

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// parser reads a value; the error need not name the fault.
type parser func(value string) (func(*Switches), error)

func badToken(v string) (func(*Switches), error) {
	if v != "401" && v != "403" {
		return nil, fmt.Errorf("%q is neither 401 nor 403", v)
	}
	n, err := strconv.Atoi(v)
	return func(w *Switches) { w.BadTokenStatus = n }, err
}

func guestSeats(v string) (func(*Switches), error) {
	n, err := strconv.Atoi(v)
	if err != nil || n < 0 {
		return nil, fmt.Errorf("%q is no number of seats", v)
	}
	return func(w *Switches) { w.GuestSeats = orDefault(n, -1) }, nil
}

func ghost(v string) (func(*Switches), error) {
	d, err := time.ParseDuration(v)
	if err != nil || d < 0 {
		return nil, fmt.Errorf("%q is no duration such as 10s", v)
	}
	return func(w *Switches) { w.Ghost = orDefault(d, -1) }, nil
}

func oneOf[T ~string](at func(*Switches) *T, allowed ...T) parser {
	return func(v string) (func(*Switches), error) {
		if !slices.Contains(allowed, T(v)) {
			return nil, fmt.Errorf("%q is not one of its values", v)
		}
		return func(w *Switches) { *at(w) = T(v) }, nil
	}
}

func flag(at func(*Switches) *bool) parser {
	return func(v string) (func(*Switches), error) {
		if v != "" {
			return nil, fmt.Errorf("%q is too much: it takes no value", v)
		}
		return func(w *Switches) { *at(w) = true }, nil
	}
}

func duration(at func(*Switches) *time.Duration) parser {
	return func(v string) (func(*Switches), error) {
		d, err := time.ParseDuration(v)
		if err != nil || d == 0 {
			return nil, fmt.Errorf("%q is no duration such as 5s", v)
		}
		return func(w *Switches) { *at(w) = d }, nil
	}
}

func number(at func(*Switches) *int, from, to int) parser {
	return func(v string) (func(*Switches), error) {
		n, err := strconv.Atoi(v)
		if err != nil || n < from || n > to {
			return nil, fmt.Errorf("%q is no number from %d to %d", v, from, to)
		}
		return func(w *Switches) { *at(w) = n }, nil
	}
}

func waits(name string, kind TroubleKind, does string) fault {
	return fault{FaultDoc{Name: name, Value: waitForm, Does: does}, func(v string) (func(*Switches), error) {
		return parseTrouble(kind, v, true)
	}}
}

func befalls(name string, kind TroubleKind, does string) fault {
	return fault{FaultDoc{Name: name, Value: troubleForm, Does: does}, func(v string) (func(*Switches), error) {
		return parseTrouble(kind, v, false)
	}}
}

// parseTrouble reads parts divided by colons: a whole number is how often, a
// duration how long, a word the endpoint.
func parseTrouble(kind TroubleKind, value string, waiting bool) (func(*Switches), error) {
	t := Trouble{Kind: kind}
	for part := range strings.SplitSeq(value, ":") {
		n, notNumber := strconv.Atoi(part)
		d, notDuration := time.ParseDuration(part)
		switch {
		case part == "":
		case notNumber == nil && n > 0:
			t.Times = n
		case waiting && notDuration == nil && d > 0:
			t.For = d
		case slices.Contains(endpoints, Endpoint(part)):
			t.On = Endpoint(part)
		default:
			return nil, fmt.Errorf("%q is no endpoint (%s), number or duration that fits", part, strings.Join(names(endpoints), " "))
		}
	}
	if waiting && t.For == 0 {
		return nil, fmt.Errorf("%q has no duration", value)
	}
	return func(w *Switches) { w.Troubles = append(w.Troubles, t) }, nil
}

func names(of []Endpoint) []string {
	out := make([]string, len(of))
	for i, e := range of {
		out[i] = string(e)
	}
	return out
}
