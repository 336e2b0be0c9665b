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

// BenchmarkHostile has a budget of 100 ms for the largest file that is read.
func BenchmarkHostile(b *testing.B) {
	for name, line := range map[string]string{"brackets": "[", "keys": "a:\n", "aliases": "- [&a x, *a]\n"} {
		data := []byte(strings.Repeat(line, 255<<10/len(line)))
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				flows.Compile([]flows.File{{Path: "x.yaml", Data: data}})
			}
		})
	}
}
