package flows_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/flows"
)

var update = flag.Bool("update", false, "write the golden files anew")

// broken is one case of testdata/broken: what it is called, the code that it
// shows, and its files. A case is a file code.yaml, a further one of the same
// code code.what.yaml, or a folder code.what whose files are one flow.
type broken struct {
	name, code string
	files      []flows.File
}

// brokenCases reads all cases, and makes those that are too large to keep.
func brokenCases(t testing.TB) (all []broken) {
	t.Helper()
	entries, err := os.ReadDir("testdata/broken")
	require.NoError(t, err)
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".golden") {
			continue
		}
		name := strings.TrimSuffix(e.Name(), ".yaml")
		code, _, _ := strings.Cut(name, ".")
		c := broken{name: name, code: code}
		paths := []string{e.Name()}
		if e.IsDir() {
			paths, err = filepath.Glob("testdata/broken/" + name + "/*")
			require.NoError(t, err)
		}
		for _, path := range paths {
			base := filepath.Base(path)
			if e.IsDir() {
				path = filepath.Join(name, base)
			}
			data, err := os.ReadFile(filepath.Join("testdata/broken", path))
			require.NoError(t, err)
			c.files = append(c.files, flows.File{Path: base, Data: data})
		}
		all = append(all, c)
	}
	return append(all,
		broken{"too-large", "too-large", []flows.File{{Path: "too-large.yaml", Data: bytes.Repeat([]byte("# far too much\n"), 20000)}}},
		broken{"too-many", "too-many", []flows.File{{Path: "too-many.yaml", Data: []byte("parts:\n  hello:\n" + strings.Repeat("    - goto: hello\n", 5001))}}})
}

// broken's day is one on which a list of holidays that ends in March is old.
var staleDay = time.Date(2027, 2, 15, 12, 0, 0, 0, time.UTC)

// problems is what an author is told about a case on that day.
func (c broken) problems() (*flows.Program, []flows.Problem) {
	program, problems := flows.Compile(c.files)
	if program != nil {
		problems = append(problems, flows.Stale(program, staleDay)...)
	}
	return program, problems
}

// TestBrokenFiles holds, for every case, what an author is told about it.
func TestBrokenFiles(t *testing.T) {
	for _, c := range brokenCases(t) {
		t.Run(c.name, func(t *testing.T) {
			program, problems := c.problems()
			require.True(t, slices.ContainsFunc(problems, func(p flows.Problem) bool { return p.Code == c.code }),
				"the case does not show its code: %v", problems)
			warnings := !slices.ContainsFunc(problems, func(p flows.Problem) bool { return !p.Warning })
			require.Equal(t, warnings, program != nil, "a program comes if and only if no problem is an error")
			golden(t, filepath.Join("testdata/broken", c.name+".golden"), lines(problems))
		})
	}
}

// TestEveryProblemHasItsCode finds codes that are used and not listed, and
// those that are listed and have no case, no meaning or no way to mend.
func TestEveryProblemHasItsCode(t *testing.T) {
	var known []string
	for _, info := range flows.Codes() {
		known = append(known, info.Code)
		require.NotEmpty(t, info.Meaning, info.Code)
		require.NotEmpty(t, info.Mend, info.Code)
	}
	require.True(t, slices.IsSorted(known))
	var shown []string
	for _, c := range brokenCases(t) {
		require.Contains(t, known, c.code, "%s is a case without a code", c.name)
		shown = append(shown, c.code)
		_, problems := c.problems()
		for _, p := range problems {
			require.Contains(t, known, p.Code)
			require.NotEmpty(t, p.What)
			require.NotEmpty(t, p.Cure)
		}
	}
	for _, code := range known {
		require.Contains(t, shown, code, "every code has a broken file named by it")
	}
}

// TestEveryBrokenFileIsSettledFast holds that a slip costs an author no wait.
func TestEveryBrokenFileIsSettledFast(t *testing.T) {
	for _, c := range brokenCases(t) {
		began := time.Now()
		c.problems()
		require.Less(t, time.Since(began), 5*time.Second, c.name)
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
