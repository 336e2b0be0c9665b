package flows_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/flows"
)

func BenchmarkCompileVisit(b *testing.B) {
	data, err := os.ReadFile("testdata/visit.yaml")
	require.NoError(b, err)
	benchmarkCompile(b, string(data))
}

// BenchmarkCompile500Steps has a budget of 100 ms.
func BenchmarkCompile500Steps(b *testing.B) {
	var parts strings.Builder
	for i := range 100 {
		fmt.Fprintf(&parts, "  p%d:\n    - ask: name\n    - ask: born\n    - say: {en: \"{name}, this is {clinic.name}\"}\n"+
			"    - say: {en: \"{born}\"}\n      if: known(born) and born < \"2000-01-01\"\n    - goto: %s\n", i, next100(i))
	}
	benchmarkCompile(b, strings.Replace(clinic, "start: hello", "start: p0", 1)+parts.String())
}

func next100(i int) string {
	if i == 99 {
		return "bye"
	}
	return fmt.Sprint("p", i+1)
}

func benchmarkCompile(b *testing.B, source string) {
	b.ReportAllocs()
	for b.Loop() {
		p, problems := flows.Compile([]flows.File{{Path: "x.yaml", Data: []byte(source)}})
		if p == nil {
			b.Fatal(problems)
		}
	}
}

// BenchmarkStep has a budget of 20 µs: one answer taken, a condition asked,
// the next question rendered.
func BenchmarkStep(b *testing.B) {
	k := begin(b, visit(b), "en")
	for _, s := range []string{"unwell", "Ann", "7.3.58", "+79161234567", "cough"} {
		k.text(s)
	}
	b.ReportAllocs()
	for b.Loop() {
		turn, err := k.p.Answer(k.memory, flows.Input{Text: "9"}, k.facts)
		if err != nil || len(turn.Events) != 3 {
			b.Fatal(turn, err)
		}
	}
}

// BenchmarkVerbs has the same budget, for a step of each kind that the flow of a
// whole clinic takes: documents, fragments, rungs, alarms, times, the way back.
func BenchmarkVerbs(b *testing.B) {
	fresh := clinicTalk(b, "ru", nil)
	begun := flows.Memory{Language: "ru"}
	triage := clinicTalk(b, "ru", nil)
	triage.press("doctor")
	wait := clinicTalk(b, "ru", map[string]string{"name": "Пациентка Первая", "phone": "+79161234567"})
	wait.press("repeat")
	wait.answers("medicine", "метформин", "changed", "нет", "born", "5.05.1961", "pack_photo", flows.Attached{ID: "a", Kind: "photo", Size: 1})
	wait.press("agree")
	wait.waits("repeat/8")
	back := clinicTalk(b, "ru", nil)
	back.press("repeat")
	back.answers("medicine", "метформин")
	for name, step := range map[string]func() (flows.Turn, error){
		"begin": func() (flows.Turn, error) { return fresh.p.Begin("", begun, fresh.facts) },
		"fragment": func() (flows.Turn, error) {
			return fresh.p.Answer(fresh.memory, flows.Input{Option: "book"}, fresh.facts)
		},
		"red flag": func() (flows.Turn, error) {
			return triage.p.Answer(triage.memory, flows.Input{Option: "yes"}, triage.facts)
		},
		"alarm":   func() (flows.Turn, error) { return wait.p.Raise(wait.memory, wait.facts, "word") },
		"rung":    func() (flows.Turn, error) { return wait.p.Climb(wait.memory, wait.facts, 3, false) },
		"promise": func() (flows.Turn, error) { return wait.p.Climb(wait.memory, wait.facts, 4, false) },
		"back":    func() (flows.Turn, error) { return back.p.Back(back.memory, back.facts) },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if turn, err := step(); err != nil || len(turn.Events) == 0 {
					b.Fatal(turn, err)
				}
			}
		})
	}
}

func BenchmarkReplay(b *testing.B) {
	k := begin(b, visit(b), "en")
	var all []flows.Event
	for _, s := range []string{"unwell", "Ann", "7.3.58", "+79161234567", "cough", "9"} {
		k.text(s)
		all = append(all, k.events...)
	}
	b.ReportAllocs()
	for b.Loop() {
		m := flows.Memory{}
		for _, e := range all {
			m = m.After(e)
		}
	}
}
