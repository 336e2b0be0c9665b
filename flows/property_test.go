package flows_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bedside/flows"
)

// typed is what patients type, sensibly and not.
var typed = []string{
	"", " ", "unwell", "Только ваш телефон", "Test Patient", "7.03.1958", "31.02.1990", "01.01.2099",
	"8 916 123-45-67", "3,5", "10/10", "-1", "yes", "нет", "\x00\xff", "{name}", "a\nb", "0000", "thanks",
}

// input draws any answer, a fitting one now and then.
func input(rt *rapid.T, m flows.Memory) flows.Input {
	in := flows.Input{}
	switch rapid.IntRange(0, 4).Draw(rt, "how") {
	case 0:
		in.Option = rapid.SampledFrom([]string{"unwell", "result", "number", "doctor", "thanks", "yes", "no", "?"}).Draw(rt, "option")
	case 1:
		in.Skip = true
	case 2:
		in.Text = rapid.String().Draw(rt, "noise")
	default:
		in.Text = rapid.SampledFrom(typed).Draw(rt, "text")
	}
	in.Step = rapid.SampledFrom([]string{"", m.At.String(), "hello/2", "x"}).Draw(rt, "step")
	return in
}

// journey sends an event through JSON, alone, as a journal does.
func journey(t require.TestingT, e flows.Event) flows.Event {
	data, err := json.Marshal(e)
	require.NoError(t, err)
	back, err := flows.DecodeEvent(e.Kind(), data)
	require.NoError(t, err)
	again, err := json.Marshal(back)
	require.NoError(t, err)
	require.JSONEq(t, string(data), string(again))
	return back
}

// TestReplayGivesWhatSteppingGave walks at random and folds the events twice:
// as they come, and from JSON.
func TestReplayGivesWhatSteppingGave(t *testing.T) {
	p := visit(t)
	rapid.Check(t, func(rt *rapid.T) {
		facts := flows.Facts{Now: noon}
		if rapid.Bool().Draw(rt, "known") {
			facts.Patient = map[string]string{"name": "Known Patient", "born": "1958-03-07", "phone": "not a number"}
		}
		start := flows.Memory{Language: rapid.SampledFrom([]string{"en", "ru", "de", ""}).Draw(rt, "language")}
		live, replayed := start, start
		turn, err := p.Begin("", live, facts)
		require.NoError(rt, err)
		for range 20 {
			live, replayed = fold(rt, live, replayed, turn)
			before, _ := json.Marshal(live)
			turn, err = next(rt, p, live, facts)
			after, _ := json.Marshal(live)
			require.JSONEq(rt, string(before), string(after), "a memory that was given is never changed")
			if live.Waits == flows.WaitEnd {
				return
			}
			if err != nil {
				var refusal *flows.Refusal
				require.ErrorAs(rt, err, &refusal)
				require.NotEmpty(rt, refusal.Message)
				turn, err = p.Again(live, facts)
				require.NoError(rt, err)
				require.Len(rt, turn.Events, 1)
			}
		}
	})
}

func next(rt *rapid.T, p *flows.Program, m flows.Memory, f flows.Facts) (flows.Turn, error) {
	if m.Waits == flows.WaitHandOver {
		return p.GoOn(m, f)
	}
	return p.Answer(m, input(rt, m), f)
}

// fold takes a turn in both ways, and holds what every turn promises.
func fold(rt *rapid.T, live, replayed flows.Memory, turn flows.Turn) (flows.Memory, flows.Memory) {
	questions := 0
	for _, e := range turn.Events {
		live, replayed = live.After(e), replayed.After(journey(rt, e))
		if _, asks := e.(flows.Asked); asks {
			questions++
		}
	}
	require.LessOrEqual(rt, questions, 1, "a turn asks once at most")
	require.NotEmpty(rt, turn.Events)
	require.Equal(rt, turn.At, live.At)
	require.Equal(rt, turn.Waits, live.Waits)
	require.NotEqual(rt, flows.WaitNothing, turn.Waits, "a flow never stands still without a reason")
	require.Equal(rt, live, replayed)
	var stored flows.Memory
	data, err := json.Marshal(live)
	require.NoError(rt, err)
	require.NoError(rt, json.Unmarshal(data, &stored))
	require.Equal(rt, live, stored)
	return live, replayed
}

func TestPlacesAndValuesTravelAsJSON(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		place := flows.Place{Part: rapid.StringMatching(`[a-z][a-z0-9_]{0,10}`).Draw(rt, "part"), Step: rapid.IntRange(1, 999).Draw(rt, "step")}
		back, err := flows.ParsePlace(place.String())
		require.NoError(rt, err)
		require.Equal(rt, place, back)
		value := rapid.OneOf(
			rapid.Map(rapid.String(), flows.TextValue),
			rapid.Map(rapid.Float64Range(-1e9, 1e9), flows.NumberValue),
			rapid.Map(rapid.Bool(), flows.BoolValue),
			rapid.Map(rapid.SliceOfN(rapid.StringMatching(`[a-z]+`), 0, 3), func(ids []string) flows.Value { return flows.ListValue(ids...) }),
			rapid.Just(flows.Value{}),
		).Draw(rt, "value")
		data, err := json.Marshal(value)
		require.NoError(rt, err)
		var read flows.Value
		require.NoError(rt, json.Unmarshal(data, &read))
		require.True(rt, value.Equal(read), "%s", data)
	})
}

func TestWhatIsNoPlaceAndNoValue(t *testing.T) {
	for _, s := range []string{"hello", "hello/", "/1", "hello/0", "hello/-1", "hello/01", "hello/1x", "/"} {
		_, err := flows.ParsePlace(s)
		require.Error(t, err, s)
	}
	for _, s := range []string{`{"a": 1}`, `[1]`, `["a", null, 3]`, `1e999`, `nope`} {
		var v flows.Value
		require.Error(t, json.Unmarshal([]byte(s), &v), s)
	}
	_, err := flows.DecodeEvent("burned", []byte(`{}`))
	require.Error(t, err)
	_, err = flows.DecodeEvent("said", []byte(`{"step": 3}`))
	require.Error(t, err)
}
