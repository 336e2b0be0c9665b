package flows_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bedside/flows"
)

// words of conditions, each with what it says of a memory in Go.
var atoms = []struct {
	source string
	holds  func(map[string]flows.Value) bool
}{
	{"known(pain)", func(m map[string]flows.Value) bool { return m["pain"].Known() }},
	{"known(who)", func(m map[string]flows.Value) bool { return m["who"].Known() }},
	{"known(fever)", func(m map[string]flows.Value) bool { return m["fever"].Known() }},
	{"pain >= 5", func(m map[string]flows.Value) bool { n, _ := m["pain"].Number(); return n >= 5 }},
	{"pain != 7", func(m map[string]flows.Value) bool { n, _ := m["pain"].Number(); return n != 7 }},
	{`who == "child"`, func(m map[string]flows.Value) bool { s, _ := m["who"].Text(); return s == "child" }},
	{"fever", func(m map[string]flows.Value) bool { yes, _ := m["fever"].Bool(); return yes }},
	{"fever == false", func(m map[string]flows.Value) bool { yes, _ := m["fever"].Bool(); return !yes }},
	{"true", func(map[string]flows.Value) bool { return true }},
}

type formula struct {
	source string
	holds  func(map[string]flows.Value) bool
}

func drawFormula(rt *rapid.T, depth int) formula {
	if depth == 0 || rapid.IntRange(0, 3).Draw(rt, "leaf") == 0 {
		a := rapid.SampledFrom(atoms).Draw(rt, "atom")
		return formula(a)
	}
	l, r := drawFormula(rt, depth-1), drawFormula(rt, depth-1)
	switch rapid.SampledFrom([]string{"and", "or", "not"}).Draw(rt, "word") {
	case "and":
		return formula{"(" + l.source + " and " + r.source + ")", func(m map[string]flows.Value) bool { return l.holds(m) && r.holds(m) }}
	case "or":
		return formula{"(" + l.source + " or " + r.source + ")", func(m map[string]flows.Value) bool { return l.holds(m) || r.holds(m) }}
	default:
		return formula{"not (" + l.source + ")", func(m map[string]flows.Value) bool { return !l.holds(m) }}
	}
}

func drawSlots(rt *rapid.T) map[string]flows.Value {
	all := map[string]flows.Value{
		"pain":  flows.NumberValue(float64(rapid.IntRange(3, 8).Draw(rt, "pain"))),
		"who":   flows.TextValue(rapid.SampledFrom([]string{"me", "child"}).Draw(rt, "who")),
		"fever": flows.BoolValue(rapid.Bool().Draw(rt, "fever")),
	}
	for _, id := range []string{"fever", "pain", "who"} {
		switch rapid.IntRange(0, 3).Draw(rt, "state of "+id) {
		case 0:
			delete(all, id)
		case 1:
			all[id] = flows.Value{} // skipped
		}
	}
	return all
}

// TestConditionsThatPassAreTotal draws conditions. Those that the checks let
// through must hold exactly when they say, whatever is known; those that they
// refuse are refused for want of a guard.
func TestConditionsThatPassAreTotal(t *testing.T) {
	passed := 0
	rapid.Check(t, func(rt *rapid.T) {
		f := drawFormula(rt, 3)
		source := clinic + "  hello:\n    - goto: held\n      if: '" + f.source + "'\n    - goto: bye\n  held: [{end: {en: held 112}}]\n"
		p, problems := flows.Compile([]flows.File{{Path: "x.yaml", Data: []byte(source)}})
		if p == nil {
			for _, problem := range problems {
				if problem.Warning {
					continue
				}
				require.Equal(rt, "never-filled", problem.Code, problem.String())
			}
			return
		}
		passed++
		for range 8 {
			slots := drawSlots(rt)
			turn, err := p.Begin("", flows.Memory{Slots: slots}, flows.Facts{Now: noon})
			require.NoError(rt, err, f.source)
			require.Equal(rt, f.holds(slots), turn.At.Part == "held", "%s with %v", f.source, slots)
		}
	})
	require.Positive(t, passed)
}

func TestConditionsAreKeptSmall(t *testing.T) {
	for _, source := range []string{
		strings.Repeat("true and ", 80) + "true",
		strings.Repeat("not ", 300) + "true",
		fmt.Sprintf("name == %q", strings.Repeat("x", 600)),
	} {
		require.Contains(t, hello(t, "    - ask: name\n    - goto: bye\n      if: '"+source+"'"), "bad-condition")
	}
}
