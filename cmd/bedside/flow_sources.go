package main

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"bedside/cmd/bedside/publish"
)

// readSources reads one flow with the conversations that must hold with it: the
// *.test.yaml of its folder, or the file beside a single one that is named like it.
func readSources(path string) (publish.Sources, error) {
	files, err := readFlow(path)
	if err != nil {
		said, _ := inWords(err)
		return publish.Sources{}, errors.New(said)
	}
	out := publish.Sources{Files: files}
	for _, name := range testsOf(path) {
		f, err := readFlowFile(name)
		if err != nil {
			said, _ := inWords(err)
			return publish.Sources{}, errors.New(said)
		}
		out.Tests = append(out.Tests, f)
	}
	return out, nil
}

// testsOf are the files of tests of a flow, sorted.
func testsOf(path string) []string {
	pattern := strings.TrimSuffix(path, ".yaml") + ".test.yaml"
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		pattern = filepath.Join(path, "*.test.yaml")
	}
	folder, ending := filepath.Split(pattern)
	entries, _ := os.ReadDir(filepath.Clean(folder)) // a folder that cannot be read has been told of
	var out []string
	for _, e := range entries {
		if match, err := filepath.Match(ending, e.Name()); err == nil && match && !e.IsDir() && !strings.HasPrefix(e.Name(), ".") {
			out = append(out, filepath.Join(folder, e.Name()))
		}
	}
	slices.Sort(out)
	return out
}
