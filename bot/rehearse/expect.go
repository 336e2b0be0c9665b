package rehearse

import (
	"slices"
	"strconv"
	"strings"

	"bedside/bot"
	"bedside/flows/cases"
)

// expect compares what must hold with what does.
func (g *Stage) expect(want cases.Expect) (diff []Difference) {
	h := bot.SummaryOf(g.State)
	for _, w := range want {
		got, holds := "", true
		switch w.Key {
		case cases.Part:
			got, holds = same(w.Value, g.Part())
		case cases.Phase:
			got, holds = same(w.Value, string(h.Phase))
		case cases.Asking:
			got, holds = same(w.Value, g.Asking())
		case cases.Priority:
			got, holds = same(w.Value, or(h.Priority, "normal"))
		case cases.Purpose:
			got, holds = same(w.Value, or(h.Purpose, "chat"))
		case cases.Rated:
			got, holds = same(w.Value, strconv.FormatBool(g.Rates()))
		case cases.OfferedTo:
			got, holds = cases.InList(h.Offered), slices.Equal(w.Value.List, h.Offered)
		case cases.Alerted:
			got, holds = cases.InList(g.Alerted()), sameNames(w.Value.List, g.Alerted())
		case cases.Said:
			got, holds = found(w.Value, g.Said(), "none of the bot's texts so far")
		case cases.Button:
			got, holds = found(w.Value, g.Buttons(), cases.InList(g.Buttons()))
		case cases.Promised:
			got, holds = g.promised(w.Value)
		case cases.Slot:
			got, holds = g.slots(w.Value)
		}
		if !holds {
			diff = append(diff, Difference{w.At, w.Key + ": " + w.Value.String(), w.Key + ": " + got})
		}
	}
	return diff
}

func or(word, usual string) string {
	if word == "" {
		return usual
	}
	return word
}

func same(want cases.Value, got string) (string, bool) {
	return cases.InQuotes(got), want.Text == got
}

// sameNames compares without regard to order.
func sameNames(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// found looks for each wanted text in any of those that there were.
func found(want cases.Value, texts []string, otherwise string) (string, bool) {
	for _, w := range want.Texts() {
		if !slices.ContainsFunc(texts, func(t string) bool { return strings.Contains(t, w) }) {
			return otherwise, false
		}
	}
	return "", true
}

// promised compares the fields that are named.
func (g *Stage) promised(want cases.Value) (string, bool) {
	got := g.Promised()
	if want.Kind != cases.Fields {
		return g.promise(nil), got == nil
	}
	holds, names := got != nil, []string{}
	for _, f := range want.Fields {
		holds = holds && got[f.Name] == f.Value.Text
		names = append(names, f.Name)
	}
	return g.promise(names), holds
}

// promise writes these fields of the promise that stands.
func (g *Stage) promise(names []string) string {
	got := g.Promised()
	if got == nil {
		return "nothing"
	}
	if len(names) == 0 {
		names = []string{"what", "by", "at"}
	}
	v := cases.Value{Kind: cases.Fields}
	for _, name := range names {
		if got[name] != "" {
			v.Fields = append(v.Fields, cases.Field{Name: name, Value: cases.Value{Text: got[name]}})
		}
	}
	return v.String()
}

// slots compares the answers that are named.
func (g *Stage) slots(want cases.Value) (string, bool) {
	got, holds := cases.Value{Kind: cases.Fields}, true
	for _, f := range want.Fields {
		v := InWords(g.State.Memory.Slots[f.Name])
		got.Fields = append(got.Fields, cases.Field{Name: f.Name, Value: v})
		holds = holds && v.String() == f.Value.String()
	}
	return got.String(), holds
}
