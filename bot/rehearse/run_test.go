package rehearse_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/bot/rehearse"
	"bedside/flows"
	"bedside/flows/cases"
)

var update = flag.Bool("update", false, "write the golden files anew")

const visit = "../../flows/testdata/visit.yaml"

func program(t testing.TB, paths ...string) *flows.Program {
	t.Helper()
	var files []flows.File
	for _, path := range paths {
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		files = append(files, flows.File{Path: filepath.Base(path), Data: data})
	}
	p, problems := flows.Compile(files)
	require.NotNil(t, p, "%v", problems)
	return p
}

func suite(t testing.TB, path string) cases.Suite {
	t.Helper()
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	s, problems := cases.Read(flows.File{Path: filepath.Base(path), Data: data})
	require.Empty(t, problems)
	return s
}

func inWords(r rehearse.Report) string {
	var b strings.Builder
	for _, f := range r.Failed() {
		fmt.Fprintf(&b, "%s: %s\n%s", f.Failure.At, f.Case, f.Failure)
	}
	return b.String()
}

func TestASmallFlowHolds(t *testing.T) {
	r := rehearse.Run(program(t, visit), []cases.Suite{suite(t, "testdata/visit.test.yaml")})
	require.True(t, r.Passed(), "%s", inWords(r))
	require.Len(t, r.Results, 4)
	require.NotEmpty(t, r.Results[0].Journal)
}

// What does not hold is said at its line, in the file's own words.
func TestWhatDoesNotHoldIsSaidAtItsLine(t *testing.T) {
	r := rehearse.Run(program(t, visit), []cases.Suite{suite(t, "testdata/broken.test.yaml")})
	got := inWords(r)
	if *update {
		require.NoError(t, os.WriteFile("testdata/broken.golden", []byte(got), 0o644))
	}
	want, err := os.ReadFile("testdata/broken.golden")
	require.NoError(t, err)
	require.Equal(t, string(want), got)
	require.Len(t, r.Failed(), len(r.Results), "every case of the file is broken")
}
