package flows_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bedside/flows"
)

// drawInput is anything that a client can send as an answer.
func drawInput(rt *rapid.T) flows.Input {
	text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{
		"", "да", "нет, не болит", "нет, но давит", "7 марта 58", "седьмое марта 1958", "вчера", "7,5", "семь", "7 из 10", "1 и 3", "fever, cough", "кашель",
		"второй", "8 916 123-45-67", "a@example.org", "не могу дышать", "1", "\xff\xfe\x00",
	}))
	ids := rapid.SampledFrom([]string{"", "yes", "no", "agree", "me", "child", "fever", "cough", "speech", "7", "none", "gone"})
	switch rapid.IntRange(0, 4).Draw(rt, "how") {
	case 0:
		return flows.Input{Option: ids.Draw(rt, "option")}
	case 1:
		return flows.Input{Options: rapid.SliceOfN(ids, 0, 4).Draw(rt, "options")}
	case 2:
		return flows.Input{Skip: true}
	case 3:
		return flows.Input{Files: rapid.SliceOfN(rapid.Custom(func(rt *rapid.T) flows.Attached {
			return flows.Attached{ID: ids.Draw(rt, "id"), Kind: rapid.SampledFrom([]string{"photo", "pdf", ""}).Draw(rt, "kind"), Size: rapid.Int64Range(0, 30<<20).Draw(rt, "size")}
		}), 0, 5).Draw(rt, "files")}
	default:
		return flows.Input{Text: text.Draw(rt, "text")}
	}
}

// TestAnyAnswerIsTakenOrKindlyRefused answers each question of the reference's
// slots with anything. What is taken is shown, and is taken again as it is
// shown where it was typed; what is not is refused in words.
func TestAnyAnswerIsTakenOrKindlyRefused(t *testing.T) {
	p, problems := flows.Compile(referenceFiles(t))
	require.Empty(t, problems)
	asks := map[string]flows.Place{
		"chest_pain": {Part: "triage", Step: 1}, "who": {Part: "triage", Step: 3}, "name": {Part: "triage", Step: 4}, "born": {Part: "triage", Step: 5},
		"symptoms": {Part: "triage", Step: 6}, "rash_photo": {Part: "triage", Step: 7}, "pain": {Part: "triage", Step: 8}, "phone": {Part: "repeat", Step: 6},
	}
	rapid.Check(t, func(rt *rapid.T) {
		slot := rapid.SampledFrom([]string{"chest_pain", "who", "name", "born", "symptoms", "rash_photo", "pain", "phone"}).Draw(rt, "slot")
		at := asks[slot]
		m := flows.Memory{Language: rapid.SampledFrom([]string{"ru", "en", ""}).Draw(rt, "language"), Slots: map[string]flows.Value{
			"born": flows.TextValue("1958-03-07"), "symptoms": flows.ListValue("rash"), "who": flows.TextValue("me"),
		}}
		m.At, m.Waits = at, flows.WaitAnswer
		in := drawInput(rt)
		turn, err := p.Answer(m, in, flows.Facts{Now: noon})
		if err != nil {
			var refusal *flows.Refusal
			require.ErrorAs(rt, err, &refusal)
			require.NotEmpty(rt, refusal.Message)
			return
		}
		filled, ok := turn.Events[0].(flows.Filled)
		if !ok {
			require.IsType(rt, flows.Skipped{}, turn.Events[0])
			return
		}
		require.Equal(rt, slot, filled.Slot)
		require.NotEmpty(rt, filled.Text)
		if in.Text == "" || slot == "rash_photo" {
			return
		}
		again, err := p.Answer(m, flows.Input{Text: filled.Text}, flows.Facts{Now: noon})
		require.NoError(rt, err, "%q is shown as %q, which is not taken", in.Text, filled.Text)
		require.Equal(rt, filled.Value, again.Events[0].(flows.Filled).Value)
	})
}

// BenchmarkReferenceStep types an answer that has to be looked at from every
// side; the budget of a step is 20 µs.
func BenchmarkReferenceStep(b *testing.B) {
	p, problems := flows.Compile(referenceFiles(b))
	require.Empty(b, problems)
	m := flows.Memory{Language: "ru", Slots: map[string]flows.Value{"born": flows.TextValue("1958-03-07"), "name": flows.TextValue("Пациентка Первая")}}
	m.At, m.Waits = flows.Place{Part: "triage", Step: 6}, flows.WaitAnswer
	for name, in := range map[string]flows.Input{"pressed": {Options: []string{"fever", "cough"}}, "typed": {Text: "температура и кашель"}} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := p.Answer(m, in, flows.Facts{Now: noon}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
