package rehearse_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/bot/rehearse"
	"bedside/flows"
	"bedside/flows/cases"
)

const referenceFolder = "../../flows/testdata/reference"

// reference is the flow that defines the language, and its conversations.
func reference(t testing.TB) (*flows.Program, cases.Suite) {
	t.Helper()
	return programOf(t, referenceFolder), suite(t, filepath.Join(referenceFolder, "reference.test.yaml"))
}

// programOf compiles the flow of a folder, with its documents.
func programOf(t testing.TB, folder string) *flows.Program {
	t.Helper()
	var files []flows.File
	require.NoError(t, filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(path, ".test.yaml") {
			return err
		}
		name, err := filepath.Rel(folder, path)
		require.NoError(t, err)
		data, err := os.ReadFile(path)
		files = append(files, flows.File{Path: filepath.ToSlash(name), Data: data})
		return err
	}))
	p, problems := flows.Compile(files)
	require.NotNil(t, p, "%v", problems)
	return p
}

func TestTheReferenceHolds(t *testing.T) {
	p, s := reference(t)
	r := rehearse.Run(p, []cases.Suite{s})
	require.True(t, r.Passed(), "%s", inWords(r))
	require.Len(t, r.Results, 27)
}

// No expectation of the reference holds by accident: each, changed, fails at its
// own line.
func TestEveryExpectationOfTheReferenceCanFail(t *testing.T) {
	p, s := reference(t)
	count := 0
	for _, c := range s.Cases {
		for i, step := range c.Talk {
			want, ok := step.Act.(cases.Expect)
			if !ok {
				continue
			}
			for j, w := range want {
				changed := slices.Clone(want)
				changed[j].Value = other(w.Value)
				talk := slices.Clone(c.Talk)
				talk[i].Act = changed
				bad := c
				bad.Talk = talk
				r := rehearse.Run(p, []cases.Suite{{File: s.File, Cases: []cases.Case{bad}}})
				failed := r.Failed()
				require.Len(t, failed, 1, "%s: %s", w.At, w.Key)
				require.Equal(t, []rehearse.Difference{{
					At: w.At, Want: w.Key + ": " + changed[j].Value.String(), Got: failed[0].Failure.Diff[0].Got,
				}}, failed[0].Failure.Diff, "%s: %s", c.Name, w.Key)
				count++
			}
		}
	}
	require.Greater(t, count, 80)
}

// other is a value that is wanted in vain.
func other(v cases.Value) cases.Value {
	switch v.Kind {
	case cases.List:
		return cases.Value{Kind: cases.List, List: append(slices.Clone(v.List), "nobody")}
	case cases.Fields:
		out := cases.Value{Kind: cases.Fields, Fields: slices.Clone(v.Fields)}
		last := &out.Fields[len(out.Fields)-1]
		last.Value = other(last.Value)
		return out
	}
	return cases.Value{Text: v.Text + " not"}
}

// What staff and patients do besides, with the same flow.
func TestMoreConversationsWithTheReferenceHold(t *testing.T) {
	p, _ := reference(t)
	r := rehearse.Run(p, []cases.Suite{suite(t, "testdata/more.test.yaml")})
	require.True(t, r.Passed(), "%s", inWords(r))
}
