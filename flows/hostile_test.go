package flows_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/flows"
)

// hostile are files of the greatest size that is read, and as many steps,
// slots and names as a flow may have, written to make checking them dear.
func hostile() map[string]string {
	const size = 250 << 10
	full := func(s string) string { return strings.Repeat(s, size/len(s)) }
	head := "bedside: 1\nlanguages: [en]\nclinic: {name: {en: C}, phone: \"112\", zone: UTC}\nemergency: {phone: \"112\"}\nflows: {v: {start: hello}}\n"
	many := func(format string, n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i, i+1)
		}
		return b.String()
	}
	steps := func(s string) string {
		return head + "slots: {a: {type: text, ask: {en: x}}}\nparts:\n  hello:\n    - ask: a\n" + strings.Repeat("    - "+s+"\n", 1990)
	}
	return map[string]string{
		"brackets":        full("["),
		"keys":            full("a:\n"),
		"aliases":         full("- [&a x, *a]\n"),
		"nested":          full("- "),
		"texts":           head + "parts: {hello: [{say: {en: \"" + full("word ") + "\"}}]}\n",
		"slips":           head + full("a b\n"),
		"conditions":      steps("{goto: hello, if: 'known(a) and (a == \"x\" or a == \"y\" or a == \"z\") and not (a == \"v\")'}"),
		"bad conditions":  steps("{goto: hello, if: ((((((((((((((((a}"),
		"unknown parts":   head + "parts:\n  hello:\n" + many("    - {goto: some_part_%d, if: x%d}\n", 1990),
		"misspelt parts":  head + "parts:\n" + many("  part_of_flow_%d: [{goto: part_of_flaw_%d}]\n", 1990),
		"chain":           head + "parts:\n" + many("  p%d: [{ask: a, if: known(a)}, {goto: p%d}]\n", 990),
		"slots":           head + "slots:\n" + many("  s%d: {type: text, label: {en: x}, ask: {en: x%d}}\n", 500) + "parts:\n  hello:\n" + many("    - ask: s%d\n    - {say: {en: \"{s%d}\"}}\n", 499),
		"options":         head + "slots: {a: {type: choice, options: [" + many("{id: o%d, text: {en: t%d}}, ", 4000) + "]}}\n",
		"fragments":       head + "fragments:\n" + many("  f%d: [{use: f%d}, {use: f0}]\n", 900) + "parts: {hello: [{use: f0}]}\n",
		"holidays":        head + "holidays: {a: {" + full("2027-01-01..2028-01-01: closed, ") + "}}\n",
		"emergency words": head + "words: [" + full("abcd, ") + "]\n",
	}
}

// TestTheLargestFilesAreSettledFast holds a bound on time that is generous, for
// machines are slow and the race detector slower: it is there to find what
// grows with the square of the file. BenchmarkHostile has the figures.
func TestTheLargestFilesAreSettledFast(t *testing.T) {
	for name, data := range hostile() {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			p, problems := flows.Compile([]flows.File{{Path: "x.yaml", Data: []byte(data)}})
			require.Nil(t, p)
			require.NotEmpty(t, problems)
			took := time.Since(began)
			t.Log(took, len(problems), problems[len(problems)-1])
			require.Less(t, took, 15*time.Second)
		})
	}
}

// BenchmarkHostile has a budget of 100 ms and 64 MiB for the largest file that
// is read.
func BenchmarkHostile(b *testing.B) {
	for name, data := range hostile() {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				flows.Compile([]flows.File{{Path: "x.yaml", Data: []byte(data)}})
			}
		})
	}
}
