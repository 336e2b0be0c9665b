package flows_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/flows"
)

// TestTenPlantedFaultsAreTenProblems holds that a folder with ten faults in
// its files, one of which is no YAML, is answered with these ten and nothing
// else, each at its place.
func TestTenPlantedFaultsAreTenProblems(t *testing.T) {
	files := planted(t)
	program, problems := flows.Compile(files)
	require.Nil(t, program)
	golden(t, "testdata/planted.golden", lines(problems))
	require.Len(t, problems, 10)
	again, _ := flows.Compile(files)
	require.Nil(t, again)
}

func planted(t *testing.T) (files []flows.File) {
	t.Helper()
	for _, pattern := range []string{"*.yaml", "*/*.md"} {
		paths, err := filepath.Glob(filepath.Join("testdata/planted", pattern))
		require.NoError(t, err)
		require.NotEmpty(t, paths)
		for _, path := range paths {
			data, err := os.ReadFile(path)
			require.NoError(t, err)
			files = append(files, flows.File{Path: strings.TrimPrefix(filepath.ToSlash(path), "testdata/planted/"), Data: data})
		}
	}
	return files
}

// TestLongAndForeignDocuments holds what is told of a document that nobody can
// be shown.
func TestLongAndForeignDocuments(t *testing.T) {
	for data, want := range map[string]string{
		strings.Repeat("a long story\n", 10000): "has 127 KiB, more than 64",
		"caf\xe9":                               "is not UTF-8",
		" \n":                                   "there is nothing in the document",
	} {
		files := planted(t)
		for i := range files {
			if strings.HasSuffix(files[i].Path, "en.md") {
				files[i].Data = []byte(data)
			}
		}
		_, problems := flows.Compile(files)
		require.Contains(t, lines(problems), want)
	}
}
