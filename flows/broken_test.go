package flows_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/flows"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestBrokenFiles holds, for every code, what an author is told about a
// broken file named by it.
func TestBrokenFiles(t *testing.T) {
	for _, info := range flows.Codes() {
		t.Run(info.Code, func(t *testing.T) {
			require.NotEmpty(t, info.Meaning)
			name := info.Code + ".yaml"
			program, problems := flows.Compile([]flows.File{{Path: name, Data: brokenFile(t, info.Code)}})
			require.True(t, slices.ContainsFunc(problems, func(p flows.Problem) bool { return p.Code == info.Code }),
				"the case does not show its code: %v", problems)
			warnings := !slices.ContainsFunc(problems, func(p flows.Problem) bool { return !p.Warning })
			require.Equal(t, warnings, program != nil, "a program comes if and only if no problem is an error")
			golden(t, filepath.Join("testdata/broken", info.Code+".golden"), lines(problems))
		})
	}
}

// brokenFile reads the case of a code, or makes it where it is too large to
// keep.
func brokenFile(t *testing.T, code string) []byte {
	t.Helper()
	switch code {
	case "too-large":
		return bytes.Repeat([]byte("# far too much\n"), 20000)
	case "too-many":
		return []byte("parts:\n  hello:\n" + strings.Repeat("    - goto: hello\n", 5001))
	}
	data, err := os.ReadFile(filepath.Join("testdata/broken", code+".yaml"))
	require.NoError(t, err, "every code has a broken file")
	return data
}

// TestEveryProblemHasItsCode finds codes that are used and not listed.
func TestEveryProblemHasItsCode(t *testing.T) {
	var known []string
	for _, info := range flows.Codes() {
		known = append(known, info.Code)
	}
	require.True(t, slices.IsSorted(known))
	files, err := filepath.Glob("testdata/broken/*.yaml")
	require.NoError(t, err)
	for _, file := range files {
		require.Contains(t, known, strings.TrimSuffix(filepath.Base(file), ".yaml"), "a case without a code")
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		_, problems := flows.Compile([]flows.File{{Path: "x", Data: data}})
		for _, p := range problems {
			require.Contains(t, known, p.Code)
			require.NotEmpty(t, p.What)
			require.NotEmpty(t, p.Cure)
		}
	}
}

func lines(problems []flows.Problem) string {
	var b strings.Builder
	for _, p := range problems {
		b.WriteString(p.String() + "\n")
	}
	return b.String()
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err, "run the test with -update")
	require.Equal(t, string(want), got)
}
