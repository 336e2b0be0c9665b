package flows_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/flows"
)

// FuzzCompile gives any bytes to the reader: it answers with a program or
// with an error that has a place, never with a panic, and a program that it
// gives can be begun.
func FuzzCompile(f *testing.F) {
	files, err := filepath.Glob("testdata/broken/*.yaml")
	require.NoError(f, err)
	for _, file := range append(files, "testdata/visit.yaml", "testdata/verbs.yaml", "testdata/reference/reference.yaml") {
		data, err := os.ReadFile(file)
		require.NoError(f, err)
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		files := []flows.File{{Path: "fuzz.yaml", Data: data}}
		for _, path := range flows.Documents(files) {
			files = append(files, flows.File{Path: path, Data: []byte("I agree")})
		}
		p, problems := flows.Compile(files)
		broken := false
		for _, problem := range problems {
			require.Positive(t, problem.Line)
			require.Positive(t, problem.Column)
			broken = broken || !problem.Warning
		}
		require.Equal(t, broken, p == nil)
		if p == nil {
			return
		}
		turn, err := p.Begin("", flows.Memory{}, flows.Facts{Now: noon})
		require.NoError(t, err)
		require.NotEmpty(t, turn.Events)
	})
}

// FuzzAnswer types anything into the open question.
func FuzzAnswer(f *testing.F) {
	for _, s := range typed {
		f.Add(s, uint8(0))
	}
	p := visit(f)
	f.Fuzz(func(t *testing.T, s string, questions uint8) {
		k := begin(t, p, "ru")
		k.press("unwell")
		for _, fitting := range []string{"Test Patient", "7.03.1958", "8 916 123-45-67", "кашель"}[:questions%5] {
			k.text(fitting)
		}
		turn, err := p.Answer(k.memory, flows.Input{Text: s}, k.facts)
		if err != nil {
			var refusal *flows.Refusal
			require.ErrorAs(t, err, &refusal)
			return
		}
		require.NotEmpty(t, turn.Events)
	})
}

// TestHostileFilesAreSettledFast holds a bound on time that is generous, for
// machines are slow and the race detector slower: it is there to find what
// grows with the square of the file. BenchmarkHostile has the figures.
func TestHostileFilesAreSettledFast(t *testing.T) {
	const size = 60 << 10 // both parsers look at files of this size
	full := func(s string) string { return strings.Repeat(s, size/len(s)) }
	head := "bedside: 1\nlanguages: [en]\n"
	for name, data := range map[string]string{
		"open brackets":     full("["),
		"open mappings":     full("{a: "),
		"brackets and tabs": full("[\t"),
		"nested lists":      full("- "),
		"question marks":    full("? "),
		"quotes":            full(`"'`),
		"aliases":           "a: &a [x]\n" + full("b: [*a, *a, *a]\n"),
		"anchors":           full("&a "),
		"keys":              full("a:\n"),
		"unknown keys":      head + full("abcdefgh:\n"),
		"one long line":     head + "parts: {" + full("a") + ": []}",
		"colons":            full(": "),
		"block scalars":     full("|\n"),
		"percent":           full("%"),
		"inserts":           head + "clinic: {name: {en: \"" + full("{x}") + "\"}}",
		"conditions":        head + "parts:\n  hello:\n" + full("  - {goto: hello, if: ((((((((((((((((a}\n"),
		"long condition":    head + "parts: {hello: [{goto: hello, if: \"" + full("(") + "\"}]}",
	} {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			p, problems := flows.Compile([]flows.File{{Path: "x.yaml", Data: []byte(data)}})
			require.Nil(t, p)
			require.NotEmpty(t, problems)
			took := time.Since(began)
			t.Log(took, len(problems), problems[0])
			require.Less(t, took, 15*time.Second)
		})
	}
}
